// What is inside of a chunk's wrapping, and the wrapping around other contents:
//
//   LitT          u32 size, zlib(table)     0, table
//   Dbgi, Abst    131 80 u32 size, zlib(term), rest     131, term, rest     0, u8 n, n bytes of mode, 3DES(either of these, filler)
//   others        the bytes themselves
//
// The wrapping keeps its style. What was in it at first gets its very bytes back where OTP's own zlib wrote them (see bytes/zlib.ts).

import { isEncrypted } from '../../beam/chunks/debug-info.js';
import { decryptDebugInfo, encryptDebugInfo } from '../../beam/debug-info-key.js';
import type { BeamModule } from '../../beam/module.js';
import { type Origin, Reader } from '../../bytes/reader.js';
import { decodeLatin1 } from '../../bytes/text.js';
import { Writer } from '../../bytes/writer.js';
import { deflate, deflateQuickly, inflate } from '../../bytes/zlib.js';
import { inflateTerm } from '../../term/etf-decode.js';
import { skipTerm } from '../../term/etf-skip.js';

/** The contents of a chunk. */
export interface ChunkBody {
  readonly plain: Uint8Array;
  /** Where `plain` lies, for errors. */
  readonly origin: Origin;
  /** What fills the last block of encrypted contents; empty elsewhere. */
  readonly filler: Uint8Array;
  /** Returns the chunk's data with other contents. */
  readonly wrap: (plain: Uint8Array, options: WrapOptions) => Uint8Array;
}

/** How contents are wrapped. */
export interface WrapOptions {
  /** Whether debug info is deflated to OTP's bytes, or faster. */
  readonly exact: boolean;
  readonly filler: Uint8Array;
}

/** Opens a chunk that is there; throws ParseError, `encrypted` where there is no key. */
export function openBody(module: BeamModule, id: string): ChunkBody {
  return module.located(id, () => {
    const reader = module.reader(id);
    if (id === 'LitT') return openLiterals(reader);
    return id === 'Dbgi' || id === 'Abst' ? openDebugInfo(module, reader) : openPlain(reader.data, reader.origin);
  });
}

const NO_BYTES = new Uint8Array(0);

function openPlain(plain: Uint8Array, origin: Origin): ChunkBody {
  return { plain, origin, filler: NO_BYTES, wrap: (other) => other };
}

function openLiterals(reader: Reader): ChunkBody {
  const { data, origin } = reader;
  const declared = reader.u32();
  const rest = data.subarray(4);
  const base = origin.base + 4;
  const wrap = (plain: Uint8Array) => wrapLiterals(plain, declared !== 0);
  if (declared === 0) return { plain: rest, origin: { ...origin, base }, filler: NO_BYTES, wrap };
  const plain = inflate(rest, { ...origin, base, what: 'LitT', limit: declared });
  return { plain, origin: { ...origin, base: 0, space: 'inflated LitT' }, filler: NO_BYTES, wrap };
}

/** Returns the data of a LitT chunk that holds this table. */
export function wrapLiterals(table: Uint8Array, compressed: boolean): Uint8Array {
  const body = compressed ? deflate(table) : table;
  return new Writer(body.length + 4)
    .u32(compressed ? table.length : 0)
    .bytes(body)
    .finish();
}

function openDebugInfo(module: BeamModule, reader: Reader): ChunkBody {
  const { data, origin } = reader;
  if (!isEncrypted(data)) return openTerm(data, origin);
  const key = module.options.key?.(module.name);
  if (key === undefined) return reader.fail('encrypted', 'the debug info is encrypted, and there is no key for it');
  reader.skip(1);
  const size = reader.u8();
  const mode = decodeLatin1(reader.bytes(size));
  if (mode !== 'des3_cbc') reader.fail('unsupported', `debug info encrypted by ${mode}`);
  const head = data.subarray(0, reader.pos);
  const term = decryptDebugInfo(reader, key);
  const inside = openTerm(term, { base: 0, space: 'inflated debug info', what: 'debug info', file: origin.file }, true);
  return {
    ...inside,
    wrap: (plain, options) => {
      const body = encryptDebugInfo(inside.wrap(plain, options), key, options.filler);
      return new Writer(head.length + body.length).bytes(head).bytes(body).finish();
    },
  };
}

/** Opens an external term; what follows it is a filler, or stays where it is. */
function openTerm(data: Uint8Array, origin: Origin, isFilled = false): ChunkBody {
  if (data[0] !== 131) new Reader(data, origin).fail('malformed', `${origin.what} doesn't begin with 131`);
  const inflated = data[1] === 80 ? inflateTerm(data, origin) : undefined;
  const end = inflated?.end ?? skipTerm(data, 1, origin);
  const after = data.subarray(end);
  const rest = isFilled ? NO_BYTES : after;
  const filler = isFilled ? after : NO_BYTES;
  if (inflated === undefined) {
    const wrap = (plain: Uint8Array) => new Writer(plain.length + rest.length + 1).u8(131).bytes(plain).bytes(rest).finish();
    return { plain: data.subarray(1, end), origin: { ...origin, base: origin.base + 1 }, filler, wrap };
  }
  return {
    plain: inflated.bytes,
    origin: inflated.origin,
    filler,
    wrap: (plain, { exact }) => {
      const body = exact ? deflate(plain) : deflateQuickly(plain);
      return new Writer(body.length + rest.length + 6).u8(131).u8(80).u32(plain.length).bytes(body).bytes(rest).finish();
    },
  };
}
