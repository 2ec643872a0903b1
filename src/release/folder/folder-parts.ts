// What the tar of a release folder has beyond that of systools, so that the start scripts of rebar3 and mix find all that they need, both
// where the tar is unpacked by hand and where release_handler unpacks it.
//
//   releases/NAME-VSN.rel                release_handler:unpack_release("NAME-VSN"); systools has releases/NAME.rel and releases/VSN/NAME.rel
//   releases/VSN/..                      vm.args, start_clean.boot, no_dot_erlang.boot; of mix env.sh, runtime.exs, consolidated and more
//   bin/..                               start scripts
//   releases/start_erl.data, RELEASES    of this release alone, as for a first install; COOKIE of mix

import type { ReleaseFile } from '../model.js';
import { baseName, joinPath, type ReleaseFiles } from '../release-files.js';
import { planTar, type TarPart, type TarPlan, type TarRequest, tarMembersOf } from '../tar/plan-tar.js';
import type { ReleaseFolder } from './release-folder.js';
import { buildReleases, formatReleases, formatStartData } from './releases-file.js';

/** Plans the tar of a release folder: that of systools, with the runtime where the folder has it, and what start scripts need; throws ReleaseError. */
export function planFolderTar(files: ReleaseFiles, folder: ReleaseFolder, request: TarRequest): TarPlan {
  const { file } = request.release;
  const erts = request.erts ?? runtimeIn(files, folder, file);
  const plan = planTar(files, { ...request, erts, places: [folder.versionFolder] });
  return { ...plan, parts: [...plan.parts, ...folderParts(files, folder, file, plan.parts)] };
}

/** Those that start scripts need, without those that are `present` already. */
function folderParts(
  files: ReleaseFiles,
  folder: ReleaseFolder,
  file: ReleaseFile,
  present: readonly TarPart[],
): readonly TarPart[] {
  const { root, rel, versionFolder } = folder;
  const target = joinPath('releases', file.vsn);
  const inVersion = namesIn(files, versionFolder).filter((name) => !isPackage(name) && name !== `${baseName(rel)}.rel`);
  const bytes = (name: string, text: Uint8Array): TarPart => ({ kind: 'bytes', name: joinPath('releases', name), bytes: text });
  const cookie = joinPath(root, 'releases/COOKIE');
  const parts: readonly TarPart[] = [
    ...tarMembersOf(files, `${rel}.rel`, joinPath('releases', `${file.name}-${file.vsn}.rel`)),
    ...inVersion.flatMap((name) => tarMembersOf(files, joinPath(versionFolder, name), joinPath(target, name))),
    ...namesIn(files, joinPath(root, 'bin')).flatMap((name) =>
      tarMembersOf(files, joinPath(joinPath(root, 'bin'), name), joinPath('bin', name)),
    ),
    bytes('start_erl.data', formatStartData(file)),
    bytes('RELEASES', formatReleases(buildReleases(file, { root: '' }))),
    ...(files.kindOf(cookie) === 'file' ? tarMembersOf(files, cookie, 'releases/COOKIE') : []),
  ];
  const names = new Set(present.map(({ name }) => name));
  return parts.filter(({ name }) => !names.has(name) && names.add(name));
}

/** Names of what lies in the release folder and is in no tar: overlays, but also logs and what a node wrote. */
export function namesLeftOut(files: ReleaseFiles, { root }: ReleaseFolder, { erts }: ReleaseFile): readonly string[] {
  const known = new Set(['bin', 'lib', 'releases', 'log', 'tmp', `erts-${erts}`]);
  return namesIn(files, root).filter((name) => !known.has(name) && !isPackage(name) && !/^(\.|erts-)/.test(name));
}

/** The folder to take the runtime from: that of the release, where it has one. */
function runtimeIn(files: ReleaseFiles, { root }: ReleaseFolder, { erts }: ReleaseFile): string | undefined {
  return files.kindOf(joinPath(root, `erts-${erts}/bin`)) === 'folder' ? root : undefined;
}

function namesIn(files: ReleaseFiles, folder: string): readonly string[] {
  return files.kindOf(folder) === 'folder' ? (files.list(folder) ?? []) : [];
}

function isPackage(name: string): boolean {
  return /\.(tar|tgz|tar\.gz)$/.test(name) || /^\.beamtool-.*\.tmp$/.test(name);
}
