// What is told of Elixir modules: the fixtures of three Elixirs, and the errors of malformed debug info.
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { ParseError } from '../../src/errors.js';
import { describeElixir, type ElixirModule, renderElixir } from '../../src/forms/elixir.js';
import { elixirAtom, elixirExpression, elixirValue } from '../../src/forms/elixir-text.js';
import { parseTerm } from '../../src/term/parse.js';
import { readFixture } from '../support/fixtures.js';

function moduleOf(fixture: string): ElixirModule {
  const { debugInfo } = readBeam(readFixture(fixture));
  if (debugInfo.kind !== 'elixir') throw new Error(`${fixture} has no debug info of Elixir`);
  return describeElixir(debugInfo.metadata);
}

it.each([
  ['1.14', false],
  ['1.18', undefined],
  ['1.20', false],
])('Elixir %s tells of structs and definitions', async (version, required) => {
  const parcel = moduleOf(`elixir-${version}/Elixir.Parcel.beam`);
  expect(parcel.name).toBe('Elixir.Parcel');
  expect(parcel.file?.endsWith('parcel.ex')).toBe(true);
  expect(parcel.struct?.map(({ name }) => name).sort()).toEqual(['id', 'labels', 'state', 'to', 'weight']);
  expect(parcel.struct?.find(({ name }) => name === 'weight')).toEqual({ name: 'weight', default: '0.0', required });
  const named = parcel.definitions.map(({ kind, name, arity }) => `${kind} ${name}/${arity}`);
  expect(named).toEqual(expect.arrayContaining(['def new/2', 'defp private/1', 'defmacro is_heavy/1', 'defmacrop is_id/1']));
  const lines = parcel.definitions.map(({ line }) => line ?? 0);
  expect(lines).toEqual([...lines].sort((left, right) => left - right));
  await expect(renderElixir(parcel)).toMatchFileSnapshot(`golden/elixir-${version}-Parcel.ex`);
});

it('tells of a module without a struct', () => {
  const forms = moduleOf('elixir-1.20/Elixir.Forms.beam');
  expect(forms.struct).toBeUndefined();
  expect(renderElixir(forms)).toContain('  def unquote(:"odd name!")(x)\n');
});

it.each([
  ['Elixir.A.B', 'A.B'],
  ['Elixir', 'Elixir'],
  ['Foo', ':Foo'],
  ['a@b', ':a@b'],
  ['..', ':..'],
  ['Elixir.a', ':"Elixir.a"'],
  ['nil', 'nil'],
  ['ok?', ':ok?'],
  ['two words', ':"two words"'],
  ['ü', ':ü'],
])('writes the atom %s as %s', (name, text) => {
  expect(elixirAtom(name)).toBe(text);
});

const variable = (name: string) => `{${name},[],nil}`;

it.each([
  [variable('x'), 'x'],
  ['[a, 1, 1.0, <<"text">>, nil]', '[:a, 1, 1.0, "text", nil]'],
  ["[{a, 1}, {'B', 2}]", '[a: 1, B: 2]'],
  [`{${variable('x')}, 'Elixir.A'}`, '{x, A}'],
  [`{'{}', [], [a, ${variable('x')}, 3]}`, '{:a, x, 3}'],
  [`{'%{}', [], [{'__struct__', 'Elixir.A'}, {b, ${variable('x')}}]}`, '%A{b: x}'],
  [`{'%{}', [], [{1, ${variable('x')}}]}`, '%{1 => x}'],
  [`{'%', [], ['Elixir.A', {'%{}', [], [{b, 1}]}]}`, '%A{b: 1}'],
  [`[{'|', [], [${variable('h')}, ${variable('t')}]}]`, '[h | t]'],
  [`{'=', [], [${variable('x')}, {a, b}]}`, 'x = {:a, :b}'],
  [`{'<<>>', [], [{'::', [], [${variable('x')}, {size, [], [8]}]}, <<255>>]}`, '<<x::size(8), (<<255>>)>>'],
  [`{{'.', [], [erlang, is_atom]}, [], [${variable('x')}]}`, 'is_atom(x)'],
  [`{{'.', [], [erlang, map_get]}, [], [a, ${variable('x')}]}`, ':erlang.map_get(:a, x)'],
  ["{{'.',[],[erlang,'+']},[],[1,{{'.',[],[erlang,'-']},[],[2,3]}]}", '1 + (2 - 3)'],
  [
    "{{'.',[],[erlang,'andalso']},[],[{{'.',[],[erlang,'orelse']},[],[a,b]},{{'.',[],[erlang,'=:=']},[],[c,d]}]}",
    '(:a or :b) and :c === :d',
  ],
  ["{{'.',[],[erlang,'not']},[],[{{'.',[],[erlang,'>']},[],[1,2]}]}", 'not (1 > 2)'],
  [`{{'.', [], [${variable('x')}, key]}, [], []}`, 'x.key'],
  ["{{'.', [], ['Elixir.A', 'f']}, [], [1]}", 'A.f(1)'],
  ['{<<"?">>, [], []}', '...'],
  ['{a, b, c, d}', '...'],
])('writes the quoted expression %s', (term, text) => {
  expect(elixirExpression(parseTerm(term))).toBe(text);
});

it.each([
  ["#{'__struct__' => 'Elixir.A', b => {1, 2, 3}}", '%A{b: {1, 2, 3}}'],
  ['#{1 => [], a => b}', '%{1 => [], :a => :b}'],
  ['[1 | 2]', '[1 | 2]'],
  ['<<1, 1:3>>', '<<1, 1::size(3)>>'],
  ["fun 'Elixir.A':'b c'/1", '&A."b c"/1'],
  ['<<"a#{b}\\"\\\\\\n">>', '"a\\#{b}\\"\\\\\\n"'],
])('writes the value %s', (term, text) => {
  expect(elixirValue(parseTerm(term))).toBe(text);
});

it('elides what is deep', () => {
  let term = '1';
  for (let level = 0; level < 1000; level++) term = `{${term},2}`;
  expect(elixirExpression(parseTerm(term)).startsWith('{{{{')).toBe(true);
  expect(elixirExpression(parseTerm(term))).toContain('{..., ...}');
});

it.each([
  'x',
  '{elixir_v1, #{}, []}',
  '{elixir_v1, #{module => m, definitions => x}, []}',
  '{elixir_v1, #{module => m, definitions => [x]}, []}',
  '{elixir_v1, #{module => m, definitions => [{{f,0},def,[],[{[],x,[],1}]}]}, []}',
  '{elixir_v1, #{module => m, definitions => [], struct => [x]}, []}',
])('refuses %s', (term) => {
  expect(() => describeElixir(parseTerm(term))).toThrow(ParseError);
});
