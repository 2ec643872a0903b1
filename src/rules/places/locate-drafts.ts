// The places of what rules found, looked up in the calls of the modules that make it.

import { CONFIDENCES } from '../../graph/dependencies/build-dependencies.js';
import { type EdgeSite, sitesOfFact } from '../../graph/dependencies/edge-facts.js';
import type { Confidence } from '../../graph/module-facts.js';
import { findFunction, findName } from '../../graph/program/function-table.js';
import type { Program } from '../../graph/program/program.js';
import type { FoundSite } from '../check/draft.js';
import { MOST_PLACES } from '../model.js';
import { type EdgeKinds, moduleOfFunction } from '../rule-graphs.js';
import type { Lookup, PlacedDraft } from './trace-drafts.js';

/** The modules that make a finding, and where they do. */
export interface Located {
  readonly modules: readonly string[];
  /** The first of them. */
  readonly sites: readonly FoundSite[];
  /** How many there are. */
  readonly count: number;
}

/** Returns the places of a finding, by a program that has the calls of its modules; without one, none. */
export function locateDraft(
  { draft, modules, lookups }: PlacedDraft,
  program: Program | null,
  minConfidence: Confidence,
): Located {
  const found = draft.evidence.kind === 'sites' ? draft.evidence.sites.filter(({ file }) => file !== '') : [];
  if (program === null) return { modules, sites: found.slice(0, MOST_PLACES), count: found.length };
  const sites: FoundSite[] = found.slice(0, MOST_PLACES);
  let count = found.length;
  for (const lookup of lookups) {
    for (const site of lookUp(lookup, program, minConfidence)) {
      if (sites.length < MOST_PLACES) sites.push(site);
      count++;
    }
  }
  return { modules, sites, count };
}

function lookUp({ module, from, to, kinds }: Lookup, program: Program, minConfidence: Confidence): readonly FoundSite[] {
  const owner = findName(program.functions.modules, module);
  const notes = program.notes.get(owner);
  if (notes === undefined || from === '') return [];
  if (to === null) {
    const id = from === module ? -1 : functionId(program, from);
    const file = notes.sourceFile ?? notes.file;
    return [{ module, file, line: Math.max(0, program.lines[id] ?? 0), column: 0, what: from }];
  }
  const ends = {
    owner,
    from: functionId(program, from),
    to: functionId(program, to),
    toModule: findName(program.functions.modules, to),
  };
  const calls = kinds.has('call') ? callRows(program, ends) : [];
  const references = referenceRows(program, ends, kinds, minConfidence);
  return [...calls, ...references].flatMap((fact) => sitesOfFact(program, fact).map((site) => foundSite(module, site)));
}

interface Ends {
  readonly owner: number;
  /** Functions; -1 where the ends are modules. */
  readonly from: number;
  readonly to: number;
  /** -1 where the ends are functions. */
  readonly toModule: number;
}

/** Rows of calls are in order of their callers, and the functions of a module are an interval. */
function callRows({ functions, calls }: Program, { owner, from, to, toModule }: Ends): readonly number[] {
  const { sources, targets } = calls.edges;
  const [first, last] =
    from >= 0 ? [from, from + 1] : [functions.firstOf[owner] as number, functions.firstOf[owner + 1] as number];
  const rows: number[] = [];
  for (let row = lowerBound(sources, first); row < sources.length && (sources[row] as number) < last; row++) {
    const target = targets[row] as number;
    if (to >= 0 ? target === to : functions.moduleOf[target] === toModule) rows.push(row);
  }
  return rows;
}

function lowerBound(sorted: Int32Array, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function referenceRows(
  { references }: Program,
  { owner, from, to, toModule }: Ends,
  kinds: EdgeKinds,
  least: Confidence,
): readonly number[] {
  if (kinds.size === 1 && kinds.has('call')) return [];
  return references.flatMap((reference, at) => {
    const isMeant =
      from >= 0 || to >= 0 ? reference.from === from && reference.toFunction === to : reference.toModule === toModule;
    const isSure = CONFIDENCES.indexOf(reference.confidence) <= CONFIDENCES.indexOf(least);
    return reference.owner === owner && isMeant && isSure && kinds.has(reference.kind) ? [-1 - at] : [];
  });
}

/** The number of `module:name/arity`; -1 for what is no function of the program. */
function functionId({ functions }: Program, text: string): number {
  const module = moduleOfFunction(text);
  const rest = /^(?:'(?:[^'\\]|\\.)*'|[^:]*):(.*)\/(-?\d+)$/su.exec(text);
  return rest === null ? -1 : findFunction(functions, module, rest[1] as string, Number(rest[2]));
}

function foundSite(module: string, { from, to, file, line, column }: EdgeSite): FoundSite {
  return { module, file, line: line ?? 0, column: column ?? 0, what: `${from} -> ${to}` };
}
