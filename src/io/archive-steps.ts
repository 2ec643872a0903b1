// A tar, gzipped or not, as a stream of bytes: an archive of any size costs the memory of one step.

import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ParseError } from '../errors.js';
import { isGzip } from './classify.js';
import { openRegularFile, readHead, systemCode, systemFault } from './read-file.js';

const STEP_BYTES = 256 * 1024;

/** An archive that is open. */
export interface ArchiveSteps {
  readonly path: string;
  readonly isGzip: boolean;
  /** The bytes of the file, behind gzip if it is gzipped, in steps of bounded size. */
  readonly steps: AsyncIterable<Uint8Array>;
  readonly close: () => void;
}

/** Opens an archive; throws ParseError `missing` or `unreadable`, and what goes wrong later is for {@link stepFault}. */
export function openArchiveSteps(path: string): ArchiveSteps {
  const gzipped = isGzip(readHead(path, 2));
  const file = createReadStream(path, { fd: openRegularFile(path).fd, highWaterMark: STEP_BYTES });
  const steps: Readable = gzipped ? pipeline(file, createGunzip({ chunkSize: STEP_BYTES }), () => {}) : file;
  const close = () => {
    file.destroy();
    steps.destroy();
  };
  return { path, isGzip: gzipped, steps, close };
}

/** Turns what reading the steps threw into a ParseError; the offsets of a gzipped tar count the bytes behind gzip. */
export function stepFault(error: unknown, { path, isGzip: gzipped }: ArchiveSteps): unknown {
  if (error instanceof ParseError) {
    const { code, reason, offset, path: within, file } = error;
    return gzipped ? new ParseError({ code, reason, offset, path: within, file, space: 'inflated tar' }) : error;
  }
  const code = systemCode(error);
  if (code === 'Z_BUF_ERROR') return new ParseError({ code: 'truncated', reason: 'truncated gzip file', file: path });
  if (code?.startsWith('Z_')) return new ParseError({ code: 'malformed', reason: 'damaged gzip file', file: path });
  return systemFault(error, path);
}
