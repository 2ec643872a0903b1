// Forms of a release's own parser, and the beams that compile/ makes of them.
import { formFromTerm } from '../../../src/forms/form-codec.js';
import type { AttributeForm, Form, FunctionForm } from '../../../src/forms/form-model.js';
import { recordsOf } from '../../../src/forms/records.js';
import { decodeTerm } from '../../../src/term/etf-decode.js';
import { isAtom, isTuple, properList, type Term } from '../../../src/term/model.js';
import type { ModuleOptions } from '../../support/compiled-module.js';
import type { OtpRelease } from './erlang.js';
import { runOracle } from './oracle.js';

/** What compiling a module needs of its forms. */
export interface CompiledModule {
  readonly name: string;
  readonly functions: readonly FunctionForm[];
  readonly options: ModuleOptions;
}

/** Returns the forms of sources as the release's parser reads them. */
export function parseModules(release: OtpRelease, sources: readonly string[]): readonly Term[] {
  return properList(decodeTerm(runOracle(release, 'compile_oracle', 'parse', [sources]))) ?? [];
}

/** Returns what the forms of a module say. */
export function moduleOf(release: OtpRelease, term: Term): CompiledModule {
  const forms: readonly Form[] = (properList(term) ?? []).map(formFromTerm);
  const attributes = forms.filter((form): form is AttributeForm => form.kind === 'attribute');
  const name = attributes.find((form) => form.name === 'module')?.value;
  if (!isAtom(name)) throw new Error('no module');
  const records = new Map(recordsOf(forms).map((record) => [record.name, record]));
  const functions = forms.filter((form): form is FunctionForm => form.kind === 'function');
  const imported = new Map(attributes.filter((form) => form.name === 'import').flatMap(({ value }) => importsIn(value)));
  return { name: name.name, functions, options: { otp: release, records, imported } };
}

/** `{Module, [{Name, Arity}]}`. */
function importsIn(value: Term): readonly (readonly [string, string])[] {
  if (!isTuple(value, 2) || !isAtom(value.items[0])) return [];
  const module = value.items[0].name;
  return (properList(value.items[1]) ?? []).flatMap((item): [string, string][] =>
    isTuple(item, 2) && isAtom(item.items[0]) ? [[`${item.items[0].name}/${item.items[1]}`, module]] : [],
  );
}
