// The rules about sets of nodes: layers, independent groups, cycles, orphans.

import { findCycles } from '../../graph/dependencies/cycles.js';
import { countGroups, cyclicComponents, type Groups, groupAt } from '../../graph/sets/components.js';
import { digraphOf } from '../../graph/sets/digraph.js';
import { reachableFrom } from '../../graph/sets/reach.js';
import { filterRelation, type Relation, restrictSources, restrictTargets } from '../../graph/sets/relation.js';
import { markedSet, type VertexSet } from '../../graph/sets/vertex-set.js';
import type { RuleQuestion } from '../config/config.js';
import { type Asking, addEdge, addNode, chosen, forEachEdge, nameOf } from './ask.js';
import { type Draft, refuseTooMany } from './draft.js';
import { forEachChain } from './reach.js';

type Question<K extends RuleQuestion['kind']> = Extract<RuleQuestion, { readonly kind: K }>;

/** Where each node stands: -1 where in none. Of several the first counts. */
interface Places {
  readonly layerOf: Int32Array;
  /** The items of all layers are numbered through. */
  readonly itemOf: Int32Array;
}

/** A node depends on its own layer and those below it alone. */
export function askLayers(asking: Asking, question: Question<'layers'>): void {
  const { graph } = asking;
  const { adjacent, independent, complete, reachable } = question;
  const { layerOf, itemOf } = placeNodes(asking, question.layers);
  const judge = (source: number, target: number): string | undefined => {
    const [above, below] = [layerOf[source] as number, layerOf[target] as number];
    if (above < 0 || below < 0) return undefined;
    if (below < above) return `layer ${above + 1} must not depend on layer ${below + 1} above it`;
    if (adjacent && below > above + 1)
      return `layer ${above + 1} may depend on layer ${above + 2} alone, not on layer ${below + 1}`;
    if (independent && above === below && itemOf[source] !== itemOf[target])
      return `the items of layer ${above + 1} must not depend on each other`;
    return undefined;
  };
  forEachEdge(graph, (source, target) => {
    const why = judge(source, target);
    if (why !== undefined)
      addEdge(asking, source, target, `${nameOf(graph, source)} depends on ${nameOf(graph, target)}: ${why}`);
  });
  if (reachable) addDetours(asking, question.layers.length, layerOf);
  if (!complete) return;
  graph.nodes.forEach(({ id, isOwn }, node) => {
    if (isOwn && layerOf[node] === -1) addNode(asking, node, `${id} is in no layer`);
  });
}

function placeNodes(asking: Asking, layers: Question<'layers'>['layers']): Places {
  const size = asking.graph.nodes.length;
  const places = { layerOf: new Int32Array(size).fill(-1), itemOf: new Int32Array(size).fill(-1) };
  let count = 0;
  layers.forEach((items, layer) => {
    items.forEach((item, at) => {
      const marks = chosen(asking, items.length === 1 ? `layers[${layer}]` : `layers[${layer}][${at}]`, item);
      for (let node = 0; node < size; node++) {
        if (marks[node] === 0 || places.layerOf[node] !== -1) continue;
        places.layerOf[node] = layer;
        places.itemOf[node] = count;
      }
      count++;
    });
  });
  return places;
}

/** Chains from one layer to those above it through nodes that are in none; direct dependencies are found already. */
function addDetours(asking: Asking, count: number, layerOf: Int32Array): void {
  const { graph } = asking;
  for (let layer = 1; layer < count; layer++) {
    // What is in another layer ends a chain: what that layer does is told of it.
    const ends = {
      isFrom: (node: number) => layerOf[node] === layer,
      isTo: (node: number) => (layerOf[node] as number) >= 0 && layerOf[node] !== layer,
    };
    forEachChain(graph, ends, (chain) => {
      const [source, target] = [chain[0] as number, chain.at(-1) as number];
      const above = layerOf[target] as number;
      if (chain.length === 2 || above > layer) return;
      const message = `${nameOf(graph, source)} reaches ${nameOf(graph, target)}: layer ${layer + 1} must not depend on layer ${above + 1} above it`;
      addEdge(asking, source, target, message, chain);
    });
  }
}

/** None of the groups depends on another one. */
export function askIndependent(asking: Asking, { groups, reachable }: Question<'independent'>): void {
  const { graph } = asking;
  const marks = groups.map((texts, at) => chosen(asking, `groups[${at}]`, texts));
  const add = (from: Uint8Array, to: Uint8Array) => {
    // A node of both would depend on itself.
    const ends = {
      isFrom: (node: number) => from[node] === 1 && to[node] === 0,
      isTo: (node: number) => to[node] === 1 && from[node] === 0,
    };
    const what = (source: number, target: number) =>
      `${nameOf(graph, source)} must not ${reachable ? 'reach' : 'depend on'} ${nameOf(graph, target)}: they are of independent groups`;
    if (reachable) {
      forEachChain(graph, ends, (chain) => {
        const [source, target] = [chain[0] as number, chain.at(-1) as number];
        addEdge(asking, source, target, what(source, target), chain);
      });
    } else {
      forEachEdge(graph, (source, target) => {
        if (ends.isFrom(source) && ends.isTo(target)) addEdge(asking, source, target, what(source, target));
      });
    }
  };
  for (const from of marks) for (const to of marks) if (from !== to) add(from, to);
}

/** There are no cycles of so many members or more. */
export function askAcyclic(asking: Asking, { of, minimum }: Question<'acyclic'>): void {
  const { rule, graph, drafts } = asking;
  const marks = chosen(asking, 'of', of);
  const isAll = !marks.includes(0);
  // The graph as it is may have been laid out already.
  const edges = isAll
    ? graph.edges
    : filterRelation(graph.edges, (_row, source, target) => marks[source] === 1 && marks[target] === 1);
  const groups = componentsOf(edges);
  for (let at = 0; at < countGroups(groups); at++) {
    const cycle = groupAt(groups, at);
    if (cycle.length < minimum) continue;
    const members = Array.from(cycle, (node) => nameOf(graph, node));
    const subject = { kind: 'cycle', level: rule.level, members, cut: [], isFewest: false, change: null } as const;
    const evidence = { kind: 'members', level: rule.level, nodes: members } as const;
    const inDetail = () => cutOf(asking, edges, cycle, subject);
    drafts.push({ rule, subject, message: cycleText(rule.level, members), evidence, anyModule: true, inDetail });
    refuseTooMany(rule, drafts.length);
  }
}

const components = new WeakMap<Relation, Groups>();

/** Of the same graph several rules may ask. */
function componentsOf(edges: Relation): Groups {
  const known = components.get(edges) ?? cyclicComponents(digraphOf(edges));
  components.set(edges, known);
  return known;
}

/** Finds out how a cycle is broken. */
function cutOf(
  { rule, graph }: Asking,
  all: Relation,
  members: VertexSet,
  subject: Draft['subject'] & { kind: 'cycle' },
): Pick<Draft, 'subject' | 'evidence'> {
  const edges = restrictTargets(restrictSources(all, members), members);
  const none = new Int32Array(0);
  const nodes = graph.nodes.map(({ id, app, functions }) => ({ id, app, functions }));
  const [cycle] = findCycles({ level: rule.level, nodes, edges, firstFact: none, facts: none }, 'edges', () => 1);
  const { cut: rows = [], isFewest = false } = cycle ?? {};
  const name = (ends: Int32Array, row: number) => nameOf(graph, ends[row] as number);
  const cut = rows.map((row) => ({ from: name(edges.sources, row), to: name(edges.targets, row) }));
  return {
    subject: { ...subject, cut, isFewest },
    evidence: { kind: 'edges', level: rule.level, kinds: rule.edges, edges: cut.map(({ from, to }) => [from, to] as const) },
  };
}

const MEMBERS_SHOWN = 10;

/** Names a cycle for people: its first members, and how many more there are. */
export function cycleText(level: string, members: readonly string[]): string {
  const more = members.length > MEMBERS_SHOWN ? ` and ${members.length - MEMBERS_SHOWN} more` : '';
  return `cycle of ${members.length} ${level}s: ${members.slice(0, MEMBERS_SHOWN).join(', ')}${more}`;
}

/** Every node that was read is used or uses something; with entries, can be reached from one. */
export function askOrphans(asking: Asking, { of, entries }: Question<'orphans'>): void {
  const { graph } = asking;
  const marks = chosen(asking, 'of', of);
  const isKept = entries === null ? connected(asking) : reachable(asking, chosen(asking, 'entries', entries));
  graph.nodes.forEach(({ id, isOwn }, node) => {
    if (!isOwn || marks[node] === 0 || isKept[node] === 1) return;
    addNode(
      asking,
      node,
      entries === null
        ? `${id} neither depends on anything nor is depended on`
        : `${id} can't be reached from ${entries.join(', ')}`,
    );
  });
}

function connected({ graph }: Asking): Uint8Array {
  const marks = new Uint8Array(graph.nodes.length);
  forEachEdge(graph, (source, target) => {
    marks[source] = 1;
    marks[target] = 1;
  });
  return marks;
}

function reachable({ graph }: Asking, entries: Uint8Array): Uint8Array {
  const marks = entries.slice();
  for (const node of reachableFrom(digraphOf(graph.edges), markedSet(entries))) marks[node] = 1;
  return marks;
}
