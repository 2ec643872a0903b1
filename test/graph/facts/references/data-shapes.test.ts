// What terms refer to, by their shape.
import { expect, it } from 'vitest';
import { referencesInTerm } from '../../../../src/graph/facts/references/data-shapes.js';
import { applicationOfPath } from '../../../../src/graph/facts/references/record-origins.js';
import { parseTerm } from '../../../../src/term/parse.js';

const CASES: readonly (readonly [text: string, found: readonly string[]])[] = [
  ['{lists, sort, 1}', ['mfa literal lists:sort/1']],
  ['[{a, [{m, f, [x, y]}]}]', ['mfa literal m:f/2']],
  ['{m, f, []}', ['mfa literal m:f/0']],
  ['{m, f, [a | b]}', []],
  ['{m, f, x}', []],
  ['{m, f, 256}', []],
  ['{m, f, -1}', []],
  ['{error, reason, 1}', []],
  ['{m, "f", 1}', []],
  ['{m, f, 1, 2}', []],
  ['#{id => a, start => {m, f, []}}', ['child_spec literal m:f/0']],
  ['#{start => {m, f, 3}}', ['mfa literal m:f/3']],
  ['{a, {m, f, [1]}, permanent, 1000, worker, [m]}', ['child_spec literal m:f/1']],
  ['{a, {m, f, [1]}, never, 1000, worker, [m]}', ['mfa literal m:f/1']],
  ["#{'__struct__' => 'Elixir.Range', first => #{'__struct__' => m}}", ['struct literal Elixir.Range', 'struct literal m']],
  ["#{'__struct__' => 1}", []],
  ['#{{m, f, 1} => {n, g, 2}}', ['mfa literal n:g/2', 'mfa literal m:f/1']],
];

it.each(CASES)('%s', (text, found) => {
  const ours = referencesInTerm(parseTerm(text)).map(({ kind, confidence, module, name, arity }) => {
    return `${kind} ${confidence} ${module}${name === null ? '' : `:${name}/${arity}`}`;
  });
  expect(ours).toEqual(found);
});

it.each([
  ['/usr/lib/erlang/lib/kernel-8.5.3/include/file.hrl', 'kernel'],
  ['_build/default/lib/cowlib/include/cow_inline.hrl', 'cowlib'],
  ['../../../lib/inets/src/http_lib/http_internal.hrl', 'inets'],
  ['/home/src/shop/include/shop.hrl', 'shop'],
  ['../include/own.hrl', undefined],
  ['src/own.hrl', undefined],
  ['own.hrl', undefined],
  ['lib/include/own.hrl', undefined],
])('the application of %s is %s', (path, application) => {
  expect(applicationOfPath(path)).toBe(application);
});
