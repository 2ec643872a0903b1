// What the files of two release folders say of an upgrade that release_handler has no part in, or that it does otherwise than a start script.
//
// Defined by lib/sasl/src/release_handler.erl (change_appl_data/3: the environment is that of the .app files and of sys.config) and the
// start scripts of rebar3 and mix.

import type { Release } from '../model.js';
import { joinPath, type ReleaseFiles } from '../release-files.js';
import type { ReleaseFolder } from './release-folder.js';

/** A release and its folder. */
export interface FolderedRelease {
  readonly folder: ReleaseFolder;
  readonly release: Release;
}

/** Something to know of an upgrade; `files` are paths below the release folder. */
export type FolderNote =
  /** The older release has no RELEASES: it can't be gone back to. */
  | { readonly kind: 'no RELEASES'; readonly folder: string; readonly vsn: string }
  /** It becomes sys.config when a start script runs, and for release_handler there is none. */
  | { readonly kind: 'config template'; readonly file: string }
  /** Evaluated when the node boots only. */
  | { readonly kind: 'runtime config'; readonly file: string }
  /** Protocols whose consolidated modules differ; they belong to no application. */
  | { readonly kind: 'consolidated'; readonly modules: readonly string[] }
  /** Files that differ and are looked at when the node boots only. */
  | { readonly kind: 'at restart'; readonly files: readonly string[] }
  /** The runtime changes and isn't in the folder. */
  | { readonly kind: 'no runtime'; readonly erts: string };

/** Returns what is to be known of the new release. */
export function noteRelease(files: ReleaseFiles, { folder }: FolderedRelease): readonly FolderNote[] {
  const has = (name: string) => files.kindOf(joinPath(folder.versionFolder, name)) === 'file';
  const notes: FolderNote[] = [];
  if (has('sys.config.src') && !has('sys.config'))
    notes.push({ kind: 'config template', file: joinPath(folder.versionFolder, 'sys.config.src') });
  if (has('runtime.exs')) notes.push({ kind: 'runtime config', file: joinPath(folder.versionFolder, 'runtime.exs') });
  return notes;
}

/** Returns what is to be known of the way from an older release to the new one. */
export function noteUpgrade(files: ReleaseFiles, old: FolderedRelease, now: FolderedRelease): readonly FolderNote[] {
  const notes: FolderNote[] = [];
  const { root, versionFolder } = old.folder;
  if (files.kindOf(joinPath(root, 'releases/RELEASES')) !== 'file') {
    notes.push({ kind: 'no RELEASES', folder: joinPath(root, 'releases'), vsn: old.release.file.vsn });
  }
  const consolidated = differing(
    files,
    joinPath(versionFolder, 'consolidated'),
    joinPath(now.folder.versionFolder, 'consolidated'),
  );
  const modules = consolidated.filter((name) => name.endsWith('.beam')).map((name) => name.slice(0, -'.beam'.length));
  if (modules.length > 0) notes.push({ kind: 'consolidated', modules });
  const late = differing(files, versionFolder, now.folder.versionFolder).filter((name) => AT_RESTART.has(name));
  if (late.length > 0) notes.push({ kind: 'at restart', files: late });
  const { erts } = now.release.file;
  const isChanged = old.release.file.erts !== erts;
  if (isChanged && files.kindOf(joinPath(now.folder.root, `erts-${erts}`)) !== 'folder') notes.push({ kind: 'no runtime', erts });
  return notes;
}

const AT_RESTART: ReadonlySet<string> = new Set(['vm.args', 'vm.args.src', 'remote.vm.args', 'env.sh', 'env.bat', 'runtime.exs']);

/** Names of files that only one of two folders has, or that have other bytes. */
function differing(files: ReleaseFiles, left: string, right: string): readonly string[] {
  const names = new Set([...(files.list(left) ?? []), ...(files.list(right) ?? [])]);
  return [...names].sort().filter((name) => !isSame(files, joinPath(left, name), joinPath(right, name)));
}

function isSame(files: ReleaseFiles, left: string, right: string): boolean {
  const [one, other] = [left, right].map((path) => (files.kindOf(path) === 'file' ? files.read(path) : undefined));
  if (one?.kind !== 'bytes' || other?.kind !== 'bytes') return one?.kind !== 'bytes' && other?.kind !== 'bytes';
  return one.bytes.length === other.bytes.length && one.bytes.every((byte, at) => byte === other.bytes[at]);
}
