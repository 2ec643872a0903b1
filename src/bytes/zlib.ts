// Inflate and deflate, capped and complete. The only importer of zlib libraries: node:zlib inflates where it exists (3-4 times
// faster), pako elsewhere; pako deflates, since `legacyHash` at level 6 gives the very bytes of the zlib inside OTP.
// Both libraries ignore bytes after the end of the stream, so those are detected here.

import { Deflate, deflate as deflateWhole, Inflate } from 'pako';
import { ParseError, type Space } from '../errors.js';
import { INFLATE_ALLOWANCE, MAX_INFLATE_RATIO, MAX_INFLATED_BYTES } from '../limits.js';
import { nodeZlib } from './platform.js';

/** `zlib` is RFC 1950, `gzip` RFC 1952. */
export type ZlibFormat = 'zlib' | 'gzip';

/** How to inflate, and where the data lies for error positions. */
export interface InflateOptions {
  readonly format?: ZlibFormat;
  /** Most bytes to accept, {@link MAX_INFLATED_BYTES} by default and at most. */
  readonly limit?: number;
  /** Name of the compressed part for messages, such as `LitT`. */
  readonly what: string;
  /** Offset of the first byte of `data` in `space`. */
  readonly base: number;
  readonly space?: Space;
  readonly file?: string | undefined;
}

/** What {@link inflatePrefix} gives. */
export interface Inflated {
  readonly bytes: Uint8Array;
  /** Bytes of the input that the stream took; what follows it is the caller's. */
  readonly consumed: number;
}

/** Inflates one whole stream; throws ParseError where the stream is broken, too large, or followed by other bytes. */
export function inflate(data: Uint8Array, options: InflateOptions): Uint8Array {
  const { bytes, consumed } = inflatePrefix(data, options);
  if (consumed !== data.length) {
    fail(options, 'malformed', `${data.length - consumed} bytes after the compressed ${options.what}`, consumed);
  }
  return bytes;
}

/** Inflates the stream at the beginning of `data` and tells where it ended. */
export function inflatePrefix(data: Uint8Array, options: InflateOptions): Inflated {
  const limit = Math.min(
    options.limit ?? MAX_INFLATED_BYTES,
    MAX_INFLATED_BYTES,
    INFLATE_ALLOWANCE + data.length * MAX_INFLATE_RATIO,
  );
  return nodeZlib() === undefined ? inflateByPako(data, limit, options) : inflateByNode(data, limit, options);
}

/** Debug info of OTP inflates to five times its size on average. */
const USUAL_RATIO = 10;

function inflateByNode(data: Uint8Array, limit: number, options: InflateOptions): Inflated {
  const zlib = nodeZlib() as NonNullable<ReturnType<typeof nodeZlib>>;
  const run = options.format === 'gzip' ? zlib.gunzipSync : zlib.inflateSync;
  try {
    // One buffer of the right size saves a third of the time; a size that is only claimed costs no more than the data can be worth.
    const chunkSize = Math.max(1024, Math.min(limit + 1, data.length * USUAL_RATIO));
    const { buffer, engine } = run(data, { maxOutputLength: Math.max(1, limit), info: true, chunkSize });
    return { bytes: buffer, consumed: engine.bytesWritten };
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'ERR_BUFFER_TOO_LARGE') failTooLarge(options, limit);
    return fail(
      options,
      code === 'Z_BUF_ERROR' ? 'truncated' : 'malformed',
      `${options.what} doesn't inflate: ${(error as Error).message}`,
    );
  }
}

function inflateByPako(data: Uint8Array, limit: number, options: InflateOptions): Inflated {
  const stream = new Inflate({ windowBits: options.format === 'gzip' ? 31 : 15, chunkSize: 64 * 1024 });
  const parts: Uint8Array[] = [];
  let size = 0;
  stream.onData = (part: Uint8Array) => {
    size += part.length;
    if (size > limit) failTooLarge(options, limit);
    parts.push(part.slice());
  };
  stream.push(data, true);
  if (stream.err !== 0)
    fail(options, stream.err === -5 ? 'truncated' : 'malformed', `${options.what} doesn't inflate: ${stream.msg}`);
  if (!stream.ended) fail(options, 'truncated', `${options.what} doesn't inflate: unexpected end of file`);
  return { bytes: join(parts, size), consumed: data.length - inputLeft(stream) };
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function failTooLarge(options: InflateOptions, limit: number): never {
  return fail(options, 'limit', `${options.what} inflates to more than ${limit} bytes`);
}

function fail(options: InflateOptions, code: ParseError['code'], reason: string, at = 0): never {
  throw new ParseError({ code, reason, offset: options.base + at, space: options.space, file: options.file });
}

/** Deflates at level 6 to the bytes that OTP's `zlib:compress/1` and `term_to_binary(T, [compressed])` give. */
export function deflate(data: Uint8Array): Uint8Array {
  return deflateWhole(data, { level: 6, legacyHash: true });
}

/** Level of {@link deflateQuickly}: half the time of 6, for 3% more bytes. */
const QUICK = 4;

/** Deflates where the bytes don't matter, only what is in them: up to ten times faster, and not the same on every machine. */
export function deflateQuickly(data: Uint8Array): Uint8Array {
  // One buffer for what debug info usually comes to; the bytes are the same whatever its size.
  const chunkSize = Math.max(1024, data.length >> 1);
  return nodeZlib()?.deflateSync(data, { level: QUICK, chunkSize }) ?? deflateWhole(data, { level: QUICK });
}

/** Compresses to gzip as OTP's `zlib:gzip/1` does: no name, no time, system 3 (Unix). */
export function gzip(data: Uint8Array): Uint8Array {
  const stream = new Deflate({ level: 6, legacyHash: true, gzip: true, header: { os: 3, time: 0 } } as ConstructorParameters<
    typeof Deflate
  >[0]);
  stream.push(data, true);
  return stream.result as Uint8Array;
}

/** pako keeps its zlib state private in its types, but the count of unread input is nowhere else. */
function inputLeft(stream: Inflate): number {
  return (stream as unknown as { readonly strm: { readonly avail_in: number } }).strm.avail_in;
}
