// Adds a module whose facts are columns to a program: what addModule does with an object for each function and call, with a look-up for each
// function and target.

import { IS_BUILTIN, IS_LOCAL, IS_UNRESOLVED, type ModuleColumns } from '../module-columns.js';
import type { ModuleNotes } from '../module-facts.js';
import { append, fillColumn, newColumn } from '../sets/int-column.js';
import { indexInModule, indexModuleNamed, indexNumbers } from './function-table.js';
import { EXTERNAL, LOCAL, UNRESOLVED } from './program.js';
import { beginModule, type ProgramBuilder } from './program-builder.js';

// Made once, for one module after the other.
/** By function of the columns: its number in the program. */
const functions = newColumn();
/** By target, likewise. */
const callees = newColumn();

const NOT_YET = -2;
const NOT_COUNTED = -1;

/** Adds a module in functions mode whose names are numbers of the program, and that stands at `order` in the input; returns false, and adds nothing, where it is there already. */
export function addColumns(builder: ProgramBuilder, notes: ModuleNotes, columns: ModuleColumns, order: number): boolean {
  const module = beginModule(builder, notes, order);
  if (module < 0) return false;
  addExports(builder, module, columns);
  addFunctions(builder, module, columns);
  const { onLoad } = notes;
  if (onLoad !== null) append(builder.onLoad, indexInModule(builder.index, module, onLoad.name, onLoad.arity));
  addCalls(builder, module, columns);
  return true;
}

function addExports(builder: ProgramBuilder, module: number, columns: ModuleColumns): void {
  const { exportNames, exportArities } = columns;
  for (let at = 0; at < exportNames.length; at++) {
    const [name, arity] = [exportNames.values[at] as number, exportArities.values[at] as number];
    append(builder.exported, indexNumbers(builder.index, module, name, arity));
  }
}

function addFunctions(builder: ProgramBuilder, module: number, columns: ModuleColumns): void {
  const { functionNames, functionArities, functionLines } = columns;
  fillColumn(functions, functionNames.length, NOT_YET);
  for (let at = 0; at < functionNames.length; at++) {
    const [name, arity] = [functionNames.values[at] as number, functionArities.values[at] as number];
    const number = indexNumbers(builder.index, module, name, arity);
    functions.values[at] = number;
    append(builder.defined, number);
    append(builder.definedLines, functionLines.values[at] as number);
  }
}

function addCalls(builder: ProgramBuilder, module: number, columns: ModuleColumns): void {
  const { callers, callTargets, firstSites, siteLines, nextSites, targetKinds } = columns;
  fillColumn(callees, targetKinds.length, NOT_YET);
  for (let call = 0; call < callers.length; call++) {
    const target = callTargets.values[call] as number;
    if (callees.values[target] === NOT_YET) callees.values[target] = calleeOf(builder, module, columns, target);
    const callee = callees.values[target] as number;
    if (callee === NOT_COUNTED) continue;
    append(builder.callers, functions.values[callers.values[call] as number] as number);
    append(builder.callees, callee);
    append(builder.kinds, KINDS[(targetKinds.values[target] as number) & (IS_LOCAL | IS_UNRESOLVED)] as number);
    append(builder.firstSite, builder.lines.length);
    for (let site = firstSites.values[call] as number; site >= 0; site = nextSites.values[site] as number) {
      append(builder.lines, siteLines.values[site] as number);
      append(builder.columns, 0);
    }
  }
}

const KINDS = Uint8Array.from({ length: 4 }, (_, kind) => {
  if ((kind & IS_LOCAL) !== 0) return LOCAL;
  return (kind & IS_UNRESOLVED) !== 0 ? EXTERNAL | UNRESOLVED : EXTERNAL;
});

/** Returns the number of what is called, or that it doesn't count: a module's own function can be a BIF as well, as lists:member/2 is. */
function calleeOf(builder: ProgramBuilder, module: number, columns: ModuleColumns, target: number): number {
  const { targetKinds, targetModules, targetNames, targetArities, targetFunctions } = columns;
  const kind = targetKinds.values[target] as number;
  if ((kind & IS_BUILTIN) !== 0 && !builder.options.builtins) return NOT_COUNTED;
  const own = targetFunctions.values[target] as number;
  if (own >= 0) return functions.values[own] as number;
  const of = (kind & IS_LOCAL) !== 0 ? module : indexModuleNamed(builder.index, targetModules.values[target] as number);
  return indexNumbers(builder.index, of, targetNames.values[target] as number, targetArities.values[target] as number);
}
