// `Type` (OTP 25 and later): what the compiler proved of typed registers, 0-based; entry 0 is `any`.
//   u32 version, u32 count, entries
//   version 1 (OTP 25)                  u16 bits, i64 min, i64 max          min > max: no range
//   version 2 (26), 3 (27, 28), 4 (29)  u16 bits, [i64 lower], [i64 upper], [u8 unit-1]   as bits HAS_LOWER, HAS_UPPER, HAS_UNIT say
// The meaning of the bits moves between versions: one table below. Defined by lib/compiler/src/beam_types.erl, erts beam_types.c.

import type { Reader } from '../../bytes/reader.js';
import { Writer } from '../../bytes/writer.js';
import { within } from '../../errors.js';

/** A 0-based index into the type table. */
export type TypeIndex = number & { readonly brand?: 'TypeIndex' };

/** One member of the union that a type is. */
export type TypeName =
  | 'atom'
  | 'bitstring'
  | 'match_context'
  | 'cons'
  | 'float'
  | 'fun'
  | 'integer'
  | 'map'
  | 'nil'
  | 'pid'
  | 'port'
  | 'reference'
  | 'tuple'
  | 'record';

/** One entry: the bits as the file has them, and the bounds. */
export interface TypeEntry {
  readonly bits: number;
  /** Least value of an integer or float; absent where none is known. */
  readonly lower?: bigint;
  readonly upper?: bigint;
  /** Unit of a bitstring in bits, 1..256. */
  readonly unit?: number;
}

/** The type table. */
export interface TypeTable {
  /** 1..4; the loader ignores a table of a version that it doesn't know. */
  readonly version: number;
  readonly entries: readonly TypeEntry[];
}

interface TypeVersion {
  /** By bit, from bit 0 on. */
  readonly members: readonly TypeName[];
  readonly lower: number;
  readonly upper: number;
  readonly unit: number;
}

const OLD: readonly TypeName[] = [
  ...([
    'atom',
    'bitstring',
    'match_context',
    'cons',
    'float',
    'fun',
    'integer',
    'map',
    'nil',
    'pid',
    'port',
    'reference',
  ] as const),
  'tuple',
];
const NEW: readonly TypeName[] = OLD.filter((name) => name !== 'match_context');

/** What the bits mean, by version. Version 1 has no bits for its bounds: they are always there. */
const VERSIONS: ReadonlyMap<number, TypeVersion> = new Map([
  [1, { members: OLD, lower: 0, upper: 0, unit: 0 }],
  [2, { members: OLD, lower: 1 << 13, upper: 1 << 14, unit: 1 << 15 }],
  [3, { members: NEW, lower: 1 << 12, upper: 1 << 13, unit: 1 << 14 }],
  [4, { members: [...NEW, 'record'], lower: 1 << 13, upper: 1 << 14, unit: 1 << 15 }],
]);

/** Decodes the table; an unknown version throws ParseError `unsupported`. */
export function decodeTypes(reader: Reader): TypeTable {
  const version = reader.u32();
  const layout = VERSIONS.get(version);
  if (layout === undefined) reader.fail('unsupported', `Type chunk of version ${version}`, 0);
  const count = reader.u32();
  reader.checkCount(count, version === 1 ? 18 : 2, 'types');
  const entries = Array.from({ length: count }, (_, at) =>
    within(`type ${at}`, () => (version === 1 ? readFixedEntry(reader) : readEntry(reader, layout as TypeVersion))),
  );
  reader.expectEnd();
  return { version, entries };
}

function readFixedEntry(reader: Reader): TypeEntry {
  const bits = reader.u16();
  const lower = reader.i64();
  const upper = reader.i64();
  return lower > upper ? { bits } : { bits, lower, upper };
}

function readEntry(reader: Reader, layout: TypeVersion): TypeEntry {
  const bits = reader.u16();
  return {
    bits,
    ...((bits & layout.lower) !== 0 && { lower: reader.i64() }),
    ...((bits & layout.upper) !== 0 && { upper: reader.i64() }),
    ...((bits & layout.unit) !== 0 && { unit: reader.u8() + 1 }),
  };
}

/** Encodes the table; the bits say which bounds are written from version 2 on. */
export function encodeTypes(table: TypeTable): Uint8Array {
  const writer = new Writer(8 + table.entries.length * 18).u32(table.version).u32(table.entries.length);
  for (const { bits, lower, upper, unit } of table.entries) {
    writer.u16(bits);
    if (table.version === 1) writer.i64(lower ?? 0n).i64(upper ?? -1n);
    if (table.version === 1) continue;
    if (lower !== undefined) writer.i64(lower);
    if (upper !== undefined) writer.i64(upper);
    if (unit !== undefined) writer.u8(unit - 1);
  }
  return writer.finish();
}

/** Returns the members of the union that an entry is, in the order of the bits; all of them is `any`. */
export function typeMembers(table: TypeTable, entry: TypeEntry): readonly TypeName[] {
  const members = VERSIONS.get(table.version)?.members ?? [];
  return members.filter((_, bit) => (entry.bits & (1 << bit)) !== 0);
}

/** Tells whether an entry says nothing. */
export function isAnyType(table: TypeTable, entry: TypeEntry): boolean {
  return typeMembers(table, entry).length === (VERSIONS.get(table.version)?.members.length ?? 0);
}
