// A cursor that comes by every node of encoded forms, whatever it stands in. Since the encoding has what contains before what is contained,
// that takes neither recursion nor a stack: one looks at each byte that begins a term, up to the end of the form.

import type { Origin } from '../../../bytes/reader.js';
import { MAX_REREAD_RATIO, REREAD_ALLOWANCE } from '../../../limits.js';
import { FormCursor } from '../abstract/form-cursor.js';
import * as kinds from '../abstract/node-kinds.js';

const TUPLE_TAG = 104;
const LIST_TAG = 108;

/** Goes over all nodes; throws ParseError. */
export class NodeCursor extends FormCursor {
  /** What `file` attributes add to the lines of annotations. */
  lineOffset = 0;
  /** Whether the forms stand in an included file, whose lines aren't those of the module's source. */
  included = false;
  private readonly rereadLimit: number;
  private rereadBytes = 0;

  constructor(data: Uint8Array, origin: Origin, start: number) {
    super(data, origin, start);
    this.rereadLimit = REREAD_ALLOWANCE + data.length * MAX_REREAD_RATIO;
  }

  /**
   * Moves past the terms that come next and calls `visit` at each node in them, with its size and the position of its annotation; the
   * cursor stands after the annotation then, and `kind` is set. `visit` may move it.
   */
  eachNode(terms: number, visit: (size: number, anno: number) => void): void {
    const start = this.pos;
    this.skip(terms);
    const end = this.pos;
    this.pos = start;
    while (this.pos < end) {
      const size = this.enterNode();
      if (size === 0) this.enterOther();
      else if (size > 2 && this.kind !== kinds.OTHER) this.visitNode(size, visit);
    }
    this.pos = end;
  }

  private visitNode(size: number, visit: (size: number, anno: number) => void): void {
    if (this.kind <= kinds.LAST_LEAF && this.kind !== kinds.RECORD_INDEX) {
      this.skipLeaf(size - 1);
      return;
    }
    const anno = this.pos;
    this.skipAnno();
    const inside = this.pos;
    visit(size, anno);
    this.pos = inside;
  }

  /** Enters a list, or a tuple that is no node, and moves past anything else. */
  private enterOther(): void {
    const tag = this.data[this.pos];
    if (tag === TUPLE_TAG) this.pos += 2;
    else if (tag === LIST_TAG) this.pos += 5;
    else this.skip();
  }

  /** Moves past terms that will be read once more; throws ParseError `limit` where these are out of all proportion. */
  peekPast(terms = 1): void {
    const start = this.pos;
    this.skip(terms);
    this.rereadBytes += this.pos - start;
    if (this.rereadBytes > this.rereadLimit) this.fail('limit', 'expressions that nest without end');
  }

  /** Returns how many items a node that is a list has, and moves into it; null where that is only known at run time. */
  listLength(): number | null {
    for (let length = 0; ; length++) {
      const size = this.enterNode();
      if (size === 0 || (this.kind !== kinds.CONS && this.kind !== kinds.NIL)) return null;
      if (this.kind === kinds.NIL) return length;
      this.skipAnno();
      this.peekPast();
    }
  }

  /** Sets `line` and `column` to the place in the source that an annotation names; line 0 is none. */
  readSite(anno: number): void {
    this.readPlace(anno);
    this.line = this.included ? 0 : Math.max(0, this.line + this.lineOffset);
  }
}
