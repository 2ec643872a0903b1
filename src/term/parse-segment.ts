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
import { type Bitstring, isAtom, type Term } from './model.js';

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

/** Bits from the first bit of the first byte; those after `count` are 0. */
interface Bits {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/** Takes bits one group after the other. */
export class BitSink {
  private bytes = new Uint8Array(64);
  private count = 0;

  /** Bytes that the bits so far take. */
  get length(): number {
    return Math.ceil(this.count / 8);
  }

  append({ bytes, count }: Bits): void {
    const at = this.count >> 3;
    const shift = this.count & 7;
    this.reserve(at + bytes.length + 1);
    if (shift === 0) this.bytes.set(bytes, at);
    for (let i = 0; shift > 0 && i < bytes.length; i++) {
      const wide = (bytes[i] as number) << (8 - shift);
      this.bytes[at + i] = (this.bytes[at + i] as number) | (wide >> 8);
      this.bytes[at + i + 1] = wide & 0xff;
    }
    this.count += count;
  }

  private reserve(size: number): void {
    if (size <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(size, this.bytes.length * 2));
    larger.set(this.bytes);
    this.bytes = larger;
  }

  /** Returns the bits so far. */
  bitstring(): Bitstring {
    return { kind: 'bitstring', bytes: this.bytes.slice(0, this.length), bits: this.count % 8 || 8 };
  }
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

/** Appends the bits of a segment. Returns a fault where Erlang makes none of it, and `limit` where they need more than `maxBytes`. */
export function appendSegment(sink: BitSink, segment: Segment, maxBytes: number): SegmentFault | undefined {
  const layout = layoutOf(segment);
  if (layout === undefined) return 'malformed';
  const { value } = segment;
  if (!isStringLiteral(value)) return appendValue(sink, value, layout, maxBytes);
  // Even an empty string has to have a type that integers fit in.
  if (value.text === '') return encodeValue(0, layout) === undefined ? 'malformed' : undefined;
  for (const character of value.text) {
    const fault = appendValue(sink, character.codePointAt(0) as number, layout, maxBytes);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function appendValue(sink: BitSink, value: Term, layout: Layout, maxBytes: number): SegmentFault | undefined {
  if (isNumber(layout.size) && sink.length + layout.size / 8 > maxBytes) return 'limit';
  const bits = encodeValue(value, layout);
  if (bits === undefined) return 'malformed';
  sink.append(bits);
  return undefined;
}

function isStringLiteral(value: Segment['value']): value is StringLiteral {
  return typeof value === 'object' && value.kind === 'string';
}

function isNumber(size: Layout['size']): size is number {
  return typeof size === 'number';
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
    for (const [matter, value] of Object.entries(settles(type) ?? { unknown: 0 })) {
      if ((settled.get(matter) ?? value) !== value || matter === 'unknown') return undefined;
      settled.set(matter, value);
    }
  }
  const type = (settled.get('type') ?? 'integer') as Layout['type'];
  return sized(type, size, settled.get('unit') as number | undefined, (settled.get('endian') ?? 'big') !== 'big');
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
  if (typeof size !== 'number' && typeof size !== 'bigint') return undefined;
  return size < 0 ? undefined : { type, size: Number(size) * unit, unit, little };
}

/** A dispatch by type; undefined where the value is not of it. */
function encodeValue(value: Term, layout: Layout): Bits | undefined {
  switch (layout.type) {
    case 'integer':
      if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
      return encodeInteger(value, layout.size as number, layout.little);
    case 'float':
      return encodeFloat(value, layout.size as number, layout.little);
    case 'binary':
      return typeof value === 'object' && value.kind === 'bitstring' ? firstBits(value, layout) : undefined;
    default:
      return encodeCodePoint(value, layout);
  }
}

/** The least significant byte comes first where `little`; the last byte has the bits that make no whole one, at its top. */
function encodeInteger(value: number | bigint, size: number, little: boolean): Bits {
  const bytes = new Uint8Array(Math.ceil(size / 8));
  const spare = bytes.length * 8 - size;
  if (size <= 8 && typeof value === 'number') return { bytes: bytes.fill(value << spare), count: size };
  const low = BigInt.asUintN(size, BigInt(value));
  const hex = (little ? low : low << BigInt(spare)).toString(16).padStart(bytes.length * 2, '0');
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  if (little) {
    bytes.reverse();
    if (spare > 0) bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) << spare;
  }
  return { bytes, count: size };
}

/** A number that is too large for 16 or 32 bits is infinite there, as in Erlang. */
function encodeFloat(value: Term, size: number, little: boolean): Bits | undefined {
  if (typeof value === 'object' && value.kind !== 'float') return undefined;
  const number = typeof value === 'object' ? value.value : Number(value);
  if (!Number.isFinite(number) || (size !== 16 && size !== 32 && size !== 64)) return undefined;
  const bytes = new Uint8Array(size / 8);
  const view = new DataView(bytes.buffer);
  if (size === 64) view.setFloat64(0, number, little);
  else if (size === 32) view.setFloat32(0, number, little);
  else view.setUint16(0, halfFloat(number), little);
  return { bytes, count: size };
}

/** Returns the IEEE 754 half of a number: 1 bit sign, 5 exponent, 10 fraction, rounded to even. */
function halfFloat(value: number): number {
  const sign = Object.is(value, -0) || value < 0 ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  // The unit of the last place: of the smallest exponent there is, and of what is below it too.
  let exponent = -14;
  while (magnitude >= 2 ** (exponent + 1)) exponent++;
  const units = roundToEven(magnitude * 2 ** (10 - exponent));
  // A rounding up to the next power of two carries into the exponent by itself, and so does the leading bit of 1024.
  return sign | (((exponent + 14) << 10) + units);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

function firstBits(value: Bitstring, { size, unit }: Layout): Bits | undefined {
  const available = Math.max(0, value.bytes.length * 8 - 8 + value.bits);
  const count = isNumber(size) ? size : available;
  if (count > available || (size === 'all' && count % unit !== 0)) return undefined;
  const bytes = value.bytes.slice(0, Math.ceil(count / 8));
  if (count % 8 > 0) bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) & (0xff00 >> (count % 8));
  return { bytes, count };
}

function encodeCodePoint(value: Term, { type, little }: Layout): Bits | undefined {
  if (typeof value !== 'number' || value < 0 || value > 0x10_ffff || (value >= 0xd800 && value <= 0xdfff)) return undefined;
  if (type === 'utf32') return encodeInteger(value, 32, little);
  const character = String.fromCodePoint(value);
  if (type === 'utf8') {
    const bytes = encodeUtf8(character);
    return { bytes, count: bytes.length * 8 };
  }
  const units = new DataView(new ArrayBuffer(character.length * 2));
  for (let at = 0; at < character.length; at++) units.setUint16(at * 2, character.charCodeAt(at), little);
  return { bytes: new Uint8Array(units.buffer), count: character.length * 16 };
}
