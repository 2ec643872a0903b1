// What is wrong with a query, with the line of it and a caret under the place:
//
//   unknown variable Foo
//     XC || Foo
//           ^^^

import type { QueryError } from '../graph/query/query-error.js';
import { visible } from './visible.js';

/** Renders an error of a query as lines for people; the place is left out where the error has none. */
export function renderQueryError(query: string, error: QueryError): string {
  const { at } = error;
  if (at === undefined) return `${visible(error.message)}\n`;
  const lineStart = query.lastIndexOf('\n', at.start - 1) + 1;
  const newline = query.indexOf('\n', lineStart);
  const line = query.slice(lineStart, newline < 0 ? query.length : newline);
  const before = visible(line.slice(0, at.start - lineStart)).replace(/[^\t]/gu, ' ');
  const marked = Array.from(visible(line.slice(at.start - lineStart, at.end - lineStart)));
  return `${visible(error.message)}\n  ${visible(line)}\n  ${before}${'^'.repeat(Math.max(marked.length, 1))}\n`;
}
