// The normal form of code that was put together by hand: what no label, line or place can change, and what is damaged.
import { describe, expect, it } from 'vitest';
import { readBeam } from '../../../src/beam/module.js';
import type { Instruction } from '../../../src/code/instructions.js';
import { functionComparer, type NormalCode, normaliseCode } from '../../../src/code/normal-form/normal-code.js';
import { hashModule } from '../../../src/code/normal-form/normal-module.js';
import { ParseError } from '../../../src/errors.js';
import { madeModule, make, o } from '../made-module.js';

const moduleOf = (body: readonly Instruction[]) => readBeam(madeModule({ body }), { file: 'm.beam' });
const label = (number: number) => make('label', o.u(number));
const move = (name: string) => make('move', o.atom(name), o.x(0));
const [atomTo7, atomTo8, nilTo7, nilTo8] = [
  make('is_atom', o.label(7), o.x(0)),
  make('is_atom', o.label(8), o.x(0)),
  make('is_nil', o.label(7), o.x(0)),
  make('is_nil', o.label(8), o.x(0)),
];
const end = make('return');

function isSame(left: readonly Instruction[], right: readonly Instruction[]): boolean {
  const [one, other] = [moduleOf(left), moduleOf(right)];
  const [old, now] = [normaliseCode(one), normaliseCode(other)];
  const f = (code: NormalCode) => code.functions.find(({ name }) => name === 'f') as NormalCode['functions'][number];
  const answer = functionComparer(old, now)(f(old), f(now));
  expect(hashModule(one) === hashModule(other)).toBe(answer);
  return answer;
}

describe('the normal form of code', () => {
  it.each<[string, readonly Instruction[], readonly Instruction[]]>([
    ['numbers of labels', [atomTo7, move('a'), end, label(7), move('b')], [atomTo8, move('a'), end, label(8), move('b')]],
    [
      'blocks that are there twice',
      [atomTo7, nilTo8, end, label(7), move('a'), end, label(8), move('a')],
      [atomTo7, nilTo7, end, label(7), move('a')],
    ],
    [
      'blocks that lead to blocks that are there twice',
      [atomTo7, nilTo8, end, label(7), move('a'), make('jump', o.label(9)), label(8), move('a'), label(10), end, label(9)],
      [atomTo7, nilTo7, end, label(7), move('a')],
    ],
    [
      'the order of blocks',
      [atomTo7, move('a'), make('jump', o.label(8)), label(7), move('b'), label(8)],
      [atomTo7, move('a'), label(8), end, label(7), move('b'), make('jump', o.label(8))],
    ],
    [
      'a jump to a jump',
      [atomTo7, end, label(7), make('jump', o.label(8)), label(8), move('a')],
      [atomTo7, end, label(7), move('a')],
    ],
    ['lines', [make('line', o.u(1)), move('a')], [move('a'), make('line', o.u(3))]],
    ['types of registers', [make('move', o.typed(o.x(1), 0), o.x(0))], [make('move', o.x(1), o.x(0))]],
    ['what is never reached', [move('a'), end, label(7), move('b')], [move('a')]],
    [
      'a loop that is entered by another label',
      [label(7), make('loop_rec', o.label(8), o.x(0)), make('loop_rec_end', o.label(7)), label(8), make('wait', o.label(7))],
      [
        label(9),
        label(7),
        make('loop_rec', o.label(8), o.x(0)),
        make('loop_rec_end', o.label(9)),
        label(8),
        make('wait', o.label(7)),
      ],
    ],
    ['rows of funs', [make('make_fun3', o.u(0), o.x(0), o.list())], [make('make_fun3', o.u(0), o.x(0), o.list())]],
  ])('does not know %s', (_what, left, right) => {
    expect(isSame(left, right)).toBe(true);
  });

  it.each<[string, readonly Instruction[], readonly Instruction[]]>([
    ['a register', [make('move', o.x(1), o.x(0))], [make('move', o.x(2), o.x(0))]],
    ['an x from a y register', [make('move', o.x(1), o.x(0))], [make('move', o.y(1), o.x(0))]],
    ['an integer from an atom', [make('move', o.i(4), o.x(0))], [make('move', o.atom('a'), o.x(0))]],
    ['large integers', [make('move', o.i(2n ** 64n), o.x(0))], [make('move', o.i(2n ** 64n + 1n), o.x(0))]],
    ['negative integers', [make('move', o.i(-1), o.x(0))], [make('move', o.i(1), o.x(0))]],
    ['[] from an atom', [make('move', o.nil, o.x(0))], [make('move', o.atom('a'), o.x(0))]],
    ['literals', [make('move', o.literal(0), o.x(0))], [make('move', o.literal(1), o.x(0))]],
    ['old floats', [make('move', o.float(1), o.x(0))], [make('move', o.float(2), o.x(0))]],
    ['branches', [atomTo7, move('a'), end, label(7), move('b')], [atomTo7, move('b'), end, label(7), move('a')]],
    ['a fail label from none', [atomTo7, move('a'), label(7)], [make('is_atom', o.label(0), o.x(0)), move('a')]],
    ['a call of another function', [make('call', o.u(0), o.label(2))], [make('call', o.u(0), o.label(4))]],
    ['imports', [make('call_ext', o.u(2), o.u(2))], [make('call_ext', o.u(2), o.u(4))]],
    [
      'strings',
      [make('bs_match_string', o.label(1), o.x(0), o.u(8), o.u(0))],
      [make('bs_match_string', o.label(1), o.x(0), o.u(8), o.u(1))],
    ],
    [
      'a loop from a way out',
      [label(7), make('loop_rec', o.label(8), o.x(0)), make('loop_rec_end', o.label(7)), label(8), make('wait', o.label(7))],
      [label(7), make('loop_rec', o.label(8), o.x(0)), make('loop_rec_end', o.label(8)), label(8), make('wait', o.label(7))],
    ],
    ['a function of its own from another by a jump', [make('jump', o.label(5))], [make('jump', o.label(4))]],
    ['on_load', [make('on_load')], []],
  ])('tells %s', (_what, left, right) => {
    expect(isSame(left, right)).toBe(false);
  });

  it.each<[string, readonly Instruction[], string]>([
    ['a label that is nowhere', [make('jump', o.label(17))], 'range'],
    ['a call of what is no entry', [make('call', o.u(0), o.label(5))], 'range'],
    ['a label that is there twice', [label(2)], 'malformed'],
    ['a fun outside its table', [make('make_fun3', o.u(9), o.x(0), o.list())], 'malformed'],
    ['an import outside its table', [make('call_ext', o.u(0), o.u(99))], 'range'],
    ['a literal outside its table', [make('move', o.literal(99), o.x(0))], 'range'],
    ['a string outside its table', [make('bs_match_string', o.label(1), o.x(0), o.u(800), o.u(0))], 'range'],
  ])('refuses %s', (_what, body, code) => {
    try {
      normaliseCode(moduleOf(body));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ParseError);
      expect(error).toMatchObject({ code, file: 'm.beam', path: expect.arrayContaining(['Code']) });
    }
  });

  it('takes chains of blocks that are longer than any stack', () => {
    const many = Array.from({ length: 50_000 }, (_, at) => [make('is_atom', o.label(100 + at), o.x(0)), label(100 + at)]).flat();
    expect(normaliseCode(moduleOf(many)).functions).toHaveLength(2);
  });
});
