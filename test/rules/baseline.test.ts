// The baseline: what it lets be, what becomes stale, expires, grows or shrinks, and what a merge leaves of its text.
import { describe, expect, it } from 'vitest';
import { type Baseline, formatBaseline, parseBaseline, unlikeSettings } from '../../src/rules/baseline/baseline.js';
import { compareBaseline, makeBaseline, pruneBaseline } from '../../src/rules/baseline/compare-baseline.js';
import { type Draft, identityOf } from '../../src/rules/check/draft.js';
import type { CheckSettings, FindingSubject } from '../../src/rules/model.js';
import { askAbout, configOf } from './shop-facts.js';

const SETTINGS: CheckSettings = { level: 'module', edges: ['call'], source: 'imports', builtins: false };
const HEAD = '{"schema":"beamtool-baseline/1","level":"module","edges":["call"],"source":"imports","builtins":false}';
const TODAY = '2026-06-15';

const read = (...lines: readonly string[]) => parseBaseline([HEAD, ...lines, ''].join('\n'), 'b.jsonl');

async function drafts(subjects: readonly FindingSubject[], name = 'it'): Promise<readonly Draft[]> {
  const { rules } = await configOf({ rules: { [name]: { kind: 'acyclic' } } });
  const rule = rules[0] as (typeof rules)[0];
  return subjects.map((subject) => ({ rule, subject, message: '', evidence: { kind: 'config' }, anyModule: false }));
}

const edge = (from: string, to: string): FindingSubject => ({
  kind: 'edge',
  level: 'module',
  from,
  to,
  edgeKinds: ['call'],
  chain: null,
});
const cycle = (...members: readonly string[]): FindingSubject => ({
  kind: 'cycle',
  level: 'module',
  members,
  cut: [],
  isFewest: false,
  change: null,
});
const faults = ({ faulty }: ReturnType<typeof compareBaseline>) => faulty.map(({ kind, text, change }) => [kind, text, change]);

describe('a baseline', () => {
  it('is made of all that is found, sorted, and read again', async () => {
    const rules = { z: { kind: 'acyclic' }, a: { kind: 'forbidden', from: 'web_*', to: 'db' }, o: { kind: 'orphans' } };
    const found = askAbout(await configOf({ rules }));
    const text = formatBaseline(SETTINGS, makeBaseline(found, [], TODAY));
    expect(text.split('\n')).toEqual([
      HEAD,
      '{"rule":"a","kind":"edge","from":"web_page","to":"db"}',
      '{"rule":"o","kind":"node","node":"lonely"}',
      '{"rule":"z","kind":"cycle","level":"module","members":["db","db_pool"]}',
      '',
    ]);
    const { entries } = parseBaseline(text, 'b.jsonl');
    const answer = compareBaseline(found, entries, TODAY);
    expect(answer.faulty).toEqual([]);
    expect([...answer.entries.keys()]).toEqual(found.map(({ rule, subject }) => identityOf(rule.name, subject)));
    expect(formatBaseline(SETTINGS, makeBaseline(found, entries, TODAY))).toBe(text);
  });

  it('has an entry for a query and its missing lines, and none for what is wrong with a rule', async () => {
    const found = await drafts([
      { kind: 'query', line: '{a,b}', isMissing: true },
      { kind: 'rule', fault: { kind: 'matches-nothing', part: 'from' } },
      { kind: 'metric', level: 'module', node: 'm', metric: 'fan-in', value: 3, limit: 2 },
    ]);
    const text = formatBaseline(SETTINGS, makeBaseline(found, [], TODAY));
    expect(text.split('\n').slice(1, -1)).toEqual([
      '{"rule":"it","kind":"metric","node":"m"}',
      '{"rule":"it","kind":"query","line":"missing: {a,b}"}',
    ]);
  });

  it('tells what is stale and what is expired, from the day on', async () => {
    const { entries } = read(
      '{"rule":"it","kind":"edge","from":"a","to":"b","expires":"2026-06-16"}',
      '{"rule":"it","kind":"edge","from":"a","to":"c","expires":"2026-06-15","reason":"soon"}',
      '{"rule":"it","kind":"edge","from":"a","to":"gone"}',
    );
    const answer = compareBaseline(await drafts([edge('a', 'b'), edge('a', 'c'), edge('a', 'd')]), entries, TODAY);
    expect(faults(answer)).toEqual([
      ['expired', 'a -> c', null],
      ['stale', 'a -> gone', null],
    ]);
    expect([...answer.entries.keys()]).toEqual(['["edge","it","a","b"]']);
    expect(answer.faulty.map(({ line }) => line)).toEqual([3, 4]);
  });

  it.each([
    ['grown', ['a', 'b', 'c'], { kind: 'grown', added: ['c'], removed: [] }, false],
    ['shrunk', ['a'], { kind: 'shrunk', added: [], removed: ['b'] }, true],
    ['changed', ['b', 'c'], { kind: 'changed', added: ['c'], removed: ['a'] }, false],
  ] as const)('knows a cycle that has %s', async (kind, members, change, isLetBe) => {
    const { entries } = read('{"rule":"it","kind":"cycle","level":"module","members":["b","a"],"reason":"old"}');
    const found = await drafts([cycle(...members)]);
    const answer = compareBaseline(found, entries, TODAY);
    const identity = identityOf('it', found[0]?.subject as FindingSubject);
    expect(answer.changes.get(identity)).toEqual(change);
    expect(answer.entries.has(identity)).toBe(isLetBe);
    expect(faults(answer)).toEqual([['stale', 'cycle of a, b', kind]]);
  });

  it('is pruned of what is gone, keeps reasons, and takes a cycle as small as it is now, but nothing new', async () => {
    const { entries } = read(
      '{"rule":"it","kind":"cycle","level":"module","members":["a","b","c","d"],"reason":"old"}',
      '{"rule":"it","kind":"edge","from":"a","to":"b","reason":"why"}',
      '{"rule":"it","kind":"edge","from":"a","to":"gone"}',
    );
    const found = await drafts([edge('a', 'b'), edge('a', 'new'), cycle('a', 'b'), cycle('c', 'd')]);
    const text = formatBaseline(SETTINGS, pruneBaseline(found, entries, TODAY));
    expect(text.split('\n').slice(1, -1)).toEqual([
      '{"rule":"it","kind":"cycle","level":"module","members":["a","b"],"reason":"old"}',
      '{"rule":"it","kind":"cycle","level":"module","members":["c","d"],"reason":"old"}',
      '{"rule":"it","kind":"edge","from":"a","to":"b","reason":"why"}',
    ]);
  });

  it('keeps reasons and days that are not over when it is made anew', async () => {
    const { entries } = read(
      '{"rule":"it","kind":"edge","from":"a","to":"b","expires":"2026-01-01","reason":"late"}',
      '{"rule":"it","kind":"edge","from":"a","to":"c","expires":"2027-01-01"}',
    );
    const made = makeBaseline(await drafts([edge('a', 'b'), edge('a', 'c')]), entries, TODAY);
    expect(made.map(({ reason, expires }) => [reason, expires])).toEqual([
      ['late', null],
      [null, '2027-01-01'],
    ]);
  });

  it('reads what a merge of two branches leaves: another order, lines and heads twice', () => {
    const lines = ['{"rule":"b","kind":"node","node":"n"}', '{"rule":"a","kind":"node","node":"n"}'];
    const merged = parseBaseline([lines[0], HEAD, ...lines, HEAD, ''].join('\r\n'), 'b.jsonl');
    expect(formatBaseline(merged.settings, merged.entries)).toBe([HEAD, lines[1], lines[0], ''].join('\n'));
  });

  it.each([
    ['a conflict', ['<<<<<<< ours'], 'b.jsonl:2: a merge that is not finished'],
    ['no JSON', ['{"rule"'], 'b.jsonl:2: not JSON'],
    ['a list', ['[]'], 'b.jsonl:2: not an object'],
    ['no rule', ['{"kind":"node","node":"n"}'], "b.jsonl:2: 'rule' is missing, or no string"],
    ['another kind', ['{"rule":"r","kind":"nod","node":"n"}'], 'b.jsonl:2: there is no such kind of entry: "nod"'],
    ['no day', ['{"rule":"r","kind":"node","node":"n","expires":"2026-02-30"}'], "b.jsonl:2: 'expires' is no day: YYYY-MM-DD"],
    [
      'two reasons',
      ['{"rule":"r","kind":"node","node":"n"}', '{"rule":"r","kind":"node","node":"n","reason":"x"}'],
      'b.jsonl:3: line 2 has it too, with another reason or day',
    ],
    ['another schema', ['{"schema":"beamtool-baseline/2"}'], 'b.jsonl:2: not beamtool-baseline/1, but "beamtool-baseline/2"'],
    ['another head', [HEAD.replace('imports', 'auto')], 'b.jsonl:2: a second head that differs from the first'],
  ])('is refused with %s', (_what, lines, message) => {
    expect(() => read(...lines)).toThrow(message);
  });

  it('without a head is none', () => {
    expect(() => parseBaseline('', 'b.jsonl')).toThrow('not a baseline');
  });

  it.each([
    [{ level: 'application' }, 'it was made with level module, and this run has application'],
    [{ edges: ['type', 'call'] }, 'it was made with edges call, and this run has call, type'],
    [{ source: 'auto' }, 'it was made with source imports, and this run has auto'],
    [{ builtins: true }, 'it was made with builtins false, and this run has true'],
    [{}, undefined],
  ] as readonly (readonly [Partial<CheckSettings>, string | undefined])[])(
    'of other settings than %o is told',
    (change, message) => {
      const { settings }: Baseline = read();
      expect(unlikeSettings(settings, { ...SETTINGS, ...change })).toBe(message);
    },
  );
});
