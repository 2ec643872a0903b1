// Renderers of `chunks`: pure functions from the list of chunks to text.

import type { BeamModule } from '../beam/module.js';
import { visible } from './visible.js';

/** What a chunk holds, by id; ids that aren't here are the user's own. */
const MEANINGS: Readonly<Record<string, string>> = {
  Atom: 'atoms (latin1, before OTP 20)',
  AtU8: 'atoms',
  Code: 'instructions',
  StrT: 'bytes of binaries',
  ImpT: 'imported functions',
  ExpT: 'exported functions',
  LocT: 'local functions',
  FunT: 'lambdas',
  LitT: 'literals',
  Attr: 'attributes',
  CInf: 'compile info',
  Abst: 'abstract code (before OTP 20)',
  Dbgi: 'debug info',
  Line: 'source locations',
  Type: 'types of registers',
  Meta: 'enabled features',
  Docs: 'documentation',
  ExCk: 'Elixir checker data',
  DbgB: 'debug info of the beam debugger',
  Recs: 'native records',
};

/** One chunk as it is listed. */
export interface ChunkEntry {
  readonly id: string;
  /** Of the data, in the file (of the inflated file, if that is gzipped). */
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
  /** What it holds; null for an id that isn't known. */
  readonly meaning: string | null;
}

/** The chunks of one file. */
export interface ChunksReport {
  readonly schema: 'beamtool-chunks/1';
  readonly file: string;
  readonly gzipped: boolean;
  readonly chunks: readonly ChunkEntry[];
  /** Ids that stand more than once: the loader takes the last, beam_lib the first. */
  readonly duplicates: readonly string[];
  /** Bytes after the form, which the loader ignores. */
  readonly trailing: number;
}

export function buildChunksReport(module: BeamModule, file: string): ChunksReport {
  const { gzipped, chunks, trailing } = module.container;
  return {
    schema: 'beamtool-chunks/1',
    file,
    gzipped,
    chunks: chunks.map(({ id, offset, data }) => ({ id, offset, size: data.length, meaning: MEANINGS[id] ?? null })),
    duplicates: module.duplicateChunks,
    trailing: trailing.length,
  };
}

/** Renders a table: id, offset, size, meaning. */
export function renderChunksText(report: ChunksReport): string {
  const rows = report.chunks.map(({ id, offset, size, meaning }) => {
    return `  ${visible(id).padEnd(4)}  0x${offset.toString(16).padStart(6, '0')}  ${String(size).padStart(8)}  ${meaning ?? 'unknown'}`;
  });
  const notes = [
    ...(report.gzipped ? ['  gzipped: offsets are those of the inflated file'] : []),
    ...report.duplicates.map((id) => `  ${visible(id)} stands more than once: the loader takes the last one`),
    ...(report.trailing > 0 ? [`  ${report.trailing} bytes after the form`] : []),
  ];
  return `${[visible(report.file), '  id      offset      size  holds', ...rows, ...notes].join('\n')}\n`;
}
