// A release as rebar3 and mix lay it out on disk, and as it lies on a target. One folder may have several versions.
//
//   lib/APP-VSN/ebin          releases/VSN/NAME.rel, start.boot, sys.config, vm.args, relup, ..
//   bin/, erts-VSN/           releases/start_erl.data ("ERTS VSN"), releases/RELEASES
//
// It is named by its folder, by `releases/VSN` in it, or by its `.rel`.

import { UsageError } from '../../errors.js';
import { cleanPath, folderOf, joinPath, type ReleaseFiles } from '../release-files.js';

/** Where a release lies. */
export interface ReleaseFolder {
  /** The folder that has `lib` and `releases`. */
  readonly root: string;
  /** Path of the `.rel` without its extension. */
  readonly rel: string;
  /** The folder of the `.rel`. */
  readonly versionFolder: string;
}

/** Finds the release that a folder means; undefined where `path` is no folder. Throws UsageError where it has none, or several. */
export function findReleaseFolder(files: ReleaseFiles, path: string): ReleaseFolder | undefined {
  const folder = cleanPath(path);
  if (files.kindOf(folder) !== 'folder') return undefined;
  const releases = joinPath(folder, 'releases');
  if (files.kindOf(releases) === 'folder') return inVersion(files, folder, chooseVersion(files, folder, releases));
  if (relsIn(files, folder).length > 0) return inVersion(files, parentOf(parentOf(folder)), folder);
  throw new UsageError(`${path}: no release in it: there is no releases/VSN/NAME.rel`);
}

/** Finds the folder that the `.rel` of that path (without its extension) lies in; undefined where none above it has `lib`. */
export function rootOfRel(files: ReleaseFiles, rel: string): string | undefined {
  const near = parentOf(rel);
  return [near, parentOf(near), parentOf(parentOf(near))].find((folder) => files.kindOf(joinPath(folder, 'lib')) === 'folder');
}

/** Returns the folder above a path. */
export function parentOf(path: string): string {
  return /(^|\/)\.{1,2}$/.test(path) ? joinPath(path, '..') : folderOf(path);
}

function inVersion(files: ReleaseFiles, root: string, versionFolder: string): ReleaseFolder {
  const [rel] = relsIn(files, versionFolder);
  return { root, rel: joinPath(versionFolder, rel as string), versionFolder };
}

/** Names of `.rel` files without the extension. Unpacking leaves `NAME-VSN.rel` beside others: the shortest is NAME. */
function relsIn(files: ReleaseFiles, folder: string): readonly string[] {
  const names = (files.list(folder) ?? []).filter((name) => name.endsWith('.rel') && name !== '.rel');
  return names.map((name) => name.slice(0, -'.rel'.length)).sort((left, right) => left.length - right.length);
}

/** The only version, or the one that `start_erl.data` names: the one that was built, or made permanent, last. */
function chooseVersion(files: ReleaseFiles, folder: string, releases: string): string {
  const versions = (files.list(releases) ?? []).filter((name) => relsIn(files, joinPath(releases, name)).length > 0);
  const [first, ...others] = versions;
  if (first === undefined) throw new UsageError(`${folder}: no release in it: there is no releases/VSN/NAME.rel`);
  const chosen = others.length === 0 ? first : startedVersion(files, releases);
  if (chosen !== undefined && versions.includes(chosen)) return joinPath(releases, chosen);
  const named = versions.map((version) => joinPath(releases, version));
  throw new UsageError(`${folder}: which release? ${named.join(', ')}`);
}

function startedVersion(files: ReleaseFiles, releases: string): string | undefined {
  const answer = files.read(joinPath(releases, 'start_erl.data'));
  if (answer.kind === 'fault') return undefined;
  return new TextDecoder().decode(answer.bytes).trim().split(/\s+/)[1];
}
