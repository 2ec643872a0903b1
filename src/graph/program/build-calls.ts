// The calls of a program as a table: edges between functions in order, each with its calls, each of these with its places.

import { append, itemsOf, translate } from '../sets/int-column.js';
import { EMPTY_RELATION, pairOrder } from '../sets/relation.js';
import type { CallTable } from './program.js';
import type { ProgramBuilder } from './program-builder.js';

/** The table of a program without calls. */
export const NO_CALLS: CallTable = {
  edges: EMPTY_RELATION,
  kinds: new Uint8Array(0),
  firstCall: new Int32Array(1),
  calls: new Int32Array(0),
  callKinds: new Int32Array(0),
  firstSite: new Int32Array(1),
  lines: new Int32Array(0),
  columns: new Int32Array(0),
};

/** Builds the table of all calls; `ids` are those of the functions by their number in the index. */
export function buildCalls(builder: ProgramBuilder, ids: Int32Array): CallTable {
  const sources = translate(builder.callers, ids);
  const targets = translate(builder.callees, ids);
  const order = pairOrder(sources, targets);
  const edges = { sources: new Int32Array(order.length), targets: new Int32Array(order.length) };
  const kinds = new Uint8Array(order.length);
  const firstCall = new Int32Array(order.length + 1);
  let size = 0;
  for (let at = 0; at < order.length; at++) {
    const call = order[at] as number;
    const source = sources[call] as number;
    const target = targets[call] as number;
    if (size === 0 || edges.sources[size - 1] !== source || edges.targets[size - 1] !== target) {
      edges.sources[size] = source;
      edges.targets[size] = target;
      firstCall[size++] = at;
    }
    kinds[size - 1] = (kinds[size - 1] as number) | (builder.kinds.values[call] as number);
  }
  firstCall[size] = order.length;
  append(builder.firstSite, builder.lines.length);
  return {
    edges: { sources: edges.sources.slice(0, size), targets: edges.targets.slice(0, size) },
    kinds: kinds.slice(0, size),
    firstCall: firstCall.slice(0, size + 1),
    calls: order,
    callKinds: itemsOf(builder.kinds),
    firstSite: itemsOf(builder.firstSite),
    lines: itemsOf(builder.lines),
    columns: itemsOf(builder.columns),
  };
}
