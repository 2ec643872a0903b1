// How source looks, and how it tells what it can't say. That it parses to the same forms is tested with a real parser, in test/otp.
import { describe, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { ParseError } from '../../src/errors.js';
import type { Expression } from '../../src/forms/expression-model.js';
import { expressionFromTerm, formsFromTerm } from '../../src/forms/form-codec.js';
import type { Form } from '../../src/forms/form-model.js';
import { formatExpression, formatType, printForms } from '../../src/forms/print.js';
import { recordsOf } from '../../src/forms/records.js';
import { parseTerm } from '../../src/term/parse.js';
import { readFixture } from '../support/fixtures.js';

function formsOf(fixture: string): readonly Form[] {
  const { debugInfo } = readBeam(readFixture(fixture));
  if (debugInfo.kind !== 'abstract_code') throw new Error(`${fixture} has no abstract code`);
  return formsFromTerm(debugInfo.forms);
}

describe('the source of a fixture looks as a person would write it', () => {
  it.each([
    'otp25/branches',
    'otp25/closures',
    'otp25/contract',
    'otp25/failing',
    'otp25/names',
    'otp25/records',
    'otp27/texts',
    'otp29/comprehend_strict',
    'otp29/maybe_flow',
    'otp29/user_native',
  ])('%s', async (fixture) => {
    const { text, gaps } = printForms(formsOf(`${fixture}.beam`));
    expect(gaps).toEqual([]);
    await expect(text).toMatchFileSnapshot(`golden/${fixture.replace('/', '-')}.erl`);
  });
});

/** `f() -> Expression.` */
function functionWith(expression: string): readonly Form[] {
  return formsFromTerm(parseTerm(`[{function,1,f,0,[{clause,1,[],[],[${expression}]}]},{eof,2}]`));
}

it.each<readonly [string, string, string, string]>([
  ['a negative literal', '{integer,{5,9},-1}', '-1', 'literal -1, which is read as an operator and a number'],
  ['a negative zero', '{float,5,-0.0}', '-0.0', 'literal -0.0, which is read as an operator and a number'],
  [
    'a segment without types',
    '{bin,5,[{bin_element,5,{nil,5},default,[]}]}',
    '<<[]>>',
    'a segment of a binary with an empty list of types',
  ],
  ['a fun of old', "{'fun',5,{function,m,f,1}}", 'fun m:f/1', 'an external fun in the format of before R15'],
  ['a match of maybe outside of one', '{maybe_match,5,{nil,5},{nil,5}}', '[] ?= []', 'a ?= that is not in the body of a maybe'],
  ['an operator that is none', "{op,5,'<>',{nil,5},{nil,5}}", '[] <> []', "operator '<>'"],
  ['half a character', '{char,5,55357}', '$\\x{D83D}', 'character 55357, which no source can have'],
])('says what it cannot say of %s', (_, expression, text, reason) => {
  const printed = printForms(functionWith(expression));
  expect(printed.text).toBe(`% Not all of this form can be said in source:\n%   line 5: ${reason}\nf() ->\n    ${text}.\n`);
  const [gap] = printed.gaps;
  expect([gap?.form, gap?.location?.line, gap?.reason]).toEqual(['function f/0', 5, reason]);
  expect(printed.gaps.length).toBe(1);
});

it('lists the first gaps of a form only', () => {
  const printed = printForms(functionWith(`{tuple,1,[${Array.from({ length: 8 }, () => '{integer,0,-1}').join(',')}]}`));
  expect(printed.gaps.length).toBe(8);
  expect(printed.text.match(/^%.*$/gm)).toEqual([
    '% Not all of this form can be said in source:',
    ...Array.from({ length: 5 }, () => '%   literal -1, which is read as an operator and a number'),
    '%   and 3 more',
  ]);
});

it('renames variables that the scanner does not take, each to the same name and none to one that is taken', () => {
  const forms = functionWith("{tuple,1,[{var,1,rec0},{var,1,'V@rec0'},{var,1,'rec 0'},{var,1,rec_0},{var,1,rec0}]}");
  const { text, gaps } = printForms(forms);
  expect(text.split('\n').at(-2)).toBe('    {V@rec0@2, V@rec0, V@rec_0, V@rec_0@2, V@rec0@2}.');
  expect(gaps.map(({ reason }) => reason)).toContain("variable 'rec 0', which is written as V@rec_0");
});

it('puts forms without source into comments', () => {
  const forms = formsFromTerm(parseTerm('[{error,{7,epp,"x"}},{frob,1},{attribute,1,spec,none},{attribute,1,module,{m,[x]}}]'));
  const { text, gaps } = printForms(forms);
  expect(gaps.map(({ form }) => form)).toEqual(['form error', 'form unknown', 'attribute spec', 'attribute module']);
  expect(text.split('\n').every((line) => line === '' || line.startsWith('%'))).toBe(true);
  expect(text).toContain('% {error, {7, epp, "x"}}\n');
});

it('puts a value that no source can have into the comment of its attribute', () => {
  const pid = { kind: 'pid', node: { kind: 'atom', name: 'n@h' }, id: 1, serial: 0, creation: 0 } as const;
  const { text, gaps } = printForms([{ kind: 'attribute', anno: 3, name: 'wild', value: pid }]);
  expect(gaps).toEqual([{ form: 'attribute wild', location: { line: 3 }, reason: 'a pid in attribute wild' }]);
  expect(text.endsWith("\n-wild('#pid').\n")).toBe(true);
});

it('names the feature that the source needs', () => {
  const { features, text } = printForms(functionWith("{'maybe',1,[{nil,1}]}"));
  expect(features).toEqual(['maybe_expr']);
  expect(text).toMatch(/^% .*-enable-feature maybe_expr/);
  expect(printForms(functionWith("{atom,1,'maybe'}")).features).toEqual([]);
});

it.each<readonly [string, string]>([
  ['{string,1,"\\x{202E}\\x{200B}é"}', '"\\x{202E}\\x{200B}é"'],
  ["{atom,1,'\\x{A0}'}", "'\\x{A0}'"],
  ['{char,1,8203}', '$\\x{200B}'],
])('shows the characters that do not show: %s', (term, text) => {
  expect(formatExpression(expressionFromTerm(parseTerm(term)))).toBe(text);
});

it('writes the defaults and types of a record on one line', () => {
  const circle = recordsOf(formsOf('otp25/records.beam')).find(({ name }) => name === 'circle');
  const texts = circle?.fields.map((field) => [
    field.default && formatExpression(field.default),
    field.type && formatType(field.type),
  ]);
  expect(texts).toEqual([
    ['#point{}', '#point{}'],
    ['1.0', 'float()'],
  ]);
});

it('writes an expression of many lines on one, unless columns are given', () => {
  const clause = '{clause,1,[{var,1,\'X\'}],[],[{atom,1,a},{string,1,"\\n  b"}]}';
  const node = expressionFromTerm(parseTerm(`{'case',1,{var,1,'Y'},[${clause}]}`));
  expect(formatExpression(node)).toBe('case Y of X -> a, "\\n  b" end');
  expect(formatExpression(node, 80)).toBe('case Y of\n    X ->\n        a,\n        "\\n  b"\nend');
});

it('writes very large integers quickly', () => {
  const value = 1n << 16_000_000n;
  const start = performance.now();
  expect(formatExpression({ kind: 'integer', anno: 0, value }).length).toBe(4_000_001 + '16#'.length);
  expect(performance.now() - start).toBeLessThan(2000);
});

/** A form around an expression, as a function of no arguments. */
function formAround(node: Expression): Form {
  const clause = { kind: 'clause', anno: 0, patterns: [], guards: [], body: [node] } as const;
  return { kind: 'function', anno: 0, name: 'f', arity: 0, clauses: [clause] };
}

it('prints lists and chains of any length', () => {
  const items = Array.from({ length: 20_000 }, (): Expression => ({ kind: 'var', anno: 0, name: 'X' }));
  const list = items.reduceRight((tail, head): Expression => ({ kind: 'cons', anno: 0, head, tail }));
  expect(printForms([formAround(list)]).text.match(/X/g)?.length).toBe(items.length);
  const sum = items.reduce((left, right): Expression => ({ kind: 'op', anno: 0, operator: '+', left, right }));
  expect(printForms([formAround(sum)]).text.match(/X \+/g)?.length).toBe(items.length - 1);
});

it('ends with a ParseError for what is nested too deeply', () => {
  let node = expressionFromTerm(parseTerm('{nil,1}'));
  for (let level = 0; level < 60_000; level++) node = { kind: 'catch', anno: 0, expression: node };
  expect(() => formatExpression(node)).toThrow(ParseError);
  expect(() => printForms([formAround(node)])).toThrow(/function f\/0/);
});
