// Made-up migrations that go into any module: the state {beamtool_old, A} becomes a tuple of everything that the tables of a module hold.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BeamModule } from '../../../src/beam/module.js';
import { formFromTerm } from '../../../src/forms/form-codec.js';
import type { FunctionForm } from '../../../src/forms/form-model.js';
import type { MigrationForms } from '../../../src/migrate/model.js';
import { type Atom, atom, type Term } from '../../../src/term/model.js';
import { parseTerms } from '../../../src/term/parse.js';

const file = fileURLToPath(new URL('made-forms.terms', import.meta.url));

const forms: ReadonlyMap<string, FunctionForm> = new Map(
  parseTerms(readFileSync(file, 'utf8'), { file }).map((term) => {
    const [name, form] = (term as { readonly items: readonly Term[] }).items as readonly [Atom, Term];
    return [name.name, formFromTerm(form) as FunctionForm];
  }),
);

/** Returns functions of made-forms.terms by their names there. */
export function madeForms(...names: readonly string[]): readonly FunctionForm[] {
  return names.map((name) => forms.get(name) as FunctionForm);
}

/** What a test may want otherwise. */
export type MadeOptions = Partial<Pick<MigrationForms, 'identity' | 'sources'>>;

/** Returns a migration of the callback code_change/`arity`, which calls the user's where there is one. */
export function madeMigration(arity: 3 | 4, hasUser: boolean, options: MadeOptions = {}): MigrationForms {
  const callback = { name: 'code_change', arity };
  const kind = `${arity === 3 ? 'server' : 'statem'}${hasUser ? '' : '0'}`;
  return {
    functions: madeForms(kind, 'up', ...(arity === 3 ? ['down'] : [])),
    ...(hasUser && { renamed: { ...callback, to: 'code_change@user', exported: true } }),
    callback,
    records: new Map(),
    sources: [{ vsn: 1, md5: '0123456789abcdef0123456789abcdef' }],
    identity: atom('made_up'),
    ...options,
  };
}

/** Returns a migration that fits a module. */
export function migrationFor(module: BeamModule, options: MadeOptions = {}): MigrationForms {
  const find = (arity: number) => module.exports.some((one) => one.name === 'code_change' && one.arity === arity);
  const arity = find(4) && !find(3) ? 4 : 3;
  return madeMigration(arity, find(arity), options);
}
