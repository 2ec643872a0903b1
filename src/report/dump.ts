// The dump of a module: every byte of the file, in sections of rows that say what the bytes mean. Sections and rows are made as they are
// asked for, so a large file costs no memory.

import { type Chunk, encodeContainer } from '../beam/container.js';
import type { BeamModule } from '../beam/module.js';
import { Reader } from '../bytes/reader.js';
import type { Space } from '../errors.js';
import { counted } from './counted.js';
import { type ChunkDecoder, chunkDecoder, type DumpSubject } from './dump/chunk-decoders.js';
import { coveringRows } from './dump/coverage.js';
import { attempt, openLookups } from './dump/lookups.js';
import { type DumpRow, rawRows, row, u32Row } from './dump/row.js';
import { visible } from './visible.js';

/** Part of a module: the form's header, a chunk, what a chunk inflates to, or what trails the form. */
export interface DumpSection {
  /** `header`, `trailing`, or the id of a chunk. */
  readonly id: string;
  /** Of a chunk's data, as in the list of chunks: its rows begin 8 bytes before, with the chunk's header. */
  readonly offset: number;
  /** In bytes, of a chunk without header and padding. */
  readonly size: number;
  /** Where offsets count: in the file (`inflated beam` if that is gzipped), or in what a chunk inflates to. */
  readonly space: Space;
  /** In the order of the bytes, without gaps; made anew each time that it is iterated. */
  readonly rows: Iterable<DumpRow>;
}

/** The dump of one file. */
export interface Dump {
  readonly schema: 'beamtool-dump/1';
  readonly file: string;
  /** Sections in the file's own space cover each of its bytes once, unless one chunk was asked for. */
  readonly sections: Iterable<DumpSection>;
}

/** Dumps a module, or only its chunks of one id. It throws no ParseError: what is broken says so at its place. */
export function buildDump(module: BeamModule, file: string, id?: string): Dump {
  return { schema: 'beamtool-dump/1', file, sections: anew(() => sections(module, id)) };
}

function* sections(module: BeamModule, id: string | undefined): Generator<DumpSection> {
  const subject = { module, names: openLookups(module) };
  if (id === undefined) yield headerSection(module);
  for (const chunk of module.container.chunks) if (id === undefined || chunk.id === id) yield* chunkSections(chunk, subject);
  if (id === undefined && module.container.trailing.length > 0) yield trailingSection(module);
}

function spaceOf(module: BeamModule): Space {
  return module.container.gzipped ? 'inflated beam' : 'file';
}

const HEADER_SIZE = 12;

function headerSection(module: BeamModule): DumpSection {
  const rows = anew(() => headerRows(formReader(module)));
  return { id: 'header', offset: 0, size: HEADER_SIZE, space: spaceOf(module), rows };
}

/** Returns a reader of the whole form and what trails it; of a gzipped file only the chunks are at hand. */
function formReader(module: BeamModule): Reader {
  const { container, bytes } = module;
  const form = container.gzipped ? encodeContainer({ ...container, gzipped: false }) : bytes;
  return new Reader(form, { base: 0, space: spaceOf(module), what: 'BEAM file' });
}

function* headerRows(reader: Reader): Generator<DumpRow> {
  reader.skip(4);
  yield row(reader, 0, 'FOR1');
  yield u32Row(reader, (size) => `form of ${counted(size, 'byte')}`);
  reader.skip(4);
  yield row(reader, 8, 'BEAM');
}

function trailingSection(module: BeamModule): DumpSection {
  const size = module.container.trailing.length;
  const open = () => {
    const reader = formReader(module);
    reader.pos = reader.end - size;
    return reader;
  };
  return { id: 'trailing', offset: open().pos, size, space: spaceOf(module), rows: anew(() => rawRows(open(), size)) };
}

/** Makes the section of a chunk, and that of what it inflates to. */
function* chunkSections(chunk: Chunk, subject: DumpSubject): Generator<DumpSection> {
  const { id, offset, data } = chunk;
  const space = spaceOf(subject.module);
  const decoder = chunkDecoder(id);
  const open = () => new Reader(data, { base: offset, space, what: `${visible(id)} chunk` });
  yield { id, offset, size: data.length, space, rows: anew(() => chunkRows(chunk, open(), subject, decoder)) };
  // A fault in inflating is told by the rows above.
  const inflated = attempt(() => decoder.inflate?.(open()));
  if (inflated === undefined) return;
  const again = () => new Reader(inflated.data, inflated.origin);
  const rows = anew(() => coveringRows(again(), (reader) => decoder.inflatedRows?.(reader) ?? []));
  yield { id, offset: 0, size: inflated.left, space: inflated.origin.space, rows };
}

function* chunkRows(chunk: Chunk, reader: Reader, subject: DumpSubject, decoder: ChunkDecoder): Generator<DumpRow> {
  const { id, offset, data, padding } = chunk;
  yield* chunkHeaderRows(chunk, reader, subject.module.duplicateChunks.includes(id));
  yield* coveringRows(reader, () => decoder.rows(reader, subject));
  if (padding.length > 0) yield { offset: offset + data.length, bytes: padding, meaning: 'padding', level: 0 };
}

/** The container keeps no header, since the chunk says all that was in it. */
function* chunkHeaderRows({ id, offset, data }: Chunk, { origin }: Reader, again: boolean): Generator<DumpRow> {
  const { length } = data;
  const bytes = Uint8Array.from(
    [...id].map((character) => character.charCodeAt(0)).concat(length >>> 24, length >>> 16, length >>> 8, length),
  );
  const header = new Reader(bytes, { ...origin, base: offset - bytes.length });
  header.skip(4);
  yield row(header, 0, `chunk ${id}${again ? ', one of several: the loader takes the last, beam_lib the first' : ''}`);
  yield u32Row(header, (size) => `${counted(size, 'byte')} of data`);
}

/** Makes an iterable that begins anew each time. */
function anew<T>(make: () => Iterator<T>): Iterable<T> {
  return { [Symbol.iterator]: make };
}
