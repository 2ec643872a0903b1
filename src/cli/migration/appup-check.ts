// The appup beside a module that is injected: whether an upgrade by it calls code_change at all.

import { basename, dirname } from 'node:path';
import { ParseError } from '../../errors.js';
import { readFileBytes } from '../../io/read-file.js';
import type { Appup } from '../../release/appup/model.js';
import { type AppupVerdict, checkAppup } from '../../release/appup/module-step.js';
import { parseAppup } from '../../release/appup/read-appup.js';
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
    const found = findAppup(candidate, build);
    if (found === undefined) return { answer: null, warnings: [] };
    const { file, appup } = found;
    const subject = { application: basename(file, '.appup'), module: candidate.module };
    const versions = new Set(older.map(applicationVersion));
    const verdicts = [...versions].flatMap((vsn) => checkAppup(appup, subject, vsn));
    return { answer: { file, verdicts }, warnings: verdicts.flatMap((verdict) => warningOf(verdict, file)) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { answer: null, warnings: [error.message] };
  }
}

interface FoundAppup {
  readonly file: string;
  readonly appup: Appup;
}

function findAppup({ place, file }: Candidate, { appups }: NewBuild): FoundAppup | undefined {
  if (place.kind === 'file') {
    const [path] = filesBeside(file, '.appup');
    return path === undefined ? undefined : { file: path, appup: parseAppup(readFileBytes(path), path) };
  }
  for (const [path, bytes] of appups) if (dirname(path) === dirname(file)) return { file: path, appup: parseAppup(bytes, path) };
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

function warningOf({ direction, vsn, step }: AppupVerdict, file: string): readonly string[] {
  const phrase = PHRASES[step];
  return phrase === undefined ? [] : [`${file}, ${direction === 'up' ? 'up from' : 'down to'} ${vsn}: ${phrase}`];
}
