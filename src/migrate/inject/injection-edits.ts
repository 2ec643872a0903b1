// All edits of one injection, by chunk and in the contents' own positions; the mark, which lists them, is not among them.

import type { BeamModule } from '../../beam/module.js';
import type { CompiledFunction } from '../../compile/function.js';
import type { Term } from '../../term/model.js';
import type { MigrationForms } from '../model.js';
import type { FoundCode, FoundFunction } from './code-functions.js';
import { codeSplices } from './code-splices.js';
import { exportSplices, lambdaSplices, localSplices } from './entry-splices.js';
import { formSplices } from './form-splices.js';
import type { GrowingTables } from './grow-tables.js';
import { markerTerm } from './marker.js';
import type { OpenForms } from './open-forms.js';
import { type Splice, sortSplices } from './splice.js';

/** What goes into a module. */
export interface Injection {
  readonly module: BeamModule;
  readonly migration: MigrationForms;
  readonly code: FoundCode;
  /** The user's callback, where it is in the code. */
  readonly user: FoundFunction | undefined;
  readonly tables: GrowingTables;
  readonly compiled: readonly CompiledFunction[];
  readonly about: Term;
  readonly forms: OpenForms | undefined;
}

/** Edits of chunks' contents, in ascending order. */
export type ChunkEdits = ReadonlyMap<string, readonly Splice[]>;

/** Returns the edits; chunks that stay as they are aren't among them. */
export function collectEdits(injection: Injection): ChunkEdits {
  const { module, migration, code, user, tables, compiled, about, forms } = injection;
  const rowOf = ({ name, arity, entry }: CompiledFunction) => ({ name: tables.atom(name), arity, label: entry });
  const isCallback = ({ name, arity }: CompiledFunction) =>
    name === migration.callback.name && arity === migration.callback.arity;
  const renamed = migration.renamed && user && { found: user, name: tables.atom(migration.renamed.to) };
  const renamedRow = renamed && { name: renamed.name, arity: renamed.found.arity, label: renamed.found.entry };
  const exported = compiled.filter(isCallback).map(rowOf);
  const locals = compiled.filter((one) => !isCallback(one)).map(rowOf);
  const edits: readonly (readonly [string, readonly Splice[]])[] = [
    ...exported.map((row) => ['ExpT', exportSplices(module, row)] as const),
    ['LocT', localSplices(module, locals, renamedRow)],
    ...(renamedRow === undefined ? [] : [['FunT', lambdaSplices(module, renamedRow)] as const]),
    [
      'Code',
      codeSplices(
        code,
        compiled.map((one) => one.code),
        tables.labelCount(),
        renamed,
      ),
    ],
    ...(forms === undefined ? [] : [[forms.id, formSplices(forms, migration, markerTerm(about))] as const]),
    ...tables.splices(),
  ];
  return joinEdits(edits);
}

function joinEdits(edits: readonly (readonly [string, readonly Splice[]])[]): ChunkEdits {
  const joined = new Map<string, readonly Splice[]>();
  for (const [id, splices] of edits) if (splices.length > 0) joined.set(id, sortSplices([...(joined.get(id) ?? []), ...splices]));
  return joined;
}
