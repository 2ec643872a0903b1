// The cipher of encrypted debug info: triple DES in CBC mode with a key made from a string.
//   d1 = md5(String), d2 = md5(d1 ++ reverse(String)); K1, K2 = halves of d1, K3 = first half of d2, IV = second half of d2
//   the plain term is filled up to a multiple of 8 with bytes that don't matter
// Defined by lib/stdlib/src/beam_lib.erl (make_crypto_key/2). Files that hold keys: key-file.ts.

import { md5 } from '../bytes/md5.js';
import { nodeCrypto } from '../bytes/platform.js';
import type { Reader } from '../bytes/reader.js';
import { encodeUtf8 } from '../bytes/text.js';
import { UsageError } from '../errors.js';

/** Returns the key of a module's debug info, or undefined where there is none for it. */
export type KeyLookup = (module: string) => string | undefined;

const CIPHER = 'des-ede3-cbc';

/** Decrypts what is left of the reader; throws ParseError `encrypted` where the result isn't a term: the key is wrong. */
export function decryptDebugInfo(reader: Reader, key: string): Uint8Array {
  const crypto = nodeCrypto();
  const at = reader.pos;
  if (crypto === undefined) return reader.fail('unsupported', 'decryption needs Node 20.16 or later');
  if (reader.left === 0 || reader.left % 8 !== 0) reader.fail('malformed', 'encrypted debug info is not whole blocks of 8 bytes');
  const { secret, iv } = makeKey(key);
  const cipher = crypto.createDecipheriv(CIPHER, secret, iv);
  cipher.setAutoPadding(false);
  const plain = cipher.update(reader.bytes(reader.left));
  if (plain[0] !== 131) reader.fail('encrypted', 'the key for the encrypted debug info is wrong', at);
  return plain;
}

/** Encrypts an encoded term; `padding` fills up the last block of 8 bytes. Returns the ciphertext without its header. */
export function encryptDebugInfo(term: Uint8Array, key: string, padding: Uint8Array): Uint8Array {
  const crypto = nodeCrypto();
  if (crypto === undefined) throw new UsageError('encryption needs Node 20.16 or later');
  const plain = new Uint8Array(Math.ceil(term.length / 8) * 8);
  plain.set(term);
  plain.set(padding.subarray(0, plain.length - term.length), term.length);
  const { secret, iv } = makeKey(key);
  const cipher = crypto.createCipheriv(CIPHER, secret, iv);
  cipher.setAutoPadding(false);
  return cipher.update(plain);
}

function makeKey(key: string): { readonly secret: Uint8Array; readonly iv: Uint8Array } {
  const characters = encodeUtf8(key);
  const first = md5(characters);
  const second = md5(new Uint8Array([...first, ...characters.slice().reverse()]));
  return { secret: new Uint8Array([...first, ...second.subarray(0, 8)]), iv: second.subarray(8, 16) };
}
