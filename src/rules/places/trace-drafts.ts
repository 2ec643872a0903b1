// From what rules found to the modules that take part, and to what is to be looked up in their calls for places: import tables know none, so that
// only then it is known what has to be read for them.

import type { Draft, Evidence } from '../check/draft.js';
import { type EdgeKinds, isCoarse, moduleOfFunction, type RuleGraphs } from '../rule-graphs.js';

/** What is looked up in the calls: a module and what it depends on, itself where it is the place. */
export interface Lookup {
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
    case 'members':
      return evidence.nodes.flatMap((node) => nodeLookups({ ...evidence, kind: 'node', node }, graphs)).map(withoutPlace);
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

/** A module takes part, and where it stands is no place of the finding. */
function withoutPlace(lookup: Lookup): Lookup {
  return { ...lookup, from: '' };
}

const CALLS: EdgeKinds = new Set(['call']);

/** A module or function is its own place; an application has none in the code. */
function nodeLookups({ level, node }: Evidence & { kind: 'node' }, graphs: RuleGraphs): readonly Lookup[] {
  if (!isCoarse(level)) {
    const module = level === 'function' ? moduleOfFunction(node) : node;
    return [{ module, from: node, to: null, kinds: CALLS }];
  }
  const { positions, members } = graphs.coarse(level, CALLS);
  const modules = members[positions.get(node) ?? -1] ?? [];
  return modules.flatMap(({ id, isOwn }) => (isOwn ? [{ module: id, from: '', to: null, kinds: CALLS }] : []));
}
