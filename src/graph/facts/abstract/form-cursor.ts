// A cursor over the encoded forms of a module that skips what isn't asked for, without making terms:
//
//   node         104 size, atom tag, annotation, ...     {call, Anno, Callee, Args}
//   list         108 u32 count, items, 106   or 106
//   annotation   Line | {Line, Column} | [{location, Line | {Line, Column}}, {generated, true}, ...]
//
// What it doesn't know it leaves to TermCursor, so that it refuses what that refuses. The tags are those of the external term format.

import type { Origin } from '../../../bytes/reader.js';
import { ParseError, type ParseErrorCode } from '../../../errors.js';
import { latin1AtomAt, utf8AtomAt } from '../../../term/atom-cache.js';
import { TermCursor } from '../../../term/etf-cursor.js';
import type { Term } from '../../../term/model.js';
import { nodeKindAt, OTHER } from './node-kinds.js';

/** Goes over encoded nodes; throws ParseError. */
export class FormCursor {
  /** Of the next byte. */
  pos: number;
  /** Kind of the node that {@link enterNode} entered last. */
  kind = OTHER;
  /** The place that {@link readPlace} read last, as the annotation has it; 0 where it has none. */
  line = 0;
  column = 0;
  protected readonly data: Uint8Array;
  private readonly view: DataView;
  private readonly end: number;
  private readonly origin: Origin;

  constructor(data: Uint8Array, origin: Origin, start: number) {
    // A subclass such as Node's Buffer would make each access below polymorphic.
    this.data = data.constructor === Uint8Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.length);
    this.view = new DataView(data.buffer, data.byteOffset, data.length);
    this.end = data.length;
    this.origin = origin;
    this.pos = start;
  }

  /** Moves past terms, in a loop whatever their depth. A dispatch table; its labels are literal numbers for the engine's sake. */
  skip(terms = 1): void {
    const { data } = this;
    let { pos } = this;
    for (let left = terms; left > 0; left--) {
      switch (data[pos++]) {
        case 70:
          pos += 8;
          break;
        case 97:
          pos += 1;
          break;
        case 98:
          pos += 4;
          break;
        case 100:
        case 107:
          pos += 2 + (((data[pos] as number) << 8) | (data[pos + 1] as number));
          break;
        case 104:
          left += data[pos++] as number;
          break;
        case 106:
          break;
        case 108:
          left += 1 + this.u32(pos);
          pos += 4;
          break;
        case 109:
          pos += 4 + this.u32(pos);
          break;
        case 110:
          pos += 2 + (data[pos] as number);
          break;
        case 111:
          pos += 5 + this.u32(pos);
          break;
        case 119:
          pos += 1 + (data[pos] as number);
          break;
        default:
          pos = this.endOf(pos - 1);
      }
    }
    if (!(pos <= this.end)) this.failTruncated();
    this.pos = pos;
  }

  /** Moves past a leaf whose tag has been read, of that many parts. */
  skipLeaf(parts: number): void {
    this.skipAnno();
    const { data, pos } = this;
    if (parts !== 2) this.skip(parts - 1);
    else if (data[pos] === 100) {
      this.pos = pos + 3 + (((data[pos + 1] as number) << 8) | (data[pos + 2] as number));
    } else if (data[pos] === 119 || data[pos] === 97) this.pos = pos + 2 + (data[pos] === 119 ? (data[pos + 1] as number) : 0);
    else this.skip();
    if (!(this.pos <= this.end)) this.failTruncated();
  }

  /** Moves past an annotation, nearly always `{Line, Column}` in small integers. */
  skipAnno(): void {
    const { data, pos } = this;
    if (data[pos] !== 104 || data[pos + 1] !== 2) {
      this.skip();
      return;
    }
    const column = pos + 2 + integerSize(data[pos + 2]);
    const end = column + integerSize(data[column]);
    if (column === pos + 2 || end === column || end > this.end) this.skip();
    else this.pos = end;
  }

  /**
   * Enters a node, a tuple that begins with an atom: moves past that atom, sets `kind` and returns the size of the tuple. Returns 0 and
   * doesn't move where there is no such tuple.
   */
  enterNode(): number {
    const { data, pos } = this;
    this.kind = OTHER;
    const size = data[pos + 1];
    if (data[pos] !== 104 || size === 0 || size === undefined) return 0;
    const tag = data[pos + 2];
    const long = tag === 100 || tag === 118;
    if (!long && tag !== 119 && tag !== 115) return 0;
    const start = pos + (long ? 5 : 4);
    const length = long ? ((data[pos + 3] as number) << 8) | (data[pos + 4] as number) : (data[pos + 3] as number);
    // Two bytes at least follow a tag, but in what is no node; so that four can be read where a tag has two.
    if (!(start + length + 2 <= this.end)) return this.enterLast(pos);
    this.kind = nodeKindAt(this.view, start, length);
    this.pos = start + length;
    return size;
  }

  /** Enters a tuple whose first atom ends the data, which makes it none that is known. */
  private enterLast(pos: number): number {
    this.pos = pos + 2;
    this.skip();
    return this.data[pos + 1] as number;
  }

  /** Enters a pair of any terms; returns false and doesn't move where there is none. */
  enterPair(): boolean {
    const { data, pos } = this;
    if (data[pos] !== 104 || data[pos + 1] !== 2) return false;
    this.pos = pos + 2;
    return true;
  }

  /** Returns the kind of the node that comes next, without moving. */
  nextKind(): number {
    const { pos } = this;
    this.enterNode();
    this.pos = pos;
    return this.kind;
  }

  /** Reads an atom; returns undefined and doesn't move where there is none. */
  atom(): string | undefined {
    const { data, pos } = this;
    const tag = data[pos];
    const long = tag === 100 || tag === 118;
    if (!long && tag !== 119 && tag !== 115) return undefined;
    const start = pos + (long ? 3 : 2);
    const length = long ? this.u16(pos + 1) : (data[pos + 1] as number);
    if (!(start + length <= this.end)) this.failTruncated();
    const found = tag === 100 || tag === 115 ? latin1AtomAt(this.view, start, length) : utf8AtomAt(this.view, start, length);
    if (found === undefined) return this.fail('malformed', 'atom is not UTF-8 or has over 255 characters', start);
    this.pos = start + length;
    return found.name;
  }

  /** Reads a node `{Kind, Anno, Atom}` and returns the atom; returns undefined and doesn't move where there is none. */
  atomOf(kind: number): string | undefined {
    return this.enterAtomOf(kind) ? this.atom() : undefined;
  }

  /** Tells whether the atoms at two positions are the same; an encoder writes the same atom always alike. */
  sameAtom(left: number, right: number): boolean {
    const { data } = this;
    const long = data[left] === 100 || data[left] === 118;
    const size = long ? 3 + this.u16(left + 1) : 2 + (data[left + 1] as number);
    for (let at = 0; at < size; at++) if (data[left + at] !== data[right + at]) return false;
    return true;
  }

  /** Tells whether the atom at a position is the one of that name. */
  isAtom(at: number, name: string): boolean {
    const { pos } = this;
    this.pos = at;
    const found = this.atom();
    this.pos = pos;
    return found === name;
  }

  /** Enters a node `{Kind, Anno, Atom}` up to the atom; returns false and doesn't move where there is none. */
  enterAtomOf(kind: number): boolean {
    const { pos } = this;
    if (this.enterNode() === 3 && this.kind === kind) {
      this.skipAnno();
      if (this.atAtom) return true;
    }
    this.pos = pos;
    return false;
  }

  private get atAtom(): boolean {
    const tag = this.data[this.pos];
    return tag === 100 || tag === 118 || tag === 119 || tag === 115;
  }

  /** Reads an integer that fits in 32 bits; returns undefined and doesn't move where there is none. */
  integer(): number | undefined {
    const { data, pos } = this;
    const size = integerSize(data[pos]);
    if (size === 0) return undefined;
    if (pos + size > this.end) this.failTruncated();
    this.pos = pos + size;
    return size === 2 ? data[pos + 1] : this.view.getInt32(pos + 1);
  }

  /**
   * Enters a list and returns the number of its items; {@link leaveList} must follow these. What is no list of nodes, such as a string
   * or an atom, is moved past, as if it were empty.
   */
  enterList(): number {
    const { data, pos } = this;
    if (data[pos] === 106) {
      this.pos = pos + 1;
      return 0;
    }
    if (data[pos] !== 108) {
      this.skip();
      return 0;
    }
    const count = this.u32(pos + 1);
    if (count > this.end - pos - 5) this.failTruncated();
    this.pos = pos + 5;
    // An empty list with a tail is nothing that an encoder writes.
    if (count === 0) this.skip();
    return count;
  }

  /** Moves past the tail of a list of that many items. */
  leaveList(count: number): void {
    if (count === 0) return;
    if (this.data[this.pos] === 106) this.pos++;
    else this.skip();
  }

  /** Reads the line and column of the annotation at a position, without moving. */
  readPlace(at: number): void {
    const { data, pos } = this;
    this.pos = at;
    this.line = 0;
    this.column = 0;
    if (data[at] === 104 && data[at + 1] === 2) {
      this.pos = at + 2;
      this.line = this.integer() ?? 0;
      this.column = this.integer() ?? 0;
    } else if (data[at] === 108) this.readLocation();
    else this.line = this.integer() ?? 0;
    this.pos = pos;
  }

  private readLocation(): void {
    const count = this.enterList();
    for (let item = 0; item < count; item++) {
      const start = this.pos;
      if (this.enterPair() && this.atom() === 'location') {
        this.readPlace(this.pos);
        return;
      }
      this.pos = start;
      this.skip();
    }
  }

  /** Enters any tuple of at most 255 elements and returns their number; returns 0 and doesn't move where there is none. */
  enterTuple(): number {
    const { data, pos } = this;
    if (data[pos] !== 104) return 0;
    this.pos = pos + 2;
    return data[pos + 1] ?? this.failTruncated();
  }

  /** Tells whether a list with items comes next. */
  get atList(): boolean {
    return this.data[this.pos] === 108;
  }

  /** Moves past a term and returns its bytes, a view. */
  takeBytes(): Uint8Array {
    const { pos } = this;
    this.skip();
    return this.data.subarray(pos, this.pos);
  }

  /** Returns the term at a position, without moving. */
  termAt(at: number): Term {
    return this.readTerm(at).term;
  }

  private readTerm(at: number): { readonly term: Term; readonly end: number } {
    const cursor = new TermCursor(this.data, this.origin, at);
    return { term: cursor.term(), end: cursor.pos };
  }

  private endOf(at: number): number {
    if (!(at < this.end)) this.failTruncated();
    return this.readTerm(at).end;
  }

  private u16(at: number): number {
    if (at + 2 > this.end) this.failTruncated();
    return this.view.getUint16(at);
  }

  private u32(at: number): number {
    if (at + 4 > this.end) this.failTruncated();
    return this.view.getUint32(at);
  }

  private failTruncated(): never {
    return this.fail('truncated', `truncated ${this.origin.what}`, this.end);
  }

  fail(code: ParseErrorCode, reason: string, at = this.pos): never {
    const { base, space, file } = this.origin;
    throw new ParseError({ code, reason, offset: base + at, space, file });
  }
}

/** Returns the bytes of a small integer by its tag; 0 for any other term. */
function integerSize(tag: number | undefined): number {
  return tag === 97 ? 2 : tag === 98 ? 5 : 0;
}
