// Entries that systools never gets to: their version is none, or means something else than it seems to, or an earlier entry has it already.
//
// Defined by lib/sasl/src/systools_relup.erl; release-upgrade 3.2.

import { formatTerm } from '../../../term/format.js';
import { isBinary, textOf } from '../../../term/model.js';
import { equalTerms } from '../../../term/order.js';
import { matchVersion } from '../match-version.js';
import type { AppupEntry } from '../model.js';
import { entryName } from '../read-appup.js';
import type { AppupFinding, CheckedAppup, Way } from './model.js';

/** Checks the versions of all entries. */
export function checkVersions(checked: CheckedAppup): readonly AppupFinding[] {
  const { appup } = checked;
  return [
    ...appup.up.flatMap((entry, at) => checkEntry(checked, 'up', entry, appup.up.slice(0, at))),
    ...appup.down.flatMap((entry, at) => checkEntry(checked, 'down', entry, appup.down.slice(0, at))),
    ...oneWay(checked, 'up', appup.down),
    ...oneWay(checked, 'down', appup.up),
  ];
}

function checkEntry(checked: CheckedAppup, way: Way, entry: AppupEntry, earlier: readonly AppupEntry[]): readonly AppupFinding[] {
  const { from } = entry;
  const finding = findingAbout(checked, entryName(way, from));
  const before = earlier.find((one) => isCovered(entry, one));
  if (before !== undefined) {
    return [
      finding('entry-never-reached', 'warning', `the entry for ${formatTerm(before.from)} before it has the same versions`),
    ];
  }
  const text = textOf(from);
  if (text === undefined) return isBinary(from) ? checkPattern(entry, finding) : [finding(...noVersion(entry))];
  if (text === checked.appup.vsn) {
    return [
      finding('version-never-matches', 'warning', `${formatTerm(from)} is the version that the appup is for, not an older one`),
    ];
  }
  if (!seemsPattern(text)) return [];
  const advice = 'a string is compared as it is; a binary is a regular expression';
  return [finding('version-never-matches', 'warning', `no version is ${formatTerm(from)}: ${advice}`)];
}

/** Versions have no such characters. */
function seemsPattern(text: string): boolean {
  return /[*?()[\]^$|\\]/.test(text);
}

function noVersion({ from }: AppupEntry): Fault {
  return ['version-never-matches', 'warning', `${formatTerm(from)} is neither a string nor a binary`];
}

type Fault = readonly [code: string, severity: AppupFinding['severity'], message: string];

/** Says nothing of an application's version: a pattern that means it as well is as good. */
function checkPattern({ from }: AppupEntry, finding: (...fault: Fault) => AppupFinding): readonly AppupFinding[] {
  const match = matchVersion(from, '1');
  if (match.kind !== 'fault') return [];
  // systools crashes on it as soon as it gets there.
  return [finding('bad-version-pattern', 'error', match.reason)];
}

/** Tells whether an entry before another one is taken in its place. */
export function isCovered({ from }: AppupEntry, { from: earlier }: AppupEntry): boolean {
  if (equalTerms(from, earlier)) return true;
  const text = textOf(from);
  return text !== undefined && matchVersion(earlier, text).kind === 'match';
}

/** Versions that one may come from and not go back to, or the other way round. */
function oneWay(checked: CheckedAppup, way: Way, others: readonly AppupEntry[]): readonly AppupFinding[] {
  const alone = checked.appup[way].filter((entry) => {
    const text = textOf(entry.from);
    const isVersion = text === undefined ? isBinary(entry.from) : !seemsPattern(text);
    return isVersion && !others.some((other) => isCovered(entry, other));
  });
  if (alone.length === 0) return [];
  const versions = alone.map(({ from }) => formatTerm(from)).join(', ');
  const message = way === 'up' ? `there is no entry to go back to ${versions}` : `there is no entry to come from ${versions}`;
  return [findingAbout(checked, way === 'up' ? 'down' : 'up')('one-way', 'info', message)];
}

function findingAbout({ file, application }: CheckedAppup, ...place: readonly string[]) {
  return (...[code, severity, message]: Fault): AppupFinding => {
    return { code, severity, file, place, application, module: null, why: { kind: 'further', message } };
  };
}
