// Symbolic links on the way to a module. In rebar3's dev mode `lib/APP` of a release is a link into the build tree (and for OTP's own
// applications out of it), so that writing to the release would change what was built, or what is installed.

import { lstatSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Returns the file, its `ebin` or the folder of its application: the first of them that is a symbolic link. */
export function linkOnTheWay(file: string): string | undefined {
  const folder = dirname(file);
  const isEbin = basename(folder) === 'ebin';
  const places = [file, ...(isEbin ? [folder, dirname(folder)] : [])];
  return places.find((place) => lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true);
}
