import { describe, expect, it } from 'vitest';
import { TAG_A, TAG_F, TAG_I, TAG_U, TAG_X, TAG_Y } from '../../src/beam/compact-term.js';
import { readBeam } from '../../src/beam/module.js';
import type { Instruction } from '../../src/code/instructions.js';
import { opcodeByName } from '../../src/code/opcodes.js';
import { CodeScanner, KIND_FLOAT_REGISTER, KIND_LIST, KIND_LITERAL, KIND_OTHER } from '../../src/code/scanner.js';
import { madeModule, make, o } from './made-module.js';

/** What the scanner says of one instruction in the body of f/0. */
function scan(instruction: Instruction): readonly (readonly [number, number])[] {
  const scanner = new CodeScanner(readBeam(madeModule({ body: [instruction] })).reader('Code'));
  for (let at = 0; at < 5; at++) expect(scanner.next()).toBe(true);
  expect([scanner.op, scanner.offset]).toEqual([opcodeByName(instruction.name).number, 30]);
  return Array.from({ length: scanner.size }, (_, at) => [scanner.kinds[at] as number, scanner.values[at] as number]);
}

describe('the scanner', () => {
  const cases: readonly (readonly [Instruction, readonly (readonly [number, number])[]])[] = [
    [make('return'), []],
    [
      make('call_ext', o.u(2), o.u(2000)),
      [
        [TAG_U, 2],
        [TAG_U, 2000],
      ],
    ],
    [
      make('move', o.typed(o.x(3), 1), o.y(40)),
      [
        [TAG_X, 3],
        [TAG_Y, 40],
      ],
    ],
    [
      make('move', o.i(-1), o.x(0)),
      [
        [TAG_I, -1],
        [TAG_X, 0],
      ],
    ],
    [
      make('move', o.i(2n ** 64n), o.x(0)),
      [
        [TAG_I, 2 ** 64],
        [TAG_X, 0],
      ],
    ],
    [
      make('move', o.literal(300), o.fr(2)),
      [
        [KIND_LITERAL, 300],
        [KIND_FLOAT_REGISTER, 2],
      ],
    ],
    [
      make('test_heap', o.allocation({ kind: 'words', count: 2 }), o.u(1)),
      [
        [KIND_OTHER, 0],
        [TAG_U, 1],
      ],
    ],
    [
      make('select_val', o.x(0), o.label(4), o.list(o.atom('f'), o.label(300), o.literal(1), o.label(0))),
      [
        [TAG_X, 0],
        [TAG_F, 4],
        [KIND_LIST, 4],
        [TAG_A, 2],
        [TAG_F, 300],
        [KIND_LITERAL, 1],
        [TAG_F, 0],
      ],
    ],
    [
      make('put_tuple2', o.x(0), o.list()),
      [
        [TAG_X, 0],
        [KIND_LIST, 0],
      ],
    ],
  ];
  it.each(cases.map(([instruction, slots]) => [instruction.name, instruction, slots] as const))(
    'says what is in %s',
    (_, instruction, slots) => {
      expect(scan(instruction)).toEqual(slots);
    },
  );

  it('has room for long lists', () => {
    const numbers = Array.from({ length: 500 }, (_, at) => at);
    const slots = scan(make('put_tuple2', o.x(0), o.list(...numbers.map(o.i))));
    expect(slots.slice(2)).toEqual(numbers.map((value) => [TAG_I, value]));
  });
});
