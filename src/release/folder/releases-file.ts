// RELEASES, by which a node knows the releases that it has: release_handler reads it when sasl starts, and can't go back to a release that isn't
// in it. start_erl.data, by which start scripts know the release to boot.
//
//   [{release, Name, Vsn, ErtsVsn, [{App, Vsn, Folder}], permanent}].          ERTS VSN
//
// Defined by lib/sasl/src/release_handler.erl, create_RELEASES/4.

import { encodeUtf8 } from '../../bytes/text.js';
import { formatTerm } from '../../term/format.js';
import { atom, list, stringTerm, type Term, tuple } from '../../term/model.js';
import type { ReleaseFile } from '../model.js';
import { tagged } from '../release-error.js';
import { joinPath } from '../release-files.js';

/** Where the applications will be on the target. */
export interface TargetFolders {
  /** The folder that has `lib`; the empty text for paths that are relative to the root of the node. */
  readonly root: string;
  /** By application, folders in place of `lib` of the root. */
  readonly libraries?: ReadonlyMap<string, string>;
}

/** An application and where it will be. */
export interface PlacedApplication {
  readonly name: string;
  readonly vsn: string;
  readonly dir: string;
}

/** Returns the applications of a release with their folders on the target. */
export function placeApplications(
  { applications }: ReleaseFile,
  { root, libraries }: TargetFolders,
): readonly PlacedApplication[] {
  return applications.map(({ name, vsn }) => {
    const library = libraries?.get(name) ?? joinPath(root, 'lib');
    return { name, vsn, dir: joinPath(library, `${name}-${vsn}`) };
  });
}

/** Builds the content of RELEASES for a first install: that release alone, permanent. */
export function buildReleases(file: ReleaseFile, folders: TargetFolders): Term {
  const applications = placeApplications(file, folders).map(({ name, vsn, dir }) =>
    tuple(atom(name), stringTerm(vsn), stringTerm(dir)),
  );
  const { name, vsn, erts } = file;
  return list([tagged('release', stringTerm(name), stringTerm(vsn), stringTerm(erts), list(applications), atom('permanent'))]);
}

/** Formats RELEASES. */
export function formatReleases(releases: Term): Uint8Array {
  return encodeUtf8(`%% coding: utf-8\n${formatTerm(releases)}.\n`);
}

/** Formats start_erl.data. */
export function formatStartData({ erts, vsn }: ReleaseFile): Uint8Array {
  return encodeUtf8(`${erts} ${vsn}`);
}
