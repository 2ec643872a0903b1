// The values of bit syntax: one segment of a literal <<...>> to its bits.
//
//   <<1, 2:4, 3:2/unit:8, $a/utf8, "ab":16/little, 1.5:32/float, Bits/bitstring>>
//
//   type             size in units   unit   value
//   integer          8               1      integer, of which the low bits count
//   float            64              1      number; 16, 32 or 64 bits in all
//   binary, bytes    all             8      bitstring, of which the first bits count (bitstring, bits: the same with unit 1)
//   utf8 utf16 utf32 none            none   code point
//
// `native` is little: that is what every machine is which runs Erlang today.
// Defined by the reference manual, "Bit Syntax Expressions", lib/stdlib/src/erl_bits.erl and eval_bits.erl.

import { encodeUtf8 } from '../bytes/text.js';
import { isAtom, isInteger, type Term } from './model.js';
import { type BitSink, type Bits, encodeCodePoint, encodeFloat, encodeInteger, firstBits, wholeBytes } from './parse-bits.js';

/** A segment as it is written. */
export interface Segment {
  /** A string stands for its characters, each with the size and the types. */
  readonly value: Term | StringLiteral;
  readonly size: Term | undefined;
  readonly types: readonly SegmentType[];
}

/** A string in the source, as opposed to a list of integers. */
export interface StringLiteral {
  readonly kind: 'string';
  readonly text: string;
}

/** `little`, `unit:8` and the like. */
export interface SegmentType {
  readonly name: string;
  readonly argument?: number | bigint | undefined;
}

/** What the types of a segment come to. */
interface Layout {
  readonly type: 'integer' | 'float' | 'binary' | 'utf8' | 'utf16' | 'utf32';
  /** In bits; `all` of a binary's value; `none` for the utf types. */
  readonly size: number | 'all' | 'none';
  readonly unit: number;
  readonly little: boolean;
}

/** Why {@link appendSegment} gave up; its caller knows the place. */
export type SegmentFault = 'malformed' | 'limit';

/** Appends the bits of a segment. Returns a fault where Erlang makes none of it, and `limit` where they are more than `maxBytes`. */
export function appendSegment(sink: BitSink, segment: Segment, maxBytes: number): SegmentFault | undefined {
  const layout = layoutOf(segment);
  if (layout === undefined) return 'malformed';
  const { value } = segment;
  const end = sink.length + maxBytes;
  if (!isStringLiteral(value)) return appendValue(sink, value, layout, end);
  // Even an empty string has to have a type that integers fit in.
  if (value.text === '') return encodeValue(0, layout) === undefined ? 'malformed' : undefined;
  if (layout.type === 'utf8') return appendBits(sink, wholeBytes(encodeUtf8(value.text)), end);
  for (const character of value.text) {
    const fault = appendValue(sink, character.codePointAt(0) as number, layout, end);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function appendValue(sink: BitSink, value: Term, layout: Layout, end: number): SegmentFault | undefined {
  // What is made on demand is not even made.
  if (typeof layout.size === 'number' && sink.length + layout.size / 8 > end) return 'limit';
  const bits = encodeValue(value, layout);
  return bits === undefined ? 'malformed' : appendBits(sink, bits, end);
}

function appendBits(sink: BitSink, bits: Bits, end: number): SegmentFault | undefined {
  if (sink.length + bits.bytes.length > end) return 'limit';
  sink.append(bits);
  return undefined;
}

function isStringLiteral(value: Segment['value']): value is StringLiteral {
  return typeof value === 'object' && value.kind === 'string';
}

/** What each type settles. */
const TYPES: ReadonlyMap<string, Readonly<Record<string, string | number>>> = new Map(
  Object.entries({
    ...Object.fromEntries(['integer', 'float', 'binary', 'utf8', 'utf16', 'utf32'].map((type) => [type, { type }])),
    ...Object.fromEntries(['big', 'little', 'native'].map((endian) => [endian, { endian }])),
    ...Object.fromEntries(['signed', 'unsigned'].map((sign) => [sign, { sign }])),
    bytes: { type: 'binary', unit: 8 },
    bitstring: { type: 'binary', unit: 1 },
    bits: { type: 'binary', unit: 1 },
  }),
);

/** Merges the types of a segment, of which no two may differ in the same matter, and fills in what they leave open. */
function layoutOf({ size, types }: Segment): Layout | undefined {
  const settled = new Map<string, string | number>();
  for (const type of types) {
    const settlement = settles(type);
    if (settlement === undefined) return undefined;
    for (const [matter, value] of Object.entries(settlement)) {
      if ((settled.get(matter) ?? value) !== value) return undefined;
      settled.set(matter, value);
    }
  }
  const type = (settled.get('type') ?? 'integer') as Layout['type'];
  const little = (settled.get('endian') ?? 'big') !== 'big';
  return sized(type, size, settled.get('unit') as number | undefined, little);
}

function settles({ name, argument }: SegmentType): Readonly<Record<string, string | number>> | undefined {
  if (argument === undefined) return TYPES.get(name);
  return name === 'unit' && typeof argument === 'number' && argument >= 1 && argument <= 256 ? { unit: argument } : undefined;
}

const DEFAULT_SIZES = { integer: 8, float: 64 } as const;

function sized(type: Layout['type'], size: Term | undefined, unit: number | undefined, little: boolean): Layout | undefined {
  if (type === 'utf8' || type === 'utf16' || type === 'utf32') {
    if (unit !== undefined || (size !== undefined && !isAtom(size, 'undefined'))) return undefined;
    return { type, size: 'none', unit: 1, little };
  }
  if (type === 'binary') {
    if (size === undefined || isAtom(size, 'all')) return { type, size: 'all', unit: unit ?? 8, little };
    return withSize(type, size, unit ?? 8, little);
  }
  // A unit is of a size that is written.
  if (size === undefined) return unit === undefined ? { type, size: DEFAULT_SIZES[type], unit: 1, little } : undefined;
  return withSize(type, size, unit ?? 1, little);
}

function withSize(type: Layout['type'], size: Term, unit: number, little: boolean): Layout | undefined {
  return !isInteger(size) || size < 0 ? undefined : { type, size: Number(size) * unit, unit, little };
}

/** A dispatch by type; undefined where the value is not of it. */
function encodeValue(value: Term, { type, size, unit, little }: Layout): Bits | undefined {
  switch (type) {
    case 'integer':
      return isInteger(value) ? encodeInteger(value, size as number, little) : undefined;
    case 'float':
      return encodeFloat(value, size as number, little);
    case 'binary':
      return typeof value === 'object' && value.kind === 'bitstring' ? firstBits(value, size as number | 'all', unit) : undefined;
    default:
      return encodeCodePoint(value, type, little);
  }
}
