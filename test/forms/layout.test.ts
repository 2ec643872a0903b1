// Where lines break, and where they don't.
import { expect, it } from 'vitest';
import { concat, type Doc, fill, group, hardLine, join, line, nest, render, softLine, widthOf } from '../../src/forms/layout.js';

const call = (...args: readonly Doc[]): Doc => group('f(', nest(4, softLine, join(args, ',', line)), softLine, ')');

it.each<readonly [string, Doc, number, string]>([
  ['a group that fits', call('a', 'b'), 10, 'f(a, b)'],
  ['a group that fits exactly', call('a', 'b'), 7, 'f(a, b)'],
  ['a group that is a column too wide', call('a', 'b'), 6, 'f(\n    a,\n    b\n)'],
  ['an outer group that breaks around an inner one that fits', call(call('a', 'b'), 'c'), 12, 'f(\n    f(a, b),\n    c\n)'],
  ['what comes after a group up to the next break', concat(call('a', 'b'), ' ->', line, 'c'), 9, 'f(\n    a,\n    b\n) ->\nc'],
  ['a hard line inside of a group', group('a', line, nest(2, 'b', hardLine, 'c')), 80, 'a\nb\n  c'],
  ['a fill', nest(2, fill(['aa', 'bb', 'cc', 'dd'])), 7, 'aa, bb,\n  cc,\n  dd'],
  ['a single fill', fill(['aa']), 1, 'aa'],
  ['a line outside of any group', concat('a', line, 'b'), 80, 'a\nb'],
])('lays out %s', (_, doc, columns, text) => {
  expect(render(doc, columns)).toBe(text);
});

it('keeps indentation from growing without end', () => {
  let doc: Doc = 'x';
  for (let depth = 0; depth < 300; depth++) doc = nest(4, hardLine, doc);
  const lines = render(doc, 100).split('\n');
  expect(lines.length).toBe(301);
  expect(Math.max(...lines.map(({ length }) => length))).toBe(201);
});

it('lays out long and deep docs without recursion', () => {
  let deep: Doc = 'x';
  for (let depth = 0; depth < 100_000; depth++) deep = group('(', deep, ')');
  expect(render(deep, 100).length).toBe(200_001);
  const wide = fill(Array.from({ length: 200_000 }, () => 'x'));
  expect(widthOf(wide)).toBe(599_998);
  expect(render(wide, 100).length).toBe(599_998);
});
