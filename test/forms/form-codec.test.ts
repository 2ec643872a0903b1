// Terms to forms and back: the errors of malformed terms, the limits, and what is kept though it isn't known.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../src/errors.js';
import { expressionFromTerm, expressionToTerm, formFromTerm, formsFromTerm, formToTerm } from '../../src/forms/form-codec.js';
import { atom, list, NIL, stringTerm, type Term, tuple } from '../../src/term/model.js';
import { equalTerms } from '../../src/term/order.js';
import { parseTerm } from '../../src/term/parse.js';
import { formArbitrary } from './form-arbitrary.js';

function faultOf(read: () => unknown): ParseError {
  try {
    read();
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error('no error');
}

/** `f(X, Y) -> ..., Expression.` as the second clause of a function. */
function functionWith(expression: string): Term {
  const clause = (body: string) => `{clause,1,[{var,1,'X'},{var,1,'Y'}],[],[${body}]}`;
  return parseTerm(`[{function,7,f,2,[${clause('{atom,1,a}')},${clause(`{atom,1,a},{atom,1,b},${expression}`)}]}]`);
}

it.each<readonly [string, string, string, string, readonly string[]]>([
  ['an unknown node', '{frob,12,x}', 'unsupported', 'unknown expression {frob, ...} of 3 elements of line 12', []],
  ['a node of another size', '{atom,{3,4},a,b}', 'unsupported', 'unknown expression {atom, ...} of 4 elements of line 3', []],
  ['something that is no node', 'atom', 'malformed', 'no expression where one must be', []],
  ['an atom that is none', '{atom,1,"a"}', 'malformed', 'no atom where one must be', []],
  ['an element of a tuple', '{tuple,1,[{nil,1},{integer,1,a}]}', 'malformed', 'no integer where one must be', ['element 2']],
  ['an improper list', '{tuple,1,[{nil,1}|x]}', 'malformed', 'no list (of elements) where one must be', []],
  [
    'a type of a segment',
    "{bin,1,[{bin_element,1,{var,1,'X'},default,[{bits,1}]}]}",
    'malformed',
    'no type of a binary segment where one must be',
    ['segment 1', 'type 1'],
  ],
  ['a fun', "{'fun',1,{function,f}}", 'malformed', 'no fun where one must be', []],
  ['a string with half a character', '{string,1,[55357,56832]}', 'malformed', 'no string of characters where one must be', []],
  [
    'a generator',
    '{lc,1,{nil,1},[{generate,1,{nil,1}}]}',
    'unsupported',
    'unknown generator {generate, ...} of 3 elements of line 1',
    ['qualifier 1'],
  ],
])('refuses %s and says where', (_, expression, code, reason, path) => {
  const fault = faultOf(() => formsFromTerm(functionWith(expression)));
  expect([fault.code, fault.reason, fault.space]).toEqual([code, reason, 'term']);
  expect(fault.path).toEqual(['function f/2', 'clause 2', 'expression 3', ...path]);
});

it.each<readonly [string, string, readonly string[]]>([
  ['forms that are no list', '{a,b}', []],
  ['a field of a record', '[{attribute,1,record,{r,[{field,1}]}}]', ['record r', 'field 1']],
  ['a type', '[{attribute,1,type,{t,{type,1,tuple,[x]},[]}}]', ['type t', 'type 1']],
  ['a spec', '[{attribute,1,spec,{{f,1},[x]}}]', ['spec f/1', 'clause 1']],
])('refuses %s', (_, text, path) => {
  const fault = faultOf(() => formsFromTerm(parseTerm(text)));
  expect(fault.code).toBe('malformed');
  expect(fault.path).toEqual(path);
});

describe('a form of no known shape', () => {
  it.each(['foo', '{foo}', '{rule,1,f,1,[]}', '{attribute,1,"x",y}', '{attribute,1}', '{eof,1,2}'])(
    'stays a term: %s',
    (text) => {
      const term = parseTerm(text);
      expect(formFromTerm(term)).toEqual({ kind: 'unknown', term });
      expect(formToTerm(formFromTerm(term))).toEqual(term);
    },
  );

  it.each(['{1,x}', '{t,[]}', '{{f,a},[]}', '{a,b,c,d}', '[]'])('stays an attribute: %s', (value) => {
    for (const name of ['record', 'type', 'spec', 'callback', 'opaque', 'native_record']) {
      const term = tuple(atom('attribute'), 1, atom(name), parseTerm(value));
      if (value === '{t,[]}' && name.endsWith('record')) continue;
      expect(formFromTerm(term).kind).toBe('attribute');
      expect(equalTerms(formToTerm(formFromTerm(term)), term)).toBe(true);
    }
  });
});

it.each([
  '{error,{1,epp,"x"}}',
  '{warning,{{1,2},m,x}}',
  '{eof,{9,1}}',
  '{attribute,1,type,{{record,r},[{typed_record_field,{record_field,1,{atom,1,a}},{type,1,any,[]}},{record_field,1,{atom,1,b}}],[]}}',
  "{attribute,1,spec,{{m,f,0},[{type,1,'fun',[{type,1,product,[]},{type,1,record,[]}]}]}}",
  "{function,[{location,3},{generated,true}],f,0,[{clause,[],[],[],[{'fun',1,{function,m,f,1}}]}]}",
  '{function,1,f,0,[{clause,1,[],[],[{float,1,-0.0}]}]}',
])('reads and writes %s', (text) => {
  const term = parseTerm(text);
  expect(formFromTerm(term).kind).not.toBe('unknown');
  expect(equalTerms(formToTerm(formFromTerm(term)), term)).toBe(true);
});

describe('nesting', () => {
  const leaf = tuple(atom('var'), 1, atom('X'));

  function nested(levels: number, around: (term: Term) => Term): Term {
    let term: Term = leaf;
    for (let level = 0; level < levels; level++) term = around(term);
    return term;
  }

  it.each<readonly [string, (term: Term) => Term]>([
    ['tails of a list', (term) => tuple(atom('cons'), 1, leaf, term)],
    ['right operands', (term) => tuple(atom('op'), 1, atom('++'), leaf, term)],
    ['left operands', (term) => tuple(atom('op'), 1, atom('+'), term, leaf)],
  ])('has no limit in %s', (_, around) => {
    const term = nested(60_000, around);
    expect(equalTerms(expressionToTerm(expressionFromTerm(term)), term)).toBe(true);
  });

  it.each<readonly [string, (term: Term) => Term]>([
    ['tuples', (term) => tuple(atom('tuple'), 1, list([term]))],
    ['heads of lists', (term) => tuple(atom('cons'), 1, term, leaf)],
    ['prefix operators', (term) => tuple(atom('op'), 1, atom('-'), term)],
    ['operators and matches', (term) => tuple(atom('op'), 1, atom('+'), leaf, tuple(atom('match'), 1, leaf, term))],
    ['funs', (term) => tuple(atom('fun'), 1, tuple(atom('clauses'), list([tuple(atom('clause'), 1, NIL, NIL, list([term]))])))],
  ])('ends with a ParseError in %s', (_, around) => {
    expect(equalTerms(expressionToTerm(expressionFromTerm(nested(150, around))), nested(150, around))).toBe(true);
    expect(faultOf(() => expressionFromTerm(nested(60_000, around))).code).toBe('limit');
  });

  it('ends with a ParseError where forms are written that were never read', () => {
    let node = expressionFromTerm(leaf);
    for (let level = 0; level < 60_000; level++) node = { kind: 'catch', anno: 0, expression: node };
    const clause = { kind: 'clause', anno: 0, patterns: [], guards: [], body: [node] } as const;
    const form = { kind: 'function', anno: 0, name: 'f', arity: 0, clauses: [clause] } as const;
    expect(faultOf(() => formToTerm(form)).code).toBe('limit');
  });
});

it('gives back each random form as it was', () => {
  fc.assert(
    fc.property(formArbitrary({ release: 29, odd: true }), (form) => {
      // A lone U+FFFF is a character; halves of surrogate pairs aren't generated in strings.
      const term = formToTerm(form);
      return equalTerms(formToTerm(formFromTerm(term)), term);
    }),
    { numRuns: 200 },
  );
});

it('reads strings of any character', () => {
  const term = tuple(atom('string'), 1, stringTerm('aω😀\uffff'));
  expect(expressionToTerm(expressionFromTerm(term))).toEqual(term);
});
