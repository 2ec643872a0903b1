// What a module defines, exports and calls, as columns of numbers: what module-facts.ts says with an object for each function and each call.
// Names are numbers too, so a program looks each one up once. The columns are lent: those of the next module take their place, since making
// them anew for each takes longer than filling them.
//
//   functions   name, arity, line
//   exports     name, arity
//   targets     kind, module, name, arity, function (-1 where it isn't one of those)
//   calls       from (a function), target, first site; those of one caller lie together
//   sites       line, next site of the same call (-1 for the last)

import type { AtomTable } from '../beam/chunks/atoms.js';
import type { Call, CallTarget, ModuleFacts, ModuleNotes } from './module-facts.js';
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
  /** Names up to their count are those of atoms. */
  atoms: AtomTable;
  /** Names after those of atoms. */
  moreNames: string[];
  readonly functionNames: IntColumn;
  readonly functionArities: IntColumn;
  /** 0 where it isn't known. */
  readonly functionLines: IntColumn;
  readonly exportNames: IntColumn;
  readonly exportArities: IntColumn;
  /** Sums of {@link IS_LOCAL}, {@link IS_UNRESOLVED} and {@link IS_BUILTIN}. */
  readonly targetKinds: IntColumn;
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

/** Returns columns without rows, for a module with those atoms. */
export function newModuleColumns(atoms: AtomTable): ModuleColumns {
  return {
    atoms,
    moreNames: [],
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

/** Takes all rows away, for a module with those atoms. */
export function emptyModuleColumns(columns: ModuleColumns, atoms: AtomTable): void {
  columns.atoms = atoms;
  columns.moreNames = [];
  for (const column of COLUMNS) emptyColumn(columns[column]);
}

/** Returns a name by its number. */
export function nameAt({ atoms, moreNames }: ModuleColumns, number: number): string {
  return number <= atoms.count ? atoms.name(number) : (moreNames[number - atoms.count - 1] as string);
}

/** Adds a name that may be no atom of the module, and returns its number. */
export function addName({ atoms, moreNames }: ModuleColumns, name: string): number {
  return atoms.count + moreNames.push(name);
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
  const name = (column: IntColumn, at: number) => nameAt(columns, column.values[at] as number);
  const numbers: number[] = new Array(columns.targetKinds.length).fill(-1);
  const targets: CallTarget[] = [];
  const calls = rowsOf(columns.callers, (call): Call => {
    const target = columns.callTargets.values[call] as number;
    if (numbers[target] === -1) numbers[target] = targets.push(targetAt(columns, target)) - 1;
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

function targetAt(columns: ModuleColumns, at: number): CallTarget {
  const kind = columns.targetKinds.values[at] as number;
  return {
    kind: (kind & IS_LOCAL) !== 0 ? 'local' : 'external',
    module: nameAt(columns, columns.targetModules.values[at] as number),
    name: nameAt(columns, columns.targetNames.values[at] as number),
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
