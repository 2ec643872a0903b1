// The two ends of reading input. A search finds sources: plain files, archives to be opened, and what can't be or isn't read; they are
// small. Reading the sources gives inputs, each file with its bytes, one at a time.

import type { ParseError } from '../errors.js';

/** The files that the tool reads, by the extension of their name. */
export type FileType = 'beam' | 'app' | 'rel' | 'appup';

/** Where a file belongs, told by the names of the folders around it, as xref does; absent parts are unknown. */
export interface Placement {
  /** Application, such as `stdlib` for `stdlib-4.2/ebin/lists.beam`. A bare file or ebin folder has none. */
  readonly app?: string;
  /** Version of the application, such as `4.2`. */
  readonly vsn?: string;
  /** Release, such as `shop` for `shop-1.0.0/lib/...` and `shop-1.0.0.tar.gz`. */
  readonly release?: string;
}

/** A file of its own on disk; the path `-` is the standard input. */
export interface PlainSource extends Placement {
  readonly kind: 'plain';
  /** As it is shown: the argument, then the names below it. */
  readonly path: string;
  readonly type: FileType;
}

/** A zip is most often an `.ez`; an escript has one behind its header lines, or a beam; gzip holds a tar, or a beam. */
export type ArchiveFormat = 'zip' | 'escript' | 'tar' | 'gzip';

/** A file with members to be read. */
export interface ArchiveSource {
  readonly kind: 'archive';
  readonly path: string;
  readonly format: ArchiveFormat;
  readonly release?: string;
}

/** A path that can't be read; it never ends a run. */
export interface Fault {
  readonly kind: 'fault';
  readonly path: string;
  readonly error: ParseError;
}

/** A path that could be read and is left out on purpose, such as the older of two versions of an application. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly path: string;
  /** One phrase, such as `stdlib-4.2 is newer`. */
  readonly reason: string;
}

/** Anything that a search finds. */
export type Source = PlainSource | ArchiveSource | Fault | Skipped;

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

/** Returns the type of a file by its name, or undefined for a name that is none of ours. */
export function fileTypeOf(name: string): FileType | undefined {
  if (name.endsWith('.beam')) return 'beam';
  if (name.endsWith('.app')) return 'app';
  if (name.endsWith('.appup')) return 'appup';
  return name.endsWith('.rel') ? 'rel' : undefined;
}
