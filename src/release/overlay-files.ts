// Files of which some are made and not yet written: over what there is lie bytes by path.

import { cleanPath, folderOf, type ReleaseFiles } from './release-files.js';

/** Returns access to `files` as if those of `added` were written; their paths have to be as they will be asked for. */
export function overlayFiles(files: ReleaseFiles, added: ReadonlyMap<string, Uint8Array>): ReleaseFiles {
  const folders = new Map<string, Set<string>>();
  for (const path of added.keys()) {
    for (let child = path, folder = folderOf(path); folder !== child; child = folder, folder = folderOf(folder)) {
      folders.set(folder, (folders.get(folder) ?? new Set()).add(child.slice(child.lastIndexOf('/') + 1)));
    }
  }
  return {
    read: (path) => {
      const bytes = added.get(cleanPath(path));
      return bytes === undefined ? files.read(path) : { kind: 'bytes', bytes };
    },
    kindOf: (path) => {
      const clean = cleanPath(path);
      if (added.has(clean)) return 'file';
      return folders.has(clean) ? 'folder' : files.kindOf(path);
    },
    list: (folder) => {
      const names = files.list(folder);
      const more = folders.get(cleanPath(folder));
      return more === undefined ? names : [...new Set([...(names ?? []), ...more])].sort();
    },
  };
}
