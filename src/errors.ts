// The one error funnel: everything that can be wrong with an input is a ParseError, and everything that a caller asked for and
// can't have is a BeamtoolError. A ParseError is data with a position, so that tests and tools match on `code` and `offset`, never
// on prose:
//   lists.beam: truncated Code chunk: need 4 bytes, have 2 (file offset 0x2b3; Code > function 12 > operand 2)

/** What kind of fault a {@link ParseError} reports. A closed list: adding a member is an API change. */
export type ParseErrorCode =
  /** The input ends before what it declares. */
  | 'truncated'
  /** The input isn't what its place requires: wrong magic, tag, version or shape. */
  | 'malformed'
  /** A count, index, size or value lies outside what its table or the format allows. */
  | 'range'
  /** The input asks for more memory, depth or time than {@link file://./limits.ts} allows. */
  | 'limit'
  /** Legal, but not something that this version reads (an obsolete tag, a foreign debug_info backend). */
  | 'unsupported'
  /** Encrypted debug info, and no key or a wrong one. */
  | 'encrypted'
  /** A chunk or file that the caller needs is not there. */
  | 'missing'
  /** The system won't give the bytes: no permission, not a regular file, a loop of links, a device error. */
  | 'unreadable';

/** Where the bytes that an offset counts live: in the file itself, or in what inflating a part of it gave. */
export type Space = 'file' | `inflated ${string}` | 'text' | 'term';

/** The fields of a {@link ParseError}. */
export interface ParseErrorInit {
  readonly code: ParseErrorCode;
  /** One phrase without position, such as `truncated Code chunk: need 4 bytes, have 2`. */
  readonly reason: string;
  /** 0-based byte offset in `space`; absent where the fault has no place. */
  readonly offset?: number | undefined;
  readonly space?: Space | undefined;
  /** From the outside in: `['Code', 'function 12', 'operand 2']`. */
  readonly path?: readonly string[] | undefined;
  readonly file?: string | undefined;
  /** 1-based, for text input only. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Reports a fault of an input, with its file, offset and path as far as they are known. */
export class ParseError extends Error {
  readonly code: ParseErrorCode;
  readonly reason: string;
  readonly offset: number | undefined;
  readonly space: Space;
  readonly path: readonly string[];
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(init: ParseErrorInit) {
    super(describe(init));
    this.name = 'ParseError';
    this.code = init.code;
    this.reason = init.reason;
    this.offset = init.offset;
    this.space = init.space ?? 'file';
    this.path = init.path ?? [];
    this.file = init.file;
    this.line = init.line;
    this.column = init.column;
  }

  /** Returns the same fault as seen from one level further out: `segment` goes to the front of the path. */
  inside(segment: string): ParseError {
    return new ParseError({ ...this.init(), path: [segment, ...this.path] });
  }

  /** Returns the same fault with its file named; a file that is already known stays. */
  inFile(file: string | undefined): ParseError {
    return this.file === undefined && file !== undefined ? new ParseError({ ...this.init(), file }) : this;
  }

  private init(): ParseErrorInit {
    const { code, reason, offset, space, path, file, line, column } = this;
    return { code, reason, offset, space, path, file, line, column };
  }
}

function describe(init: ParseErrorInit): string {
  const places: string[] = [];
  if (init.line !== undefined) places.push(`line ${init.line}, column ${init.column ?? 1}`);
  else if (init.offset !== undefined) places.push(`${init.space ?? 'file'} offset 0x${init.offset.toString(16)}`);
  if (init.path !== undefined && init.path.length > 0) places.push(init.path.join(' > '));
  const where = places.length > 0 ? ` (${places.join('; ')})` : '';
  return `${init.file === undefined ? '' : `${init.file}: `}${init.reason}${where}`;
}

/**
 * Runs `read` and adds `segment` to the path of a ParseError that it throws. A stack overflow becomes a ParseError too: only
 * hostile nesting gets that far. Anything else is our own fault and passes through.
 */
export function within<T>(segment: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw asParseError(error, segment);
  }
}

/** Turns a caught value into what should be thrown on: see {@link within}. */
export function asParseError(error: unknown, segment?: string): unknown {
  if (error instanceof ParseError) return segment === undefined ? error : error.inside(segment);
  if (isStackOverflow(error)) {
    return new ParseError({ code: 'limit', reason: 'nested too deeply', path: segment === undefined ? [] : [segment] });
  }
  return error;
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}

/** Reports a request that can't be carried out, for a reason that is not in any input's bytes: a usage or configuration error. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
