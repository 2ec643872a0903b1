// A release of `.rel`, `.app` and `.appup` files as a build to be checked; it has no modules' files.

import type { BuiltApplication } from '../../../../src/changes/build.js';
import { readAppFile } from '../../../../src/graph/applications/app-file.js';
import { readRelFile } from '../../../../src/graph/applications/rel-file.js';
import { accessFolder } from '../../../../src/io/folder-access.js';
import type { CheckedBuild } from '../../../../src/release/appup/check/check-builds.js';
import { joinPath } from '../../../../src/release/release-files.js';
import { expandSearchPath } from '../../../../src/release/search-path.js';

/** Reads the release `rel` of a folder as far as it can be read. */
export function releasedBuild(folder: string, rel: string, path: readonly string[]): CheckedBuild {
  const files = accessFolder(folder);
  const bytesOf = (file: string) => {
    const answer = files.read(file);
    return answer.kind === 'bytes' ? answer.bytes : undefined;
  };
  const release = attempt(() => readRelFile(bytesOf(`${rel}.rel`) ?? new Uint8Array(0), rel));
  const applications = new Map<string | null, BuiltApplication>();
  const appups = new Map<string, Uint8Array>();
  for (const { name, vsn } of release?.applications ?? []) {
    for (const ebin of expandSearchPath(files, path)) {
      const file = joinPath(ebin, `${name}.app`);
      const bytes = bytesOf(file);
      const app = bytes && attempt(() => readAppFile(bytes, file));
      if (app === undefined || app.vsn !== vsn || applications.has(name)) continue;
      const { modules, applications: uses, included: includes } = app;
      applications.set(name, { name, vsn, modules: new Map(), app: { file, modules, uses: uses ?? [], includes } });
      const appup = bytesOf(joinPath(ebin, `${name}.appup`));
      if (appup !== undefined) appups.set(joinPath(ebin, `${name}.appup`), appup);
    }
  }
  return { build: { applications, releases: release === undefined ? [] : [release] }, appups, rel, files };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
