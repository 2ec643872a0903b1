// The baseline: findings that are known and let be, one on a line of JSON, sorted, so that two branches can be merged line by line. The first
// line says how the graph was made.
//
//   {"schema":"beamtool-baseline/1","level":"module","edges":["call"],"source":"imports","builtins":false}
//   {"rule":"no-cycles","kind":"cycle","level":"module","members":["a","b"],"reason":"being split","expires":"2027-01-31"}
//   {"rule":"no-web-in-db","kind":"edge","from":"db","to":"web"}
//   {"rule":"no-orphans","kind":"node","node":"old"}          {"rule":"fan-in","kind":"metric","node":"util"}
//   {"rule":"no-raw-calls","kind":"query","line":"{{a,f,0},{b,g,1}}"}
//
// The identity of an entry is that of the finding; lines in another order, or twice, are what a merge leaves and are read as well.

import { UsageError } from '../../errors.js';
import { EDGE_KINDS } from '../../graph/dependencies/build-dependencies.js';
import type { DependencyLevel } from '../../graph/dependencies/dependency-graph.js';
import type { CheckSettings, FindingSubject } from '../model.js';

/** What a finding is known by. */
export type EntrySubject =
  | { readonly kind: 'edge'; readonly from: string; readonly to: string }
  | { readonly kind: 'cycle'; readonly level: string; readonly members: readonly string[] }
  | { readonly kind: 'node' | 'metric'; readonly node: string }
  | { readonly kind: 'query'; readonly line: string };

/** A finding that is let be. */
export interface BaselineEntry {
  readonly rule: string;
  readonly subject: EntrySubject;
  readonly reason: string | null;
  /** YYYY-MM-DD: from that day on the finding counts again. */
  readonly expires: string | null;
  /** From 1. */
  readonly line: number;
}

/** A baseline. */
export interface Baseline {
  readonly settings: CheckSettings;
  readonly entries: readonly BaselineEntry[];
}

const SCHEMA = 'beamtool-baseline/1';

/** Reads a baseline; throws UsageError `FILE:LINE: reason`. */
export function parseBaseline(text: string, file: string): Baseline {
  let settings: CheckSettings | undefined;
  const entries = new Map<string, BaselineEntry>();
  text.split(/\r?\n/).forEach((written, at) => {
    if (written.trim() === '') return;
    const fault = (reason: string) => new UsageError(`${file}:${at + 1}: ${reason}`);
    const value = parseLine(written, fault);
    if (value.schema !== undefined) {
      const found = settingsOf(value, fault);
      if (settings !== undefined && JSON.stringify(settings) !== JSON.stringify(found))
        throw fault('a second head that differs from the first');
      settings = found;
      return;
    }
    const entry = entryOf(value, at + 1, fault);
    const key = entryIdentity(entry);
    const before = entries.get(key);
    if (before !== undefined && (before.reason !== entry.reason || before.expires !== entry.expires)) {
      throw fault(`line ${before.line} has it too, with another reason or day`);
    }
    if (before === undefined) entries.set(key, entry);
  });
  if (settings === undefined) throw new UsageError(`${file}: no line {"schema":"${SCHEMA}",...}: not a baseline`);
  return { settings, entries: [...entries.values()] };
}

type Fault = (reason: string) => UsageError;
type Fields = Readonly<Record<string, unknown>>;

function parseLine(text: string, fault: Fault): Fields {
  if (/^(<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)/.test(text)) throw fault('a merge that is not finished');
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw fault('not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault('not an object');
  return value as Fields;
}

function settingsOf({ schema, level, edges, source, builtins }: Fields, fault: Fault): CheckSettings {
  if (schema !== SCHEMA) throw fault(`not ${SCHEMA}, but ${JSON.stringify(schema)}`);
  const isKnown = Array.isArray(edges) && edges.every((kind) => EDGE_KINDS.includes(kind));
  if (!isKnown || typeof level !== 'string' || typeof source !== 'string' || typeof builtins !== 'boolean') {
    throw fault('the head lacks level, edges, source or builtins');
  }
  return { level: level as DependencyLevel, edges, source: source as CheckSettings['source'], builtins };
}

function entryOf(fields: Fields, line: number, fault: Fault): BaselineEntry {
  const text = (key: string) => {
    const value = fields[key];
    if (typeof value !== 'string') throw fault(`'${key}' is missing, or no string`);
    return value;
  };
  const optional = (key: string) => (fields[key] === undefined || fields[key] === null ? null : text(key));
  const expires = optional('expires');
  if (expires !== null && !isDay(expires)) throw fault(`'expires' is no day: YYYY-MM-DD`);
  return { rule: text('rule'), subject: subjectOf(fields, text, fault), reason: optional('reason'), expires, line };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

function subjectOf({ kind, members }: Fields, text: (key: string) => string, fault: Fault): EntrySubject {
  switch (kind) {
    case 'edge':
      return { kind, from: text('from'), to: text('to') };
    case 'cycle':
      if (!Array.isArray(members) || !members.every((one) => typeof one === 'string'))
        throw fault("'members' is no list of names");
      return { kind, level: text('level'), members: [...members].sort() };
    case 'node':
    case 'metric':
      return { kind, node: text('node') };
    case 'query':
      return { kind, line: text('line') };
    default:
      throw fault(`there is no such kind of entry: ${JSON.stringify(kind)}`);
  }
}

/** Returns what a finding is known by in a baseline; undefined for one that can't be let be: what is wrong with a rule. */
export function entrySubject(subject: FindingSubject): EntrySubject | undefined {
  switch (subject.kind) {
    case 'edge':
      return { kind: 'edge', from: subject.from, to: subject.to };
    case 'cycle':
      return { kind: 'cycle', level: subject.level, members: [...subject.members].sort() };
    case 'node':
    case 'metric':
      return { kind: subject.kind, node: subject.node };
    case 'query':
      return { kind: 'query', line: subject.isMissing ? `missing: ${subject.line}` : subject.line };
    case 'rule':
      return undefined;
  }
}

/** Returns the identity of the finding that an entry is about. */
export function entryIdentity({ rule, subject }: Pick<BaselineEntry, 'rule' | 'subject'>): string {
  switch (subject.kind) {
    case 'edge':
      return JSON.stringify(['edge', rule, subject.from, subject.to]);
    case 'cycle':
      return JSON.stringify(['cycle', rule, subject.level, subject.members]);
    case 'query':
      return JSON.stringify(['query', rule, subject.line]);
    default:
      return JSON.stringify([subject.kind, rule, subject.node]);
  }
}

/** Returns what an entry is about in a few words. */
export function entryText({ subject }: Pick<BaselineEntry, 'subject'>): string {
  switch (subject.kind) {
    case 'edge':
      return `${subject.from} -> ${subject.to}`;
    case 'cycle':
      return `cycle of ${subject.members.join(', ')}`;
    case 'query':
      return subject.line;
    default:
      return subject.node;
  }
}

/** Formats a baseline: the head, then entries in order of their lines as text, which is that of their rules. */
export function formatBaseline(settings: CheckSettings, entries: readonly Omit<BaselineEntry, 'line'>[]): string {
  const { level, edges, source, builtins } = settings;
  const lines = entries.map(({ rule, subject, reason, expires }) =>
    JSON.stringify({ rule, ...subject, ...(reason !== null && { reason }), ...(expires !== null && { expires }) }),
  );
  return `${[JSON.stringify({ schema: SCHEMA, level, edges, source, builtins }), ...[...new Set(lines)].sort()].join('\n')}\n`;
}

/** Tells what a baseline was made with otherwise than the run, in a phrase; undefined where nothing. */
export function unlikeSettings(baseline: CheckSettings, run: CheckSettings): string | undefined {
  const shown = (value: unknown) => (Array.isArray(value) ? [...value].sort().join(', ') : String(value));
  for (const key of ['level', 'edges', 'source', 'builtins'] as const) {
    const [then, now] = [shown(baseline[key]), shown(run[key])];
    if (then !== now) return `it was made with ${key} ${then}, and this run has ${now}`;
  }
  return undefined;
}
