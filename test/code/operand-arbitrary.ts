// Any operand that can be written, for property tests.
import fc from 'fast-check';
import type { Operand } from '../../src/code/operands.js';

const index = fc.oneof(fc.nat(20), fc.nat(3000), fc.maxSafeNat());
const scalar = <Kind extends string>(kind: Kind) => fc.record({ kind: fc.constant(kind), value: index });
const exact = fc.oneof(index, fc.bigInt({ min: 0n, max: 2n ** 200n })).map(canonical);
const signed = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n })).map(canonical);

function canonical(value: number | bigint): number | bigint {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

const register = fc.oneof(scalar('x'), scalar('y'));
const allocation = fc.record({ kind: fc.constantFrom('words' as const, 'floats' as const, 'funs' as const), count: index });

const single: fc.Arbitrary<Operand> = fc.oneof(
  fc.record({ kind: fc.constant('unsigned' as const), value: exact }),
  fc.record({ kind: fc.constant('integer' as const), value: signed }),
  scalar('atom'),
  register,
  scalar('label'),
  scalar('character'),
  scalar('fr'),
  scalar('literal'),
  fc.record({ kind: fc.constant('float' as const), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
  fc.record({ kind: fc.constant('allocation' as const), items: fc.array(allocation, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('typed' as const), register, type: index }),
);

/** Any operand but a list. */
export const anySingle = single;

/** Any operand, lists with up to some twenty items among them. */
export const anyOperand: fc.Arbitrary<Operand> = fc.oneof(
  { arbitrary: single, weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant('list' as const), items: fc.array(single, { maxLength: 20 }) }), weight: 1 },
);
