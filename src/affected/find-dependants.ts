// Who depends on what differs, and by which chain: one breadth-first search against the edges, from all that differs at once.

import type { DependencyGraph, DependencyNode } from '../graph/dependencies/dependency-graph.js';
import { digraphOf, reverseOf } from '../graph/sets/digraph.js';

/** A module that depends on one that differs. */
export interface Dependant {
  readonly module: string;
  readonly app: string | null;
  /** How many edges there are in the chain. */
  readonly distance: number;
  /** A shortest chain: the module itself, whom it depends on, and so on to one that differs. */
  readonly chain: readonly string[];
}

/** Returns the modules that depend on members of `different` and are none of them, from the nearest, by name. Of several shortest chains one is told. */
export function findDependants({ nodes, edges }: DependencyGraph, different: ReadonlySet<string>): readonly Dependant[] {
  const { vertices, starts, targets } = reverseOf(digraphOf(edges));
  const name = (place: number) => (nodes[vertices[place] as number] as DependencyNode).id;
  const next = new Int32Array(vertices.length).fill(-1);
  const distances = new Int32Array(vertices.length).fill(-1);
  const queue: number[] = [];
  for (let place = 0; place < vertices.length; place++) {
    if (!different.has(name(place))) continue;
    distances[place] = 0;
    queue.push(place);
  }
  const begun = queue.length;
  for (const place of queue) {
    for (let at = starts[place] as number; at < (starts[place + 1] as number); at++) {
      const user = targets[at] as number;
      if (distances[user] !== -1) continue;
      distances[user] = (distances[place] as number) + 1;
      next[user] = place;
      queue.push(user);
    }
  }
  const found = queue.slice(begun).map((place) => {
    const { id, app } = nodes[vertices[place] as number] as DependencyNode;
    return { module: id, app, distance: distances[place] as number, chain: chainFrom(place) };
  });
  return found.sort((left, right) => left.distance - right.distance || (left.module < right.module ? -1 : 1));

  function chainFrom(start: number): readonly string[] {
    const chain: string[] = [];
    for (let place = start; place !== -1; place = next[place] as number) chain.push(name(place));
    return chain;
  }
}
