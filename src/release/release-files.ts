// The files that releases are made from, as the core sees them: bytes by path. Who calls gives the access; in the command line that is the
// file system. Paths are joined here as filename:join/2 does it, since they are part of what systools answers.

/** What a path is. */
export type PathKind = 'file' | 'folder' | 'nothing';

/** Bytes, or the name that Erlang has for the reason why there are none (`enoent`, `eacces`, `eisdir`). */
export type FileAnswer =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'fault'; readonly posix: string };

/** How files are reached. Paths are relative to one folder, or absolute. */
export interface ReleaseFiles {
  readonly read: (path: string) => FileAnswer;
  /** Links are followed. */
  readonly kindOf: (path: string) => PathKind;
  /** Names in a folder in the order of their code points; undefined where it can't be listed. */
  readonly list: (folder: string) => readonly string[] | undefined;
}

/** Joins two paths as filename:join/2 does: an absolute name stands for itself. */
export function joinPath(folder: string, name: string): string {
  return cleanPath(name.startsWith('/') || folder === '' ? name : `${folder}/${name}`);
}

/** Drops repeated slashes and the one at the end. */
export function cleanPath(path: string): string {
  const single = path.replace(/\/{2,}/g, '/');
  return single.length > 1 && single.endsWith('/') ? single.slice(0, -1) : single;
}

/** Returns the folder of a path, `.` where it names none. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  if (at < 0) return '.';
  return at === 0 ? '/' : path.slice(0, at);
}

/** Returns the last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
