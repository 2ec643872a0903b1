// A build as a release has it: of each application the modules that its `.app` lists. systools packs no others and knows no others.

import type { Build, BuiltApplication } from '../../../changes/build.js';
import type { AppupFault } from './model.js';

/** Returns the build with those modules alone, and of its applications those that are named where names are given. */
export function releasedBuild({ applications, releases }: Build, names?: readonly string[]): Build {
  const chosen = [...applications].filter(([name]) => names === undefined || (name !== null && names.includes(name)));
  return { releases, applications: new Map(chosen.map(([name, one]) => [name, releasedApplication(one)])) };
}

function releasedApplication(application: BuiltApplication): BuiltApplication {
  const { app, modules } = application;
  if (app === undefined) return application;
  const listed = new Set(app.modules);
  return { ...application, modules: new Map([...modules].filter(([name]) => listed.has(name))) };
}

/** Says which modules the `.app` doesn't list, and which it lists and aren't there. */
export function listFaults({ app, modules }: BuiltApplication): readonly AppupFault[] {
  if (app === undefined) return [];
  const listed = new Set(app.modules);
  const unlisted = [...modules.keys()].filter((name) => !listed.has(name)).sort();
  const missing = [...listed].filter((name) => !modules.has(name)).sort();
  return [
    ...(unlisted.length === 0 ? [] : [{ kind: 'not_listed' as const, modules: unlisted, in: app.file }]),
    ...(missing.length === 0 ? [] : [{ kind: 'no_beam' as const, modules: missing, in: app.file }]),
  ];
}
