// What a module defines, exports and calls, as columns of numbers: what module-facts.ts says with an object for each function and each call.
// Names are numbers too, those of the program that takes the columns. The columns are lent: those of the next module take their place, since making
// them anew for each takes longer than filling them.
//
//   functions   name, arity, line
//   exports     name, arity
//   targets     kind, module, name, arity, function (-1 where it isn't one of those)
//   calls       from (a function), target, first site; those of one caller lie together
//   sites       line, next site of the same call (-1 for the last)

import type { Call, CallTarget, ModuleFacts, ModuleNotes } from './module-facts.js';
import type { NameTable } from './names.js';
import { append, emptyColumn, type IntColumn, newColumn } from './sets/int-column.js';

const COLUMNS = [
  'functionNames',
  'functionArities',
  'functionLines',
  'exportNames',
  'exportArities',
  'targetKinds',
  'targetModules',
  'targetNames',
  'targetArities',
  'targetFunctions',
  'callers',
  'callTargets',
  'firstSites',
  'siteLines',
  'nextSites',
] as const;

/** The columns. */
export interface ModuleColumns {
  /** What the numbers of names count. */
  readonly names: NameTable;
  readonly functionNames: IntColumn;
  readonly functionArities: IntColumn;
  /** 0 where it isn't known. */
  readonly functionLines: IntColumn;
  readonly exportNames: IntColumn;
  readonly exportArities: IntColumn;
  /** Sums of {@link IS_LOCAL}, {@link IS_UNRESOLVED} and {@link IS_BUILTIN}. */
  readonly targetKinds: IntColumn;
  /** -1 where it is the module itself. */
  readonly targetModules: IntColumn;
  readonly targetNames: IntColumn;
  /** -1 where it isn't known. */
  readonly targetArities: IntColumn;
  readonly targetFunctions: IntColumn;
  readonly callers: IntColumn;
  readonly callTargets: IntColumn;
  readonly firstSites: IntColumn;
  /** 0 where it isn't known. */
  readonly siteLines: IntColumn;
  readonly nextSites: IntColumn;
}

/** Of a target: an unqualified call of a function of the module. */
export const IS_LOCAL = 1;
/** Of a target: a part is only known at run time. */
export const IS_UNRESOLVED = 2;
/** Of a target: it is a BIF of the release that counted in reading. */
export const IS_BUILTIN = 4;

/** Returns columns without rows. */
export function newModuleColumns(names: NameTable): ModuleColumns {
  return {
    names,
    functionNames: newColumn(),
    functionArities: newColumn(),
    functionLines: newColumn(),
    exportNames: newColumn(),
    exportArities: newColumn(),
    targetKinds: newColumn(),
    targetModules: newColumn(),
    targetNames: newColumn(),
    targetArities: newColumn(),
    targetFunctions: newColumn(),
    callers: newColumn(),
    callTargets: newColumn(),
    firstSites: newColumn(),
    siteLines: newColumn(),
    nextSites: newColumn(),
  };
}

/** Takes all rows away. */
export function emptyModuleColumns(columns: ModuleColumns): void {
  for (const column of COLUMNS) emptyColumn(columns[column]);
}

/** Appends a target and returns its number. */
export function addTarget(columns: ModuleColumns, kind: number, module: number, name: number, arity: number, own = -1): number {
  append(columns.targetModules, module);
  append(columns.targetNames, name);
  append(columns.targetArities, arity);
  append(columns.targetFunctions, own);
  return append(columns.targetKinds, kind);
}

/** Returns the same as facts, which have all to themselves: targets in the order of their first call. */
export function factsOfColumns(notes: ModuleNotes, columns: ModuleColumns): ModuleFacts {
  const { texts } = columns.names;
  const name = (column: IntColumn, at: number) => texts[column.values[at] as number] as string;
  const numbers: number[] = new Array(columns.targetKinds.length).fill(-1);
  const targets: CallTarget[] = [];
  const calls = rowsOf(columns.callers, (call): Call => {
    const target = columns.callTargets.values[call] as number;
    if (numbers[target] === -1) numbers[target] = targets.push(targetAt(columns, target, notes.module)) - 1;
    return { from: columns.callers.values[call] as number, target: numbers[target] as number, sites: sitesAt(columns, call) };
  });
  return {
    ...notes,
    functions: rowsOf(columns.functionNames, (at) => ({
      name: name(columns.functionNames, at),
      arity: columns.functionArities.values[at] as number,
      line: columns.functionLines.values[at] as number,
    })),
    exports: rowsOf(columns.exportNames, (at) => ({
      name: name(columns.exportNames, at),
      arity: columns.exportArities.values[at] as number,
    })),
    targets,
    calls,
    imports: [],
  };
}

function rowsOf<Row>({ length }: IntColumn, row: (at: number) => Row): readonly Row[] {
  return Array.from({ length }, (_, at) => row(at));
}

function targetAt(columns: ModuleColumns, at: number, own: string): CallTarget {
  const { texts } = columns.names;
  const kind = columns.targetKinds.values[at] as number;
  return {
    kind: (kind & IS_LOCAL) !== 0 ? 'local' : 'external',
    module: texts[columns.targetModules.values[at] as number] ?? own,
    name: texts[columns.targetNames.values[at] as number] as string,
    arity: columns.targetArities.values[at] as number,
    unresolved: (kind & IS_UNRESOLVED) !== 0,
    builtin: (kind & IS_BUILTIN) !== 0,
  };
}

function sitesAt({ firstSites, siteLines, nextSites }: ModuleColumns, call: number): readonly number[] {
  const sites: number[] = [];
  for (let site = firstSites.values[call] as number; site >= 0; site = nextSites.values[site] as number) {
    sites.push(siteLines.values[site] as number, 0);
  }
  return sites;
}
