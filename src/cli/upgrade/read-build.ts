// The modules that a release has, each read once: they are compared, injected into and packed.

import type { KeyLookup } from '../../beam/debug-info-key.js';
import { BeamModule, readBeam } from '../../beam/module.js';
import type { Build, BuiltApplication, BuiltModule } from '../../changes/build.js';
import { ParseError } from '../../errors.js';
import type { Release, ReleaseApplication } from '../../release/model.js';
import { joinPath, type ReleaseFiles } from '../../release/release-files.js';

/** The modules of a release. */
export interface ReleaseBuild {
  readonly build: Build;
  /** By module, the path of its file. */
  readonly paths: ReadonlyMap<string, string>;
  /** What can't be read: there is no upgrade then. */
  readonly faults: readonly ParseError[];
}

/**
 * Reads the modules that the `.app` files of a release list. Most of two releases are the same: those that are as in `newer` have its bytes, so that
 * neither is kept twice.
 */
export function readReleaseBuild(
  files: ReleaseFiles,
  release: Release,
  key: KeyLookup | undefined,
  newer?: ReleaseBuild,
): ReleaseBuild {
  const paths = new Map<string, string>();
  const faults: ParseError[] = [];
  const applications = new Map(release.applications.map((app) => [app.name, readApplication(app)] as const));
  const { name, vsn, erts } = release.file;
  return { build: { applications, releases: [{ name, vsn, erts, applications: release.file.applications }] }, paths, faults };

  function readApplication(app: ReleaseApplication): BuiltApplication {
    const modules = new Map<string, BuiltModule>();
    for (const module of app.modules) {
      const path = joinPath(app.dir, `${module}.beam`);
      paths.set(module, path);
      modules.set(module, readModule(path, newer?.build.applications.get(app.name)?.modules.get(module)));
    }
    const file = joinPath(app.dir, `${app.name}.app`);
    const described = { file, modules: app.modules, uses: app.uses, includes: app.includes };
    return { name: app.name, vsn: app.vsn, modules, app: described };
  }

  function readModule(path: string, twin: BuiltModule): BuiltModule {
    try {
      const answer = files.read(path);
      if (answer.kind === 'fault') throw missing(path, answer.posix);
      if (twin !== undefined && Buffer.compare(twin.bytes, answer.bytes) === 0) {
        return new BeamModule(twin.bytes, twin.container, { file: path, key });
      }
      const beam = readBeam(answer.bytes, { file: path, key });
      // Whether it can be told at all what it is.
      return beam.name === '' ? undefined : beam;
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      faults.push(error.inFile(path));
      return undefined;
    }
  }
}

function missing(file: string, posix: string): ParseError {
  const isThere = posix !== 'enoent';
  const reason = isThere ? `can't be read: ${posix}` : 'there is no such file, and the .app lists the module';
  return new ParseError({ code: isThere ? 'unreadable' : 'missing', reason, file });
}
