// The Inter Call Graph (xref's EE): calls between exported functions and locals that no exported function reaches, with the locals between
// them left out. A module's part is made of its own calls; then edges into other modules stay only where the target is exported.
//
//   exported a -> local b -> exported c, b -> m:f    gives    a -> c, a -> m:f    at the lines where a calls b

import { append, itemsOf, newColumn } from '../sets/int-column.js';
import { pairOrder, type Relation, relationOf, rowOf } from '../sets/relation.js';
import { type CallTable, DEFINED, EXPORTED, EXTERNAL, LOCAL, linesOfEdge, type Program } from './program.js';

/** Calls of an inter call graph are made through the edges between `through[first]` and `through[next first]`: rows of the call table. */
interface InterCalls {
  readonly edges: Relation;
  readonly firstThrough: Int32Array;
  readonly through: Int32Array;
}

/** Returns the calls of EE; `isExported` is the set X. */
export function interCalls(program: Program, isExported: (id: number) => boolean): Relation {
  const { moduleOf } = program.functions;
  const sources = newColumn();
  const targets = newColumn();
  walkModules(program, (source, target) => {
    if (moduleOf[source] !== moduleOf[target] && !isExported(target)) return;
    append(sources, source);
    append(targets, target);
  });
  return relationOf(itemsOf(sources), itemsOf(targets));
}

/** Returns, for each given edge that is in the Inter Call Graph before its last step, the lines that it starts from; undefined for others. */
export function interCallLines(program: Program, edges: Relation): readonly (Int32Array | undefined)[] {
  const calls = interCallsThrough(program);
  const answer: (Int32Array | undefined)[] = [];
  for (let at = 0; at < edges.sources.length; at++) {
    const row = rowOf(calls.edges, edges.sources[at] as number, edges.targets[at] as number);
    answer.push(row < 0 ? undefined : linesThrough(program, calls, row));
  }
  return answer;
}

function linesThrough(program: Program, calls: InterCalls, row: number): Int32Array {
  const lines = new Set<number>();
  for (let at = calls.firstThrough[row] as number; at < (calls.firstThrough[row + 1] as number); at++) {
    for (const line of linesOfEdge(program, calls.through[at] as number, LOCAL | EXTERNAL)) lines.add(line);
  }
  return Int32Array.from(lines).sort();
}

const interCallsOf = new WeakMap<Program, InterCalls>();

function interCallsThrough(program: Program): InterCalls {
  const known = interCallsOf.get(program);
  if (known !== undefined) return known;
  const pairs = { sources: newColumn(), targets: newColumn() };
  const rows = newColumn();
  walkModules(
    program,
    (source, target, row) => {
      append(pairs.sources, source);
      append(pairs.targets, target);
      append(rows, row);
    },
    true,
  );
  const sources = itemsOf(pairs.sources);
  const targets = itemsOf(pairs.targets);
  const edges = relationOf(sources, targets);
  const firstThrough = new Int32Array(edges.sources.length + 1).fill(-1);
  const through = pairOrder(sources, targets).map((pair, at) => {
    const row = rowOf(edges, sources[pair] as number, targets[pair] as number);
    if (firstThrough[row] === -1) firstThrough[row] = at;
    return rows.values[pair] as number;
  });
  firstThrough[edges.sources.length] = through.length;
  const made = { edges, firstThrough, through };
  interCallsOf.set(program, made);
  return made;
}

/** Takes a call of the graph and the row of the edge of the call table that it begins with. */
type InterVisitor = (source: number, target: number, row: number) => void;

/** Visits the calls of every module; those that begin with different edges each on their own where `each` is true. */
function walkModules(program: Program, visit: InterVisitor, each = false): void {
  const { functions, calls, analysed, marks } = program;
  const size = marks.length;
  const walk: LocalWalk = {
    calls,
    rows: rowsBySource(calls, size),
    isOpen: new Uint8Array(size),
    seen: new Int32Array(size),
    queue: new Int32Array(size),
    mark: 0,
    size: 0,
  };
  for (const module of analysed) {
    const [first, end] = [functions.firstOf[module] as number, functions.firstOf[module + 1] as number];
    openFunctions(walk, marks, first, end);
    for (let id = first; id < end; id++) if (walk.isOpen[id] === 1) visitFrom(walk, id, visit, each);
  }
}

interface LocalWalk {
  readonly calls: CallTable;
  /** The rows of a function's calls are `rows[id]` up to `rows[id + 1]`. */
  readonly rows: Int32Array;
  /** 1 at functions that are vertices of the graph. */
  readonly isOpen: Uint8Array;
  readonly seen: Int32Array;
  readonly queue: Int32Array;
  mark: number;
  size: number;
}

function rowsBySource({ edges }: CallTable, size: number): Int32Array {
  const rows = new Int32Array(size + 1);
  for (const source of edges.sources) rows[source + 1] = (rows[source + 1] as number) + 1;
  for (let id = 0; id < size; id++) rows[id + 1] = (rows[id + 1] as number) + (rows[id] as number);
  return rows;
}

/** Finds the vertices among a module's functions: what it exports, and locals that nothing exported reaches. */
function openFunctions(walk: LocalWalk, marks: Uint8Array, first: number, end: number): void {
  startWalk(walk);
  const isExported = (id: number) => ((marks[id] as number) & (DEFINED | EXPORTED)) === (DEFINED | EXPORTED);
  for (let id = first; id < end; id++) if (isExported(id)) enterCallees(walk, id);
  walkOn(walk);
  for (let id = first; id < end; id++) {
    const isReached = walk.seen[id] === walk.mark;
    if (isExported(id) || (((marks[id] as number) & DEFINED) !== 0 && !isReached)) walk.isOpen[id] = 1;
  }
}

/** Visits the calls that begin at a vertex. */
function visitFrom(walk: LocalWalk, source: number, visit: InterVisitor, each: boolean): void {
  const { calls, rows, isOpen } = walk;
  startWalk(walk);
  for (let row = rows[source] as number; row < (rows[source + 1] as number); row++) {
    const kind = calls.kinds[row] as number;
    const target = calls.edges.targets[row] as number;
    if ((kind & EXTERNAL) !== 0 || isOpen[target] === 1) visit(source, target, row);
    if ((kind & LOCAL) === 0 || isOpen[target] === 1) continue;
    if (each) startWalk(walk);
    enter(walk, target);
    if (each) visitReached(walk, source, visit, row);
  }
  if (!each) visitReached(walk, source, visit, -1);
}

/** Visits what the locals lead to: vertices of the same module, and external calls of all that are on the way. */
function visitReached(walk: LocalWalk, source: number, visit: InterVisitor, row: number): void {
  const { calls, rows, isOpen, queue } = walk;
  walkOn(walk);
  for (let at = 0; at < walk.size; at++) {
    const reached = queue[at] as number;
    if (isOpen[reached] === 1) visit(source, reached, row);
    for (let onward = rows[reached] as number; onward < (rows[reached + 1] as number); onward++) {
      if (((calls.kinds[onward] as number) & EXTERNAL) !== 0) visit(source, calls.edges.targets[onward] as number, row);
    }
  }
}

function startWalk(walk: LocalWalk): void {
  walk.mark++;
  walk.size = 0;
}

function enter(walk: LocalWalk, id: number): void {
  if (walk.seen[id] === walk.mark) return;
  walk.seen[id] = walk.mark;
  walk.queue[walk.size++] = id;
}

function enterCallees(walk: LocalWalk, id: number): void {
  const { calls, rows } = walk;
  for (let row = rows[id] as number; row < (rows[id + 1] as number); row++) {
    if (((calls.kinds[row] as number) & LOCAL) !== 0) enter(walk, calls.edges.targets[row] as number);
  }
}

/** Follows local calls from all that was entered. */
function walkOn(walk: LocalWalk): void {
  for (let at = 0; at < walk.size; at++) enterCallees(walk, walk.queue[at] as number);
}
