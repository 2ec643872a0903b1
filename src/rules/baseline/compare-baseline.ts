// Findings held against the baseline: which it has, which of its entries are stale or expired, and which cycles are those of the baseline grown or
// shrunk.

import { type Draft, identityOf } from '../check/draft.js';
import type { CycleChange, FaultyEntry } from '../model.js';
import { type BaselineEntry, entryIdentity, entrySubject, entryText } from './baseline.js';

/** What the baseline says of findings, by their identities. */
export interface BaselineAnswer {
  /** The entries that findings are let be by. A shrunk cycle is, by that of the larger one. */
  readonly entries: ReadonlyMap<string, BaselineEntry>;
  readonly changes: ReadonlyMap<string, CycleChange>;
  /** In order of their lines. */
  readonly faulty: readonly FaultyEntry[];
}

/** Compares; `today` is YYYY-MM-DD. */
export function compareBaseline(drafts: readonly Draft[], baseline: readonly BaselineEntry[], today: string): BaselineAnswer {
  const known = new Map(baseline.map((entry) => [entryIdentity(entry), entry]));
  const entries = new Map<string, BaselineEntry>();
  const changes = new Map<string, CycleChange>();
  const met = new Set<BaselineEntry>();
  const left: (readonly [string, Draft])[] = [];
  for (const draft of drafts) {
    const identity = identityOf(draft.rule.name, draft.subject);
    const entry = known.get(identity);
    if (entry === undefined) left.push([identity, draft]);
    else {
      met.add(entry);
      if (!isExpired(entry, today)) entries.set(identity, entry);
    }
  }
  const became = new Map<BaselineEntry, CycleChange['kind']>();
  const gone = baseline.filter((entry) => !met.has(entry));
  for (const [identity, draft] of left) {
    const origin = originOf(draft, gone);
    if (origin === undefined) continue;
    const change = changeOf(draft, origin);
    changes.set(identity, change);
    if (became.get(origin) !== 'grown') became.set(origin, change.kind);
    if (change.kind === 'shrunk' && !isExpired(origin, today)) entries.set(identity, origin);
  }
  const faulty = baseline.flatMap((entry): readonly FaultyEntry[] => {
    if (!met.has(entry)) return [faultyEntry('stale', entry, became.get(entry) ?? null)];
    return isExpired(entry, today) ? [faultyEntry('expired', entry, null)] : [];
  });
  return { entries, changes, faulty };
}

function isExpired({ expires }: BaselineEntry, today: string): boolean {
  return expires !== null && expires <= today;
}

function faultyEntry(kind: FaultyEntry['kind'], entry: BaselineEntry, change: FaultyEntry['change']): FaultyEntry {
  const { rule, reason, expires, line } = entry;
  return { kind, rule, identity: entryIdentity(entry), text: entryText(entry), reason, expires, line, change };
}

/** The stale cycle of the same rule and level with which a cycle shares the most members. */
function originOf({ rule, subject }: Draft, gone: readonly BaselineEntry[]): BaselineEntry | undefined {
  if (subject.kind !== 'cycle') return undefined;
  const members = new Set(subject.members);
  let best: BaselineEntry | undefined;
  let most = 0;
  for (const entry of gone) {
    if (entry.subject.kind !== 'cycle' || entry.rule !== rule.name || entry.subject.level !== subject.level) continue;
    const shared = entry.subject.members.filter((member) => members.has(member)).length;
    if (shared > most) [best, most] = [entry, shared];
  }
  return best;
}

function changeOf({ subject }: Draft, { subject: before }: BaselineEntry): CycleChange {
  const [now, then] = [subject, before].map((one) => new Set(one.kind === 'cycle' ? one.members : [])) as [
    Set<string>,
    Set<string>,
  ];
  const added = [...now].filter((member) => !then.has(member));
  const removed = [...then].filter((member) => !now.has(member));
  return { kind: removed.length === 0 ? 'grown' : added.length === 0 ? 'shrunk' : 'changed', added, removed };
}

/**
 * Returns the entries that `--prune` keeps: those that findings still have, a shrunk cycle as it is now. Nothing is added that the baseline
 * didn't let be.
 */
export function pruneBaseline(
  drafts: readonly Draft[],
  baseline: readonly BaselineEntry[],
  today: string,
): readonly Omit<BaselineEntry, 'line'>[] {
  const { faulty, changes, entries } = compareBaseline(drafts, baseline, today);
  const stale = new Set(faulty.flatMap(({ kind, identity }) => (kind === 'stale' ? [identity] : [])));
  const shrunk = drafts.flatMap(({ rule, subject }) => {
    const identity = identityOf(rule.name, subject);
    const [origin, known] = [entries.get(identity), entrySubject(subject)];
    if (changes.get(identity)?.kind !== 'shrunk' || origin === undefined || known === undefined) return [];
    return [{ ...origin, subject: known }];
  });
  return [...baseline.filter((entry) => !stale.has(entryIdentity(entry))), ...shrunk];
}

/** Returns the entries that `--write-baseline` makes: of all findings that can be let be, with the reasons and days that are known and not over. */
export function makeBaseline(
  drafts: readonly Draft[],
  baseline: readonly BaselineEntry[],
  today: string,
): readonly Omit<BaselineEntry, 'line'>[] {
  const known = new Map(baseline.map((entry) => [entryIdentity(entry), entry]));
  return drafts.flatMap(({ rule, subject }) => {
    const made = entrySubject(subject);
    if (made === undefined) return [];
    const before = known.get(entryIdentity({ rule: rule.name, subject: made }));
    const expires = before === undefined || isExpired(before, today) ? null : before.expires;
    return [{ rule: rule.name, subject: made, reason: before?.reason ?? null, expires }];
  });
}
