// Malformed forms: parts of real ones are replaced by other parts, and whatever comes of that is forms with a source, or a ParseError.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { ParseError } from '../../src/errors.js';
import { describeElixir, renderElixir } from '../../src/forms/elixir.js';
import { formsFromTerm, formsToTerm } from '../../src/forms/form-codec.js';
import { printForms } from '../../src/forms/print.js';
import { recordsOf } from '../../src/forms/records.js';
import { walk } from '../../src/forms/walk.js';
import { atom, isTuple, list, NIL, type Term, tuple } from '../../src/term/model.js';
import { equalTerms } from '../../src/term/order.js';
import { readFixture } from '../support/fixtures.js';

const FIXTURES = [
  'otp25/records',
  'otp25/closures',
  'otp25/contract',
  'otp29/user_native',
  'otp29/comprehend_strict',
  'otp27/texts',
];
const ELIXIR = ['elixir-1.14/Elixir.Parcel', 'elixir-1.20/Elixir.Forms'];

const NEW: readonly Term[] = [
  0,
  -1,
  2n ** 80n,
  NIL,
  atom('x'),
  atom('default'),
  atom('any'),
  tuple(),
  tuple(atom('nil'), 1),
  list([1, 2], 3),
];

function debugTerm(fixture: string): Term {
  const { debugInfo } = readBeam(readFixture(`${fixture}.beam`));
  if (debugInfo.kind === 'abstract_code') return debugInfo.forms;
  if (debugInfo.kind === 'elixir') return debugInfo.metadata;
  throw new Error(`${fixture} has no debug info`);
}

/** What is in a tuple, a list or a map. */
function partsOf(term: Term): readonly Term[] {
  if (typeof term !== 'object') return [];
  if (term.kind === 'map') return term.pairs.flat();
  return term.kind === 'tuple' || term.kind === 'list' ? term.items : [];
}

function allParts(term: Term): readonly Term[] {
  return [term, ...partsOf(term).flatMap(allParts)];
}

/** Replaces every occurrence of a part, or of an equal number or atom. */
function replaced(term: Term, part: Term, by: Term): Term {
  if (term === part) return by;
  if (typeof term !== 'object') return term;
  const inside = (item: Term): Term => replaced(item, part, by);
  if (isTuple(term)) return tuple(...term.items.map(inside));
  if (term.kind === 'list') return list(term.items.map(inside), inside(term.tail));
  if (term.kind === 'map') return { ...term, pairs: term.pairs.map(([key, value]) => [inside(key), inside(value)] as const) };
  return term;
}

function mutations(fixtures: readonly string[]): fc.Arbitrary<Term> {
  const originals = fixtures.map((fixture) => {
    const term = debugTerm(fixture);
    return { term, parts: allParts(term) };
  });
  return fc.constantFrom(...originals).chain(({ term, parts }) => {
    const part = fc.constantFrom(...parts);
    const change = fc.tuple(part, fc.oneof(part, fc.constantFrom(...NEW)));
    return fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) => {
      return changes.reduce((changed, [from, to]) => replaced(changed, from, to), term);
    });
  });
}

function onlyParseErrors(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
  }
}

it('has forms that are kept as they are, and a source, or a ParseError', () => {
  fc.assert(
    fc.property(mutations(FIXTURES), (term) => {
      onlyParseErrors(() => {
        const forms = formsFromTerm(term);
        expect(equalTerms(formsToTerm(forms), term)).toBe(true);
        printForms(forms);
        recordsOf(forms);
        for (const form of forms) if ('anno' in form) walk(form, () => true);
      });
    }),
    { numRuns: 1500 },
  );
}, 300_000);

it('has text that Elixir knows, or a ParseError', () => {
  fc.assert(
    fc.property(mutations(ELIXIR), (term) => {
      onlyParseErrors(() => void renderElixir(describeElixir(term)));
    }),
    { numRuns: 300 },
  );
}, 300_000);
