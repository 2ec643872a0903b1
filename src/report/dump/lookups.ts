// What the numbers in a module's chunks stand for, as text. A dump goes on where a table is broken or a number is outside of it, so
// these answer with the bare number then; the broken table's own section says what is wrong.

import type { BeamModule } from '../../beam/module.js';
import { asParseError, ParseError } from '../../errors.js';
import { atomText, functionText, termText } from './erlang-text.js';
import { findFunctionHeads } from './function-heads.js';
import { typeText } from './types.js';

/** Looks up numbers of one module; never throws ParseError. */
export interface Lookups {
  /** `ok`, of a 1-based index; `[]` for 0. */
  atom(index: number): string;
  /** `lists:map/2`, of a 0-based index. */
  import(index: number): string;
  /** `'-f/1-fun-0-'/1`, of a 0-based index. */
  lambda(index: number): string;
  /** Erlang text, of a 0-based index. */
  literal(index: number): string;
  /** `lists.erl:12`, of a 1-based index; `unknown` for 0, the bare number in a module without locations. */
  location(index: number): string;
  /** `integer 0..10`, of a 0-based index; `type 3` in a module without types. */
  type(index: number): string;
  /** The bytes of the string table, as far as they are there. */
  string(offset: number, size: number): Uint8Array;
  /** `map/2`, of the label at the function's entry; undefined for other labels. */
  entry(label: number): string | undefined;
  /** The name of a source file: 0 is the module's own. */
  file(index: number): string;
}

/** Opens the tables of a module, each when it is first asked for. */
export function openLookups(module: BeamModule): Lookups {
  const table = {
    atoms: once(() => module.atoms),
    imports: once(() => module.importRows),
    lambdas: once(() => module.lambdas),
    literals: once(() => module.literals),
    lines: once(() => module.lines),
    types: once(() => module.types),
    functions: once(() => new Map(findFunctionHeads(module.reader('Code')).map((head) => [head.entry, head]))),
  };
  const atom = remember('atom', (index) => (index === 0 ? '[]' : table.atoms() && atomText(module.atom(index))));
  const file = (index: number): string => {
    const name = index === 0 ? undefined : table.lines()?.names[index - 1];
    if (name !== undefined) return name;
    return index === 0 ? `${attempt(() => module.name) ?? 'MODULE'}.erl` : unknown('file', index);
  };
  return {
    atom,
    file,
    import: remember('import', (index) => {
      const row = table.imports()?.[index];
      return row && functionText(atom(row.name), row.arity, atom(row.module));
    }),
    lambda: remember('fun', (index) => {
      const row = table.lambdas()?.[index];
      return row && functionText(atom(row.name), row.arity);
    }),
    literal: remember('literal', (index) => {
      const literals = table.literals();
      return literals && termText(literals.term(index));
    }),
    location: remember('location', (index) => {
      const lines = table.lines();
      if (index === 0 || lines === undefined) return index === 0 ? 'unknown' : String(index);
      const item = lines.items[index - 1];
      return item && `${file(item.file)}:${item.line}`;
    }),
    type: remember('type', (index) => {
      const types = table.types();
      const entry = types?.entries[index];
      return types === undefined ? `type ${index}` : entry && typeText(types, entry);
    }),
    entry: (label) => {
      const head = table.functions()?.get(label);
      return head && functionText(atom(head.name), head.arity);
    },
    string: (offset, size) => module.strings.subarray(offset, offset + size),
  };
}

function unknown(what: string, index: number): string {
  return `${what} ${index} (not in its table)`;
}

/** Makes each text once; what isn't there, and what can't be read, is named by its number. */
function remember(what: string, make: (index: number) => string | undefined): (index: number) => string {
  const known = new Map<number, string>();
  return (index) => {
    const before = known.get(index);
    if (before !== undefined) return before;
    const text = attempt(() => make(index)) ?? unknown(what, index);
    known.set(index, text);
    return text;
  };
}

/** Makes a table when first asked for; a broken one is undefined and isn't tried again. */
function once<T>(make: () => T): () => T | undefined {
  let made: { readonly value: T | undefined } | undefined;
  return () => {
    made ??= { value: attempt(make) };
    return made.value;
  };
}

/** Returns what `read` gives, or undefined where that throws ParseError. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (asParseError(error) instanceof ParseError) return undefined;
    throw error;
  }
}
