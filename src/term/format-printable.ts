// Which lists and binaries are shown as strings: what io_lib calls printable.
//
//   latin1      8..13, 27, 32..126, 160..255
//   unicode     these and all code points above but surrogates, U+FFFE and U+FFFF
//
// Defined by lib/stdlib/src/io_lib.erl (printable_list) and io_lib_pretty.erl (printable_bin).

import { decodeLatin1, decodeUtf8 } from '../bytes/text.js';

/** Tells whether that integer is a character that strings show. */
export function isPrintable(code: number, set: 'latin1' | 'unicode'): boolean {
  if (code < 0x20) return (code >= 8 && code <= 13) || code === 27;
  if (code <= 0xff) return code <= 0x7e || code >= 0xa0;
  if (set === 'latin1') return false;
  return code < 0xd800 || (code >= 0xe000 && code <= 0x10ffff && code !== 0xfffe && code !== 0xffff);
}

/** A binary as text. */
export interface PrintableBytes {
  readonly text: string;
  /** Whether the bytes are the text's UTF-8; ASCII is said to be Latin-1. */
  readonly isUtf8: boolean;
}

/**
 * Returns the text of printable bytes: UTF-8 of characters in `utf8` where possible (never where that is undefined), or else Latin-1; and
 * undefined where neither is printable. Valid UTF-8 of unprintable characters isn't tried as Latin-1; since OTP 28 that holds for what
 * comes before the first fault of invalid UTF-8 too.
 */
export function printableBytes(
  bytes: Uint8Array,
  utf8: 'latin1' | 'unicode' | undefined,
  otp: number,
): PrintableBytes | undefined {
  const latin1 = printableLatin1(bytes);
  if (utf8 === undefined || (latin1 !== undefined && isAscii(bytes))) return latin1;
  const text = decodeUtf8(bytes);
  if (text !== undefined) return isPrintableText(text, utf8) ? { text, isUtf8: true } : undefined;
  return latin1 === undefined || (otp >= 28 && isUnprintableBeforeFault(bytes, utf8)) ? undefined : latin1;
}

function printableLatin1(bytes: Uint8Array): PrintableBytes | undefined {
  for (const byte of bytes) if (!isPrintable(byte, 'latin1')) return undefined;
  return { text: decodeLatin1(bytes), isUtf8: false };
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function isPrintableText(text: string, set: 'latin1' | 'unicode'): boolean {
  for (const character of text) if (!isPrintable(character.codePointAt(0) as number, set)) return false;
  return true;
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Tells whether invalid UTF-8 has an unprintable character before its first fault, for which the decoder has U+FFFD. */
function isUnprintableBeforeFault(bytes: Uint8Array, set: 'latin1' | 'unicode'): boolean {
  let at = 0;
  for (const character of lenient.decode(bytes)) {
    const code = character.codePointAt(0) as number;
    if (code === 0xfffd && !(bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd)) return false;
    if (!isPrintable(code, set)) return true;
    at += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return false;
}
