// The folders of a search path: `lib/*/ebin`. A `*` stands for any characters within one name, a name of `*` alone for any name. systools
// takes folders in the order in which the file system lists them; here they go by name.
//
// Defined by lib/sasl/src/systools_lib.erl.

import { joinPath, type ReleaseFiles } from './release-files.js';

/** Returns the folders that the patterns mean, each once, in order; a pattern that means none is passed over. */
export function expandSearchPath(files: ReleaseFiles, patterns: readonly string[]): readonly string[] {
  return [...new Set(patterns.flatMap((pattern) => expandPattern(files, pattern)))];
}

function expandPattern(files: ReleaseFiles, pattern: string): readonly string[] {
  const names = pattern.split('/').filter((name) => name !== '');
  // undefined is the folder that we are in, whose name is in no path.
  let folders: readonly (string | undefined)[] = [pattern.startsWith('/') ? '/' : undefined];
  for (const name of names) folders = folders.flatMap((folder) => step(files, folder, name));
  return folders.filter((folder) => folder !== undefined);
}

function step(files: ReleaseFiles, folder: string | undefined, name: string): readonly string[] {
  const names = name.includes('*') ? (files.list(folder ?? '.') ?? []).filter(matcherOf(name)) : [name];
  return names
    .map((found) => (folder === undefined ? found : joinPath(folder, found)))
    .filter((path) => files.kindOf(path) === 'folder');
}

/** Compares part by part rather than by a regular expression, which could take long for a name with many `*`. */
function matcherOf(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  return (name) => {
    if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  };
}
