// Which decoder makes the rows of which chunk: the table that ties the others together. Chunks that aren't here (StrT, and those that
// only their makers know) are raw bytes.

import type { BeamModule } from '../../beam/module.js';
import type { Reader } from '../../bytes/reader.js';
import { atomRows } from './atoms.js';
import { codeRows } from './code.js';
import { debugInfoRows } from './debug-info.js';
import { debugLineRows, nativeRecordRows } from './instruction-chunks.js';
import { lineRows } from './lines.js';
import { inflateLiterals, literalChunkRows, literalRows } from './literals.js';
import { attempt, type Lookups } from './lookups.js';
import { type DumpRow, rawRows } from './row.js';
import { entryRows, importRows, lambdaRows } from './tables.js';
import { bareTermRows, inflateTermChunk, termChunkRows } from './terms.js';
import { typeRows } from './types.js';

/** What decoders need besides the bytes. */
export interface DumpSubject {
  readonly module: BeamModule;
  readonly names: Lookups;
}

/** Makes the rows of a chunk's data, and of what it inflates to where that is shown. */
export interface ChunkDecoder {
  /** Reads rows; throws ParseError. */
  readonly rows: (reader: Reader, subject: DumpSubject) => Iterable<DumpRow>;
  /** Returns a reader of the inflated part, undefined where there is none; throws ParseError. */
  readonly inflate?: (reader: Reader) => Reader | undefined;
  readonly inflatedRows?: (reader: Reader) => Iterable<DumpRow>;
}

const RAW: ChunkDecoder = { rows: (reader) => rawRows(reader, reader.left) };
const TERM: ChunkDecoder = { rows: termChunkRows, inflate: inflateTermChunk, inflatedRows: (reader) => bareTermRows(reader) };
const ENTRIES: ChunkDecoder = { rows: (reader, { names }) => entryRows(reader, names) };
const DEBUG_INFO: ChunkDecoder = {
  rows: (reader, { module }) =>
    debugInfoRows(
      reader,
      attempt(() => module.options.key?.(module.name)),
    ),
};

const DECODERS: ReadonlyMap<string, ChunkDecoder> = new Map<string, ChunkDecoder>([
  ['AtU8', { rows: (reader) => atomRows(reader, 'utf8') }],
  ['Atom', { rows: (reader) => atomRows(reader, 'latin1') }],
  ['Code', { rows: (reader, { names }) => codeRows(reader, names) }],
  ['ImpT', { rows: (reader, { names }) => importRows(reader, names) }],
  ['ExpT', ENTRIES],
  ['LocT', ENTRIES],
  ['FunT', { rows: (reader, { names }) => lambdaRows(reader, names) }],
  ['LitT', { rows: literalChunkRows, inflate: inflateLiterals, inflatedRows: literalRows }],
  ['Line', { rows: (reader, { names }) => lineRows(reader, names) }],
  ['Type', { rows: typeRows }],
  ['Recs', { rows: (reader, { names }) => nativeRecordRows(reader, names) }],
  ['DbgB', { rows: (reader, { names }) => debugLineRows(reader, names) }],
  ['Dbgi', DEBUG_INFO],
  ['Abst', DEBUG_INFO],
  ['Attr', TERM],
  ['CInf', TERM],
  ['Meta', TERM],
  ['Docs', TERM],
  ['ExCk', TERM],
]);

/** Returns the decoder of a chunk by its id. */
export function chunkDecoder(id: string): ChunkDecoder {
  return DECODERS.get(id) ?? RAW;
}
