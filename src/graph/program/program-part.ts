// A program made of parts: several readers at once each fill a builder of their own, hand it over as plain columns (which a worker thread can
// give away without copying), and the parts are joined. Every number of a part is its own; joining gives it that of the whole. Of modules that
// stand in several parts the one counts that comes first in the input, whichever reader had it.

import type { ModuleNotes } from '../module-facts.js';
import { append, type IntColumn, itemsOf } from '../sets/int-column.js';
import { type FunctionIndex, indexModule, indexName, indexNumbers } from './function-table.js';
import { beginProgram, type ModuleRows, nextRows, type ProgramBuilder } from './program-builder.js';

/** The columns of a builder that hold functions; the others hold places, lines and kinds. */
type Columns = Readonly<
  Record<
    | 'moduleOf'
    | 'nameOf'
    | 'arityOf'
    | 'defined'
    | 'definedLines'
    | 'exported'
    | 'onLoad'
    | 'callers'
    | 'callees'
    | 'kinds'
    | 'firstSite'
    | 'lines'
    | 'columns'
    | 'imported',
    Int32Array
  >
>;

/** What one reader read. Its numbers are positions in its own tables. */
export interface ProgramPart {
  readonly modules: readonly string[];
  readonly names: readonly string[];
  readonly columns: Columns;
  readonly rows: readonly ModuleRows[];
  /** By row of `rows`. */
  readonly notes: readonly ModuleNotes[];
  readonly references: ProgramBuilder['references'];
}

/** Returns what was added to a builder, which is used up; the columns have their memory to themselves. */
export function partOf(builder: ProgramBuilder): ProgramPart {
  const { index, rows, references } = builder;
  const own = (column: IntColumn) => itemsOf(column).slice();
  append(builder.firstSite, builder.lines.length);
  return {
    modules: [...index.modules.keys()],
    names: index.names.texts,
    columns: {
      moduleOf: own(index.moduleOf),
      nameOf: own(index.nameOf),
      arityOf: own(index.arityOf),
      defined: own(builder.defined),
      definedLines: own(builder.definedLines),
      exported: own(builder.exported),
      onLoad: own(builder.onLoad),
      callers: own(builder.callers),
      callees: own(builder.callees),
      kinds: own(builder.kinds),
      firstSite: own(builder.firstSite),
      lines: own(builder.lines),
      columns: own(builder.columns),
      imported: own(builder.imported),
    },
    rows: [...rows, nextRows(builder, -1, Number.POSITIVE_INFINITY)],
    notes: rowsOf(builder).notes,
    references,
  };
}

/** A module that was left out, since one of its name came before it. */
export interface LeftOut {
  readonly notes: ModuleNotes;
  readonly order: number;
  readonly first: ModuleNotes;
}

/** Joins what readers read, of which one has its builder still; which reader read which module makes no difference. */
export function joinParts(
  own: ProgramBuilder,
  parts: readonly ProgramPart[],
): { readonly builder: ProgramBuilder; readonly leftOut: readonly LeftOut[] } {
  const { winners, leftOut } = firstModules([rowsOf(own), ...parts]);
  const isWhole = own.rows.every((rows) => winners.has(rows));
  const builder = isWhole ? own : beginProgram(own.options);
  for (const part of isWhole ? parts : [partOf(own), ...parts]) addPart(builder, part, winners);
  return { builder, leftOut };
}

type ReadModules = Pick<ProgramPart, 'rows' | 'notes'>;

function rowsOf({ rows, analysed }: ProgramBuilder): ReadModules {
  return { rows, notes: rows.map(({ module }) => analysed.get(module) as ModuleNotes) };
}

/** A module of a part. */
interface Candidate {
  readonly rows: ModuleRows;
  readonly notes: ModuleNotes;
}

function firstModules(parts: readonly ReadModules[]): { winners: ReadonlySet<ModuleRows>; leftOut: readonly LeftOut[] } {
  const first = new Map<string, Candidate>();
  const losers: Candidate[] = [];
  for (const { rows, notes } of parts) {
    notes.forEach((one, at) => {
      const candidate = { rows: rows[at] as ModuleRows, notes: one };
      const before = first.get(one.module);
      if (before === undefined || candidate.rows.order < before.rows.order) first.set(one.module, candidate);
      if (before !== undefined) losers.push(candidate.rows.order < before.rows.order ? before : candidate);
    });
  }
  const leftOut = losers.map(({ rows, notes }): LeftOut => {
    return { notes, order: rows.order, first: (first.get(notes.module) as Candidate).notes };
  });
  return {
    winners: new Set(Array.from(first.values(), ({ rows }) => rows)),
    leftOut: leftOut.sort((left, right) => left.order - right.order),
  };
}

/** The numbers in the whole of a part's modules, names and functions; -1 until one is needed, since what is left out has none. */
interface Numbers {
  readonly index: FunctionIndex;
  readonly part: ProgramPart;
  readonly modules: Int32Array;
  readonly names: Int32Array;
  readonly functions: Int32Array;
}

function addPart(builder: ProgramBuilder, part: ProgramPart, winners: ReadonlySet<ModuleRows>): void {
  const none = (length: number) => new Int32Array(length).fill(-1);
  const numbers: Numbers = {
    index: builder.index,
    part,
    modules: none(part.modules.length),
    names: none(part.names.length),
    functions: none(part.columns.moduleOf.length),
  };
  part.notes.forEach((notes, at) => {
    const [start, end] = [part.rows[at] as ModuleRows, part.rows[at + 1] as ModuleRows];
    if (!winners.has(start)) return;
    const module = moduleNumber(numbers, start.module);
    builder.rows.push(nextRows(builder, module, start.order));
    builder.analysed.set(module, notes);
    addRows(builder, numbers, start, end);
  });
}

function moduleNumber({ index, part, modules }: Numbers, module: number): number {
  if (modules[module] === -1) modules[module] = indexModule(index, part.modules[module] as string);
  return modules[module] as number;
}

function functionNumber(numbers: Numbers, at: number): number {
  const known = numbers.functions[at] as number;
  if (known !== -1) return known;
  const { index, part, names } = numbers;
  const { moduleOf, nameOf, arityOf } = part.columns;
  const name = nameOf[at] as number;
  if (names[name] === -1) names[name] = indexName(index, part.names[name] as string);
  const module = moduleNumber(numbers, moduleOf[at] as number);
  const made = indexNumbers(index, module, names[name] as number, arityOf[at] as number);
  numbers.functions[at] = made;
  return made;
}

function addRows(builder: ProgramBuilder, numbers: Numbers, start: ModuleRows, end: ModuleRows): void {
  const { columns, references } = numbers.part;
  copyFunctions(numbers, columns.defined, builder.defined, start.defined, end.defined);
  copy(columns.definedLines, builder.definedLines, start.defined, end.defined);
  copyFunctions(numbers, columns.exported, builder.exported, start.exported, end.exported);
  copyFunctions(numbers, columns.onLoad, builder.onLoad, start.onLoad, end.onLoad);
  const module = moduleNumber(numbers, start.module);
  for (let at = start.imports; at < end.imports; at++) append(builder.importers, module);
  copyFunctions(numbers, columns.imported, builder.imported, start.imports, end.imports);
  copyFunctions(numbers, columns.callers, builder.callers, start.calls, end.calls);
  copyFunctions(numbers, columns.callees, builder.callees, start.calls, end.calls);
  copy(columns.kinds, builder.kinds, start.calls, end.calls);
  const [firstSite, lastSite] = [columns.firstSite[start.calls] as number, columns.firstSite[end.calls] as number];
  const moved = builder.lines.length - firstSite;
  for (let call = start.calls; call < end.calls; call++) append(builder.firstSite, (columns.firstSite[call] as number) + moved);
  copy(columns.lines, builder.lines, firstSite, lastSite);
  copy(columns.columns, builder.columns, firstSite, lastSite);
  for (const { from, reference } of references.slice(start.references, end.references)) {
    builder.references.push({ module, from: from < 0 ? -1 : functionNumber(numbers, from), reference });
  }
}

/** Copies the items from `start` up to `end`. */
function copy(from: Int32Array, to: IntColumn, start: number, end: number): void {
  for (let at = start; at < end; at++) append(to, from[at] as number);
}

/** Copies functions, each as the whole's number of it. */
function copyFunctions(numbers: Numbers, from: Int32Array, to: IntColumn, start: number, end: number): void {
  for (let at = start; at < end; at++) append(to, functionNumber(numbers, from[at] as number));
}
