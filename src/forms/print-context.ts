// What the printers of expressions share: how they reach each other, how they say that the source can't tell all, and brackets.

import type { Anno } from './anno.js';
import type { Expression } from './expression-model.js';
import { concat, type Doc, group, join, line, nest, softLine } from './layout.js';

/** Columns by which a level is indented. */
export const INDENT = 4;

/** Prints expressions, and collects what no source can say. */
export interface ExpressionPrinter {
  /** Returns the expression, in parentheses if its level is lower than `level`. */
  readonly doc: (node: Expression, level: number) => Doc;
  /** Returns the variable's name as the source has it. */
  readonly variable: (anno: Anno, name: string) => string;
  /** Returns the atom as the source has it. */
  readonly atom: (anno: Anno, name: string) => string;
  readonly gap: ReportGap;
  /** Notes that the source needs this feature of the language. */
  readonly feature: (name: string) => void;
  /** Long strings take several lines. */
  readonly cutStrings: boolean;
}

/** Notes that the node at `anno` parses to something else than it was, and why. */
export type ReportGap = (anno: Anno, reason: string) => void;

/** Returns docs between brackets, with commas; one line, or each doc on its own. */
export function bracketed(open: string, docs: readonly Doc[], close: string): Doc {
  if (docs.length === 0) return open + close;
  return group(open, nest(INDENT, softLine, join(docs, ',', line)), softLine, close);
}

/** Returns the doc between brackets that take no lines of their own: for what has brackets itself. */
export function hugged(open: string, doc: Doc, close: string): Doc {
  return concat(open, doc, close);
}

/** Expressions that have brackets, or words like them, to break at, so that they can begin on the line of what they belong to. */
const OPENING: ReadonlySet<Expression['kind']> = new Set([
  ...(['tuple', 'cons', 'map', 'map_update', 'bin', 'record', 'record_update', 'lc', 'bc', 'mc', 'call'] as const),
  ...(['fun', 'named_fun', 'case', 'if', 'receive', 'receive_after', 'try', 'maybe', 'maybe_else', 'block'] as const),
]);

/** Tells whether the expression breaks into lines by itself, so that it needs no new line before it. */
export function breaksByItself(node: Expression): boolean {
  return OPENING.has(node.kind);
}

/** Returns `before` and the value after it: on the same line if it fits or breaks by itself, else on the next. */
export function assigned(before: Doc, node: Expression, value: Doc): Doc {
  return breaksByItself(node) ? concat(before, ' ', value) : group(before, nest(INDENT, line, value));
}
