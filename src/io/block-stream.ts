// A cursor over bytes that arrive in steps of any size, such as those of a gzipped archive: what is asked for comes out whole, and what is
// passed over costs no memory.

import { ParseError } from '../errors.js';
import { MAX_ARCHIVE_BYTES } from '../limits.js';

/** A cursor over bytes that arrive in steps; throws ParseError `truncated`, and `limit` past {@link MAX_ARCHIVE_BYTES}. */
export class BlockStream {
  /** Bytes taken or skipped so far. */
  offset = 0;
  private readonly steps: AsyncIterator<Uint8Array>;
  private step: Uint8Array = new Uint8Array(0);
  private pos = 0;

  constructor(steps: AsyncIterable<Uint8Array>) {
    this.steps = steps[Symbol.asyncIterator]();
  }

  /** Returns a copy of the next `count` bytes. A large claim costs address space alone until the bytes arrive. */
  async take(count: number, what: string): Promise<Uint8Array> {
    const start = this.offset;
    const bytes = new Uint8Array(count);
    await this.advance(count, start, what, (part) => bytes.set(part, this.offset - part.length - start));
    return bytes;
  }

  /** Passes over the next `count` bytes. */
  async skip(count: number): Promise<void> {
    await this.advance(count, this.offset, 'tar member', () => {});
  }

  /** Gives the next `count` bytes in the steps in which they arrive. */
  async *parts(count: number, what: string): AsyncGenerator<Uint8Array, void, void> {
    const start = this.offset;
    for (let left = count; left > 0; ) {
      if (this.pos === this.step.length && !(await this.fill())) throw truncated(what, [count, left], start);
      const part = this.next(left);
      left -= part.length;
      yield part;
    }
  }

  /** Gives what follows, such as the blocks after the end mark of a tar; damage in the rest of a gzip file shows here. */
  async *rest(): AsyncGenerator<Uint8Array, void, void> {
    do {
      if (this.pos < this.step.length) yield this.next(this.step.length);
    } while (await this.fill());
  }

  private async advance(count: number, start: number, what: string, visit: (part: Uint8Array) => void): Promise<void> {
    for (let left = count; left > 0; ) {
      if (this.pos === this.step.length && !(await this.fill())) throw truncated(what, [count, left], start);
      const part = this.next(left);
      visit(part);
      left -= part.length;
    }
  }

  private next(most: number): Uint8Array {
    const part = this.step.subarray(this.pos, this.pos + most);
    this.pos += part.length;
    this.offset += part.length;
    if (this.offset <= MAX_ARCHIVE_BYTES) return part;
    throw new ParseError({ code: 'limit', reason: `archive of more than ${MAX_ARCHIVE_BYTES} bytes`, offset: MAX_ARCHIVE_BYTES });
  }

  private async fill(): Promise<boolean> {
    const next = await this.steps.next();
    this.step = next.done === true ? new Uint8Array(0) : next.value;
    this.pos = 0;
    return next.done !== true;
  }
}

function truncated(what: string, [count, left]: readonly [number, number], start: number): ParseError {
  return new ParseError({
    code: 'truncated',
    reason: `truncated ${what}: need ${count} bytes, have ${count - left}`,
    offset: start,
  });
}
