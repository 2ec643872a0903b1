// The name and version of an application (or release) as its folder tells them: `stdlib-4.2` is stdlib at 4.2. A folder is split at its
// last `-` if what follows is integers with dots, otherwise all of it is the name: `foo-1.2.3-rc1` is an application of that name. The
// rule is that of xref (lib/tools/src/xref_utils.erl), which never looks into the .app file.

/** A folder's name taken apart; `vsn` is absent where the folder has no version. */
export interface VersionedName {
  readonly name: string;
  readonly vsn?: string;
}

/** Splits a folder's base name into name and version. */
export function parseVersionedName(folder: string): VersionedName {
  const dash = folder.lastIndexOf('-');
  const vsn = folder.slice(dash + 1);
  if (dash < 1 || vsn === '') return { name: folder };
  return vsn.split('.').every(isVersionPart) ? { name: folder.slice(0, dash), vsn } : { name: folder };
}

/** Compares two versions part by part as integers; no version is the lowest. Returns a number as `sort` takes it. */
export function compareVersions(a: string | undefined, b: string | undefined): number {
  const left = versionParts(a);
  const right = versionParts(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const l = left[i] as bigint;
    const r = right[i] as bigint;
    if (l !== r) return l < r ? -1 : 1;
  }
  return left.length - right.length;
}

// xref splits with string:tokens/2, which passes over empty parts: `1.`, `.1` and `1..2` are versions too.
function isVersionPart(part: string): boolean {
  return /^\+?[0-9]*$/.test(part) && part !== '+';
}

function versionParts(vsn: string | undefined): readonly bigint[] {
  if (vsn === undefined) return [];
  return vsn
    .split('.')
    .filter((part) => part !== '')
    .map((part) => BigInt(part.replace('+', '')));
}
