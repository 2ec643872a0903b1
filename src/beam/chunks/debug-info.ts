// `Dbgi` (OTP 20 and later) and `Abst` (before): what the compiler keeps of the source.
//   Dbgi   {debug_info_v1, Backend, Metadata}; of erl_abstract_code: {Forms | none, CompileOptions}; of elixir_erl: {elixir_v1, Map, Specs}
//   Abst   {raw_abstract_v1, Forms}; an empty chunk is none
// Either may be encrypted: 0, u8 n, n bytes of mode, ciphertext (see ../debug-info-key.ts). An external term begins with 131, never 0.
// Defined by lib/compiler/src/compile.erl, lib/stdlib/src/beam_lib.erl and erl_abstract_code.erl.

import { Reader } from '../../bytes/reader.js';
import { decodeLatin1, encodeUtf8 } from '../../bytes/text.js';
import { Writer } from '../../bytes/writer.js';
import { type Atom, isAtom, isTuple, NIL, type Term } from '../../term/model.js';
import { decryptDebugInfo, encryptDebugInfo } from '../debug-info-key.js';
import { decodeTermChunk, encodeTermChunk } from './term-chunk.js';

/** The debug information of a module. */
export type DebugInfo =
  | { readonly kind: 'none' }
  /** Erlang forms as a list of terms, and the compiler's options. */
  | { readonly kind: 'abstract_code'; readonly forms: Term; readonly options: Term }
  /** Elixir's `{elixir_v1, Map, Specs}`. */
  | { readonly kind: 'elixir'; readonly metadata: Term }
  | { readonly kind: 'other'; readonly backend: string; readonly metadata: Term }
  /** Encrypted, and no key was given. */
  | { readonly kind: 'encrypted'; readonly mode: string };

/** Tells whether the chunk is encrypted. */
export function isEncrypted(data: Uint8Array): boolean {
  return data[0] === 0;
}

/** Decodes a Dbgi or Abst chunk; `key` decrypts it where it is encrypted. Throws ParseError, `encrypted` for a wrong key. */
export function decodeDebugInfo(reader: Reader, key: string | undefined): DebugInfo {
  if (reader.left === 0) return { kind: 'none' };
  if (!isEncrypted(reader.data.subarray(reader.pos, reader.end))) return fromTerm(decodeTermChunk(reader), reader);
  reader.skip(1);
  const mode = readMode(reader);
  if (key === undefined) return { kind: 'encrypted', mode };
  if (mode !== 'des3_cbc') reader.fail('unsupported', `debug info encrypted by ${mode}`);
  const plain = decryptDebugInfo(reader, key);
  return fromTerm(
    decodeTermChunk(new Reader(plain, { base: 0, space: 'inflated debug info', what: 'debug info', file: reader.origin.file })),
    reader,
  );
}

function readMode(reader: Reader): string {
  const size = reader.u8();
  const bytes = reader.bytes(size);
  return decodeLatin1(bytes);
}

function fromTerm(term: Term, reader: Reader): DebugInfo {
  if (isTuple(term, 3) && isAtom(term.items[0], 'debug_info_v1') && isAtom(term.items[1])) {
    return fromBackend((term.items[1] as Atom).name, term.items[2] as Term);
  }
  if (isTuple(term, 2) && isAtom(term.items[0], 'raw_abstract_v1')) {
    return { kind: 'abstract_code', forms: term.items[1] as Term, options: NIL };
  }
  if (isTuple(term, 2) && isAtom(term.items[0]))
    return { kind: 'other', backend: term.items[0].name, metadata: term.items[1] as Term };
  return reader.fail('malformed', 'debug info of an unknown shape');
}

function fromBackend(backend: string, metadata: Term): DebugInfo {
  if (backend === 'erl_abstract_code' && isTuple(metadata, 2)) {
    const [forms, options] = metadata.items as readonly [Term, Term];
    return isAtom(forms, 'none') ? { kind: 'none' } : { kind: 'abstract_code', forms, options };
  }
  if (isAtom(metadata, 'none')) return { kind: 'none' };
  if (backend === 'elixir_erl' && isTuple(metadata) && isAtom(metadata.items[0], 'elixir_v1')) {
    return { kind: 'elixir', metadata };
  }
  return { kind: 'other', backend, metadata };
}

/** How to encrypt debug info. */
export interface DebugInfoEncryption {
  readonly key: string;
  /** Up to seven bytes that fill the last block; OTP takes random ones. */
  readonly padding: Uint8Array;
}

/** Encodes the term of a Dbgi or Abst chunk as a compiler of that OTP release does, and encrypts it if asked to. */
export function encodeDebugInfo(term: Term, otp: number, encryption?: DebugInfoEncryption): Uint8Array {
  const plain = encodeTermChunk('Dbgi', term, otp);
  if (encryption === undefined) return plain;
  const mode = encodeUtf8('des3_cbc');
  const body = encryptDebugInfo(plain, encryption.key, encryption.padding);
  return new Writer(body.length + 10).u8(0).u8(mode.length).bytes(mode).bytes(body).finish();
}
