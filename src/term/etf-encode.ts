// Encodes terms as the external term format: the mirror of etf-decode.ts. `term_to_binary` has choices that changed over the releases; the
// options name them, so that a term goes back to the very bytes it came from:
//   atoms           latin1: tag 100 where all characters fit, as up to OTP 25; utf8: tags 119 and 118, from 26 on and for literals
//   compressed      131, 80, u32 size, zlib; only where that is smaller
//   map order       that of the file, or term order (`deterministic`, as literals are written)
// Defined by erts/emulator/beam/external.c (enc_term) and the guide "External Term Format".

import { encodeLatin1, encodeUtf8 } from '../bytes/text.js';
import { Writer } from '../bytes/writer.js';
import { deflate } from '../bytes/zlib.js';
import { MAX_ATOM_CHARACTERS, MAX_DEPTH } from '../limits.js';
import type { Atom, Bitstring, List, LocalFun, MapTerm, NativeRecord, Pid, Port, Reference, Term } from './model.js';
import { sortedPairs } from './order.js';

/** The choices of `term_to_binary`. */
export interface EncodeTermOptions {
  /** `utf8` by default. */
  readonly atoms?: 'latin1' | 'utf8';
  /** Compress where that makes it smaller; not by default. */
  readonly compressed?: boolean;
  /** Order of the pairs of maps: `file` (as they stand in the term) by default. */
  readonly mapOrder?: 'file' | 'deterministic';
}

/** Encodes a term, 131 first; throws RangeError for one that has no encoding (a float that isn't finite, nesting past the limit). */
export function encodeTerm(term: Term, options: EncodeTermOptions = {}): Uint8Array {
  const writer = new Writer(256).u8(131);
  new Encoder(writer, options).term(term);
  const plain = writer.finish();
  return options.compressed === true ? compress(plain) : plain;
}

function compress(plain: Uint8Array): Uint8Array {
  const body = deflate(plain.subarray(1));
  if (body.length + 5 >= plain.length - 1) return plain;
  return new Writer(body.length + 6)
    .u8(131)
    .u8(80)
    .u32(plain.length - 1)
    .bytes(body)
    .finish();
}

const INT32_MIN = -0x8000_0000;
const INT32_MAX = 0x7fff_ffff;
const LONGEST_STRING = 0xffff;

/** Writes terms; `depth` guards the stack. */
class Encoder {
  private readonly out: Writer;
  private readonly options: EncodeTermOptions;
  private depth = 0;

  constructor(out: Writer, options: EncodeTermOptions) {
    this.out = out;
    this.options = options;
  }

  /** One case for each kind of term. */
  term(term: Term): void {
    if (typeof term === 'number') return this.integer(term);
    if (typeof term === 'bigint') return this.big(term);
    switch (term.kind) {
      case 'atom':
        return this.atom(term);
      case 'float':
        return this.float(term.value);
      case 'nil':
        this.out.u8(106);
        return;
      case 'tuple':
        if (term.items.length < 256) this.out.u8(104).u8(term.items.length);
        else this.out.u8(105).u32(term.items.length);
        return this.items(term.items);
      case 'list':
        return this.list(term);
      case 'bitstring':
        return this.bitstring(term);
      case 'map':
        return this.map(term);
      case 'pid':
        return this.pid(term);
      case 'port':
        return this.port(term);
      case 'reference':
        return this.reference(term);
      case 'export':
        this.out.u8(113);
        return this.items([term.module, term.name, term.arity]);
      case 'fun':
        return this.localFun(term);
      case 'record':
        return this.record(term);
    }
  }

  private items(items: readonly Term[]): void {
    if (++this.depth > MAX_DEPTH) throw new RangeError(`a term nested more than ${MAX_DEPTH} deep`);
    for (const item of items) this.term(item);
    this.depth--;
  }

  private integer(value: number): void {
    if (value >= 0 && value < 256) this.out.u8(97).u8(value);
    else if (value >= INT32_MIN && value <= INT32_MAX) this.out.u8(98).i32(value);
    else this.big(BigInt(value));
  }

  private big(value: bigint): void {
    const magnitude = value < 0n ? -value : value;
    const digits = magnitude.toString(16);
    const bytes = new Uint8Array((digits.length + 1) >> 1);
    for (let at = 0; at < bytes.length; at++) {
      const end = digits.length - at * 2;
      bytes[at] = Number.parseInt(digits.slice(Math.max(0, end - 2), end), 16);
    }
    if (bytes.length < 256) this.out.u8(110).u8(bytes.length);
    else this.out.u8(111).u32(bytes.length);
    this.out.u8(value < 0n ? 1 : 0).bytes(bytes);
  }

  private float(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not a float of Erlang`);
    this.out.u8(70).f64(value);
  }

  private atom({ name }: Atom): void {
    const latin1 = this.options.atoms === 'latin1' ? encodeLatin1(name) : undefined;
    if (latin1 !== undefined && latin1.length <= MAX_ATOM_CHARACTERS) {
      this.out.u8(100).u16(latin1.length).bytes(latin1);
      return;
    }
    const utf8 = encodeUtf8(name);
    if (utf8.length < 256) this.out.u8(119).u8(utf8.length).bytes(utf8);
    else this.out.u8(118).u16(utf8.length).bytes(utf8);
  }

  private list(list: List): void {
    const { items, tail } = list;
    const proper = typeof tail === 'object' && tail.kind === 'nil';
    if (proper && items.length <= LONGEST_STRING && items.every(isByte)) {
      this.out.u8(107).u16(items.length).bytes(items as readonly number[]);
      return;
    }
    this.out.u8(108).u32(items.length);
    this.items(items);
    this.items([tail]);
  }

  private bitstring({ bytes, bits }: Bitstring): void {
    if (bits === 8) this.out.u8(109).u32(bytes.length).bytes(bytes);
    else this.out.u8(77).u32(bytes.length).u8(bits).bytes(bytes);
  }

  private map(map: MapTerm): void {
    const pairs = this.options.mapOrder === 'deterministic' ? sortedPairs(map) : map.pairs;
    this.out.u8(116).u32(pairs.length);
    for (const pair of pairs) this.items(pair);
  }

  private pid(pid: Pid): void {
    this.out.u8(88);
    this.atom(pid.node);
    this.out.u32(pid.id).u32(pid.serial).u32(pid.creation);
  }

  private port(port: Port): void {
    const wide = port.id > 0x0fff_ffffn;
    this.out.u8(wide ? 120 : 89);
    this.atom(port.node);
    if (wide) this.out.i64(BigInt.asIntN(64, port.id));
    else this.out.u32(Number(port.id));
    this.out.u32(port.creation);
  }

  private reference(reference: Reference): void {
    this.out.u8(90).u16(reference.ids.length);
    this.atom(reference.node);
    this.out.u32(reference.creation);
    for (const id of reference.ids) this.out.u32(id);
  }

  private localFun(fun: LocalFun): void {
    const start = this.out.length;
    this.out.u8(112).u32(0).u8(fun.arity).bytes(fun.uniq).u32(fun.index).u32(fun.free.length);
    this.items([fun.module, fun.oldIndex, fun.oldUniq, fun.pid, ...fun.free]);
    this.out.patchU32(start + 1, this.out.length - start - 1);
  }

  private record(record: NativeRecord): void {
    this.out.u8(67).u32(record.fields.length).u8(record.exported ? 1 : 0);
    this.items([record.module, record.name]);
    for (const [name] of record.fields) this.atom(name);
    this.items(record.fields.map(([, value]) => value));
  }
}

function isByte(term: Term): boolean {
  return typeof term === 'number' && term >= 0 && term < 256;
}
