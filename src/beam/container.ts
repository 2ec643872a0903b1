// The container: an IFF form, perhaps inside gzip.
//
//   "FOR1" u32 formSize "BEAM" chunk*      formSize counts what follows it: "BEAM" and all chunks with their padding
//   chunk = 4-byte id, u32 size, data, 0-3 bytes of padding to a multiple of 4
//
// What follows the form is ignored by the loader and kept here. Defined by beam_file.c and lib/stdlib/src/beam_lib.erl.

import { type Origin, Reader } from '../bytes/reader.js';
import { Writer } from '../bytes/writer.js';
import { gzip, inflatePrefix } from '../bytes/zlib.js';
import { within } from '../errors.js';
import { FORM_HEADER, readLayout } from './layout.js';

/** One chunk as it lies in the file. */
export interface Chunk {
  /** Four characters, such as `Code`. */
  readonly id: string;
  /** Offset of the data (after the 8-byte header) in the container's space. */
  readonly offset: number;
  readonly data: Uint8Array;
  /** 0-3 bytes. */
  readonly padding: Uint8Array;
}

/** A whole file: `encodeContainer` gives back the bytes it was decoded from, but for the gzip wrapper's own choices. */
export interface Container {
  /** Whether the file is wrapped in gzip. */
  readonly gzipped: boolean;
  readonly chunks: readonly Chunk[];
  /** Bytes after the form. */
  readonly trailing: Uint8Array;
}

const FOR1 = 0x464f5231;
const BEAM = 0x4245414d;

/** Decodes a file; throws ParseError where it isn't a BEAM file or a chunk doesn't fit. */
export function decodeContainer(file: Uint8Array): Container {
  const gzipped = file[0] === 0x1f && file[1] === 0x8b;
  const form = gzipped ? within('gzip', () => inflatePrefix(file, { format: 'gzip', what: 'beam', base: 0 }).bytes) : file;
  const origin: Origin = { base: 0, space: gzipped ? 'inflated beam' : 'file', what: 'BEAM file' };
  const reader = new Reader(form, origin);
  const end = readFormHeader(reader);
  const chunks: Chunk[] = [];
  const body = new Reader(form, origin, reader.pos, end);
  while (body.left > 0) chunks.push(readChunk(body));
  return { gzipped, chunks, trailing: form.subarray(end) };
}

/** Reads the header of the form and returns where the form ends. */
function readFormHeader(reader: Reader): number {
  if (reader.left === 0) reader.fail('truncated', 'empty file');
  if (reader.left < 4 || new Reader(reader.data, reader.origin).u32() !== FOR1) {
    reader.fail('malformed', 'not a BEAM file: no FOR1 at its beginning');
  }
  const header = readLayout(reader, FORM_HEADER);
  if (header.type !== BEAM) reader.fail('malformed', 'not a BEAM file: the form is not of type BEAM', 8);
  const end = 8 + header.size;
  if (header.size < 4) reader.fail('malformed', `form size ${header.size} is too small`, 4);
  if (end > reader.end) {
    reader.fail('truncated', `truncated BEAM file: the form needs ${end} bytes, the file has ${reader.end}`, 4);
  }
  return end;
}

function readChunk(reader: Reader): Chunk {
  const id = chunkName(reader.u32());
  const size = reader.u32();
  const offset = reader.pos;
  if (size > reader.left) {
    reader.fail('truncated', `truncated ${id} chunk: need ${size} bytes, have ${reader.left}`, offset - 4);
  }
  const data = reader.bytes(size);
  const padded = (4 - (size & 3)) & 3;
  if (padded > reader.left) reader.fail('truncated', `truncated ${id} chunk: its padding is cut off`);
  return { id, offset, data, padding: reader.bytes(padded) };
}

const names = new Map<number, string>();

/** Returns the four characters of an id; the few ids that exist are made once. */
function chunkName(code: number): string {
  const known = names.get(code);
  if (known !== undefined) return known;
  const name = String.fromCharCode(code >>> 24, (code >>> 16) & 0xff, (code >>> 8) & 0xff, code & 0xff);
  if (names.size < 256) names.set(code, name);
  return name;
}

/** Encodes a file: the form, what trails it, and the gzip wrapper if there was one. */
export function encodeContainer(container: Container): Uint8Array {
  const writer = new Writer(4096).u32(FOR1).u32(0).u32(BEAM);
  for (const { id, data, padding } of container.chunks) {
    for (let at = 0; at < 4; at++) writer.u8(id.charCodeAt(at));
    writer.u32(data.length).bytes(data).bytes(padding);
  }
  writer.patchU32(4, writer.length - 8);
  const form = writer.bytes(container.trailing).finish();
  return container.gzipped ? gzip(form) : form;
}

/** Returns a chunk with new data and zero padding, as a writer makes it. */
export function buildChunk(id: string, data: Uint8Array): Chunk {
  return { id, offset: 0, data, padding: new Uint8Array((4 - (data.length & 3)) & 3) };
}
