// The releases that `upgrade` is between: release folders, and for older ones also packages (.tar.gz), which are read whole. One access to
// files sees all of them; what lies in a package has a path such as `shop-1.tar.gz!/lib/shop-1.0/ebin/shop.app`.

import { UsageError } from '../../errors.js';
import { accessFolder } from '../../io/folder-access.js';
import { findInputs, readInputs } from '../../io/input.js';
import { findReleaseFolder, type ReleaseFolder, rootOfRel } from '../../release/folder/release-folder.js';
import { getRelease } from '../../release/get-release.js';
import type { Release } from '../../release/model.js';
import { overlayFiles } from '../../release/overlay-files.js';
import { folderOf, joinPath, type ReleaseFiles } from '../../release/release-files.js';
import { expandSearchPath } from '../../release/search-path.js';

/** A release with the folder that it lies in. */
export interface OpenedRelease {
  /** As it was named. */
  readonly path: string;
  readonly folder: ReleaseFolder;
  readonly release: Release;
  /** Whether it is a package, of which only applications and the `.rel` are seen. */
  readonly isPackage: boolean;
}

/** The releases of an upgrade. */
export interface OpenedReleases {
  readonly files: ReleaseFiles;
  readonly olds: readonly OpenedRelease[];
  readonly now: OpenedRelease;
  /** Folders of applications, for the new release and for all. */
  readonly path: readonly string[];
}

/** What is asked for. */
export interface NamedUpgrade {
  readonly olds: readonly string[];
  readonly now: string;
  /** More folders of applications, with `*`. */
  readonly libraries: readonly string[];
  readonly otp: number | undefined;
}

/** Opens the releases; throws UsageError, ParseError for a package that can't be read, and ReleaseError. */
export async function openReleases({ olds, now, libraries, otp }: NamedUpgrade): Promise<OpenedReleases> {
  if (isPackage(now)) throw new UsageError(`${now}: the new release has to be a folder: its package is what is made`);
  const packed = new Map<string, Uint8Array>();
  for (const path of olds) if (isPackage(path)) await readPackage(path, packed);
  const files = packed.size === 0 ? accessFolder('.') : overlayFiles(accessFolder('.'), packed);
  const named = [now, ...olds].map((path) => ({ path, folder: folderNamed(files, path), isPackage: isPackage(path) }));
  const ebins = (folder: ReleaseFolder) => joinPath(folder.root, 'lib/*/ebin');
  const all = [...named.map(({ folder }) => ebins(folder)), ...libraries];
  // Of an application that both have, each release has its own.
  const open = (one: (typeof named)[number]): OpenedRelease => {
    const path = expandSearchPath(files, [ebins(one.folder), ...all]);
    return { ...one, release: getRelease(files, one.folder.rel, path, otp) };
  };
  const [opened, ...older] = named.map(open);
  return { files, olds: older, now: opened as OpenedRelease, path: expandSearchPath(files, all) };
}

function isPackage(path: string): boolean {
  return /\.(tar|tgz|tar\.gz)$/.test(path);
}

const WANTED = ['beam', 'app', 'rel'] as const;

async function readPackage(path: string, packed: Map<string, Uint8Array>): Promise<void> {
  for await (const input of readInputs(findInputs([path], { wanted: WANTED }), { wanted: WANTED })) {
    if (input.kind === 'fault') throw input.error.inFile(input.path);
    if (input.kind === 'file') packed.set(input.path, input.bytes);
  }
}

function folderNamed(files: ReleaseFiles, path: string): ReleaseFolder {
  const folder = findReleaseFolder(files, isPackage(path) ? `${path}!` : path);
  if (folder !== undefined) return folder;
  const rel = path.replace(/\.rel$/, '');
  if (files.kindOf(`${rel}.rel`) !== 'file') throw new UsageError(`${path}: no release: neither a folder, a .rel nor a package`);
  const root = rootOfRel(files, rel);
  if (root === undefined) throw new UsageError(`${path}: no release folder: no lib in a folder above it`);
  return { root, rel, versionFolder: folderOf(rel) };
}
