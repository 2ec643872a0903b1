// Everything that is wrong with one appup: each entry by itself, and for each older version the entry that is taken for it.

import { decodeUtf8 } from '../../../bytes/text.js';
import { asParseError, ParseError } from '../../../errors.js';
import { translateRegexp } from '../../../graph/query/regexp.js';
import { MAX_CHECKED_ENTRIES } from '../../../limits.js';
import { formatTerm } from '../../../term/format.js';
import { isBinary, stringTerm, tuple } from '../../../term/model.js';
import { tagged } from '../../release-error.js';
import { matchVersion } from '../match-version.js';
import type { Appup, AppupEntry } from '../model.js';
import { entryName } from '../read-appup.js';
import { checkBeams } from './check-beams.js';
import { checkChildNames } from './check-child-names.js';
import { checkChildCalls } from './check-children.js';
import { checkModules } from './check-modules.js';
import { checkProcesses } from './check-processes.js';
import { scriptErrors } from './check-script.js';
import { checkVersions, isCovered } from './check-versions.js';
import type { EntryFacts, EntryFault } from './entry.js';
import { type Instruction, readInstructions } from './instruction.js';
import type { AppupFinding, CheckedAppup, OlderApplication, Way } from './model.js';
import { type About, errorFinding, warningFinding } from './systools-finding.js';

const WAYS = ['up', 'down'] as const;

/** Checks an appup; one that is made to take long, or that nests too deeply, is a finding itself. */
export function checkAppup(checked: CheckedAppup): readonly AppupFinding[] {
  try {
    return checkAll(checked);
  } catch (error) {
    const fault = asParseError(error);
    if (!(fault instanceof ParseError)) throw fault;
    return [further({ code: 'malformed-appup', severity: 'error', message: fault.reason }, checked, [])];
  }
}

function checkAll(checked: CheckedAppup): readonly AppupFinding[] {
  const { up, down } = checked.appup;
  if (Math.max(up.length, down.length) > MAX_CHECKED_ENTRIES) {
    throw new ParseError({ code: 'limit', reason: `more than ${MAX_CHECKED_ENTRIES} entries for one direction` });
  }
  const findings = [
    ...otherVersion(checked),
    ...checkVersions(checked),
    ...checked.olds.flatMap((old) => WAYS.flatMap((way) => checkEntryFor(checked, way, old))),
    ...WAYS.flatMap((way) => reached(checked.appup[way]).flatMap((entry) => checkEntry(checked, way, entry))),
  ];
  return distinct(inOrder(findings, checked.appup));
}

/** By entry and instruction; what is about none of these comes first. */
function inOrder(findings: readonly AppupFinding[], appup: Appup): readonly AppupFinding[] {
  const entries = WAYS.flatMap((way) => [way, ...appup[way].map(({ from }) => entryName(way, from))]);
  const positionOf = ({ place: [entry, instruction] }: AppupFinding) => {
    const number = Number(/\d+$/.exec(instruction ?? '')?.[0] ?? 0);
    return [entry === undefined ? -1 : entries.indexOf(entry), number] as const;
  };
  const placed = findings.map((finding) => ({ finding, position: positionOf(finding) }));
  placed.sort(({ position: [left, first] }, { position: [right, second] }) => left - right || first - second);
  return placed.map(({ finding }) => finding);
}

/** systools warns of it, and takes the appup all the same. */
function otherVersion({ appup, now, file, application }: CheckedAppup): readonly AppupFinding[] {
  if (now === null || now.vsn === null || now.vsn === appup.vsn) return [];
  const term = tagged('bad_vsn', tuple(stringTerm(appup.vsn), stringTerm(now.vsn)));
  return [warningFinding(term, { file, application })];
}

/** Returns the entry that systools takes for a version. */
function entryFor(appup: Appup, way: Way, vsn: string): AppupEntry | undefined {
  const entry = appup[way].find(({ from }) => matchVersion(from, vsn).kind !== 'other version');
  return entry !== undefined && matchVersion(entry.from, vsn).kind === 'match' ? entry : undefined;
}

function checkEntryFor(checked: CheckedAppup, way: Way, { vsn }: OlderApplication): readonly AppupFinding[] {
  const { appup, file, application } = checked;
  if (entryFor(appup, way, vsn) !== undefined) return [];
  const near = appup[way].flatMap(({ from }) => partOf(from, vsn));
  const message = `there is no entry for version ${vsn}${near.length === 0 ? '' : `: ${near.join(', ')}`}`;
  return [further({ code: 'no-relup', severity: 'error', message }, { file, application }, [way])];
}

/** A pattern has to mean all of a version. */
function partOf(from: AppupEntry['from'], vsn: string): readonly string[] {
  const source = isBinary(from) ? decodeUtf8(from.bytes) : undefined;
  const translation = source === undefined ? undefined : translateRegexp(source);
  if (translation?.kind !== 'regexp' || matchVersion(from, vsn).kind === 'fault') return [];
  const part = translation.regexp.exec(vsn)?.[0];
  return part === undefined || part === '' ? [] : [`${formatTerm(from)} matches no more of it than "${part}"`];
}

/** Entries that nobody takes may say what they will. */
function reached(entries: readonly AppupEntry[]): readonly AppupEntry[] {
  return entries.filter((entry, at) => !entries.slice(0, at).some((earlier) => isCovered(entry, earlier)));
}

function checkEntry(checked: CheckedAppup, way: Way, entry: AppupEntry): readonly AppupFinding[] {
  const instructions = readInstructions(checked.file, way, entry);
  const olds = checked.olds.filter(({ vsn }) => entryFor(checked.appup, way, vsn) === entry);
  return (olds.length === 0 ? [null] : olds).flatMap((old) => checkWay(checked, way, entry, instructions, old));
}

function checkWay(
  checked: CheckedAppup,
  way: Way,
  entry: AppupEntry,
  instructions: readonly Instruction[],
  old: OlderApplication | null,
): readonly AppupFinding[] {
  const { file, application, now } = checked;
  const older = old?.application ?? null;
  const [from, to] = way === 'up' ? [older, now] : [now, older];
  const facts: EntryFacts = { ...checked, way, instructions, from, to, old };
  const faults = [
    ...checkPlain(facts),
    ...checkModules(facts),
    ...checkProcesses(facts),
    ...checkBeams(facts),
    ...checkChildCalls(facts),
    ...checkChildNames(facts),
  ];
  const ofEntry = { file, application };
  return [
    ...scriptErrors(facts).map((error) => errorFinding(error, ofEntry)),
    ...faults.map((fault) => findingOf(fault, ofEntry, entryName(way, entry.from))),
  ];
}

/** systools lets these pass, and release_handler doesn't know them. */
function checkPlain({ instructions }: EntryFacts): readonly EntryFault[] {
  return instructions.flatMap((instruction) => {
    if (instruction.kind !== 'plain' || !['restart', 'reboot'].includes(instruction.name)) return [];
    const message = `${instruction.name} passes systools, and release_handler refuses it`;
    return [{ code: 'unknown-to-release-handler', severity: 'error' as const, message, instruction }];
  });
}

function findingOf(fault: EntryFault, about: About, entry: string): AppupFinding {
  return further(fault, about, fault.instruction === undefined ? [entry] : fault.instruction.step.place.slice(1));
}

/** Returns what systools doesn't say as a finding. */
export function further(
  { code, severity, message, module }: Omit<EntryFault, 'instruction'>,
  about: About,
  place: readonly string[],
): AppupFinding {
  const { file, application } = about;
  return { code, severity, file, application, place, module: module ?? null, why: { kind: 'further', message } };
}

/** Returns the findings without those that are there twice. */
export function distinct(findings: readonly AppupFinding[]): AppupFinding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify([finding.code, finding.file, finding.place, finding.module, textOfWhy(finding)]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function textOfWhy({ why }: AppupFinding): string {
  if (why.kind === 'further') return why.message;
  return formatTerm(why.kind === 'error' ? why.error.reason : why.term);
}
