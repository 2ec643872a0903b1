import { describe, expect, it } from 'vitest';
import { loaderAccepts, OPCODES, opcodeByName, opcodeByNumber } from '../../src/code/opcodes.js';

/** Expands `1-3 9` to 1, 2, 3, 9. */
function numbers(ranges: string): readonly number[] {
  return ranges.split(' ').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });
}

describe('the opcodes', () => {
  it('are 191, in order, each with a name of its own', () => {
    expect(OPCODES.map(({ number }) => number)).toEqual(numbers('1-191'));
    expect(new Set(OPCODES.map(({ name }) => name)).size).toBe(191);
  });

  it('are found by number and by name', () => {
    expect(opcodeByNumber(64)).toBe(opcodeByName('move'));
    expect(opcodeByName('bs_create_bin')).toMatchObject({ number: 177, arity: 6, since: 25 });
    expect([opcodeByNumber(0), opcodeByNumber(192), opcodeByNumber(1.5), opcodeByName('constructor')]).toEqual(
      Array(4).fill(undefined),
    );
  });

  // What the loaders of these releases were seen to take, one module for each opcode.
  const always =
    '1-13 16 18-26 39-53 55-67 69 72-75 77-78 96-102 104-108 112-115 117-121 124-125 129 132-133 136 138-143 149 152-180';
  const until28 = '89-92 109 111 134-135 137 144-148';
  it.each([
    [25, `${always} 131 14-15 17 94-95 103 150-151 ${until28}`],
    [27, `${always} 131 181-183 ${until28}`],
    [29, `${always} 181-191`],
  ])('say what the loader of OTP %i accepts', (otp, ranges) => {
    const accepted = OPCODES.filter((opcode) => loaderAccepts(opcode, otp)).map(({ number }) => number);
    expect(accepted).toEqual([...numbers(ranges)].sort((left, right) => left - right));
  });

  it('have their lists last', () => {
    const lists = ['choices', 'pairs', 'keys', 'items', 'environment', 'registers', 'segments', 'updates', 'commands'];
    for (const { name, roles } of OPCODES) {
      expect([name, roles.findIndex((role) => lists.includes(role))]).toEqual([
        name,
        lists.includes(roles.at(-1) ?? '') ? roles.length - 1 : -1,
      ]);
    }
  });
});
