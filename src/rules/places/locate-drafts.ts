// From what rules found to the modules that take part and the places in their code. Import tables know no places: what has to be read for them is
// told first, and then looked up in the calls of those modules alone.

import { CONFIDENCES } from '../../graph/dependencies/build-dependencies.js';
import type { EdgeSite } from '../../graph/dependencies/edge-facts.js';
import { sitesOfFact } from '../../graph/dependencies/edge-facts.js';
import type { Confidence } from '../../graph/module-facts.js';
import { findFunction, findName } from '../../graph/program/function-table.js';
import type { Program } from '../../graph/program/program.js';
import type { Draft, Evidence, FoundSite } from '../check/draft.js';
import { MOST_PLACES } from '../model.js';
import { type EdgeKinds, isCoarse, moduleOfFunction, type RuleGraphs } from '../rule-graphs.js';

/** The modules that make a finding, and where they do. */
export interface Located {
  readonly modules: readonly string[];
  /** The first of them. */
  readonly sites: readonly FoundSite[];
  /** How many there are. */
  readonly count: number;
}

/** What is looked up in the calls: a module and what it depends on, itself where it is the place. */
interface Lookup {
  readonly module: string;
  /** Ends as they are in the graph of modules or functions; null: the module (or function) itself is the place. */
  readonly from: string;
  readonly to: string | null;
  readonly kinds: EdgeKinds;
}

/** A draft with what to look up for it. */
export interface PlacedDraft {
  readonly draft: Draft;
  readonly modules: readonly string[];
  readonly lookups: readonly Lookup[];
}

/** Finds out which modules take part in each finding. */
export function traceDrafts(drafts: readonly Draft[], graphs: RuleGraphs): readonly PlacedDraft[] {
  const pairs = coarsePairs(drafts, graphs);
  return drafts.map((draft) => {
    const lookups = lookupsOf(draft.evidence, graphs, pairs);
    const known = draft.evidence.kind === 'sites' ? draft.evidence.modules : [];
    return { draft, lookups, modules: [...new Set([...known, ...lookups.map(({ module }) => module)])] };
  });
}

/** By level, kinds and the ends of an edge: the modules that make it. */
type Pairs = ReadonlyMap<string, readonly (readonly [from: string, to: string])[]>;

const pairKey = (level: string, kinds: EdgeKinds, from: string, to: string) =>
  JSON.stringify([level, [...kinds].sort(), from, to]);

function coarsePairs(drafts: readonly Draft[], graphs: RuleGraphs): Pairs {
  const pairs = new Map<string, [string, string][]>();
  const asked = new Map<string, Evidence & { kind: 'edges' }>();
  for (const { evidence } of drafts) {
    if (evidence.kind !== 'edges' || !isCoarse(evidence.level)) continue;
    asked.set(pairKey(evidence.level, evidence.kinds, '', ''), evidence);
    for (const [from, to] of evidence.edges) pairs.set(pairKey(evidence.level, evidence.kinds, from, to), []);
  }
  for (const { level, kinds } of asked.values()) {
    if (!isCoarse(level)) continue;
    const { graph, modules, nodeOf } = graphs.coarse(level, kinds);
    const { sources, targets } = modules.edges;
    for (let row = 0; row < sources.length; row++) {
      const [from, to] = [sources[row] as number, targets[row] as number];
      const [source, target] = [graph.nodes[nodeOf[from] as number], graph.nodes[nodeOf[to] as number]];
      if (source === undefined || target === undefined || source === target) continue;
      const ends = [modules.nodes[from]?.id as string, modules.nodes[to]?.id as string] as [string, string];
      pairs.get(pairKey(level, kinds, source.id, target.id))?.push(ends);
    }
  }
  return pairs;
}

function lookupsOf(evidence: Evidence, graphs: RuleGraphs, pairs: Pairs): readonly Lookup[] {
  switch (evidence.kind) {
    case 'edges':
      return evidence.edges.flatMap(([from, to]) => edgeLookups(evidence, from, to, pairs));
    case 'node':
      return nodeLookups(evidence, graphs);
    default:
      return [];
  }
}

function edgeLookups({ level, kinds }: Evidence & { kind: 'edges' }, from: string, to: string, pairs: Pairs): readonly Lookup[] {
  if (level === 'function') return [{ module: moduleOfFunction(from), from, to, kinds }];
  if (level === 'module') return [{ module: from, from, to, kinds }];
  const made = pairs.get(pairKey(level, kinds, from, to)) ?? [];
  return made.map(([source, target]) => ({ module: source, from: source, to: target, kinds }));
}

const CALLS: EdgeKinds = new Set(['call']);

/** A module or function is its own place; an application has none in the code. */
function nodeLookups({ level, node }: Evidence & { kind: 'node' }, graphs: RuleGraphs): readonly Lookup[] {
  if (!isCoarse(level)) {
    const module = level === 'function' ? moduleOfFunction(node) : node;
    return [{ module, from: node, to: null, kinds: CALLS }];
  }
  const { graph, modules, nodeOf } = graphs.coarse(level, CALLS);
  const at = graph.nodes.findIndex(({ id }) => id === node);
  return modules.nodes.flatMap(({ id, isOwn }, module) =>
    isOwn && at >= 0 && nodeOf[module] === at ? [{ module: id, from: '', to: null, kinds: CALLS }] : [],
  );
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
