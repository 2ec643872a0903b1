// A cursor over text that knows the line and column of where it stands, as Erlang counts them: both from 1, a column for each code
// point, and a new line after each "\n" (a "\r" is a column like any other).

import { ParseError, type ParseErrorCode } from '../errors.js';

/** A place in a text. */
export interface Place {
  /** 0-based index of the UTF-16 unit. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in code points. */
  readonly column: number;
}

/** The code of "no more characters". */
export const END = -1;

/** Reads one code point after the other, and reports faults at a {@link Place}. */
export class TextCursor {
  readonly text: string;
  readonly file: string | undefined;
  /** 0-based index of the UTF-16 unit that is next. */
  pos = 0;
  private line = 1;
  /** What to take from `pos` to get the column: moves at the end of a line, and by one where a code point has two units. */
  private columnZero = -1;

  constructor(text: string, file: string | undefined) {
    this.text = text;
    this.file = file;
  }

  /** Returns the UTF-16 unit at `pos + ahead`, or {@link END}. */
  unit(ahead = 0): number {
    const at = this.pos + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : END;
  }

  /** Returns the code point at `pos` without moving, or {@link END}. */
  peek(): number {
    return this.text.codePointAt(this.pos) ?? END;
  }

  /** Returns the code point at `pos` and moves past it; {@link END} stays where it is. */
  next(): number {
    const character = this.peek();
    if (character === END) return END;
    this.pos++;
    if (character > 0xffff) {
      this.pos++;
      this.columnZero++;
    } else if (character === 0x0a) {
      this.line++;
      this.columnZero = this.pos - 1;
    }
    return character;
  }

  /** Moves to a later index; between here and there are only characters of one unit, and no end of a line. */
  skipTo(pos: number): void {
    this.pos = pos;
  }

  place(): Place {
    return { offset: this.pos, line: this.line, column: this.pos - this.columnZero };
  }

  fail(code: ParseErrorCode, reason: string, place: Place = this.place()): never {
    throw new ParseError({ code, reason, space: 'text', file: this.file, ...place });
  }
}
