// The encoding of Erlang text: UTF-8, or what a comment in the first two lines says, `%% coding: latin-1`, `% -*- coding: utf-8 -*-`.
// Defined by lib/stdlib/src/epp.erl and its documentation ("Source File Encoding").

import { decodeLatin1, decodeUtf8 } from '../bytes/text.js';
import { ParseError } from '../errors.js';

/**
 * Decodes the bytes of a source file, an `.app`, an appup or the like. Throws ParseError `malformed`, with a byte offset, for what should
 * be UTF-8 and isn't.
 */
export function decodeSource(bytes: Uint8Array, options: { readonly file?: string | undefined } = {}): string {
  if (sourceEncoding(bytes) === 'latin1') return decodeLatin1(bytes);
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text;
  throw new ParseError({ code: 'malformed', reason: 'not UTF-8', offset: validPrefix(bytes), file: options.file });
}

/** Tells the encoding that the first two lines name; utf8 where they name none, or one that isn't known. */
export function sourceEncoding(bytes: Uint8Array): 'utf8' | 'latin1' {
  const first = bytes.indexOf(0x0a);
  const second = first < 0 ? -1 : bytes.indexOf(0x0a, first + 1);
  const lines = decodeLatin1(bytes, 0, second < 0 ? bytes.length : second).split('\n');
  for (const line of lines) {
    const comment = line.indexOf('%');
    const named = comment < 0 ? null : /coding *[:=] *([A-Za-z0-9-]*)/.exec(line.slice(comment));
    if (named !== null) return /^latin-1(-|$)/i.test(named[1] as string) ? 'latin1' : 'utf8';
  }
  return 'utf8';
}

/** Returns how many bytes from the start can be UTF-8, by halving. */
function validPrefix(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (startsUtf8(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return valid;
}

/** Tells whether the bytes are UTF-8, of which the last character may lack its end. */
function startsUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
