// The order of instructions that depend on each other. Each module has one; an edge leads from it to each module that it depends on. Those
// that hang together are done together, where the first of them stands, those that depend on others before these; those on a circle
// in the order of the appup.
//
// Where nothing says which of two comes first, systools takes the order in which a hash table has them; here it is that of the appup.
// Defined by lib/sasl/src/systools_rc.erl.

import { condensationOf, countGroups, groupAt } from '../../graph/sets/components.js';
import { digraphOf } from '../../graph/sets/digraph.js';
import { relationOf } from '../../graph/sets/relation.js';
import { type Atom, properList } from '../../term/model.js';
import { type Step, stepError, tupleOf } from './step.js';

/** A part of a script: an instruction that stays where it is, or those that are done together, in their order. */
export type Part =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'together'; readonly steps: readonly Step[] };

/** Arranges a script; throws ReleaseError for a module with two instructions, and for a dependency without one. */
export function arrangeDependent(script: readonly Step[]): readonly Part[] {
  const dependent = script.filter(isDependent);
  const edges = edgesOf(dependent);
  const bundles = bundlesOf(dependent.length, edges);
  const steps = new Map<number, Step[]>();
  for (const number of dependencyOrder(edges)) {
    const bundle = bundles[number] as number;
    const known = steps.get(bundle);
    if (known === undefined) steps.set(bundle, [dependent[number] as Step]);
    else known.push(dependent[number] as Step);
  }
  let next = 0;
  return script.flatMap((step): Part[] => {
    if (!isDependent(step)) return [{ kind: 'step', step }];
    const bundle = bundles[next++] as number;
    const together = steps.get(bundle);
    steps.delete(bundle);
    return together === undefined ? [] : [{ kind: 'together', steps: together }];
  });
}

function isDependent(step: Step): boolean {
  return tupleOf(step, 'update', 'load_module', 'delete_module') !== undefined;
}

/** From the number of an instruction to the numbers of those that it depends on. */
export interface Edges {
  readonly sources: readonly number[];
  readonly targets: readonly number[];
}

function edgesOf(dependent: readonly Step[]): Edges {
  const numbers = new Map<string, number>();
  dependent.forEach((step, number) => {
    const module = tupleOf(step, 'update', 'load_module', 'delete_module')?.items[1] as Atom;
    if (numbers.has(module.name)) throw stepError('muldef_module', step, module);
    numbers.set(module.name, number);
  });
  // With a loop each, so that those without dependencies are vertices too.
  const sources = dependent.map((_, number) => number);
  const targets = [...sources];
  dependent.forEach((step, number) => {
    const { items } = step.term as { readonly items: readonly Atom[] };
    for (const module of (properList(items.at(-1)) ?? []) as readonly Atom[]) {
      const target = numbers.get(module.name);
      if (target === undefined) throw stepError('undef_module', step, module);
      sources.push(number);
      targets.push(target);
    }
  });
  return { sources, targets };
}

/** Returns for each instruction the lowest number of those that hang together with it. */
export function bundlesOf(count: number, { sources, targets }: Edges): readonly number[] {
  const parents = Array.from({ length: count }, (_, number) => number);
  const rootOf = (number: number) => {
    let root = number;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root] as number] as number;
      root = parents[root] as number;
    }
    return root;
  };
  sources.forEach((source, at) => {
    const [left, right] = [rootOf(source), rootOf(targets[at] as number)];
    parents[Math.max(left, right)] = Math.min(left, right);
  });
  return parents.map((_, number) => rootOf(number));
}

/** Takes, of the circles and single instructions that nothing left depends on, always the first of the appup (they are numbered by it). */
function dependencyOrder({ sources, targets }: Edges): readonly number[] {
  const { groups, relation } = condensationOf(digraphOf(relationOf(sources, targets)));
  const count = countGroups(groups);
  const waitingFor = new Int32Array(count);
  const followers: number[][] = Array.from({ length: count }, () => []);
  relation.sources.forEach((source, at) => {
    const target = relation.targets[at] as number;
    waitingFor[target] = (waitingFor[target] as number) + 1;
    followers[source]?.push(target);
  });
  // The last one is the next.
  const ready: number[] = [];
  for (let group = count - 1; group >= 0; group--) if (waitingFor[group] === 0) ready.push(group);
  const order: number[] = [];
  for (let group = ready.pop(); group !== undefined; group = ready.pop()) {
    for (const number of groupAt(groups, group)) order.push(number);
    for (const target of followers[group] ?? []) {
      waitingFor[target] = (waitingFor[target] as number) - 1;
      if (waitingFor[target] === 0) insertDescending(ready, target);
    }
  }
  return order;
}

function insertDescending(numbers: number[], number: number): void {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) > number) low = middle + 1;
    else high = middle;
  }
  numbers.splice(low, 0, number);
}
