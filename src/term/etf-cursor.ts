// The cursor that reads terms in the external format, one after the other, without the leading 131.
//
// Defined by erts/doc/guides "External Term Format"; what it leaves open (counts of 0, integers with leading zeros, sizes that
// nothing depends on) is taken as `binary_to_term` of OTP 25, 27 and 29 was seen to take it. The big switch is a dispatch table; its
// labels are literal numbers because the engine makes a jump table only of those.

import type { Origin } from '../bytes/reader.js';
import { ParseError, type ParseErrorCode } from '../errors.js';
import { MAX_ARITY, MAX_DEPTH, MAX_INTEGER_BYTES, MAX_REFERENCE_WORDS, MAX_TUPLE_SIZE } from '../limits.js';
import { latin1AtomAt, utf8AtomAt } from './atom-cache.js';
import { type Atom, binary, integer, NIL, type Pid, type Term } from './model.js';
import { hasDuplicateKeys } from './order.js';

/** Containers up to this size are allocated at once; larger ones grow as their items turn out to be there. */
const EAGER_SIZE = 64;

/** Reads terms; throws ParseError. */
export class TermCursor {
  /** 0-based index in the data of the next byte. */
  pos: number;
  private readonly data: Uint8Array;
  private readonly view: DataView;
  private readonly end: number;
  private readonly origin: Origin;
  private depth = 0;

  constructor(data: Uint8Array, origin: Origin, start: number) {
    // A subclass such as Node's Buffer would make each access below polymorphic.
    this.data = data.constructor === Uint8Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.length);
    this.view = new DataView(data.buffer, data.byteOffset, data.length);
    this.end = data.length;
    this.origin = origin;
    this.pos = start;
  }

  /**
   * Reads a term of any tag. The last element of a tuple is read by going round again rather than down: lists in abstract code are
   * chains of {cons,_,_,{cons,...}} as long as the source has them.
   */
  term(): Term {
    let first: Term | undefined;
    let open: Term[] = [];
    for (;;) {
      const { pos } = this;
      if (pos >= this.end) this.failTruncated(1);
      const tag = this.data[pos] as number;
      this.pos = pos + 1;
      let term: Term;
      if (tag === 104 || tag === 105) {
        const items = this.tupleBegin(tag === 104 ? this.u8() : this.u32());
        term = { kind: 'tuple', items };
        if (items.length > 0) {
          if (first === undefined) first = term;
          else open[open.length - 1] = term;
          open = items;
          continue;
        }
      } else term = this.other(tag);
      if (first === undefined) return term;
      open[open.length - 1] = term;
      return first;
    }
  }

  private tupleBegin(size: number): Term[] {
    if (size > MAX_TUPLE_SIZE) this.fail('range', `tuple of ${size} elements: the runtime's largest has ${MAX_TUPLE_SIZE}`);
    this.enter(size, 'tuple elements');
    const items = this.firstItems(size);
    this.depth--;
    return items;
  }

  private firstItems(size: number): Term[] {
    switch (size) {
      case 0:
        return [];
      case 1:
        return [NIL];
      case 2:
        return [this.term(), NIL];
      case 3:
        return [this.term(), this.term(), NIL];
      case 4:
        return [this.term(), this.term(), this.term(), NIL];
      case 5:
        return [this.term(), this.term(), this.term(), this.term(), NIL];
      default: {
        const items: Term[] = size <= EAGER_SIZE ? new Array(size) : [];
        for (let i = 0; i < size - 1; i++) items[i] = this.term();
        items[size - 1] = NIL;
        return items;
      }
    }
  }

  private other(tag: number): Term {
    switch (tag) {
      case 67:
        return this.nativeRecord();
      case 70:
        return this.newFloat();
      case 77:
        return this.bitstring();
      case 88:
        return this.pidFields(4);
      case 89:
        return this.portFields(4, 4);
      case 90:
        return this.newReference(4);
      case 97:
        return this.u8();
      case 98:
        return this.u32() | 0;
      case 99:
        return this.textFloat();
      case 100:
        return this.latin1Atom(this.u16());
      case 101:
        return this.oldReference();
      case 102:
        return this.portFields(4, 1);
      case 103:
        return this.pidFields(1);
      case 106:
        return NIL;
      case 107:
        return this.string();
      case 108:
        return this.list();
      case 109:
        return binary(this.bytes(this.u32()));
      case 110:
        return this.big(this.u8());
      case 111:
        return this.big(this.u32());
      case 112:
        return this.localFun();
      case 113:
        return this.exportFun();
      case 114:
        return this.newReference(1);
      case 115:
        return this.latin1Atom(this.u8());
      case 116:
        return this.map();
      case 118:
        return this.utf8Atom(this.u16());
      case 119:
        return this.utf8Atom(this.u8());
      case 120:
        return this.portFields(8, 4);
      default:
        return this.failTag(this.pos - 1);
    }
  }

  /** Reads `size` terms. The commonest sizes are written out, since a literal array is made at once in its final shape. */
  private items(size: number): Term[] {
    switch (size) {
      case 1:
        return [this.term()];
      case 2:
        return [this.term(), this.term()];
      case 3:
        return [this.term(), this.term(), this.term()];
      case 4:
        return [this.term(), this.term(), this.term(), this.term()];
      case 5:
        return [this.term(), this.term(), this.term(), this.term(), this.term()];
      default: {
        const items: Term[] = size <= EAGER_SIZE ? new Array(size) : [];
        for (let i = 0; i < size; i++) items[i] = this.term();
        return items;
      }
    }
  }

  private list(): Term {
    const size = this.u32();
    this.enter(size, 'list items');
    const items = this.items(size);
    const tail = this.data[this.pos] === 106 ? this.nilTail() : this.tailInto(items);
    this.depth--;
    return items.length === 0 ? tail : { kind: 'list', items, tail };
  }

  private nilTail(): Term {
    this.pos++;
    return NIL;
  }

  /** Reads a tail; the items of tails that are lists themselves go to `items`, in a loop because these may be a long chain. */
  private tailInto(items: Term[]): Term {
    for (;;) {
      const tag = this.data[this.pos];
      if (tag !== 107 && tag !== 108) return this.term();
      this.pos++;
      if (tag === 107) {
        for (const byte of this.bytes(this.u16())) items.push(byte);
        return NIL;
      }
      const size = this.u32();
      this.checkCount(size, 'list items');
      for (let i = 0; i < size; i++) items.push(this.term());
    }
  }

  private string(): Term {
    const size = this.u16();
    if (size === 0) return NIL;
    this.need(size);
    const { data, pos } = this;
    const items: number[] = new Array(size);
    for (let i = 0; i < size; i++) items[i] = data[pos + i] as number;
    this.pos = pos + size;
    return { kind: 'list', items, tail: NIL };
  }

  private map(): Term {
    const start = this.pos - 1;
    const size = this.u32();
    this.enter(size * 2, 'keys and values');
    const pairs: (readonly [Term, Term])[] = [];
    for (let i = 0; i < size; i++) pairs.push([this.term(), this.term()]);
    this.depth--;
    if (hasDuplicateKeys(pairs)) this.fail('malformed', 'the same key twice in a map', start);
    return { kind: 'map', pairs };
  }

  private nativeRecord(): Term {
    const start = this.pos - 1;
    const size = this.u32();
    this.enter(size * 2, 'fields');
    const exported = this.u8();
    if (exported > 1) this.fail('malformed', `flag ${exported} of a native record`, this.pos - 1);
    const module = this.atom();
    const name = this.atom();
    const names: Atom[] = [];
    for (let i = 0; i < size; i++) names.push(this.atom());
    const fields = names.map((field) => [field, this.term()] as const);
    this.depth--;
    if (hasDuplicateKeys(fields)) this.fail('malformed', 'the same field twice in a native record', start);
    return { kind: 'record', module, name, exported: exported === 1, fields };
  }

  private latin1Atom(size: number): Atom {
    this.need(size);
    const found = latin1AtomAt(this.view, this.pos, size);
    if (found === undefined) return this.fail('range', `atom of ${size} characters`);
    this.pos += size;
    return found;
  }

  private utf8Atom(size: number): Atom {
    this.need(size);
    const found = utf8AtomAt(this.view, this.pos, size);
    if (found === undefined) return this.fail('malformed', 'atom is not UTF-8 or has over 255 characters');
    this.pos += size;
    return found;
  }

  /** Reads a term that must be an atom. */
  private atom(): Atom {
    switch (this.u8()) {
      case 100:
        return this.latin1Atom(this.u16());
      case 115:
        return this.latin1Atom(this.u8());
      case 118:
        return this.utf8Atom(this.u16());
      case 119:
        return this.utf8Atom(this.u8());
      default:
        return this.fail('malformed', 'no atom where one must be', this.pos - 1);
    }
  }

  /** Reads a term that must be an integer of at most 2^53-1. */
  private number(): number {
    const start = this.pos;
    const tag = this.u8();
    if (tag === 97) return this.u8();
    if (tag === 98) return this.u32() | 0;
    const value = tag === 110 ? this.big(this.u8()) : undefined;
    return typeof value === 'number' ? value : this.fail('malformed', 'no small integer where one must be', start);
  }

  private big(size: number): number | bigint {
    const negative = this.u8() !== 0;
    if (size > MAX_INTEGER_BYTES) this.fail('limit', `integer of ${size} bytes`);
    const bytes = this.bytes(size);
    const magnitude = size <= 6 ? smallMagnitude(bytes) : integer(magnitudeOf(bytes));
    return negative && magnitude !== 0 ? -magnitude : magnitude;
  }

  private newFloat(): Term {
    const start = this.pos;
    this.need(8);
    this.pos += 8;
    return this.finite(this.view.getFloat64(start), start);
  }

  private textFloat(): Term {
    const start = this.pos;
    const text = String.fromCharCode(...this.bytes(31)).replace(/\0.*$/s, '');
    return this.finite(/^[+-]?\d+\.\d+([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN, start);
  }

  private finite(value: number, start: number): Term {
    if (!Number.isFinite(value)) this.fail('malformed', 'float that is no finite number', start);
    return { kind: 'float', value };
  }

  private bitstring(): Term {
    const start = this.pos;
    const size = this.u32();
    const bits = this.u8();
    if (bits < 1 || bits > 8 || size === 0)
      this.fail('malformed', `bitstring of ${size} bytes with ${bits} bits in the last`, start);
    const bytes = this.bytes(size);
    return { kind: 'bitstring', bytes: bits === 8 ? bytes : withoutUnusedBits(bytes, bits), bits };
  }

  private pid(): Pid {
    const tag = this.u8();
    if (tag !== 88 && tag !== 103) this.fail('malformed', 'no pid where one must be', this.pos - 1);
    return this.pidFields(tag === 88 ? 4 : 1);
  }

  private pidFields(creationSize: 1 | 4): Pid {
    return { kind: 'pid', node: this.atom(), id: this.u32(), serial: this.u32(), creation: this.creation(creationSize) };
  }

  private portFields(idSize: 4 | 8, creationSize: 1 | 4): Term {
    const node = this.atom();
    const high = idSize === 8 ? this.u32() : 0;
    const id = (BigInt(high) << 32n) | BigInt(this.u32());
    return { kind: 'port', node, id, creation: this.creation(creationSize) };
  }

  private oldReference(): Term {
    const node = this.atom();
    const ids = [this.u32()];
    return { kind: 'reference', node, creation: this.u8(), ids };
  }

  private newReference(creationSize: 1 | 4): Term {
    const size = this.u16();
    if (size > MAX_REFERENCE_WORDS) this.fail('range', `reference of ${size} words`, this.pos - 2);
    const node = this.atom();
    const creation = this.creation(creationSize);
    return { kind: 'reference', node, creation, ids: Array.from({ length: size }, () => this.u32()) };
  }

  private creation(size: 1 | 4): number {
    return size === 1 ? this.u8() : this.u32();
  }

  private exportFun(): Term {
    const module = this.atom();
    const name = this.atom();
    const start = this.pos;
    const arity = this.number();
    if (arity < 0 || arity > MAX_ARITY) this.fail('range', `external fun of arity ${arity}`, start);
    return { kind: 'export', module, name, arity };
  }

  private localFun(): Term {
    this.u32(); // the size in bytes, which the runtime doesn't look at either
    const arity = this.u8();
    const uniq = this.bytes(16);
    const index = this.u32();
    const size = this.u32();
    this.enter(size, 'free variables');
    const module = this.atom();
    const oldIndex = this.number();
    const oldUniq = this.number();
    const pid = this.pid();
    const free = this.items(size);
    this.depth--;
    return { kind: 'fun', module, arity, uniq, index, oldIndex, oldUniq, pid, free };
  }

  private u8(): number {
    if (this.pos >= this.end) this.failTruncated(1);
    return this.data[this.pos++] as number;
  }

  private u16(): number {
    this.need(2);
    this.pos += 2;
    return this.view.getUint16(this.pos - 2);
  }

  private u32(): number {
    this.need(4);
    this.pos += 4;
    return this.view.getUint32(this.pos - 4);
  }

  /** Returns a view of the next `size` bytes. */
  private bytes(size: number): Uint8Array {
    this.need(size);
    this.pos += size;
    return this.data.subarray(this.pos - size, this.pos);
  }

  private need(size: number): void {
    if (size > this.end - this.pos) this.failTruncated(size);
  }

  /** Goes one level down, into a container of `size` terms. */
  private enter(size: number, items: string): void {
    if (size > this.end - this.pos) this.checkCount(size, items);
    if (++this.depth > MAX_DEPTH) this.fail('limit', `nested more than ${MAX_DEPTH} deep`, this.pos - 1);
  }

  private checkCount(size: number, items: string): void {
    const left = this.end - this.pos;
    if (size > left) this.fail('truncated', `${size} ${items} can't be in the ${left} bytes left of ${this.origin.what}`);
  }

  private failTruncated(size: number): never {
    return this.fail('truncated', `truncated ${this.origin.what}: need ${size} bytes, have ${this.end - this.pos}`);
  }

  private failTag(pos: number): never {
    const tag = this.data[pos] as number;
    const known = UNSUPPORTED.get(tag);
    return this.fail(known === undefined ? 'malformed' : 'unsupported', known ?? `unknown tag ${tag} of a term`, pos);
  }

  private fail(code: ParseErrorCode, reason: string, pos = this.pos): never {
    const { base, space, file } = this.origin;
    throw new ParseError({ code, reason, offset: base + pos, space, file });
  }
}

/** Tags that exist, but not in files. */
const UNSUPPORTED = new Map([
  [80, 'compressed term inside of a term'],
  [82, 'reference to an atom cache, which only a distribution message has'],
  [117, 'fun of a release before OTP 23'],
  [121, 'term in the private format of one runtime'],
  [131, 'external term inside of a term'],
]);

/** Returns the unsigned little-endian integer of at most 6 bytes. */
function smallMagnitude(bytes: Uint8Array): number {
  let value = 0;
  for (let i = bytes.length - 1; i >= 0; i--) value = value * 256 + (bytes[i] as number);
  return value;
}

/** Returns the unsigned little-endian integer; by way of hexadecimal digits, which takes linear time. */
function magnitudeOf(bytes: Uint8Array): bigint {
  const digits: string[] = [];
  for (let i = bytes.length - 1; i >= 0; i--) digits.push((bytes[i] as number).toString(16).padStart(2, '0'));
  return BigInt(`0x${digits.join('')}`);
}

function withoutUnusedBits(bytes: Uint8Array, bits: number): Uint8Array {
  const clean = new Uint8Array(bytes);
  clean[clean.length - 1] = (clean[clean.length - 1] as number) & (0xff00 >> bits) & 0xff;
  return clean;
}
