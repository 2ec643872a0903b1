// The appups of a release: those that lie in it and those that are made for it.

import type { Build } from '../../changes/build.js';
import { formatGenerated, isChanged } from '../../release/appup/generate/format-generated.js';
import type { ExistingAppup, GeneratedAppups } from '../../release/appup/generate/model.js';
import { parseMadeEntries } from '../../release/appup/made-entries.js';
import { parseAppup } from '../../release/appup/read-appup.js';
import type { Release } from '../../release/model.js';
import { joinPath, type ReleaseFiles } from '../../release/release-files.js';

/** Reads by application the appups of those that have another version in an older build; throws ParseError. */
export function existingAppupsOf(
  files: ReleaseFiles,
  { applications }: Release,
  olds: readonly Build[],
): ReadonlyMap<string, ExistingAppup> {
  const found = new Map<string, ExistingAppup>();
  for (const { name, vsn, dir } of applications) {
    const isUpgraded = olds.some((old) => (old.applications.get(name)?.vsn ?? vsn) !== vsn);
    const path = joinPath(dir, `${name}.appup`);
    const answer = isUpgraded ? files.read(path) : undefined;
    if (answer?.kind !== 'bytes') continue;
    found.set(name, { appup: parseAppup(answer.bytes, path), made: parseMadeEntries(answer.bytes) });
  }
  return found;
}

/** Returns by path the appups that a release gets. */
export function madeAppups({ appups }: GeneratedAppups, { applications }: Release): ReadonlyMap<string, Uint8Array> {
  const folders = new Map(applications.map(({ name, dir }) => [name, dir]));
  return new Map(
    appups
      .filter(isChanged)
      .map((one) => [joinPath(folders.get(one.application) ?? '.', `${one.application}.appup`), formatGenerated(one)] as const),
  );
}
