// Random records in two to four builds of a module, with records in their fields, and states for both directions. A field's type is the same in
// every build; which fields there are, their order and their defaults are not.
import { decodeTerm } from '../../../src/term/etf-decode.js';
import { type Bitstring, properList } from '../../../src/term/model.js';
import type { OtpRelease } from './erlang.js';
import type { LiveCase, LiveStep } from './live-migrations.js';
import { source } from './live-sources.js';
import { runOracle } from './oracle.js';
import { newRandom, pick, type Random } from './random-modules.js';

type FieldType = 'any' | `{record, ${string}}` | `{list, ${string}}`;

interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** As the reference has it; undefined where there is none. */
  readonly default: string | undefined;
}

/** Records by name, each after those that it has in its defaults. */
type Records = ReadonlyMap<string, readonly Field[]>;

interface Build {
  readonly vsn: string | undefined;
  readonly records: Records;
}

interface RandomMigration {
  readonly name: string;
  readonly next: Build;
  readonly olds: readonly Build[];
  readonly renames: readonly (readonly [record: string, old: string, next: string])[];
  readonly steps: readonly Omit<LiveStep, 'expected'>[];
}

const VALUES = [
  '1',
  '-7',
  'a',
  '[]',
  '{}',
  '#{}',
  '<<"x">>',
  '"s"',
  '{t, [1]}',
  '1.5',
  'undefined',
  '#{k => {v}}',
  '[a, b]',
  '1 bsl 70',
];

/** Whose values a record's fields may hold. */
const INNER: Readonly<Record<string, readonly string[]>> = { deep: ['deep'], inner: ['deep'], state: ['inner', 'deep', 'state'] };

/** Makes migrations and asks the release's Erlang what their states have to become. */
export function randomMigrations(release: OtpRelease, seed: number, count: number): readonly LiveCase[] {
  const migrations = Array.from({ length: count }, (_, at) => randomMigration(newRandom(seed * 1013 + at), at));
  const answer = properList(decodeTerm(runOracle(release, 'reference_oracle', 'expected', [migrations.map(asReference)]))) ?? [];
  return migrations.map((one, at) => {
    const expected = (properList(answer[at]) ?? []).map((text) => Buffer.from((text as Bitstring).bytes).toString('utf8'));
    return asCase(one, expected);
  });
}

function randomMigration(random: Random, at: number): RandomMigration {
  const types = new Map<string, FieldType>();
  const made = Array.from({ length: 2 + random(3) }, (_, build) => randomRecords(random, types, build));
  const [records, ...older] = made as [Records, ...Records[]];
  const isShared = random(4) === 0 && areOfDifferentSizes(made);
  const olds = older.map(
    (one, build): Build => ({ vsn: isShared ? 'same' : pick(random, [undefined, `"${build}"`, `{v, ${build}}`]), records: one }),
  );
  const next = { vsn: isShared ? 'same' : undefined, records };
  const renames = older.length === 1 && random(2) === 0 ? randomRenames(random, records, older[0] as Records) : [];
  const builds = [next, ...olds];
  const steps = olds.flatMap((old, build) => [
    ...[0, 1].map(() => ({ direction: 'up', old: build, state: randomState(random, old, builds) }) as const),
    ...[0, 1].map(() => ({ direction: 'down', old: build, state: randomState(random, next, builds) }) as const),
  ]);
  return { name: `migration ${at}`, next, olds, renames, steps };
}

function randomRecords(random: Random, types: Map<string, FieldType>, build: number): Records {
  const names = Object.keys(INNER);
  return new Map(names.map((record, at) => [record, randomFields(random, record, names.slice(0, at), types, build)]));
}

/** The new build's record of the state has a field that no older one has, so that there is something to migrate. */
function randomFields(
  random: Random,
  record: string,
  before: readonly string[],
  types: Map<string, FieldType>,
  build: number,
): readonly Field[] {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'].filter(() => random(3) > 0);
  if (record === 'state' && build === 0) names.push('new');
  return shuffled(random, names).map((name) => {
    const key = `${record}.${name}`;
    const type = types.get(key) ?? randomType(random, INNER[record] as readonly string[]);
    types.set(key, type);
    const value = random(5) === 0 && before.length > 0 ? `{record, ${pick(random, before)}}` : `{term, ${pick(random, VALUES)}}`;
    return { name, type, default: random(3) === 0 ? undefined : value };
  });
}

function randomType(random: Random, inner: readonly string[]): FieldType {
  const record = pick(random, inner);
  return pick(random, ['any', 'any', `{record, ${record}}`, `{list, ${record}}`] as const);
}

function shuffled<T>(random: Random, items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, key: random(1_000_000) }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item);
}

/** Builds that share a version can be told apart only by the sizes of their records. */
function areOfDifferentSizes(builds: readonly Records[]): boolean {
  return Object.keys(INNER).every(
    (record) => new Set(builds.map((records) => records.get(record)?.length)).size === builds.length,
  );
}

/** A field that is gone and one that has come. */
function randomRenames(random: Random, next: Records, old: Records): RandomMigration['renames'] {
  const only = (left: Records, right: Records): readonly Field[] =>
    (left.get('state') ?? []).filter(
      ({ name, type }) => type === 'any' && !right.get('state')?.some((other) => other.name === name),
    );
  const [gone, come] = [only(old, next), only(next, old)];
  return gone.length === 0 || come.length === 0 ? [] : [['state', pick(random, gone).name, pick(random, come).name]];
}

/** Most often of the build that the process runs; a state of another build must pass through, or is as good. */
function randomState(random: Random, build: Build, builds: readonly Build[]): string {
  if (random(12) === 0) return pick(random, ['none', '{state}', '{tag, {state, 1}}', '[{state, 1}]']);
  if (random(10) === 0) return instance(random, 'state', pick(random, builds), build, DEEPEST);
  return instance(random, 'state', build, builds[0] as Build, 0);
}

/** What has no records in it, where a record of one build is in one of another: which of these is meant would be a matter of opinion. */
const DEEPEST = 5;

/** Among the records in a record are some that are new already. */
function instance(random: Random, record: string, build: Build, next: Build, depth: number): string {
  const values = (build.records.get(record) ?? []).map(({ type }) => randomValue(random, type, build, next, depth + 1));
  return `{${[record, ...values].join(', ')}}`;
}

function randomValue(random: Random, type: FieldType, build: Build, next: Build, depth: number): string {
  const [, kind, record] = /^\{(\w+), (\w+)\}$/.exec(type) ?? [];
  if (kind === undefined || record === undefined || depth >= DEEPEST || random(8) === 0) return pick(random, VALUES);
  const one = () =>
    random(8) === 0 ? instance(random, record, next, next, DEEPEST) : instance(random, record, build, next, depth);
  if (kind === 'record') return one();
  return `[${Array.from({ length: random(4) }, () => (random(6) === 0 ? pick(random, VALUES) : one())).join(', ')}]`;
}

function asReference({ next, olds, renames, steps }: RandomMigration): string {
  const builds = olds.map((old, at) => referenceBuild(old, at));
  const asked = steps.map(({ direction, old = 0, state }) => `{${direction}, ${old + 1}, ${state}}`);
  const renamed = renames.map((names) => `{${names.join(', ')}}`);
  return `#{new => ${referenceBuild(next, -1)}, olds => [${builds}], renames => [${renamed}], steps => [${asked}]}`;
}

function referenceBuild({ vsn, records }: Build, at: number): string {
  const written = [...records].map(([record, fields]) => {
    const ours = fields.map(({ name, type, default: value }) => `{${name}, ${type}, ${value ?? '{term, undefined}'}}`);
    return `${record} => [${ours.join(', ')}]`;
  });
  return `#{vsn => ${vsn ?? `{md5, ${at}}`}, records => #{${written.join(', ')}}}`;
}

function asCase({ name, next, olds, renames, steps }: RandomMigration, expected: readonly string[]): LiveCase {
  const keep = 'code_change(_, State, _) -> {ok, State}.';
  return {
    name: [name, ...[next, ...olds].map(declarations)].join('\n'),
    from: olds.map((old) => source('gen_server', declarations(old))),
    to: source('gen_server', `-state_record(state). ${declarations(next)}`, keep),
    options: { renames: renames.map(([record, old, to]) => ({ record, old, new: to })) },
    steps: steps.map((step, at) => ({ ...step, expected: expected[at] ?? 'no_answer' })),
  };
}

function declarations({ vsn, records }: Build): string {
  const written = [...records].map(([record, fields]) => `-record(${record}, {${fields.map(declaration).join(', ')}}).`);
  return [vsn === undefined ? '' : `-vsn(${vsn}).`, ...written].join(' ');
}

function declaration({ name, type, default: value }: Field): string {
  const [, kind, what] = /^\{(\w+), ([\s\S]*)\}$/.exec(value ?? '') ?? [];
  const initial = kind === undefined ? '' : kind === 'record' ? ` = #${what}{}` : ` = ${what}`;
  const [, container, record] = /^\{(\w+), (\w+)\}$/.exec(type) ?? [];
  const written = container === undefined ? 'any()' : container === 'record' ? `undefined | #${record}{}` : `[#${record}{}]`;
  return `${name}${initial} :: ${written}`;
}
