// The visitor finds every node, in the order of the source.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formFromTerm, formToTerm } from '../../src/forms/form-codec.js';
import { childrenOf, type Node, walk } from '../../src/forms/walk.js';
import { isTuple, type Term } from '../../src/term/model.js';
import { parseTerm } from '../../src/term/parse.js';
import { formArbitrary } from './form-arbitrary.js';

const FUNCTION = parseTerm(
  "{function,1,f,1,[{clause,2,[{tuple,3,[{var,4,'X'},{bin,5,[{bin_element,6,{var,7,'Y'},{integer,8,4},[little]}]}]}]," +
    "[[{atom,9,a},{atom,10,b}],[{atom,11,c}]],[{'case',12,{map,13,[{map_field_assoc,14,{atom,15,k},{atom,16,v}}]}," +
    "[{clause,17,[{var,18,'_'}],[],[{'fun',19,{function,{atom,20,m},{atom,21,f},{integer,22,1}}}]}]}," +
    "{lc,23,{cons,24,{var,25,'A'},{nil,26}},[{generate,27,{var,28,'A'},{call,29,{atom,30,g},[]}}]}," +
    "{'try',31,[{nil,32}],[],[],[{record,33,r,[{record_field,34,{atom,35,a},{nil,36}}]}]}]}]}",
);

function rootOf(term: Term): Node {
  const form = formFromTerm(term);
  if (!('anno' in form)) throw new Error('no node');
  return form;
}

it('visits outer nodes first, in the order of the source', () => {
  const lines: unknown[] = [];
  walk(rootOf(FUNCTION), (node) => {
    lines.push(node.anno);
  });
  expect(lines).toEqual(Array.from({ length: 36 }, (_, at) => at + 1));
});

it('leaves out what is below a node where the visitor says so', () => {
  const kinds: string[] = [];
  walk(rootOf(FUNCTION), (node) => {
    kinds.push(node.kind);
    return node.kind === 'function' || node.kind === 'clause';
  });
  expect(kinds).toEqual(['function', 'clause', 'tuple', 'atom', 'atom', 'atom', 'case', 'lc', 'try']);
});

it('gives the children of one node', () => {
  expect(childrenOf(rootOf(FUNCTION)).map(({ kind }) => kind)).toEqual(['clause']);
});

/** Counts the annotations in a term, which random forms mark by a line that nothing else in them has. */
function countMarks(term: Term): number {
  if (term === MARK) return 1;
  if (typeof term !== 'object') return 0;
  if (isTuple(term)) return term.items.reduce<number>((sum, item) => sum + countMarks(item), 0);
  return term.kind === 'list' ? term.items.reduce<number>((sum, item) => sum + countMarks(item), countMarks(term.tail)) : 0;
}

const MARK = 987_654_321;

function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === 'anno' ? MARK : marked(item)]));
}

it('finds each annotated node of random forms once', () => {
  fc.assert(
    fc.property(formArbitrary({ release: 29, odd: false }), (random) => {
      fc.pre(random.kind !== 'attribute');
      const form = marked(random) as typeof random;
      let count = 0;
      if ('anno' in form) walk(form, () => ++count);
      return count === countMarks(formToTerm(form));
    }),
    { numRuns: 100 },
  );
});
