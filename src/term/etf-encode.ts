// Encodes terms as the external term format: the mirror of etf-decode.ts. `term_to_binary` has choices that changed over the releases; the
// options name them, so that a term goes back to the very bytes it came from:
//   atoms           latin1: tag 100 where all characters fit, as up to OTP 25; utf8: tags 119 and 118, from 26 on and for literals
//   ports           tag 89 where 28 bits are enough, as up to OTP 25; tag 120 always, from 26 on
//   compressed      131, 80, u32 size, zlib; only where that is no larger
//   map order       that of the file, or term order (`deterministic`, as literals are written)
// Defined by erts/emulator/beam/external.c (enc_term) and the guide "External Term Format".

import { encodeLatin1, encodeUtf8 } from '../bytes/text.js';
import { Writer } from '../bytes/writer.js';
import { deflate } from '../bytes/zlib.js';
import { MAX_ATOM_CHARACTERS } from '../limits.js';
import { magnitudeBytes } from './etf-values.js';
import type { Atom, Bitstring, List, LocalFun, MapTerm, NativeRecord, Pid, Port, Reference, Term } from './model.js';
import { sortedPairs } from './order.js';

/** The choices of `term_to_binary`. */
export interface EncodeTermOptions {
  /** `utf8` by default. */
  readonly atoms?: 'latin1' | 'utf8';
  /** Ports whose number has at most 28 bits: `narrow` up to OTP 25, `wide` from 26 on. By default what goes with the atoms. */
  readonly ports?: 'narrow' | 'wide';
  /** Compress where that makes it no larger; not by default. */
  readonly compressed?: boolean;
  /** Order of the pairs of maps: `file` (as they stand in the term) by default. */
  readonly mapOrder?: 'file' | 'deterministic';
}

/** Encodes a term, 131 first; throws RangeError for what has no encoding: a float that isn't finite, an atom that is too long. */
export function encodeTerm(term: Term, options: EncodeTermOptions = {}): Uint8Array {
  const plain = new Encoder(options).run(term);
  return options.compressed === true ? compress(plain) : plain;
}

function compress(plain: Uint8Array): Uint8Array {
  const body = deflate(plain.subarray(1));
  if (body.length + 6 > plain.length) return plain;
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
const LARGEST_NARROW_PORT = 0x0fff_ffffn;

/** What is done when all terms above it on the stack are written: the size of a fun, which stands before them, is filled in. */
interface FunEnd {
  readonly kind: 'fun end';
  readonly start: number;
}

/** Writes terms. What is still to be written waits on a stack of its own, the next on top, so that depth costs no call stack. */
class Encoder {
  private readonly out = new Writer(256);
  private readonly waiting: (Term | FunEnd)[] = [];
  private readonly options: EncodeTermOptions;

  constructor(options: EncodeTermOptions) {
    this.options = options;
  }

  run(root: Term): Uint8Array {
    const { out, waiting } = this;
    out.u8(131);
    waiting.push(root);
    for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) this.one(term);
    return out.finish();
  }

  /** Writes a term but for the terms in it, which go on the stack; a dispatch table. */
  private one(term: Term | FunEnd): void {
    if (typeof term === 'number') {
      this.integer(term);
      return;
    }
    if (typeof term === 'bigint') {
      this.big(term);
      return;
    }
    switch (term.kind) {
      case 'atom':
        this.atom(term);
        break;
      case 'float':
        this.float(term.value);
        break;
      case 'nil':
        this.out.u8(106);
        break;
      case 'tuple':
        if (term.items.length < 256) this.out.u8(104).u8(term.items.length);
        else this.out.u8(105).u32(term.items.length);
        this.later(term.items);
        break;
      case 'list':
        this.list(term);
        break;
      case 'bitstring':
        this.bitstring(term);
        break;
      case 'map':
        this.map(term);
        break;
      case 'pid':
        this.pid(term);
        break;
      case 'port':
        this.port(term);
        break;
      case 'reference':
        this.reference(term);
        break;
      case 'export':
        this.out.u8(113);
        this.later([term.module, term.name, term.arity]);
        break;
      case 'fun':
        this.localFun(term);
        break;
      case 'fun end':
        this.out.patchU32(term.start + 1, this.out.length - term.start - 1);
        break;
      case 'record':
        this.record(term);
    }
  }

  /** Puts `items` on the stack so that the first comes next. */
  private later(items: readonly Term[]): void {
    for (let i = items.length - 1; i >= 0; i--) this.waiting.push(items[i] as Term);
  }

  private integer(value: number): void {
    if (value >= 0 && value < 256) this.out.u8(97).u8(value);
    else if (value >= INT32_MIN && value <= INT32_MAX) this.out.u8(98).i32(value);
    else this.big(BigInt(value));
  }

  private big(value: bigint): void {
    const bytes = magnitudeBytes(value < 0n ? -value : value);
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
    if (utf8.length > MAX_ATOM_CHARACTERS * 4) throw new RangeError(`atom of more than ${MAX_ATOM_CHARACTERS} characters`);
    if (utf8.length < 256) this.out.u8(119).u8(utf8.length).bytes(utf8);
    else this.out.u8(118).u16(utf8.length).bytes(utf8);
  }

  private list({ items, tail }: List): void {
    const proper = typeof tail === 'object' && tail.kind === 'nil';
    if (proper && items.length <= LONGEST_STRING && items.every(isByte)) {
      this.out
        .u8(107)
        .u16(items.length)
        .bytes(items as readonly number[]);
      return;
    }
    this.out.u8(108).u32(items.length);
    this.waiting.push(tail);
    this.later(items);
  }

  private bitstring({ bytes, bits }: Bitstring): void {
    if (bits === 8) this.out.u8(109).u32(bytes.length).bytes(bytes);
    else this.out.u8(77).u32(bytes.length).u8(bits).bytes(bytes);
  }

  private map(map: MapTerm): void {
    const pairs = this.options.mapOrder === 'deterministic' ? sortedPairs(map) : map.pairs;
    this.out.u8(116).u32(pairs.length);
    this.later(pairs.flat());
  }

  private pid(pid: Pid): void {
    this.out.u8(88);
    this.atom(pid.node);
    this.out.u32(pid.id).u32(pid.serial).u32(pid.creation);
  }

  private port(port: Port): void {
    const { atoms, ports = atoms === 'latin1' ? 'narrow' : 'wide' } = this.options;
    const narrow = ports === 'narrow' && port.id <= LARGEST_NARROW_PORT;
    this.out.u8(narrow ? 89 : 120);
    this.atom(port.node);
    if (narrow) this.out.u32(Number(port.id));
    else this.out.i64(BigInt.asIntN(64, port.id));
    this.out.u32(port.creation);
  }

  private reference(reference: Reference): void {
    this.out.u8(90).u16(reference.ids.length);
    this.atom(reference.node);
    this.out.u32(reference.creation);
    for (const id of reference.ids) this.out.u32(id);
  }

  private localFun(fun: LocalFun): void {
    this.waiting.push({ kind: 'fun end', start: this.out.length });
    this.out.u8(112).u32(0).u8(fun.arity).bytes(fun.uniq).u32(fun.index).u32(fun.free.length);
    this.later([fun.module, fun.oldIndex, fun.oldUniq, fun.pid, ...fun.free]);
  }

  private record(record: NativeRecord): void {
    this.out
      .u8(67)
      .u32(record.fields.length)
      .u8(record.exported ? 1 : 0);
    this.later(record.fields.map(([, value]) => value));
    this.later([record.module, record.name, ...record.fields.map(([name]) => name)]);
  }
}

function isByte(term: Term): boolean {
  return typeof term === 'number' && term >= 0 && term < 256;
}
