// The members of an archive that are read, and where they belong, by their names alone: nothing is unpacked to disk, so a name such as
// `../../m.beam` is only ever shown.

import { parseVersionedName } from './application-name.js';
import { type FileType, fileTypeOf, type Placement } from './source.js';

/** One wanted member with its bytes. */
export interface Member {
  /** As the archive spells it. */
  readonly name: string;
  readonly type: FileType;
  readonly bytes: Uint8Array;
}

/** Returns the type of a member that is wanted, else undefined: consolidated protocols and hidden files are passed over as on disk. */
export function memberType(name: string, wanted: ReadonlySet<FileType>): FileType | undefined {
  const type = fileTypeOf(name);
  if (type === undefined || !wanted.has(type)) return undefined;
  const folders = name.split('/');
  const own = folders.pop() as string;
  return own.startsWith('.') || folders.includes('consolidated') ? undefined : type;
}

/** Tells where a member belongs: `lib/stdlib-4.2/ebin/m.beam` is in stdlib, a member outside an application's ebin in none. */
export function memberPlacement(name: string): Placement {
  const folders = name.split('/').slice(0, -1);
  const application = folders.at(-2);
  if (folders.at(-1) !== 'ebin' || application === undefined) return {};
  if (application === '' || application === '.' || application === '..') return {};
  const { name: app, vsn } = parseVersionedName(application);
  return { app, ...(vsn === undefined ? {} : { vsn }) };
}
