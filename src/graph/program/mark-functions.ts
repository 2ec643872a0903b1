// What each function of a program is: defined, exported, called, a BIF, there without code, on the library path; and the line of its definition.

import { itemsOf } from '../sets/int-column.js';
import type { Relation } from '../sets/relation.js';
import { hasVertex, type VertexSet } from '../sets/vertex-set.js';
import { type FunctionTable, findName } from './function-table.js';
import { isPredefined } from './predefined.js';
import {
  BUILTIN,
  CALLED_EXTERNALLY,
  CALLED_LOCALLY,
  type CallTable,
  DEFINED,
  EXPORTED,
  EXTERNAL,
  IN_LIBRARY,
  type LibraryFacts,
  LOCAL,
  PREDEFINED,
} from './program.js';
import type { ProgramBuilder } from './program-builder.js';

/** Returns the marks that follow from the facts alone. */
export function markFunctions(
  builder: ProgramBuilder,
  builtins: readonly number[],
  table: FunctionTable,
  ids: Int32Array,
  calls: CallTable,
  imports: Relation,
): Uint8Array {
  const marks = new Uint8Array(table.moduleOf.length);
  const mark = (id: number, bit: number) => {
    marks[id] = (marks[id] as number) | bit;
  };
  for (const number of itemsOf(builder.defined)) mark(ids[number] as number, DEFINED);
  for (const number of itemsOf(builder.exported)) mark(ids[number] as number, EXPORTED);
  for (let row = 0; row < calls.kinds.length; row++) {
    const kind = calls.kinds[row] as number;
    const target = calls.edges.targets[row] as number;
    mark(target, ((kind & LOCAL) !== 0 ? CALLED_LOCALLY : 0) | ((kind & EXTERNAL) !== 0 ? CALLED_EXTERNALLY : 0));
  }
  for (const target of imports.targets) mark(target, CALLED_EXTERNALLY);
  for (const number of builtins) mark(ids[number] as number, BUILTIN);
  return marks;
}

/** Marks what is called of an analysed module and there without code. */
export function markPredefined(table: FunctionTable, marks: Uint8Array, analysed: VertexSet): void {
  const names = new Set([findName(table.names, 'module_info'), findName(table.names, 'behaviour_info')]);
  for (const module of analysed) {
    const end = table.firstOf[module + 1] as number;
    for (let id = table.firstOf[module] as number; id < end; id++) {
      if (!names.has(table.nameOf[id] as number)) continue;
      const isCalled = ((marks[id] as number) & (CALLED_EXTERNALLY | CALLED_LOCALLY)) !== 0;
      const name = table.names[table.nameOf[id] as number] as string;
      if (isCalled && isPredefined(name, table.arityOf[id] as number)) marks[id] = (marks[id] as number) | PREDEFINED;
    }
  }
}

/** Marks what is called and on the library path, and returns the modules there that something is called of. */
export function markLibrary(
  table: FunctionTable,
  marks: Uint8Array,
  analysed: VertexSet,
  library: Iterable<LibraryFacts>,
): ReadonlyMap<number, LibraryFacts> {
  const found = new Map<number, LibraryFacts>();
  for (const facts of library) {
    const module = findName(table.modules, facts.module);
    // What is called of an analysed module isn't looked for elsewhere.
    if (module < 0 || found.has(module) || hasVertex(analysed, module)) continue;
    const exports = new Set(facts.exports.map(({ name, arity }) => `${name}/${arity}`));
    const end = table.firstOf[module + 1] as number;
    for (let id = table.firstOf[module] as number; id < end; id++) {
      const mark = marks[id] as number;
      if ((mark & CALLED_EXTERNALLY) === 0) continue;
      const name = table.names[table.nameOf[id] as number] as string;
      found.set(module, facts);
      if (exports.has(`${name}/${table.arityOf[id]}`)) marks[id] = mark | IN_LIBRARY;
    }
  }
  return found;
}

/** Returns the lines of definitions: 0 for a function that is called and not defined, -1 for a predefined one. */
export function definitionLines(builder: ProgramBuilder, ids: Int32Array, marks: Uint8Array): Int32Array {
  const lines = new Int32Array(marks.length).fill(-1);
  if (builder.options.mode === 'modules') return lines;
  for (let id = 0; id < lines.length; id++) {
    const mark = marks[id] as number;
    if ((mark & CALLED_EXTERNALLY) !== 0 && (mark & (DEFINED | PREDEFINED)) === 0) lines[id] = 0;
  }
  const { defined, definedLines } = builder;
  for (let at = 0; at < defined.length; at++)
    lines[ids[defined.values[at] as number] as number] = definedLines.values[at] as number;
  return lines;
}
