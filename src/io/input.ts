// From the arguments of a command line to the files they mean, in two steps: `findInputs` lists them (cheap: one readdir per folder),
// `readInputs` gives their bytes one after the other and keeps none. Order: the arguments as given; below a folder by name, level by
// level; in a zip by name; in a tar as it lies.

import { realpathSync, type Stats, statSync } from 'node:fs';
import { ParseError } from '../errors.js';
import { addFault, addFile, type Search, searchFolder } from './folder.js';
import { readFileBytes, systemFault } from './read-file.js';
import { type Fault, type FileType, fileTypeOf, type Placement, type PlainSource, type Skipped, type Source } from './source.js';

/** One file with its bytes. */
export interface InputFile extends Placement {
  readonly kind: 'file';
  /** As it is shown; a member of an archive is `x.ez!/app/ebin/m.beam`. */
  readonly path: string;
  readonly type: FileType;
  readonly bytes: Uint8Array;
}

/** What reading gives: a file, or a path that can't be or isn't read. */
export type Input = InputFile | Fault | Skipped;

/** The choices of a search. */
export interface SearchOptions {
  /** Types of files to find; beams alone where absent. */
  readonly wanted?: readonly FileType[];
}

/** Lists what the arguments mean, without reading it; an argument that gives nothing is a fault `missing`. */
export function findInputs(paths: readonly string[], options: SearchOptions = {}): readonly Source[] {
  const wanted: ReadonlySet<FileType> = new Set(options.wanted ?? ['beam']);
  const search: Search = { wanted, found: [], seenFiles: new Set(), seenFolders: new Map(), matches: 0 };
  for (const path of paths) searchArgument(search, path);
  return search.found;
}

/** Reads sources in their order, one file at a time; a file that can't be read comes as a fault. */
export async function* readInputs(sources: readonly Source[], options: SearchOptions = {}): AsyncGenerator<Input, void, void> {
  for (const source of sources) {
    if (source.kind === 'plain') yield readPlain(source);
    else if (source.kind === 'archive') yield* readArchive(source.path, options);
    else yield source;
  }
}

/** Finds and reads what the arguments mean: {@link findInputs}, then {@link readInputs}. */
export function openInputs(paths: readonly string[], options: SearchOptions = {}): AsyncGenerator<Input, void, void> {
  return readInputs(findInputs(paths, options), options);
}

/** Reads one source that lies on disk by itself. */
export function readPlain(source: PlainSource): InputFile | Fault {
  try {
    return { ...source, kind: 'file', bytes: readFileBytes(source.path) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { kind: 'fault', path: source.path, error };
  }
}

// biome-ignore lint/correctness/useYield: archives come with the next commit
async function* readArchive(path: string, _options: SearchOptions): AsyncGenerator<Input, void, void> {
  throw new ParseError({ code: 'unsupported', reason: 'archives are not read yet', file: path });
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
  else if (stat.isFile()) addFile(search, real, { kind: 'plain', path, type: fileTypeOf(path) ?? 'beam' });
  else addFault(search, path, new ParseError({ code: 'unreadable', reason: 'not a regular file', file: path }));
}

function nothingIn(path: string, wanted: ReadonlySet<FileType>): ParseError {
  const types = [...wanted].map((type) => `.${type}`).join(' or ');
  return new ParseError({ code: 'missing', reason: `nothing to read: no ${types} file in it`, file: path });
}
