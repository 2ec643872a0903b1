// The `.rel` files and search paths of the commands that make releases.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../errors.js';

/** Drops the extension, since systools adds it. */
export function relName(path: string): string {
  return path.replace(/\.rel$/, '');
}

/**
 * Returns the search path: what was given, or else, for each `.rel`, the `lib/*` + `/ebin` of the release folder that it lies in (`releases/1.0/shop.rel`
 * has it two folders up). Throws UsageError where there is neither.
 */
export function searchPathOf(given: readonly string[] | undefined, rels: readonly string[]): readonly string[] {
  if (given !== undefined && given.length > 0) return given;
  const found = rels.flatMap((rel) => {
    const near = [dirname(rel), dirname(dirname(rel)), dirname(dirname(dirname(rel)))];
    const root = near.find((folder) => existsSync(join(folder, 'lib')));
    return root === undefined ? [] : [join(root, 'lib', '*', 'ebin')];
  });
  if (found.length === 0) throw new UsageError("where are the applications? --path 'lib/*/ebin'");
  return [...new Set(found)];
}
