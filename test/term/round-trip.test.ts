// From a term to text and back, in all the ways that text is written.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatTerm } from '../../src/term/format.js';
import type { Term } from '../../src/term/model.js';
import { equalTerms } from '../../src/term/order.js';
import { parseTerm } from '../../src/term/parse.js';
import { terms } from './term-arbitrary.js';

const UNREADABLE: ReadonlySet<string> = new Set(['pid', 'port', 'reference', 'fun', 'record']);

function isPlain(name: string): boolean {
  return /^[ -~]*$/.test(name) && name !== 'maybe';
}

/**
 * Identifiers, funs with an environment and native records have a text that nothing reads. External funs have one that reads as another
 * name where that isn't ASCII, and without quotes around reserved words, as the runtime has it.
 */
function isReadable(term: Term): boolean {
  if (typeof term !== 'object') return true;
  if (term.kind === 'tuple') return term.items.every(isReadable);
  if (term.kind === 'list') return term.items.every(isReadable) && isReadable(term.tail);
  if (term.kind === 'map') return term.pairs.every((pair) => pair.every(isReadable));
  if (term.kind === 'export') return isPlain(term.module.name) && isPlain(term.name.name);
  return !UNREADABLE.has(term.kind);
}

it.each([
  { mode: 'p' },
  { mode: 'p', encoding: 'unicode' },
  { mode: 'w' },
  { mode: 'p', otp: 25 },
  { mode: 'w', otp: 25 },
] as const)('formatTerm with %o is undone by parseTerm', (options) => {
  fc.assert(
    fc.property(terms.filter(isReadable), (term) => {
      const text = formatTerm(term, options);
      const parsed = parseTerm(text, 'otp' in options ? { otp: options.otp } : {});
      if (!equalTerms(parsed, term)) expect(formatTerm(parsed, options)).toBe(text);
    }),
    { numRuns: 500 },
  );
});
