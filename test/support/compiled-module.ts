// A whole new beam around functions that compile/ made: its tables start empty, and every function of the forms is exported.
import { encodeAtoms } from '../../src/beam/chunks/atoms.js';
import { encodeEntries } from '../../src/beam/chunks/entries.js';
import { encodeImports } from '../../src/beam/chunks/imports.js';
import { encodeLambdas } from '../../src/beam/chunks/lambdas.js';
import { encodeLiterals } from '../../src/beam/chunks/literals.js';
import { buildChunk, encodeContainer } from '../../src/beam/container.js';
import { Writer } from '../../src/bytes/writer.js';
import { assemble, buildCodeHeader } from '../../src/code/assemble.js';
import { compileFunctions } from '../../src/compile/compile.js';
import type { CompileContext, ModuleTables, NewLambda } from '../../src/compile/tables.js';
import type { FunctionForm } from '../../src/forms/form-model.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import type { Term } from '../../src/term/model.js';

/** Tables that rows are added to, and the rows themselves. */
export interface GrowingTables extends ModuleTables {
  readonly atoms: string[];
  readonly literals: Term[];
  readonly imports: { readonly module: number; readonly name: number; readonly arity: number }[];
  readonly lambdas: NewLambda[];
  readonly strings: Writer;
}

/** Returns tables with the module's name only. */
export function newTables(module: string): GrowingTables {
  const atoms: string[] = [module];
  const atomRows = new Map([[module, 1]]);
  const literals: Term[] = [];
  const literalRows = new Map<string, number>();
  const imports: { module: number; name: number; arity: number }[] = [];
  const importRows = new Map<string, number>();
  const lambdas: NewLambda[] = [];
  const lambdaRows = new Map<number, number>();
  const strings = new Writer(16);
  let labels = 0;
  const row = <K>(rows: Map<K, number>, key: K, add: () => number): number => {
    const known = rows.get(key);
    if (known !== undefined) return known;
    const made = add();
    rows.set(key, made);
    return made;
  };
  const atom = (name: string) => row(atomRows, name, () => atoms.push(name));
  return {
    ...{ atoms, literals, imports, lambdas, strings, atom },
    literal: (term) => {
      const key = Buffer.from(encodeTerm(term, { atoms: 'utf8', mapOrder: 'deterministic' })).toString('latin1');
      return row(literalRows, key, () => literals.push(term) - 1);
    },
    import: (other, name, arity) =>
      row(importRows, `${other}:${name}/${arity}`, () => imports.push({ module: atom(other), name: atom(name), arity }) - 1),
    lambda: (lambda) => row(lambdaRows, lambda.label, () => lambdas.push(lambda) - 1),
    string: (bytes) => {
      const offset = strings.length;
      strings.bytes(bytes);
      return offset;
    },
    label: () => ++labels,
  };
}

/** What {@link buildModule} needs beside functions. */
export type ModuleOptions = Pick<CompileContext, 'otp' | 'records' | 'imported' | 'shadowed'>;

/** Compiles functions into a beam of their own, which exports those of `forms`; throws what compileFunctions throws. */
export function buildModule(
  module: string,
  forms: readonly FunctionForm[],
  options: ModuleOptions,
  existing: CompileContext['existing'] = () => undefined,
): Uint8Array {
  const tables = newTables(module);
  const functions = compileFunctions(forms, { ...options, module, tables, existing });
  const rows = functions.map(({ name, arity, entry }) => ({ name: tables.atom(name), arity, label: entry }));
  const named = new Set(forms.map(({ name, arity }) => `${name}/${arity}`));
  const isExported = (_: unknown, at: number) => named.has(`${functions[at]?.name}/${functions[at]?.arity}`);
  const lambdas = tables.lambdas.map(({ name, arity, label, free }, index) => {
    return { name: tables.atom(name), arity, label, index, free, uniq: 0 };
  });
  const codes = functions.map(({ code }) => code);
  const code = assemble({
    header: buildCodeHeader(codes),
    headerRest: new Uint8Array(),
    functions: codes,
    trailing: new Uint8Array(),
  });
  const chunks = [
    buildChunk('AtU8', encodeAtoms(tables.atoms, 'short')),
    buildChunk('Code', code),
    buildChunk('StrT', tables.strings.finish()),
    buildChunk('ImpT', encodeImports(tables.imports)),
    buildChunk('ExpT', encodeEntries(rows.filter(isExported))),
    ...(lambdas.length > 0 ? [buildChunk('FunT', encodeLambdas(lambdas))] : []),
    ...(tables.literals.length > 0 ? [buildChunk('LitT', encodeLiterals(tables.literals, true))] : []),
    buildChunk('LocT', encodeEntries(rows.filter((row, at) => !isExported(row, at)))),
  ];
  return encodeContainer({ gzipped: false, chunks, trailing: new Uint8Array() });
}
