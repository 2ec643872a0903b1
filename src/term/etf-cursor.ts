// The cursor that reads terms in the external format, one after the other, without the leading 131.
//
// Defined by erts/doc/guides "External Term Format"; what it leaves open (counts of 0, integers with leading zeros, sizes that
// nothing depends on) is taken as `binary_to_term` of OTP 25, 27 and 29 was seen to take it. The switches are dispatch tables; their
// labels are literal numbers because the engine makes a jump table only of those.

import type { Origin } from '../bytes/reader.js';
import { ParseError, type ParseErrorCode } from '../errors.js';
import { MAX_ARITY, MAX_INTEGER_BYTES, MAX_REFERENCE_WORDS, MAX_TERM_DEPTH, MAX_TERM_ITEMS, MAX_TUPLE_SIZE } from '../limits.js';
import { latin1AtomAt, utf8AtomAt } from './atom-cache.js';
import { bigMagnitude, smallMagnitude, textFloatValue, withoutUnusedBits } from './etf-values.js';
import {
  type Atom,
  binary,
  integer,
  isList,
  type List,
  type LocalFun,
  type MapTerm,
  type NativeRecord,
  NIL,
  type Pid,
  type Term,
  type Tuple,
} from './model.js';
import { hasDuplicateKeys } from './order.js';

/** A term that has others in it. */
type Container = Tuple | List | MapTerm | NativeRecord | LocalFun;

/** A term whose parts are still being filled in. */
type Unfinished<T> = { -readonly [Key in keyof T]: T[Key] };

/** No places: what an empty tuple has, and what {@link TermCursor.term} knows a term without terms in it by. */
const NO_PLACES = [] as Term[];

/** Reads terms; throws ParseError. */
export class TermCursor {
  /** 0-based index in the data of the next byte. */
  pos: number;
  private readonly data: Uint8Array;
  private readonly view: DataView;
  private readonly end: number;
  private readonly origin: Origin;
  /** How many terms may still be read. */
  private budget: number;
  /** The places to be filled by the terms that follow, where {@link begin} has just begun a container. */
  private opened = NO_PLACES;

  /** Reads `data` from `start` on; a `budget` caps the terms, for bytes that cost their sender less than they cost us. */
  constructor(data: Uint8Array, origin: Origin, start: number, budget = 0x7fff_ffff) {
    // A subclass such as Node's Buffer would make each access below polymorphic.
    this.data = data.constructor === Uint8Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.length);
    this.view = new DataView(data.buffer, data.byteOffset, data.length);
    this.end = data.length;
    this.origin = origin;
    this.pos = start;
    this.budget = budget;
  }

  /**
   * Reads a term. A container is put in its place at once and filled by the terms that follow, while those around it wait on stacks
   * of our own: in abstract code a list nests as deep as it is long in the source. The commonest tags are read right here with the
   * position in a local variable, which saves a fifth of the time.
   */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop with a dispatch table, see above
  term(): Term {
    const { data, view, end } = this;
    const holders: Container[] = [];
    const waiting: Term[][] = [];
    const nexts: number[] = [];
    let { pos } = this;
    let depth = 0;
    let places: Term[] = [NIL];
    let next = 0;
    let holder: Container = { kind: 'tuple', items: places };
    // Each term that is awaited takes a byte at least; so no count that is only claimed costs memory.
    let awaited = 1;
    for (;;) {
      if (pos >= end) this.failTruncated(1, pos);
      const tag = data[pos++] as number;
      let opened = NO_PLACES;
      switch (tag) {
        case 97:
          if (pos >= end) this.failTruncated(1, pos);
          places[next++] = data[pos++] as number;
          break;
        case 98:
          if (end - pos < 4) this.failTruncated(4, pos);
          places[next++] = view.getInt32(pos);
          pos += 4;
          break;
        case 100:
          if (end - pos < 2) this.failTruncated(2, pos);
          places[next++] = this.latin1Atom(pos + 2, view.getUint16(pos));
          pos = this.pos;
          break;
        case 119:
          if (pos >= end) this.failTruncated(1, pos);
          places[next++] = this.utf8Atom(pos + 1, data[pos] as number);
          pos = this.pos;
          break;
        case 104:
          if (pos >= end) this.failTruncated(1, pos);
          opened = newPlaces(data[pos++] as number);
          places[next++] = { kind: 'tuple', items: opened };
          break;
        case 106:
          places[next++] = NIL;
          break;
        case 108: {
          if (end - pos < 4) this.failTruncated(4, pos);
          const size = view.getUint32(pos);
          pos += 4;
          if (size === 0) continue; // nothing but a tail: that is the term, and comes next
          opened = newPlaces(this.checked(size, pos));
          places[next++] = { kind: 'list', items: opened, tail: NIL };
          break;
        }
        case 67:
        case 105:
        case 112:
        case 116:
          this.pos = pos;
          places[next++] = this.begin(tag);
          pos = this.pos;
          opened = this.opened;
          break;
        default:
          this.pos = pos;
          places[next++] = this.leaf(tag);
          pos = this.pos;
      }
      awaited--;
      if (opened !== NO_PLACES) {
        holders[depth] = holder;
        waiting[depth] = places;
        nexts[depth] = next;
        if (++depth > MAX_TERM_DEPTH) this.fail('limit', `nested more than ${MAX_TERM_DEPTH} deep`, pos);
        holder = places[next - 1] as Container;
        places = opened;
        next = 0;
        awaited += tag === 108 ? opened.length + 1 : opened.length;
        this.checkAwaited(awaited, opened.length, pos);
      }
      while (next === places.length) {
        if (depth === 0) {
          this.pos = pos;
          return places[0] as Term;
        }
        if (holder.kind === 'list' && data[pos] === 106 && holder.items === places) {
          pos++;
          awaited--;
        } else if (holder.kind !== 'tuple') {
          this.pos = pos;
          opened = this.finish(holder, places);
          pos = this.pos;
          if (opened !== NO_PLACES) {
            if (opened === places) awaited += places.length - next;
            else next = 0;
            places = opened;
            this.checkAwaited(awaited, 0, pos);
            break;
          }
        }
        depth--;
        holder = holders[depth] as Container;
        places = waiting[depth] as Term[];
        next = nexts[depth] as number;
      }
    }
  }

  /** Begins a container of the rarer tags: returns it and leaves its places in `opened`. */
  private begin(tag: number): Term {
    switch (tag) {
      case 67:
        return this.nativeRecord();
      case 112:
        return this.localFun();
      case 116:
        this.opened = newPlaces(this.checked(this.u32() * 2));
        return { kind: 'map', pairs: [] };
      default:
        this.opened = newPlaces(this.checked(this.u32(), this.pos, MAX_TUPLE_SIZE));
        return { kind: 'tuple', items: this.opened };
    }
  }

  /** Ends a container whose places are filled; returns the places for what is still to come of it. */
  private finish(holder: Container, places: Term[]): Term[] {
    switch (holder.kind) {
      case 'list':
        return this.finishList(holder, places);
      case 'map':
        for (let i = 0; i < places.length; i += 2) {
          (holder.pairs as (readonly [Term, Term])[]).push([places[i] as Term, places[i + 1] as Term]);
        }
        if (hasDuplicateKeys(holder.pairs)) this.fail('malformed', 'the same key twice in the map that ends here');
        return NO_PLACES;
      case 'record':
        (holder as Unfinished<NativeRecord>).fields = holder.fields.map(([name], i) => [name, places[i] as Term]);
        return NO_PLACES;
      default:
        return NO_PLACES;
    }
  }

  /** Goes on to the tail of a list; where that is a list as well, its items become more items of this one. */
  private finishList(list: Unfinished<List>, places: Term[]): Term[] {
    if (places !== list.items) {
      const tail = places[0] as Term;
      if (isList(tail)) for (const item of tail.items) (list.items as Term[]).push(item);
      else list.tail = tail;
      return NO_PLACES;
    }
    while (this.data[this.pos] === 108) {
      this.pos++;
      const size = this.checked(this.u32());
      for (let i = 0; i < size; i++) places.push(NIL);
      if (size > 0) return places;
    }
    return [NIL];
  }

  /** Reads what follows the tag of a term without terms in it. */
  private leaf(tag: number): Term {
    switch (tag) {
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
      case 99:
        return this.textFloat();
      case 101:
        return this.oldReference();
      case 102:
        return this.portFields(4, 1);
      case 103:
        return this.pidFields(1);
      case 107:
        return this.string();
      case 109:
        return binary(this.bytes(this.u32()));
      case 110:
        return this.big(this.u8());
      case 111:
        return this.big(this.u32());
      case 113:
        return this.exportFun();
      case 114:
        return this.newReference(1);
      case 115:
        return this.latin1Atom(this.pos + 1, this.u8());
      case 118:
        return this.utf8Atom(this.pos + 2, this.u16());
      case 120:
        return this.portFields(8, 4);
      default:
        return this.failTag(this.pos - 1);
    }
  }

  private string(): Term {
    const size = this.u16();
    if (size === 0) return NIL;
    this.need(size);
    this.spend(size, this.pos);
    const { data, pos } = this;
    const items: number[] = new Array(size);
    for (let i = 0; i < size; i++) items[i] = data[pos + i] as number;
    this.pos = pos + size;
    return { kind: 'list', items, tail: NIL };
  }

  private nativeRecord(): Term {
    const start = this.pos - 1;
    const size = this.checked(this.u32() * 2) / 2;
    const exported = this.u8();
    if (exported > 1) this.fail('malformed', `flag ${exported} of a native record`, this.pos - 1);
    const module = this.atom();
    const name = this.atom();
    const fields: (readonly [Atom, Term])[] = [];
    for (let i = 0; i < size; i++) fields.push([this.atom(), NIL]);
    if (hasDuplicateKeys(fields)) this.fail('malformed', 'the same field twice in a native record', start);
    this.opened = newPlaces(size);
    return { kind: 'record', module, name, exported: exported === 1, fields };
  }

  private localFun(): Term {
    this.u32(); // the size in bytes, which the runtime doesn't look at either
    const arity = this.u8();
    const uniq = this.bytes(16);
    const index = this.u32();
    const size = this.checked(this.u32());
    const module = this.atom();
    const oldIndex = this.number();
    const oldUniq = this.number();
    const pid = this.pid();
    const free = newPlaces(size);
    this.opened = free;
    return { kind: 'fun', module, arity, uniq, index, oldIndex, oldUniq, pid, free };
  }

  private latin1Atom(start: number, size: number): Atom {
    if (size > this.end - start) this.failTruncated(size, start);
    const found = latin1AtomAt(this.view, start, size);
    if (found === undefined) return this.fail('range', `atom of ${size} characters`, start);
    this.pos = start + size;
    return found;
  }

  private utf8Atom(start: number, size: number): Atom {
    if (size > this.end - start) this.failTruncated(size, start);
    const found = utf8AtomAt(this.view, start, size);
    if (found === undefined) return this.fail('malformed', 'atom is not UTF-8 or has over 255 characters', start);
    this.pos = start + size;
    return found;
  }

  /** Reads a term that must be an atom. */
  private atom(): Atom {
    switch (this.u8()) {
      case 100:
        return this.latin1Atom(this.pos + 2, this.u16());
      case 115:
        return this.latin1Atom(this.pos + 1, this.u8());
      case 118:
        return this.utf8Atom(this.pos + 2, this.u16());
      case 119:
        return this.utf8Atom(this.pos + 1, this.u8());
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
    const magnitude = size <= 6 ? smallMagnitude(bytes) : integer(bigMagnitude(bytes));
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
    return this.finite(textFloatValue(this.bytes(31)), start);
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

  /** Returns a claimed number of terms if the bytes left can hold as many. */
  private checked(size: number, pos = this.pos, most = MAX_TERM_ITEMS): number {
    if (size > this.end - pos) this.failCount(size, pos);
    if (size > most) this.fail('range', `${size} terms in one: the most is ${most}`, pos);
    return size;
  }

  private checkAwaited(awaited: number, opened: number, pos: number): void {
    if (awaited > this.end - pos) this.failCount(awaited, pos);
    this.spend(opened, pos);
  }

  private spend(terms: number, pos: number): void {
    this.budget -= terms;
    if (this.budget < 0) this.fail('limit', `more terms than the size of ${this.origin.what} justifies`, pos);
  }

  private failCount(size: number, pos: number): never {
    return this.fail('truncated', `${size} terms can't be in the ${this.end - pos} bytes left of ${this.origin.what}`, pos);
  }

  private failTruncated(size: number, pos = this.pos): never {
    return this.fail('truncated', `truncated ${this.origin.what}: need ${size} bytes, have ${Math.max(0, this.end - pos)}`, pos);
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

/** Returns places for `size` terms. The commonest sizes are written out: such an array is made at once, and without holes. */
function newPlaces(size: number): Term[] {
  switch (size) {
    case 0:
      return NO_PLACES;
    case 1:
      return [NIL];
    case 2:
      return [NIL, NIL];
    case 3:
      return [NIL, NIL, NIL];
    case 4:
      return [NIL, NIL, NIL, NIL];
    case 5:
      return [NIL, NIL, NIL, NIL, NIL];
    default:
      return new Array(size);
  }
}
