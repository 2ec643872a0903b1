// A cut of a graph of any size in linear time: the edges of a depth-first walk that lead back to where the walk is. Each of them closes a
// cycle with the way that the walk took, so none can be left out; there may be many more of them than needed.

import { type ArcGraph, incidence } from './arc-graph.js';

/** Returns the edges of the cut, ascending. */
export function cutByDepth({ size, sources, targets }: ArcGraph): readonly number[] {
  const { starts, arcs } = incidence(size, sources);
  const next = starts.slice(0, size);
  const isOpen = new Uint8Array(size);
  const isMet = new Uint8Array(size);
  const cut: number[] = [];
  for (let root = 0; root < size; root++) {
    if (isMet[root] === 1) continue;
    const way = [root];
    isMet[root] = isOpen[root] = 1;
    for (let node = way.at(-1); node !== undefined; node = way.at(-1)) {
      const at = next[node] as number;
      if (at === starts[node + 1]) {
        isOpen[node] = 0;
        way.pop();
        continue;
      }
      next[node] = at + 1;
      const arc = arcs[at] as number;
      const target = targets[arc] as number;
      if (isOpen[target] === 1) cut.push(arc);
      else if (isMet[target] === 0) {
        isMet[target] = isOpen[target] = 1;
        way.push(target);
      }
    }
  }
  return cut.sort((left, right) => left - right);
}
