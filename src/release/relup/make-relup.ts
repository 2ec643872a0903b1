// systools:make_relup/4: for each older release the scripts of the applications that changed, in the order of starting; those that are new are
// added first, those that are gone removed last.
//
//   {TopVsn, [{BaseVsn, Description, Script}], [{BaseVsn, Description, Script}]}        with the last of the older releases first
//
// Defined by the manual pages relup(4) and systools(3) of sasl and lib/sasl/src/systools_relup.erl.

import { atom, isAtom, list, NIL, stringTerm, type Term, tuple } from '../../term/model.js';
import { compareTerms } from '../../term/order.js';
import { getRelease } from '../get-release.js';
import { listedFiles } from '../listed-files.js';
import { type Release, releaseRecord } from '../model.js';
import { ReleaseError, relupError, tagged } from '../release-error.js';
import type { ReleaseFiles } from '../release-files.js';
import { expandSearchPath } from '../search-path.js';
import { readAppupScript } from './appup-script.js';
import type { Direction, Step } from './step.js';
import { translateScripts } from './translate-scripts.js';

/** An older release: the path of its `.rel` without the extension. */
export interface BaseRelease {
  readonly rel: string;
  /** Goes into the relup; `[]` by default. */
  readonly description?: Term;
}

/** What is asked for. */
export interface RelupRequest {
  readonly top: string;
  readonly upFrom: readonly BaseRelease[];
  readonly downTo: readonly BaseRelease[];
  /** Folders in which `.rel` and `.app` files are looked for, with `*`. */
  readonly path: readonly string[];
  readonly restartEmulator?: boolean;
  readonly warningsAsErrors?: boolean;
  /** The release of OTP whose rules for `.app` files hold; by default that of each `.rel`'s erts. */
  readonly otp?: number;
}

/** One script of a relup. */
export interface RelupEntry {
  readonly vsn: string;
  readonly description: Term;
  readonly script: readonly Term[];
}

/** A relup. */
export interface Relup {
  readonly name: string;
  readonly vsn: string;
  readonly up: readonly RelupEntry[];
  readonly down: readonly RelupEntry[];
}

/** What systools answers: `{ok, Relup, systools_relup, Warnings}` or `{error, Module, Reason}`. */
export type RelupAnswer =
  | { readonly kind: 'ok'; readonly relup: Relup; readonly warnings: readonly Term[] }
  | { readonly kind: 'error'; readonly error: ReleaseError };

/** Makes a relup of `.rel`, `.app` and `.appup` files. Nothing is written. */
export function makeRelup(given: ReleaseFiles, request: RelupRequest): RelupAnswer {
  const files = listedFiles(given);
  try {
    const path = expandSearchPath(files, request.path);
    const read = rememberReleases((rel) => upgradable(getRelease(files, rel, path, request.otp)));
    const top = read(request.top);
    const warnings: Term[] = [];
    const entriesOf = (direction: Direction, bases: readonly BaseRelease[]) =>
      bases.map((base) => makeEntry(files, request, { direction, top, base: read(base.rel), warnings }, base)).reverse();
    const relup = {
      name: top.file.name,
      vsn: top.file.vsn,
      up: entriesOf('up', request.upFrom),
      down: entriesOf('dn', request.downTo),
    };
    if (request.warningsAsErrors === true && warnings.length > 0) {
      throw relupError(tagged('warnings_treated_as_errors', list(warnings)));
    }
    return { kind: 'ok', relup, warnings };
  } catch (error) {
    if (error instanceof ReleaseError) return { kind: 'error', error };
    throw error;
  }
}

/** Returns the relup as a term. */
export function relupTerm({ vsn, up, down }: Relup): Term {
  const entry = (one: RelupEntry) => tuple(stringTerm(one.vsn), one.description, list(one.script));
  return tuple(stringTerm(vsn), list(up.map(entry)), list(down.map(entry)));
}

/** Returns what systools:make_relup/4 returns with `[noexec, silent]`. */
export function answerTerm(answer: RelupAnswer): Term {
  if (answer.kind === 'error') return tagged('error', atom(answer.error.module), answer.error.reason);
  return tagged('ok', relupTerm(answer.relup), atom('systools_relup'), list(answer.warnings));
}

/** Most often the way up and the way down are between the same releases. */
function rememberReleases(read: (rel: string) => Release): (rel: string) => Release {
  const known = new Map<string, Release>();
  return (rel) => {
    const release = known.get(rel) ?? read(rel);
    known.set(rel, release);
    return release;
  };
}

function upgradable(release: Release): Release {
  if (release.lacksSasl) throw relupError(tagged('missing_sasl', releaseRecord(release.file)), release.file.file);
  return release;
}

interface Way {
  readonly direction: Direction;
  readonly top: Release;
  readonly base: Release;
  /** The newest first. */
  readonly warnings: Term[];
}

function makeEntry(files: ReleaseFiles, request: RelupRequest, way: Way, { description }: BaseRelease): RelupEntry {
  const { direction, top, base, warnings } = way;
  const [from, to] = direction === 'up' ? [base, top] : [top, base];
  const changed = appupScripts(files, way);
  const scripts = [...addedScripts(from, to), ...changed, ...removedScripts(from, to)];
  if (top.file.erts !== base.file.erts) {
    scripts.unshift([{ term: atom('restart_new_emulator'), place: [] }]);
    warnings.unshift(tagged('erts_vsn_changed', tuple(ertsOf(top), ertsOf(base))));
  }
  if (request.restartEmulator === true) scripts.push([{ term: atom('restart_emulator'), place: [] }]);
  const releases = { to: to.applications, from: from.applications };
  const script = translateScripts(direction, scripts, releases).map(({ term }) => term);
  return {
    vsn: base.file.vsn,
    description: description ?? NIL,
    script: direction === 'up' ? fixOldSasl(script, base, warnings) : script,
  };
}

function ertsOf({ file }: Release): Term {
  return tuple(stringTerm(file.name), stringTerm(file.erts));
}

function appupScripts(files: ReleaseFiles, { direction, top, base, warnings }: Way): (readonly Step[])[] {
  const older = new Map(base.file.applications.map(({ name, vsn }) => [name, vsn] as const));
  return top.applications.flatMap((app) => {
    const vsn = older.get(app.name);
    if (vsn === undefined || vsn === app.vsn) return [];
    const script = readAppupScript(files, app, vsn, direction);
    if (script.warning !== undefined) warnings.unshift(script.warning);
    return [script.steps];
  });
}

function addedScripts(from: Release, to: Release): readonly (readonly Step[])[] {
  return onlyIn(to, from).map(({ name, type }) => [{ term: tagged('add_application', atom(name), atom(type)), place: [] }]);
}

function removedScripts(from: Release, to: Release): readonly (readonly Step[])[] {
  return onlyIn(from, to).map(({ name }) => [{ term: tagged('remove_application', atom(name)), place: [] }]);
}

function onlyIn(release: Release, other: Release) {
  const names = new Set(other.file.applications.map(({ name }) => name));
  return release.file.applications.filter(({ name }) => !names.has(name));
}

/** Before R15 there was no restart_new_emulator that could stand first. Versions are compared as strings. */
function fixOldSasl(script: readonly Term[], base: Release, warnings: Term[]): readonly Term[] {
  const [first, ...rest] = script;
  const sasl = base.file.applications.find(({ name }) => name === 'sasl');
  if (!isAtom(first, 'restart_new_emulator') || sasl === undefined) return script;
  if (compareTerms(stringTerm(sasl.vsn), stringTerm('2.2')) >= 0) return script;
  warnings.unshift(atom('pre_R15_emulator_upgrade'));
  const at = rest.findIndex((term) => isAtom(term, 'restart_emulator'));
  return [...rest.filter((_, position) => position !== at), first];
}
