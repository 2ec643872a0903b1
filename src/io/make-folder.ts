// Folders for files that are going to be written, and their removal where they aren't.

import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemCode } from './read-file.js';
import { naming } from './temporary-file.js';

/** Makes a folder and those above it, and returns those that weren't there, the outermost first; throws UsageError. */
export function makeFolder(folder: string): readonly string[] {
  const target = resolve(folder);
  const first = naming(folder, () => mkdirSync(target, { recursive: true }));
  const made: string[] = [];
  for (let path = target; first !== undefined && path.length >= first.length; path = dirname(path)) made.unshift(path);
  return made;
}

/** Removes a folder, unless there is something in it. */
export function removeEmptyFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    // Another may have written to it meanwhile.
    if (systemCode(error) === undefined) throw error;
  }
}
