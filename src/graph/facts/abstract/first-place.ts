// The first place of an expression in the source, as erl_parse:first_anno/1 finds it: going through the annotations in order for as long as
// they don't go up again. `A + B` has the place of A, though the annotation of the node is that of the operator.

import { BIN_ELEMENT, CLAUSES, FUNCTION } from './node-kinds.js';
import type { Walker } from './walker.js';

/** Sets `line` and `column` of the walker to the first place of the node at a position. The walker's position is undefined afterwards. */
export function readFirstPlace(walker: Walker, at: number): void {
  walker.pos = at;
  const size = walker.enterNode();
  if (size < 2) return;
  walker.readSite(walker.pos);
  const first = { line: walker.line, column: walker.column };
  walker.pos = at;
  if (walker.context.site === null) goDown(walker, first);
  walker.line = first.line;
  walker.column = first.column;
}

/** Follows the annotations of a node, or of a list of them; returns false where one stands after the place found so far. */
function goDown(walker: Walker, first: { line: number; column: number }): boolean {
  if (walker.atList) return goDownList(walker, first);
  const start = walker.pos;
  const size = walker.enterNode();
  const { kind } = walker;
  if (size === 0 || (kind === FUNCTION && size === 3)) {
    walker.pos = start;
    walker.skip();
    return true;
  }
  let parts = size - 1;
  if (kind !== CLAUSES && kind !== FUNCTION) {
    walker.readSite(walker.pos);
    if (isAfter(walker, first)) return false;
    first.line = walker.line;
    first.column = walker.column;
    walker.skipAnno();
    parts -= kind === BIN_ELEMENT ? 2 : 1;
  }
  let going = true;
  for (let part = 0; part < parts && going; part++) going = walker.nest(() => goDown(walker, first));
  if (going && kind === BIN_ELEMENT) walker.skip();
  return going;
}

function goDownList(walker: Walker, first: { line: number; column: number }): boolean {
  const count = walker.enterList();
  for (let item = 0; item < count; item++) if (!goDown(walker, first)) return false;
  walker.leaveList(count);
  return true;
}

/** A place without a column is at the first. */
function isAfter(
  { line, column }: { readonly line: number; readonly column: number },
  other: { line: number; column: number },
): boolean {
  return line > other.line || (line === other.line && Math.max(column, 1) > Math.max(other.column, 1));
}
