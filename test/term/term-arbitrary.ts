// Random terms of every kind for property tests, in the one form that decoding gives them.
import fc from 'fast-check';
import {
  type Atom,
  atom,
  binary,
  float,
  integer,
  list,
  map,
  type NativeRecord,
  NIL,
  type Pid,
  type Reference,
  type Term,
} from '../../src/term/model.js';
import { hasDuplicateKeys } from '../../src/term/order.js';

const u32 = fc.nat({ max: 0xffff_ffff });
const name = fc.oneof(
  fc.constantFrom('ok', 'a', '', 'é', 'Ѐ', '𐀀', 'maybe', 'a b', 'Elixir.Enum'),
  fc.string({ maxLength: 9, unit: 'grapheme' }),
);

/** Any atom. */
export const atoms: fc.Arbitrary<Atom> = name.map(atom);

const integers = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(integer),
  fc.bigInt({ min: -(2n ** 2100n), max: 2n ** 2100n }).map(integer),
);
const floats = fc.double({ noNaN: true, noDefaultInfinity: true }).map(float);
const binaries = fc.uint8Array({ maxLength: 20 }).map(binary);
const bitstrings = fc
  .tuple(fc.uint8Array({ minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 7 }))
  .map(([bytes, bits]) => {
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) & (0xff00 >> bits);
    return { kind: 'bitstring' as const, bytes, bits };
  });
const pids: fc.Arbitrary<Pid> = fc.record({ kind: fc.constant('pid'), node: atoms, id: u32, serial: u32, creation: u32 });
const references: fc.Arbitrary<Reference> = fc.record({
  kind: fc.constant('reference'),
  node: atoms,
  creation: u32,
  ids: fc.array(u32, { minLength: 1, maxLength: 5 }),
});
const ports = fc.record({
  kind: fc.constant('port'),
  node: atoms,
  id: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  creation: u32,
});
const exports = fc.record({ kind: fc.constant('export'), module: atoms, name: atoms, arity: fc.integer({ min: 0, max: 255 }) });
const leaves: fc.Arbitrary<Term> = fc.oneof(
  { weight: 5, arbitrary: integers },
  { weight: 5, arbitrary: atoms },
  { weight: 2, arbitrary: floats },
  { weight: 3, arbitrary: binaries },
  fc.constant<Term>(NIL),
  bitstrings,
  pids,
  references,
  ports as fc.Arbitrary<Term>,
  exports as fc.Arbitrary<Term>,
);

/** Any term. */
export const terms: fc.Arbitrary<Term> = fc.letrec<{ term: Term }>((tie) => {
  const inner = fc.array(tie('term'), { maxLength: 5 });
  const pairs = fc.array(fc.tuple(tie('term'), tie('term')), { maxLength: 5 }).filter((some) => !hasDuplicateKeys(some));
  const fields = fc
    .uniqueArray(fc.tuple(atoms, tie('term')), { maxLength: 4, selector: ([field]) => field.name })
    .map((some) => some as NativeRecord['fields']);
  const records = fc.record({ kind: fc.constant('record'), module: atoms, name: atoms, exported: fc.boolean(), fields });
  const funs = fc.record({
    kind: fc.constant('fun'),
    module: atoms,
    arity: fc.integer({ min: 0, max: 255 }),
    uniq: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    index: u32,
    oldIndex: u32,
    oldUniq: u32,
    pid: pids,
    free: inner,
  });
  return {
    term: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 8, arbitrary: leaves },
      { weight: 3, arbitrary: inner.map((items): Term => ({ kind: 'tuple', items })) },
      { weight: 3, arbitrary: inner.map((items) => list(items)) },
      { weight: 1, arbitrary: fc.tuple(inner, leaves).map(([items, tail]) => list(items, tail)) },
      { weight: 1, arbitrary: fc.array(fc.nat({ max: 255 }), { maxLength: 20 }).map((bytes) => list(bytes)) },
      { weight: 2, arbitrary: pairs.map((some): Term => map(some)) },
      { weight: 1, arbitrary: records as fc.Arbitrary<Term> },
      { weight: 1, arbitrary: funs as fc.Arbitrary<Term> },
    ),
  };
}).term;
