// Files by path, for a search along many folders: a `.app` is looked for in each folder of the path, and lies in one or two of them. A folder is
// listed once, and only what it lists is opened.

import { baseName, type FileAnswer, folderOf, type ReleaseFiles } from './release-files.js';

const NOTHING: FileAnswer = { kind: 'fault', posix: 'enoent' };

/** Gives access to the same files as they are now: what comes into a folder after its first file was asked for isn't seen. */
export function listedFiles(files: ReleaseFiles): ReleaseFiles {
  const listed = new Map<string, ReadonlySet<string> | undefined>();
  const namesIn = (folder: string) => {
    if (!listed.has(folder)) listed.set(folder, foldedNames(files.list(folder)));
    return listed.get(folder);
  };
  return {
    ...files,
    // A folder that can't be listed may still have files that can be read.
    read: (path) => (namesIn(folderOf(path))?.has(folded(baseName(path))) === false ? NOTHING : files.read(path)),
  };
}

function foldedNames(names: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return names === undefined ? undefined : new Set(names.map(folded));
}

/** What no file system tells apart: some take letters of both cases for one, or write an accent in two ways. */
function folded(name: string): string {
  return name.normalize('NFKD').toLowerCase();
}
