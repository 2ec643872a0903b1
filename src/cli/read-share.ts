// A share of the reading: takes blocks of sources, as others do, until none are left, and gathers the facts. It runs in the main thread and in
// worker threads alike, so everything it takes and gives is plain data.

import type { KeyLookup } from '../beam/debug-info-key.js';
import { readBeam } from '../beam/module.js';
import { ParseError } from '../errors.js';
import type { FactSource } from '../graph/facts/read-facts.js';
import type { ProgramMode } from '../graph/program/program.js';
import type { ProgramBuilder } from '../graph/program/program-builder.js';
import { readModule } from '../graph/program/read-module.js';
import { type InputFile, readRange, type Source } from '../io/input.js';
import { startLending } from '../io/read-file.js';

/** What is read of each module. */
export interface ReadChoices {
  readonly mode: ProgramMode;
  readonly source: FactSource;
  /** Whether calls of BIFs count. */
  readonly builtins: boolean;
  /** The release whose BIFs and whose xref count; for each module that which compiled it by default. */
  readonly otp?: number | undefined;
  /** Whether to read the Docs chunk. */
  readonly docs?: boolean;
  /** Whether to look for dependencies that are no calls. */
  readonly references?: boolean;
  /** Whether to look for what Elixir's `@deprecated` marks. */
  readonly elixirDeprecated?: boolean;
}

/** Something to be said of a file; `order` is its place in the input. */
export interface FileRemark {
  readonly order: number;
  readonly file: string;
  readonly reason: string;
}

/** Something to be said of a module's file. */
export interface ModuleRemark extends FileRemark {
  readonly module: string;
}

/** What a share gave. */
export interface Share<Read> {
  readonly program: Read;
  /** How many files were read. */
  readonly files: number;
  readonly failed: readonly FileRemark[];
  readonly skipped: readonly FileRemark[];
  /** Modules that were read otherwise than asked. */
  readonly fallbacks: readonly ModuleRemark[];
  /** Modules of names that the share had read before. */
  readonly repeated: readonly ModuleRemark[];
  /** Where each application was first met, and the release that it was met in, or null. */
  readonly applications: ReadonlyMap<string, { readonly order: number; readonly release: string | null }>;
}

/** Takes the next sources: a position in the list and the one behind the last; undefined where none are left. */
export type TakeBlock = () => readonly [number, number] | undefined;

/** Sources that are taken at once: few enough that no reader is left alone with the last ones, and enough that taking costs nothing. */
const BLOCK = 8;

/** Takes blocks by a counter that all readers share. */
export function takeBlocks(counter: Int32Array, count: number): TakeBlock {
  return () => {
    const start = Atomics.add(counter, 0, BLOCK);
    return start < count ? [start, Math.min(start + BLOCK, count)] : undefined;
  };
}

/** Members of one archive that can be told apart in their order. */
const MEMBERS = 2 ** 20;

/** Sources and where each stands in the input. */
export interface PlacedSources {
  readonly sources: readonly Source[];
  readonly orders: readonly number[];
}

/** Reads what can be taken of the sources into a builder. A file that can't be read is a remark; other errors than ParseErrors pass through. */
export async function readShare(
  { sources, orders }: PlacedSources,
  choices: ReadChoices,
  key: KeyLookup | undefined,
  take: TakeBlock,
  builder: ProgramBuilder,
): Promise<Share<ProgramBuilder>> {
  const failed: FileRemark[] = [];
  const skipped: FileRemark[] = [];
  const fallbacks: ModuleRemark[] = [];
  const repeated: ModuleRemark[] = [];
  const applications = new Map<string, { readonly order: number; readonly release: string | null }>();
  const lending = startLending();
  let files = 0;
  for (let block = take(); block !== undefined; block = take()) {
    let order = -1;
    for await (const { at, input } of readRange(sources, block, {}, lending)) {
      order = Math.max(orders[at] as number, order + 1 / MEMBERS);
      if (input.kind === 'skipped') skipped.push({ order, file: input.path, reason: input.reason });
      else if (input.kind === 'fault') failed.push({ order, file: input.path, reason: input.error.inFile(input.path).message });
      else readFile(input, order);
    }
  }
  return { program: builder, files, failed, skipped, fallbacks, repeated, applications };

  function readFile(file: InputFile, order: number): void {
    const { path, app, release } = file;
    try {
      const module = readBeam(file.bytes, { file: path, key });
      const context = { ...choices, imports: choices.mode === 'modules', file: path, app: app ?? null };
      const { added, fallback } = readModule(builder, module, context, choices.source, order);
      files++;
      const remark = { order, file: path, module: module.name };
      if (!added) repeated.push({ ...remark, reason: 'read already' });
      else if (fallback !== undefined) fallbacks.push({ ...remark, reason: fallback });
      if (app !== undefined && !applications.has(app)) applications.set(app, { order, release: release ?? null });
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      failed.push({ order, file: path, reason: error.inFile(path).message });
    }
  }
}
