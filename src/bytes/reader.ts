// A cursor over big-endian bytes that knows where they came from, so that every complaint has a position in the file.
// No knowledge of Erlang.

import { ParseError, type ParseErrorCode, type Space } from '../errors.js';

/** Where the first byte of a {@link Reader} lies, for error positions. */
export interface Origin {
  /** Offset of byte 0 in `space`. */
  readonly base: number;
  readonly space: Space;
  /** What is being read, for messages such as `truncated Code chunk`. */
  readonly what: string;
  /** Name of the file, where it is known. */
  readonly file?: string | undefined;
}

/** Reads fixed-size big-endian values one after the other; throws ParseError `truncated` rather than read past the end. */
export class Reader {
  readonly data: Uint8Array;
  readonly end: number;
  readonly origin: Origin;
  /** 0-based index in `data` of the next byte. */
  pos: number;

  constructor(data: Uint8Array, origin: Origin, start = 0, end = data.length) {
    this.data = data;
    this.origin = origin;
    this.pos = start;
    this.end = end;
  }

  get left(): number {
    return this.end - this.pos;
  }

  /** Makes sure of `count` more bytes. */
  need(count: number): void {
    if (count > this.end - this.pos) this.failTruncated(count);
  }

  u8(): number {
    if (this.pos >= this.end) this.failTruncated(1);
    return this.data[this.pos++] as number;
  }

  u16(): number {
    this.need(2);
    const { data, pos } = this;
    this.pos = pos + 2;
    return ((data[pos] as number) << 8) | (data[pos + 1] as number);
  }

  u32(): number {
    return this.i32() >>> 0;
  }

  i32(): number {
    this.need(4);
    const { data, pos } = this;
    this.pos = pos + 4;
    return (
      ((data[pos] as number) << 24) |
      ((data[pos + 1] as number) << 16) |
      ((data[pos + 2] as number) << 8) |
      (data[pos + 3] as number)
    );
  }

  i64(): bigint {
    const high = this.i32();
    return (BigInt(high) << 32n) | BigInt(this.u32());
  }

  u64(): bigint {
    return BigInt.asUintN(64, this.i64());
  }

  f64(): number {
    this.need(8);
    const value = new DataView(this.data.buffer, this.data.byteOffset + this.pos, 8).getFloat64(0);
    this.pos += 8;
    return value;
  }

  /** Returns a view (not a copy) of the next `count` bytes. */
  bytes(count: number): Uint8Array {
    this.need(count);
    const view = this.data.subarray(this.pos, this.pos + count);
    this.pos += count;
    return view;
  }

  skip(count: number): void {
    this.need(count);
    this.pos += count;
  }

  /** Returns a reader of the next `count` bytes and moves past them. */
  part(count: number, what: string): Reader {
    this.need(count);
    const reader = new Reader(this.data, { ...this.origin, what }, this.pos, this.pos + count);
    this.pos += count;
    return reader;
  }

  /** Throws unless the claimed `count` of items of at least `itemSize` bytes can be in what is left. */
  checkCount(count: number, itemSize: number, items: string): void {
    if (count * itemSize > this.left) {
      this.fail('truncated', `${count} ${items} can't be in the ${this.left} bytes left of ${this.origin.what}`);
    }
  }

  /** Throws if bytes are left. */
  expectEnd(): void {
    if (this.left > 0) this.fail('malformed', `${this.left} bytes after the end of ${this.origin.what}`);
  }

  fail(code: ParseErrorCode, reason: string, pos = this.pos): never {
    const { base, space, file } = this.origin;
    throw new ParseError({ code, reason, offset: base + pos, space, file });
  }

  private failTruncated(count: number): never {
    this.fail('truncated', `truncated ${this.origin.what}: need ${count} bytes, have ${Math.max(0, this.left)}`);
  }
}
