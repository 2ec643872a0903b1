// Generated appups for people, as JSON, and as Erlang terms.

import type { BuildConflict } from '../../changes/build-changes.js';
import { isChanged } from '../../release/appup/generate/format-generated.js';
import type { GeneratedAppup, GeneratedAppups, GeneratedEntry } from '../../release/appup/generate/model.js';
import { type AppupEntry, appupTerm, versionText } from '../../release/appup/model.js';
import { formatTerm } from '../../term/format.js';
import { atom, type Term, tuple } from '../../term/model.js';
import { counted } from '../counted.js';
import { visible } from '../visible.js';
import { appupWarningText } from './appup-warnings.js';

/** What `appup generate` answers; terms are Erlang text. */
export interface AppupsReport {
  readonly schema: 'beamtool-appups/1';
  /** The paths that were given. */
  readonly from: readonly string[];
  readonly to: string;
  /** Applications that only one of the builds has: the relup starts and stops these, and they need no appup. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly appups: readonly AppupReport[];
  readonly conflicts: readonly BuildConflict[];
  readonly warnings: readonly AppupWarningReport[];
}

/** An appup as it is told. */
export interface AppupReport {
  readonly application: string;
  readonly vsn: string;
  /** Where it was written, or would be. */
  readonly file: string;
  /** Whether anything was made. */
  readonly changed: boolean;
  readonly written: boolean;
  readonly entries: readonly EntryReport[];
  /** The versions of entries that were there and stay. */
  readonly kept: { readonly up: readonly string[]; readonly down: readonly string[] };
}

interface EntryReport {
  readonly from: string;
  readonly up: readonly string[] | null;
  readonly down: readonly string[] | null;
}

/** A warning with its sentence; the other fields are those of its kind. */
interface AppupWarningReport {
  readonly application: string;
  readonly from: string | null;
  readonly kind: string;
  readonly message: string;
}

/** What is known beside the answer. */
export interface AppupsRun {
  readonly from: readonly string[];
  readonly to: string;
  /** By application. */
  readonly files: ReadonlyMap<string, string>;
  readonly written: boolean;
}

/** Builds the report of an answer. */
export function buildAppupsReport({ appups, changes, conflicts, warnings }: GeneratedAppups, run: AppupsRun): AppupsReport {
  const ofKind = (kind: 'added' | 'removed') => {
    const found = changes.flatMap(({ applications }) => applications.filter((one) => one.kind === kind));
    return [...new Set(found.map(({ application }) => application ?? ''))].sort();
  };
  return {
    schema: 'beamtool-appups/1',
    from: run.from,
    to: run.to,
    added: ofKind('added'),
    removed: ofKind('removed'),
    appups: appups.map((one) => appupReport(one, run)),
    conflicts,
    warnings: warnings.map((warning) => {
      const { application, from, fault } = warning;
      return { application, from, ...fault, message: appupWarningText(warning) };
    }),
  };
}

/** Builds the report of one appup. */
export function appupReport(one: GeneratedAppup, { files, written }: Pick<AppupsRun, 'files' | 'written'>): AppupReport {
  const { application, appup, entries, kept } = one;
  const versions = (those: readonly AppupEntry[]) => those.map(({ from }) => versionText(from));
  return {
    application,
    vsn: appup.vsn,
    file: files.get(application) ?? '',
    changed: isChanged(one),
    written: written && isChanged(one),
    entries: entries.map(entryReport),
    kept: { up: versions(kept.up), down: versions(kept.down) },
  };
}

function entryReport({ from, up, down }: GeneratedEntry): EntryReport {
  const texts = (terms: readonly Term[] | null) => terms?.map((term) => formatTerm(term)) ?? null;
  return { from, up: texts(up), down: texts(down) };
}

/** Renders the appups for people. */
export function renderAppupsText({ appups, added, removed }: AppupsReport): string {
  const lines = appups.length === 0 ? ['no application was upgraded'] : appups.flatMap(appupLines);
  const others = [
    ...added.map((name) => visible(`${name} is new: the relup starts it, and no appup is needed`)),
    ...removed.map((name) => visible(`${name} is gone: the relup stops it, and no appup is needed`)),
  ];
  return `${[...lines, ...others].join('\n')}\n`;
}

function appupLines({ application, vsn, file, changed, written, entries, kept }: AppupReport): readonly string[] {
  const verb = !changed ? 'as it was:' : written ? 'written to' : 'not written:';
  return [
    visible(`${application} ${vsn}, ${verb} ${file}`),
    ...entries.flatMap(({ from, up, down }) => [...wayLines(`up from ${from}`, up), ...wayLines(`down to ${from}`, down)]),
    ...keptLines('up from', kept.up),
    ...keptLines('down to', kept.down),
  ];
}

function wayLines(title: string, steps: readonly string[] | null): readonly string[] {
  if (steps === null) return [visible(`  ${title}: the entry that was there counts`)];
  return [visible(`  ${title}: ${counted(steps.length, 'instruction')}`), ...steps.map((step) => `    ${visible(step)}`)];
}

function keptLines(title: string, versions: readonly string[]): readonly string[] {
  return versions.length === 0 ? [] : [visible(`  kept: ${title} ${versions.join(', ')}`)];
}

/** Renders `{Application, Appup}.` for each, which file:consult reads. */
export function renderAppupsErl({ appups }: Pick<GeneratedAppups, 'appups'>): string {
  return appups.map(({ application, appup }) => `${formatTerm(tuple(atom(application), appupTerm(appup)))}.\n`).join('');
}
