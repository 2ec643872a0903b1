// The calls of the code as calls of the source: one for each function and what it calls, with all lines where it does. Callers come one after
// the other, so that the latest call of a target is all that has to be looked at.

import { addTarget, IS_BUILTIN, IS_LOCAL, type ModuleColumns } from '../../module-columns.js';
import { append, emptyColumn, fillColumn, newColumn } from '../../sets/int-column.js';
import { endOfCalls, type ScannedCode } from './code-scan.js';
import type { CountedCalls } from './code-targets.js';
import { eachPart } from './owners.js';
import type { SourceFunctions } from './source-functions.js';

// Made once, for one module after the other.
/** By target: its latest call; -1 where there is none. */
const latest = newColumn();
/** By call. */
const lastSites = newColumn();
/** By label: the function of the code that begins there; -1 where none does. */
const functionsAt = newColumn();
/** By function of the code: the target that it is. */
const ownTargets = newColumn();

const NOT_YET = -2;
const NOT_COUNTED = -1;

/** Adds the calls of all functions to the columns of a module, of which the functions are there. */
export function addCalls(columns: ModuleColumns, functions: SourceFunctions, counted: CountedCalls): void {
  const { code } = functions;
  indexEntries(code);
  fillColumn(ownTargets, code.names.length, NOT_YET);
  fillColumn(latest, columns.targetKinds.length + code.names.length, -1);
  emptyColumn(lastSites);
  const unordered = new Set<number>();
  eachPart(functions, columns, (caller, part) => {
    const end = endOfCalls(code, part);
    for (let at = code.firstCalls.values[part] as number; at < end; at++) {
      const number = code.callTargets.values[at] as number;
      const target = number >= 0 ? number : ownTarget(columns, functions, counted, -1 - number);
      if (target === NOT_COUNTED) continue;
      const before = latest.values[target] as number;
      const line = code.callLines.values[at] as number;
      if (before < 0 || columns.callers.values[before] !== caller) addCall(columns, caller, target, line);
      else if (!addSite(columns, before, line)) unordered.add(before);
    }
  });
  for (const call of unordered) orderSites(columns, call);
}

/** Labels take bytes of the code each, so a greater one is that of no function. */
function indexEntries({ entries, codeSize }: ScannedCode): void {
  let greatest = 0;
  for (let at = 0; at < entries.length; at++) greatest = Math.max(greatest, entries.values[at] as number);
  fillColumn(functionsAt, Math.min(greatest, codeSize) + 1, -1);
  for (let at = 0; at < entries.length; at++) {
    const entry = entries.values[at] as number;
    if (entry < functionsAt.length) functionsAt.values[entry] = at;
  }
}

/** Returns the target of calls of a label; {@link NOT_COUNTED} where that is no function of the source, or doesn't count. */
function ownTarget(columns: ModuleColumns, functions: SourceFunctions, counted: CountedCalls, label: number): number {
  const index = label < functionsAt.length ? (functionsAt.values[label] as number) : -1;
  if (index < 0 || functions.made.has(index)) return NOT_COUNTED;
  if (ownTargets.values[index] === NOT_YET) ownTargets.values[index] = newOwnTarget(columns, functions, counted, index);
  return ownTargets.values[index] as number;
}

function newOwnTarget(
  columns: ModuleColumns,
  { code, names, indices }: SourceFunctions,
  { module, isBuiltin, builtins }: CountedCalls,
  index: number,
): number {
  const { texts } = columns.names;
  const [name, arity] = [names.values[index] as number, code.arities.values[index] as number];
  const builtin = isBuiltin(module, texts[name] as string, arity);
  if (builtin && !builtins) return NOT_COUNTED;
  return addTarget(columns, IS_LOCAL | (builtin ? IS_BUILTIN : 0), -1, name, arity, indices.values[index]);
}

function addCall(columns: ModuleColumns, caller: number, target: number, line: number): void {
  append(columns.callers, caller);
  append(columns.callTargets, target);
  const site = append(columns.siteLines, line);
  append(columns.nextSites, -1);
  append(columns.firstSites, site);
  latest.values[target] = append(lastSites, site);
}

/** Adds a line to a call unless it is the last one; tells whether they still ascend. */
function addSite({ siteLines, nextSites }: ModuleColumns, call: number, line: number): boolean {
  const last = lastSites.values[call] as number;
  const before = siteLines.values[last] as number;
  if (before === line) return true;
  const site = append(siteLines, line);
  append(nextSites, -1);
  nextSites.values[last] = site;
  lastSites.values[call] = site;
  return before < line;
}

/** Makes the lines of a call ascend, each once. */
function orderSites({ firstSites, siteLines, nextSites }: ModuleColumns, call: number): void {
  const sites: number[] = [];
  for (let site = firstSites.values[call] as number; site >= 0; site = nextSites.values[site] as number) sites.push(site);
  const lines = [...new Set(sites.map((site) => siteLines.values[site] as number))].sort((left, right) => left - right);
  lines.forEach((line, at) => {
    siteLines.values[sites[at] as number] = line;
  });
  nextSites.values[sites[lines.length - 1] as number] = -1;
}
