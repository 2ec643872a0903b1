// Every kind of rule, failing and passing, about the web shop of shop-facts.ts: what is expected is read off the drawing there.
import { describe, expect, it } from 'vitest';
import { askAbout, askImports, configOf, texts } from './shop-facts.js';

/** A case: what it is about, the rule, and what it finds. */
type Case = readonly [what: string, rule: object, found: readonly string[]];

const GROUPS = { front: ['web_*'], middle: ['core*', 'legacy'], back: ['app:db'] };

/** About modules, applications and groups: import tables and calls have to answer alike. */
const GRAPH_CASES: readonly Case[] = [
  ['forbidden, and nobody does', { kind: 'forbidden', from: 'core*', to: 'web_*' }, []],
  ['forbidden, and one does', { kind: 'forbidden', from: 'web_*', to: 'db*' }, ['edge: web_page -> db']],
  ['forbidden by a regular expression', { kind: 'forbidden', from: '/^web/', to: '/^(db|lists)$/' }, ['edge: web_page -> db']],
  ['forbidden, with one taken away', { kind: 'forbidden', from: ['web_*', '!web_page'], to: 'db*' }, []],
  [
    'forbidden to all but some',
    { kind: 'forbidden', from: ['!core'], to: 'db' },
    ['edge: db_pool -> db', 'edge: web_page -> db'],
  ],
  ['forbidden of OTP, and used', { kind: 'forbidden', to: 'lists' }, ['edge: core -> lists']],
  ['forbidden of OTP by its application', { kind: 'forbidden', to: 'app:crypto' }, ['edge: db -> crypto']],
  ['forbidden of OTP, and not used by anybody', { kind: 'forbidden', to: 'app:mnesia' }, []],
  [
    'forbidden to applications',
    { kind: 'forbidden', level: 'application', from: 'web', to: ['db', 'crypto'] },
    ['edge: web -> db'],
  ],
  ['forbidden to groups', { kind: 'forbidden', level: 'group', from: 'middle', to: 'front' }, ['edge: middle -> front']],
  [
    'forbidden to modules of groups',
    { kind: 'forbidden', from: 'group:middle', to: 'group:front' },
    ['edge: legacy -> web_page'],
  ],
  [
    'forbidden by what was captured',
    { kind: 'forbidden', from: '/^(\\w+)_(page|pool)$/', to: '/^$1(_form)?$/' },
    ['edge: db_pool -> db', 'edge: web_page -> web_form'],
  ],
  [
    'forbidden by what was captured, and nobody does',
    { kind: 'forbidden', from: '/^(web)_page$/', to: '/^$1_page|db_pool$/' },
    [],
  ],
  ['captured into a glob', { kind: 'forbidden', from: '/^(\\w+)_pool$/', to: '$1' }, ['edge: db_pool -> db']],
  ['captured nothing into a glob', { kind: 'forbidden', from: '/^web_page(x?)$/', to: ['$1', '!$1'] }, ['rule: to']],
  // core reaches db_pool through db alone, which is neither.
  ['forbidden to reach', { kind: 'forbidden', from: 'core', to: 'db_pool', reachable: true }, ['edge: core -> db_pool']],
  ['forbidden to reach, and it does not', { kind: 'forbidden', from: 'core', to: 'web_*', reachable: true }, []],
  // legacy -> web_page -> db is told of web_page, which is in `from` as well.
  [
    'a chain is told of where it leaves',
    { kind: 'forbidden', from: ['legacy', 'web_page'], to: 'db', reachable: true },
    ['edge: web_page -> db'],
  ],
  // Fan-out / (fan-in + fan-out): core 3/4, db 2/5, core_util 0, web_page 3/4, legacy 1, db_pool 1/2.
  ['dependencies on what is less stable', { kind: 'forbidden', to: '*', moreUnstable: true }, ['edge: db -> db_pool']],
  ['stable dependencies', { kind: 'forbidden', from: 'app:core', to: '*', moreUnstable: true }, []],
  ['allowed, and all are', { kind: 'allowed', from: 'core', to: ['core_util', 'db', 'app:stdlib'] }, []],
  ['allowed, and not all are', { kind: 'allowed', from: 'app:web', to: 'app:core' }, ['edge: web_page -> db']],
  ['protected, and kept', { kind: 'protected', from: ['web_*', 'core'], to: 'db', allowEmpty: true }, ['edge: db_pool -> db']],
  ['protected, from a friend', { kind: 'protected', from: ['web_*', 'core'], to: ['db', 'db_pool'] }, []],
  ['required, and done', { kind: 'required', from: 'web_*', to: ['core', 'core_util'] }, []],
  ['required, and not done', { kind: 'required', from: 'app:core', to: 'core_util' }, ['node: core_util', 'node: legacy']],
  [
    'required to reach',
    { kind: 'required', from: ['legacy', 'core', 'core_util'], to: 'crypto', reachable: true },
    ['node: core_util'],
  ],
  ['required by what was captured', { kind: 'required', from: '/^(\\w+)_(pool|form)$/', to: '$1' }, ['node: web_form']],
  ['layers that hold', { kind: 'layers', layers: ['legacy', 'web_*', 'core*', 'db*'] }, []],
  ['layers that do not', { kind: 'layers', layers: ['web_*', ['core*', 'legacy'], 'db*'] }, ['edge: legacy -> web_page']],
  ['layers of applications', { kind: 'layers', level: 'application', layers: ['web', 'core', 'db'] }, ['edge: core -> web']],
  ['adjacent layers', { kind: 'layers', layers: ['web_*', 'core*', 'db*'], adjacent: true }, ['edge: web_page -> db']],
  [
    'independent items of a layer',
    { kind: 'layers', layers: ['legacy', ['web_page', 'web_form'], 'core*'], independent: true },
    ['edge: web_page -> web_form'],
  ],
  ['one item of a layer', { kind: 'layers', layers: ['legacy', [['web_page', 'web_form']], 'core*'], independent: true }, []],
  ['complete layers', { kind: 'layers', layers: ['legacy', 'web_*', 'core*', 'db*'], complete: true }, ['node: lonely']],
  // web_form reaches nothing above; legacy is in no layer and leads from none.
  [
    'layers with detours',
    { kind: 'layers', layers: ['lonely', 'core_util', 'web_form'], reachable: true },
    ['edge: web_form -> core_util'],
  ],
  // core is in no layer here: web_page reaches db around it too, but db is below.
  ['a detour upward', { kind: 'layers', layers: ['db_pool', 'core'], reachable: true }, ['edge: core -> db_pool']],
  ['independent groups', { kind: 'independent', groups: ['web_*', 'db*'] }, ['edge: web_page -> db']],
  ['groups that are independent', { kind: 'independent', groups: ['web_form', 'db*', 'lonely'] }, []],
  [
    'groups that are independent but for a chain',
    { kind: 'independent', groups: ['core', 'db_pool'], reachable: true },
    ['edge: core -> db_pool'],
  ],
  ['cycles of modules', { kind: 'acyclic' }, ['cycle: cycle of db, db_pool']],
  ['no cycles of modules', { kind: 'acyclic', of: ['*', '!db_pool'] }, []],
  ['no cycles of so many', { kind: 'acyclic', minimum: 3 }, []],
  ['cycles of applications', { kind: 'acyclic', level: 'application' }, ['cycle: cycle of core, web']],
  ['cycles of groups', { kind: 'acyclic', level: 'group' }, ['cycle: cycle of front, middle']],
  ['no cycles of groups', { kind: 'acyclic', level: 'group', of: ['back', 'front'] }, []],
  ['orphans', { kind: 'orphans' }, ['node: lonely']],
  ['no orphans', { kind: 'orphans', of: 'app:*' }, []],
  ['what no entry reaches', { kind: 'orphans', entries: ['web_page', 'lonely'] }, ['node: legacy']],
  ['all is reached', { kind: 'orphans', entries: ['legacy', 'lonely'], of: ['*', '!lonely'] }, []],
  // db is used by core, db_pool and web_page.
  ['fan-in above', { kind: 'metric', metric: 'fan-in', maximum: 2 }, ['metric: db']],
  ['fan-in within', { kind: 'metric', metric: 'fan-in', maximum: 3 }, []],
  ['fan-out above', { kind: 'metric', metric: 'fan-out', maximum: 2 }, ['metric: core', 'metric: web_page']],
  ['fan-out below', { kind: 'metric', metric: 'fan-out', minimum: 1, of: 'core*' }, ['metric: core_util']],
  ['instability above', { kind: 'metric', metric: 'instability', maximum: 0.75, of: 'app:core' }, ['metric: legacy']],
  ['instability within', { kind: 'metric', metric: 'instability', maximum: 0.8, of: ['core', 'db'] }, []],
  ['matches nothing', { kind: 'forbidden', from: 'wbe_*', to: 'db' }, ['rule: from']],
  ['matches nothing, and may', { kind: 'forbidden', from: 'wbe_*', to: 'db', allowEmpty: true }, []],
  ['a layer that matches nothing', { kind: 'layers', layers: ['web_*', ['core*', 'cor'], 'db*'] }, ['rule: layers[1][1]']],
  ['captures that match nothing', { kind: 'forbidden', from: '/^(web)_page$/', to: '/^$1_nothing$/' }, ['rule: to']],
];

/** About functions and what only calls tell. */
const PROGRAM_CASES: readonly Case[] = [
  [
    'forbidden to functions',
    { kind: 'forbidden', level: 'function', from: 'core', to: 'lists:*' },
    ['edge: core:put/2 -> lists:foldl/3'],
  ],
  ['forbidden to functions, and nobody does', { kind: 'forbidden', level: 'function', from: 'web_page', to: 'lists:*' }, []],
  [
    'functions that reach one',
    { kind: 'forbidden', level: 'function', from: 'web_page:show/1', to: 'db_pool:take/0', reachable: true },
    ['edge: web_page:show/1 -> db_pool:take/0'],
  ],
  ['functions that do not', { kind: 'forbidden', level: 'function', from: 'web_form', to: 'db*', reachable: true }, []],
  [
    'functions that nothing reaches',
    { kind: 'orphans', level: 'function', of: 'app:core', entries: ['legacy:run/0', 'core:put/2'] },
    ['node: core:unused/0'],
  ],
  ['functions without any call', { kind: 'orphans', level: 'function' }, ['node: core:unused/0', 'node: lonely:run/0']],
  ['modules of too many functions', { kind: 'metric', metric: 'functions', maximum: 2 }, ['metric: core']],
  ['modules of few functions', { kind: 'metric', metric: 'functions', maximum: 3 }, []],
  ['releases', { kind: 'forbidden', level: 'release', from: 'shop', to: 'other', allowEmpty: true }, []],
  ['applications undeclared', { kind: 'applications' }, ['edge: core -> web', 'edge: web -> db']],
  ['applications declared', { kind: 'applications', of: 'db' }, []],
  ['applications unused', { kind: 'applications', checks: ['unused'] }, ['edge: db -> mnesia']],
  ['modules that are not there', { kind: 'applications', checks: ['missing_modules'] }, ['node: web_gone']],
  ['modules that are not listed', { kind: 'applications', checks: ['unlisted_modules'] }, ['node: legacy']],
  ['applications that wait for each other', { kind: 'applications', checks: ['cycles'] }, []],
  ['applications without .app', { kind: 'applications', checks: ['no_app_file', 'mismatches'] }, []],
  ['an application that is not there', { kind: 'applications', of: 'wbe' }, ['rule: of']],
  [
    'an analysis of calls',
    { kind: 'analysis', analysis: 'undefined_function_calls', of: 'app:core' },
    ['edge: core:put/2 -> core_util:gone/0', 'edge: core:put/2 -> lists:foldl/3'],
  ],
  ['an analysis of calls that finds nothing', { kind: 'analysis', analysis: 'undefined_function_calls', of: 'app:web' }, []],
  [
    'an analysis of deprecated calls',
    { kind: 'analysis', analysis: 'deprecated_function_calls' },
    ['edge: db_pool:take/0 -> db:old/0'],
  ],
  ['an analysis with an argument', { kind: 'analysis', analysis: 'module_use=web_page' }, ['node: legacy', 'node: web_page']],
  ['unused locals', { kind: 'analysis', analysis: 'locals_not_used' }, ['node: core:unused/0']],
  [
    'unused exports for nobody',
    { kind: 'analysis', analysis: 'exports_not_used' },
    ['node: core:put/2', 'node: legacy:run/0', 'node: lonely:run/0'],
  ],
  ['unused exports of another class', { kind: 'analysis', analysis: 'exports_not_used', classes: ['callback'] }, []],
  [
    'a query that is to be empty',
    { kind: 'query', query: 'XC || db:find/1' },
    ['query: {{core,get,1},{db,find,1}}', 'query: {{web_page,show,1},{db,find,1}}'],
  ],
  ['a query that is empty', { kind: 'query', query: 'XC || lonely : Mod', expect: 'empty' }, []],
  ['at most so many', { kind: 'query', query: 'XC || db:find/1', expect: { max: 2 } }, []],
  [
    'more than so many',
    { kind: 'query', query: 'strict AE', expect: { max: 3 } },
    ['query: {core,db}', 'query: {core,web}', 'query: {web,core}', 'query: {web,db}'],
  ],
  ['a number at most', { kind: 'query', query: '# XC', expect: { max: 12 } }, []],
  ['a number above', { kind: 'query', query: '# XC', expect: { max: 11 } }, ['query: 12']],
  [
    'the exact answer',
    { kind: 'query', query: 'strict AE', expect: { exact: '[{core,db},{core,web},{web,core},{web,db}]' } },
    [],
  ],
  [
    'not the exact answer',
    { kind: 'query', query: 'strict AE', expect: { exact: '[{core,db},{core,web},{db,web},{web,db}].' } },
    ['query: {web,core}', 'query: missing: {db,web}'],
  ],
];

describe('rules about graphs', () => {
  it.each(GRAPH_CASES)('%s', async (_what, rule, found) => {
    const config = await configOf({ groups: GROUPS, rules: { it: rule } });
    expect(texts(askAbout(config))).toEqual(found);
    expect(texts(askImports(config))).toEqual(found);
  });
});

describe('rules about programs', () => {
  it.each(PROGRAM_CASES)('%s', async (_what, rule, found) => {
    expect(texts(askAbout(await configOf({ groups: GROUPS, rules: { it: rule } })))).toEqual(found);
  });
});

it('name the steps of a chain', async () => {
  const config = await configOf({ rules: { it: { kind: 'forbidden', from: 'legacy', to: 'db_pool', reachable: true } } });
  const [draft] = askAbout(config);
  expect(draft?.subject).toMatchObject({ chain: ['legacy', 'web_page', 'db', 'db_pool'] });
});

it('name a runtime dependency that is not declared', async () => {
  const drafts = askAbout(await configOf({ rules: { it: { kind: 'applications', of: 'web' } } }));
  expect(drafts.map(({ message }) => message)).toEqual([
    "web calls db and doesn't declare it (it is a runtime dependency only; started by core)",
  ]);
});

it('are not asked where they are off', async () => {
  const rules = { one: { kind: 'acyclic', severity: 'off' }, other: { kind: 'orphans', severity: 'info' } };
  expect(texts(askAbout(await configOf({ rules })))).toEqual(['node: lonely']);
});
