// A build as it is compared: its modules, in the applications that their folders' `.app` files name, and its releases.

import type { BeamModule } from '../beam/module.js';

/** What is kept of a `.app` file. */
export interface BuiltAppFile {
  readonly file: string;
  /** The modules that a release has of the application. */
  readonly modules: readonly string[];
  /** Which applications are started before; those that may be absent are among them. */
  readonly uses: readonly string[];
  readonly includes: readonly string[];
}

/** An application of a build. */
export interface BuiltApplication {
  /** From the `.app` file beside the modules, else from the name of their folder; null where neither tells. */
  readonly name: string | null;
  readonly vsn: string | null;
  /** By name. */
  readonly modules: Map<string, BuiltModule>;
  /** Absent where there is no `.app` file beside the modules. */
  readonly app?: BuiltAppFile;
}

/** A module that is part of a build; undefined for one that can't be read. */
export type BuiltModule = BeamModule | undefined;

/** A release that a build has a `.rel` file of. */
export interface BuiltRelease {
  readonly name: string;
  readonly vsn: string;
  readonly erts: string;
  /** In the order of the file. */
  readonly applications: readonly { readonly name: string; readonly vsn: string }[];
}

/** A build. */
export interface Build {
  /** By name. */
  readonly applications: Map<string | null, BuiltApplication>;
  readonly releases: readonly BuiltRelease[];
}

/** Tells whether the build is of modules alone, of which it isn't known what they belong to. */
export function isFlat({ applications }: Build): boolean {
  return [...applications.keys()].every((name) => name === null);
}

/** Returns the build as if its modules belonged to no application; of modules of one name the first counts. */
export function flatten({ applications, releases }: Build): Build {
  const modules = new Map<string, BuiltModule>();
  for (const application of applications.values()) {
    for (const [name, module] of application.modules) if (!modules.has(name)) modules.set(name, module);
  }
  return { applications: new Map([[null, { name: null, vsn: null, modules }]]), releases };
}
