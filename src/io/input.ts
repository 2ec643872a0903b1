// From the arguments of a command line to the files they mean, in two steps: `findInputs` lists them (cheap: one readdir per folder),
// `readInputs` gives their bytes one after the other and keeps none. Order: the arguments as given; below a folder by name, level by
// level; in a zip by name; in a tar as it lies.

import { realpathSync, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import { ParseError } from '../errors.js';
import { parseVersionedName } from './application-name.js';
import { classifyHead, HEAD_BYTES } from './classify.js';
import { addFault, addFile, type Search, searchFolder } from './folder.js';
import { type Lending, lendFileBytes, readFileBytes, readHead, startLending, systemFault } from './read-file.js';
import {
  type ArchiveSource,
  type Fault,
  type FileType,
  fileTypeOf,
  type Input,
  type InputFile,
  type PlainSource,
  type Source,
} from './source.js';

export type { Fault, FileType, Input, InputFile, Placement, Skipped, Source } from './source.js';

/** The choices of a search. */
export interface SearchOptions {
  /** Types of files to find; beams alone where absent. */
  readonly wanted?: readonly FileType[];
}

/** The choices of reading. */
export interface ReadOptions extends SearchOptions {
  /**
   * Lends the bytes: each file's are overwritten by the next one's and may not be kept, by views neither. Saves half the time of reading.
   * A member of an archive is given for good all the same.
   */
  readonly lend?: boolean;
}

/** Lists what the arguments mean, without reading it; an argument that gives nothing is a fault `missing`. */
export function findInputs(paths: readonly string[], options: SearchOptions = {}): readonly Source[] {
  const search: Search = {
    wanted: wantedTypes(options),
    found: [],
    seenFiles: new Set(),
    seenFolders: new Map(),
    matches: 0,
  };
  for (const path of paths) searchArgument(search, path);
  return search.found;
}

/** Reads sources in their order, one file at a time; a file that can't be read comes as a fault. */
export async function* readInputs(sources: readonly Source[], options: ReadOptions = {}): AsyncGenerator<Input, void, void> {
  for await (const { input } of readRange(sources, [0, sources.length], options)) yield input;
}

/** What a source gave: several for an archive. */
export interface PlacedInput {
  /** Position of the source. */
  readonly at: number;
  readonly input: Input;
}

/**
 * Does what {@link readInputs} does for some of the sources, from a position up to before another one; `lending` is the buffer to read into
 * where one is used for several ranges.
 */
export async function* readRange(
  sources: readonly Source[],
  [start, end]: readonly [number, number],
  options: ReadOptions = {},
  lending = options.lend ? startLending() : undefined,
): AsyncGenerator<PlacedInput, void, void> {
  for (let at = start; at < end; at++) {
    const source = sources[at] as Source;
    if (source.kind === 'plain') yield { at, input: readPlain(source, lending) };
    else if (source.kind === 'archive') for await (const input of await openArchive(source, options)) yield { at, input };
    else yield { at, input: source };
  }
}

/** Finds and reads what the arguments mean: {@link findInputs}, then {@link readInputs}. */
export function openInputs(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<Input, void, void> {
  return readInputs(findInputs(paths, options), options);
}

function readPlain(source: PlainSource, lending?: Lending): InputFile | Fault {
  const { path } = source;
  try {
    return { ...source, kind: 'file', bytes: lending === undefined ? readFileBytes(path) : lendFileBytes(path, lending) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { kind: 'fault', path, error };
  }
}

// What reads archives is loaded only where there is one: most runs begin sooner without it.
async function openArchive(source: ArchiveSource, options: SearchOptions): Promise<AsyncGenerator<Input, void, void>> {
  const { readArchive } = await import('./archive.js');
  return readArchive(source, wantedTypes(options));
}

function wantedTypes(options: SearchOptions): ReadonlySet<FileType> {
  return new Set(options.wanted ?? ['beam']);
}

function searchArgument(search: Search, argument: string): void {
  if (argument === '-') {
    addFile(search, '-', { kind: 'plain', path: '-', type: 'beam' });
    return;
  }
  const path = argument.length > 1 ? argument.replace(/\/+$/, '') || '/' : argument;
  const before = search.matches;
  try {
    searchPath(search, path, statSync(path));
  } catch (error) {
    const fault = systemFault(error, path);
    if (!(fault instanceof ParseError)) throw error;
    addFault(search, path, fault);
  }
  if (search.matches === before) addFault(search, path, nothingIn(path, search.wanted));
}

function searchPath(search: Search, path: string, stat: Stats): void {
  const real = realpathSync.native(path);
  if (stat.isDirectory()) searchFolder(search, { path, real, depth: 0, placement: {} });
  else if (stat.isFile()) addFile(search, real, fileSource(path, search.wanted));
  else addFault(search, path, new ParseError({ code: 'unreadable', reason: 'not a regular file', file: path }));
}

// A shell's `ebin/*` names the .app files too: what isn't wanted is no fault.
function fileSource(path: string, wanted: ReadonlySet<FileType>): Source {
  const type = fileTypeOf(path);
  if (type !== undefined && wanted.has(type)) return { kind: 'plain', path, type };
  if (type !== undefined && type !== 'beam') return { kind: 'skipped', path, reason: `a .${type} file` };
  const format = classifyHead(readHead(path, HEAD_BYTES), path);
  if (format === undefined) return { kind: 'plain', path, type: 'beam' };
  return { kind: 'archive', path, format, ...(format === 'tar' || format === 'gzip' ? { release: releaseName(path) } : {}) };
}

function releaseName(path: string): string {
  return parseVersionedName(basename(path).replace(/\.(tar|tgz|tar\.gz)$/, '')).name;
}

function nothingIn(path: string, wanted: ReadonlySet<FileType>): ParseError {
  const types = [...wanted].map((type) => `.${type}`).join(' or ');
  return new ParseError({ code: 'missing', reason: `nothing to read: no ${types} file in it`, file: path });
}
