// Which functions are deprecated, unsafe, documented or hidden, by what their modules' attributes and documentation say. What is said
// counts for functions that are exported or BIFs; of a module on the library path, for what is called of it.
//
//   DF_1 next_version, DF_2 + next_major_release, DF_3 + eventually, DF any      US_1 always, US_2 possibly      DC_1 documented, DC_2 hidden

import { setOf, unionSets, type VertexSet } from '../sets/vertex-set.js';
import { findName } from './function-table.js';
import {
  BUILTIN,
  CALLED_EXTERNALLY,
  DEFINED,
  EXPORTED,
  type FunctionNotes,
  IN_LIBRARY,
  PREDEFINED,
  type Program,
} from './program.js';

/** Names a function, or several: `_` is any name where `arity` is -1, and arity -1 is any. */
interface NamedFunctions {
  readonly name: string;
  readonly arity: number;
}

/** Returns DF_1, DF_2, DF_3 or, for 4, DF: each holds those before it. */
export function deprecatedFunctions(program: Program, category: 1 | 2 | 3 | 4): VertexSet {
  const upTo = (notes: FunctionNotes) => notes.deprecated.filter((entry) => entry.category <= category);
  return unionSets(ownFunctions(program, upTo), libraryFunctions(program, upTo));
}

/** Returns US_1 (always unsafe) or US_2 (possibly). */
export function unsafeFunctions(program: Program, possibly: boolean): VertexSet {
  const those = (wanted: boolean) => (notes: FunctionNotes) => (notes.unsafe ?? []).filter((entry) => entry.possibly === wanted);
  // xref swaps the two for modules on the library path.
  return unionSets(ownFunctions(program, those(possibly)), libraryFunctions(program, those(!possibly)));
}

/** Returns DC_1 (documented) or DC_2 (hidden). */
export function documentedFunctions(program: Program, hidden: boolean): VertexSet {
  const those = ({ docs }: FunctionNotes) => (hidden ? docs?.hidden : docs?.documented) ?? [];
  return unionSets(ownFunctions(program, those), libraryFunctions(program, those));
}

type Choice = (notes: FunctionNotes) => readonly NamedFunctions[];

/** Of analysed modules: what is exported, and BIFs that are called and not defined anywhere. */
function ownFunctions(program: Program, choose: Choice): VertexSet {
  return namedFunctions(program, program.notes, choose, (mark) => {
    const isPlain = (mark & (DEFINED | EXPORTED)) === (DEFINED | EXPORTED);
    const isCalledBuiltin = (mark & BUILTIN) !== 0 && (mark & (PREDEFINED | CALLED_EXTERNALLY)) !== 0;
    return { isNamed: (mark & EXPORTED) !== 0, isKnown: isPlain || (isCalledBuiltin && (mark & DEFINED) === 0) };
  });
}

/** Of modules on the library path: what is called of them and exported, or a BIF. */
function libraryFunctions(program: Program, choose: Choice): VertexSet {
  return namedFunctions(program, program.library, choose, (mark) => {
    const isCalled = (mark & CALLED_EXTERNALLY) !== 0;
    return { isNamed: (mark & IN_LIBRARY) !== 0, isKnown: isCalled && (mark & (IN_LIBRARY | BUILTIN)) !== 0 };
  });
}

/** `isNamed` of a mark: `_` stands for it; `isKnown`: it counts at all. */
function namedFunctions(
  program: Program,
  modules: ReadonlyMap<number, FunctionNotes>,
  choose: Choice,
  judge: (mark: number) => { readonly isNamed: boolean; readonly isKnown: boolean },
): VertexSet {
  const { functions, marks } = program;
  const found: number[] = [];
  for (const [module, notes] of modules) {
    const entries = choose(notes);
    if (entries.length === 0) continue;
    const matches = matcher(functions.names, entries);
    for (let id = functions.firstOf[module] as number; id < (functions.firstOf[module + 1] as number); id++) {
      const { isNamed, isKnown } = judge(marks[id] as number);
      if (isKnown && matches(functions.nameOf[id] as number, functions.arityOf[id] as number, isNamed)) found.push(id);
    }
  }
  return setOf(found);
}

/** Returns a test of a name's number and an arity; wildcards stand only for what is named. */
function matcher(
  names: readonly string[],
  entries: readonly NamedFunctions[],
): (name: number, arity: number, isNamed: boolean) => boolean {
  const exact = new Set<string>();
  const anyArity = new Set<number>();
  let all = false;
  for (const { name, arity } of entries) {
    if (name === '_' && arity === -1) all = true;
    else if (arity === -1) anyArity.add(findName(names, name));
    else exact.add(`${findName(names, name)}/${arity}`);
  }
  return (name, arity, isNamed) => (isNamed && (all || anyArity.has(name))) || exact.has(`${name}/${arity}`);
}
