// The `.rel` files and search paths of the commands that make releases.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../errors.js';
import { findReleaseFolder, type ReleaseFolder } from '../release/folder/release-folder.js';
import type { ReleaseFiles } from '../release/release-files.js';

/** A release that was named: the path of its `.rel` without the extension, since systools adds it, and its folder if that was named. */
export interface NamedRelease {
  readonly rel: string;
  readonly folder: ReleaseFolder | undefined;
}

/** Resolves a `.rel`, a release folder or `releases/VSN` in one; throws UsageError. */
export function nameRelease(files: ReleaseFiles, path: string): NamedRelease {
  const folder = findReleaseFolder(files, path);
  return { rel: folder?.rel ?? path.replace(/\.rel$/, ''), folder };
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
