// Characters of short byte ranges: latin1 and strict UTF-8.

import { nodeBuffer } from './platform.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

const latin1Slice = nodeBuffer()?.prototype.latin1Slice;

/** Decodes ISO-8859-1, where every byte is a character. */
export function decodeLatin1(data: Uint8Array, start = 0, end = data.length): string {
  if (latin1Slice !== undefined) return latin1Slice.call(data, start, end);
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(data[at] as number);
  return text;
}

/** Decodes UTF-8; returns undefined where the bytes aren't. Short ASCII, nearly all there is in a beam, takes a fast road. */
export function decodeUtf8(data: Uint8Array, start = 0, end = data.length): string | undefined {
  let ascii = true;
  for (let at = start; at < end && ascii; at++) ascii = (data[at] as number) < 0x80;
  if (ascii) return decodeLatin1(data, start, end);
  try {
    return utf8.decode(data.subarray(start, end));
  } catch {
    return undefined;
  }
}

/** Up to this many characters a loop is faster than the encoder, which every atom would go through. */
const SHORT = 64;

/** Encodes UTF-8. */
export function encodeUtf8(text: string): Uint8Array {
  if (text.length > SHORT) return encoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) return encoder.encode(text);
    bytes[at] = unit;
  }
  return bytes;
}

/** Encodes ISO-8859-1; returns undefined where a character has no byte. */
export function encodeLatin1(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0xff) return undefined;
    bytes[at] = unit;
  }
  return bytes;
}
