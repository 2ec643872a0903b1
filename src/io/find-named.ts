// Files by the ending of their names, in a folder and those below it. Links to folders are followed, each folder is entered once.

import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_FOLDER_DEPTH } from '../limits.js';
import { systemCode } from './read-file.js';

/** Returns the files whose names end in one of these ways, sorted; a folder that can't be listed has none. */
export function findNamed(folder: string, endings: readonly string[]): readonly string[] {
  const found: string[] = [];
  search(folder, endings, { found, entered: new Set(), depth: 0 });
  return found.sort();
}

interface Search {
  readonly found: string[];
  readonly entered: Set<string>;
  readonly depth: number;
}

function search(folder: string, endings: readonly string[], { found, entered, depth }: Search): void {
  const real = orUndefined(() => realpathSync.native(folder));
  if (real === undefined || entered.has(real) || depth > MAX_FOLDER_DEPTH) return;
  entered.add(real);
  for (const entry of orUndefined(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const path = join(folder, entry.name);
    const isWanted = endings.some((ending) => entry.name.endsWith(ending));
    const stats = entry.isSymbolicLink() ? orUndefined(() => statSync(path)) : entry;
    if (stats?.isDirectory()) search(path, endings, { found, entered, depth: depth + 1 });
    else if (isWanted && stats?.isFile()) found.push(path);
  }
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
