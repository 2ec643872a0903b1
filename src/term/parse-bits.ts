// The bits of single values of bit syntax: integers, floats, bitstrings and code points.
//
//   <<16#123:12>>          00010010 0011       the low 12 bits, the most significant first
//   <<16#123:12/little>>   00100011 0001       the least significant byte first, then what makes no whole one
//
// Defined by the reference manual, "Bit Syntax Expressions".

import { encodeUtf8 } from '../bytes/text.js';
import type { Bitstring, Term } from './model.js';

/** Bits from the first bit of the first byte; those after `count` are 0. */
export interface Bits {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/** Takes bits one group after the other, and makes a bitstring of them. */
export class BitSink {
  private bytes = new Uint8Array(64);
  private count = 0;

  /** Bytes that the bits so far take. */
  get length(): number {
    return Math.ceil(this.count / 8);
  }

  append({ bytes, count }: Bits): void {
    const at = Math.floor(this.count / 8);
    const shift = this.count % 8;
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

/**
 * Encodes the low `size` bits of an integer. The least significant byte comes first where `little`; the last byte has the bits that make
 * no whole one, at its top.
 */
export function encodeInteger(value: number | bigint, size: number, little: boolean): Bits {
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

/**
 * Encodes a number in 16, 32 or 64 bits; returns undefined for other sizes and values. One that is too large for 16 or 32 bits is infinite
 * there, as in Erlang.
 */
export function encodeFloat(value: Term, size: number, little: boolean): Bits | undefined {
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

/** Returns the first `size` bits (`all` of them where their count is a multiple of `unit`), or undefined where there are not as many. */
export function firstBits({ bytes, bits }: Bitstring, size: number | 'all', unit: number): Bits | undefined {
  const available = Math.max(0, bytes.length * 8 - 8 + bits);
  const count = size === 'all' ? available : size;
  if (count > available || (size === 'all' && count % unit !== 0)) return undefined;
  const first = bytes.slice(0, Math.ceil(count / 8));
  if (count % 8 > 0) first[first.length - 1] = (first[first.length - 1] as number) & (0xff00 >> (count % 8));
  return { bytes: first, count };
}

/** Encodes a code point in UTF-8, UTF-16 or UTF-32; returns undefined for what is none. */
export function encodeCodePoint(value: Term, type: 'utf8' | 'utf16' | 'utf32', little: boolean): Bits | undefined {
  if (typeof value !== 'number' || value < 0 || value > 0x10_ffff || (value >= 0xd800 && value <= 0xdfff)) return undefined;
  if (type === 'utf32') return encodeInteger(value, 32, little);
  const character = String.fromCodePoint(value);
  if (type === 'utf8') return wholeBytes(encodeUtf8(character));
  const units = new DataView(new ArrayBuffer(character.length * 2));
  for (let at = 0; at < character.length; at++) units.setUint16(at * 2, character.charCodeAt(at), little);
  return wholeBytes(new Uint8Array(units.buffer));
}

export function wholeBytes(bytes: Uint8Array): Bits {
  return { bytes, count: bytes.length * 8 };
}
