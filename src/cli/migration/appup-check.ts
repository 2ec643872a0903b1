// The appup beside a module that is injected: whether an upgrade by it calls code_change at all.

import { dirname } from 'node:path';
import { ParseError } from '../../errors.js';
import { readFileBytes } from '../../io/read-file.js';
import { type Appup, type AppupVerdict, checkAppup, readAppup } from '../../migrate/appup.js';
import type { AppupAnswer } from '../../report/migration.js';
import type { NamedModule } from './named-modules.js';
import { filesBeside, versionBeside } from './named-modules.js';
import type { Candidate, NewBuild } from './new-build.js';

/** What the appup says of a module, and what to say of that. */
export interface AppupCheck {
  readonly answer: AppupAnswer | null;
  readonly warnings: readonly string[];
}

/** Checks the appup beside a module against the older builds of it; without one there is no answer. */
export function checkAppupOf(candidate: Candidate, older: readonly NamedModule[], build: NewBuild): AppupCheck {
  try {
    const appup = findAppup(candidate, build);
    if (appup === undefined) return { answer: null, warnings: [] };
    const versions = new Set(older.map(applicationVersion));
    const verdicts = [...versions].flatMap((vsn) => checkAppup(appup, candidate.module, vsn));
    return { answer: { file: appup.file, verdicts }, warnings: verdicts.flatMap((verdict) => warningOf(verdict, appup)) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { answer: null, warnings: [error.message] };
  }
}

function findAppup({ place, file }: Candidate, { appups }: NewBuild): Appup | undefined {
  if (place.kind === 'file') {
    const [path] = filesBeside(file, '.appup');
    return path === undefined ? undefined : readAppup(readFileBytes(path), path);
  }
  for (const [path, bytes] of appups) if (dirname(path) === dirname(file)) return readAppup(bytes, path);
  return undefined;
}

function applicationVersion(one: NamedModule): string | undefined {
  if (one.kind !== 'beam') return undefined;
  return one.vsn ?? (one.file.includes('!/') ? undefined : versionBeside(one.file));
}

const PHRASES: Readonly<Partial<Record<AppupVerdict['step'], string>>> = {
  update: 'updates it without {advanced, Extra}, which calls no code_change',
  load_module: 'only loads it: load_module calls no code_change',
  nothing: 'says nothing of it',
  no_entry: 'has no entry',
};

function warningOf({ direction, vsn, step }: AppupVerdict, { file }: Appup): readonly string[] {
  const phrase = PHRASES[step];
  return phrase === undefined ? [] : [`${file}, ${direction === 'up' ? 'up from' : 'down to'} ${vsn}: ${phrase}`];
}
