// The rules about single dependencies and chains of them: forbidden, allowed, protected, required.

import type { RuleQuestion } from '../config/config.js';
import type { RuleGraph } from '../rule-graph.js';
import { type Asking, addEdge, addNode, chosen, chosenByPair, forEachEdge, nameOf, type PairTest } from './ask.js';
import { instabilities } from './measures.js';
import { forEachChain, reachesSome } from './reach.js';

type Question<K extends RuleQuestion['kind']> = Extract<RuleQuestion, { readonly kind: K }>;

/** No node of `from` depends on one of `to`. */
export function askForbidden(asking: Asking, { from, to, reachable, moreUnstable }: Question<'forbidden'>): void {
  const { graph } = asking;
  const marks = chosen(asking, 'from', from);
  const isTo = chosenByPair(asking, { texts: from, marks }, to);
  if (reachable) {
    addChains(asking, marks, isTo, (source, target) => `${source} must not reach ${target}`);
    return;
  }
  const instability = moreUnstable ? instabilities(graph) : undefined;
  forEachEdge(graph, (source, target) => {
    if (marks[source] === 0 || !isTo.has(source, target)) return;
    if (instability !== undefined && !isLess(instability[source], instability[target])) return;
    const more =
      instability === undefined
        ? ''
        : `, which is less stable (${shown(instability[target])} after ${shown(instability[source])})`;
    addEdge(asking, source, target, `${nameOf(graph, source)} must not depend on ${nameOf(graph, target)}${more}`);
  });
}

const isLess = (left: number | null | undefined, right: number | null | undefined) => (left ?? 0) < (right ?? 0);
const shown = (value: number | null | undefined) => (value ?? 0).toFixed(2);

/** Chains by pairs of nodes; where captures say what is meant, for each node of `from` by itself. */
export function addChains(
  asking: Asking,
  from: Uint8Array,
  isTo: PairTest,
  messageOf: (source: string, target: string) => string,
): void {
  const { graph } = asking;
  for (const group of nodesByTargets(graph, from, isTo)) {
    const isFrom = new Set(group);
    const [first] = group as [number];
    const ends = { isFrom: (node: number) => isFrom.has(node), isTo: (node: number) => isTo.has(first, node) };
    forEachChain(graph, ends, (chain) => {
      const [source, target] = [chain[0] as number, chain.at(-1) as number];
      addEdge(asking, source, target, messageOf(nameOf(graph, source), nameOf(graph, target)), chain);
    });
  }
}

/** Nodes for which the same other ones are meant stand together. */
function nodesByTargets({ nodes }: RuleGraph, from: Uint8Array, isTo: PairTest): Iterable<readonly number[]> {
  const groups = new Map<string, number[]>();
  for (let node = 0; node < nodes.length; node++) {
    if (from[node] === 0) continue;
    const key = isTo.keyOf(node);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }
  return groups.values();
}

/** A node of `from` depends on nodes of `to` and of `from` alone. */
export function askAllowed(asking: Asking, { from, to }: Question<'allowed' | 'protected'>): void {
  const { graph } = asking;
  const marks = chosen(asking, 'from', from);
  const isTo = chosenByPair(asking, { texts: from, marks }, to);
  forEachEdge(graph, (source, target) => {
    if (marks[source] === 0 || marks[target] === 1 || isTo.has(source, target)) return;
    addEdge(asking, source, target, `${nameOf(graph, source)} may not depend on ${nameOf(graph, target)}`);
  });
}

/** Only nodes of `from` and of `to` depend on a node of `to`. */
export function askProtected(asking: Asking, { from, to }: Question<'allowed' | 'protected'>): void {
  const { graph } = asking;
  const isFrom = chosen(asking, 'from', from);
  const isTo = chosen(asking, 'to', to);
  forEachEdge(graph, (source, target) => {
    if (isTo[target] === 0 || isTo[source] === 1 || isFrom[source] === 1) return;
    addEdge(asking, source, target, `${nameOf(graph, target)} is protected: ${nameOf(graph, source)} may not depend on it`);
  });
}

/** Each node of `from` that was read depends on some node of `to`. */
export function askRequired(asking: Asking, { from, to, reachable }: Question<'required'>): void {
  const { graph } = asking;
  const marks = chosen(asking, 'from', from);
  const isTo = chosenByPair(asking, { texts: from, marks }, to);
  const fulfils = new Uint8Array(graph.nodes.length);
  if (reachable) {
    for (const group of nodesByTargets(graph, marks, isTo)) {
      const reaches = reachesSome(graph, (node) => isTo.has(group[0] as number, node));
      for (const node of group) fulfils[node] = reaches[node] as number;
    }
  } else {
    forEachEdge(graph, (source, target) => {
      if (isTo.has(source, target)) fulfils[source] = 1;
    });
  }
  graph.nodes.forEach(({ id, isOwn }, node) => {
    if (!isOwn || marks[node] === 0 || fulfils[node] === 1) return;
    addNode(asking, node, `${id} must ${reachable ? 'reach' : 'depend on'} ${to.join(', ')}`);
  });
}
