// An escript: header lines, then what they run.
//
//   "#!" line, then up to two lines that begin with "%" (a comment, and "%%!" with arguments for the emulator)
//   body: a zip archive, or a beam (perhaps gzipped), or Erlang source text
//
// Defined by lib/stdlib/src/escript.erl.

import { isGzip, startsWith } from './classify.js';

/** What an escript runs; a source text holds nothing compiled. */
export interface EscriptBody {
  readonly kind: 'zip' | 'beam' | 'source';
  readonly bytes: Uint8Array;
}

const LINE_FEED = 0x0a;
const PERCENT = 0x25;
const MAX_HEADER_LINES = 3;

/** Splits off the header lines of an escript and tells its body's kind. */
export function readEscript(file: Uint8Array): EscriptBody {
  const bytes = file.subarray(bodyOffset(file));
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return { kind: 'zip', bytes };
  return { kind: startsWith(bytes, 'FOR1') || isGzip(bytes) ? 'beam' : 'source', bytes };
}

function bodyOffset(file: Uint8Array): number {
  let offset = 0;
  for (let line = 0; line < MAX_HEADER_LINES; line++) {
    if (line === 0 ? !startsWith(file, '#!') : file[offset] !== PERCENT) break;
    const end = file.indexOf(LINE_FEED, offset);
    if (end < 0) return file.length;
    offset = end + 1;
  }
  return offset;
}
