// `beamtool appup check` on the releases of the fixture shop, with appups as a person might write them: each of its own findings has a case, with its
// place; what they stand on was seen on real nodes (test/otp/appup-check.test.ts, and the manual pages appup(4) and supervisor(3)).
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeContainer, encodeContainer } from '../../../src/beam/container.js';
import { readBuild } from '../../../src/cli/builds.js';
import { checkAppups } from '../../../src/cli/commands/appup-check.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { UsageError } from '../../../src/errors.js';
import { formatAppup } from '../../../src/release/appup/format-appup.js';
import { generateAppups } from '../../../src/release/appup/generate/generate-appups.js';
import { choiceFor, parsePurge, parseTimeout } from '../../../src/release/appup/generate/module-choices.js';
import { makeTree } from '../../io/temporary-tree.js';
import { beamsFolder } from '../../support/fixtures.js';
import { runCommand } from '../../support/run-command.js';

const quiet = { write: async () => undefined, warn: () => undefined, interactive: false } as unknown as Terminal;

const run = (...words: readonly string[]) => runCommand(checkAppups, ...words);

const shop = (version: number) => join(beamsFolder, `shop-${version}`);

const EBINS: Readonly<Record<string, string>> = {
  shop: 'lib/shop-1.2.0/ebin',
  stock: 'lib/stock-2.1.0/ebin',
  till: 'lib/till-1.1.0/ebin',
};

/** A copy of the third release of the shop with appups for two of its applications that need nothing, and one for the other. */
function withAppup(application: string, text: string): string {
  const root = makeTree({ 'x/': '' });
  cpSync(shop(3), root, { recursive: true });
  const appups = { shop: restarting('shop', '1.2.0'), stock: restarting('stock', '2.1.0'), till: restarting('till', '1.1.0') };
  for (const [name, appup] of Object.entries({ ...appups, [application]: text })) {
    writeFileSync(join(root, EBINS[name] as string, `${name}.appup`), appup);
  }
  return root;
}

function restarting(application: string, vsn: string): string {
  const entry = `{<<".*">>, [{restart_application, ${application}}]}`;
  return `{"${vsn}", [${entry}], [${entry}]}.`;
}

interface Found {
  readonly code: string;
  readonly severity: string;
  readonly file: string;
  readonly place: readonly string[];
  readonly module: string | null;
  readonly message: string;
}

async function findings(root: string, ...words: readonly string[]): Promise<readonly Found[]> {
  const { output } = await run('--format', 'json', root, ...words);
  return JSON.parse(output).findings;
}

/** `code: place`, of what isn't for information alone. */
const shown = (found: readonly Found[]) =>
  found.filter(({ severity }) => severity !== 'info').map(({ code, place }) => [code, ...place].join(': '));

/** An appup of till, from its second version, and back by a restart; and what there is to say of it. */
const TILL: readonly (readonly [instructions: string, findings: readonly string[]])[] = [
  [
    '{update, till_fsm, {advanced, []}, [till_receipt]}, {load_module, till_receipt}',
    ['code-change-missing: up from "1.0.1": instruction 1'],
  ],
  [
    '{load_module, till_fsm, [till_receipt]}, {load_module, till_receipt}',
    ['stateful-module-only-loaded: up from "1.0.1": instruction 1'],
  ],
  [
    '{update, till_fsm, soft, [till_receipt]}, {load_module, till_receipt}',
    ['stateful-module-only-loaded: up from "1.0.1": instruction 1'],
  ],
  ['{restart_application, till}', []],
  ['restart_new_emulator', []],
  ['{load_module, till_receipt}', ['changed-module-not-mentioned: up from "1.0.1"']],
  [
    '{load_module, till_fsm}, {load_module, till_receipt, [till_prices]}, {delete_module, till_old}',
    [
      'stateful-module-only-loaded: up from "1.0.1": instruction 1',
      'undef-module: up from "1.0.1": instruction 2',
      'unknown-module: up from "1.0.1": instruction 3',
    ],
  ],
  ['restart_emulator, {load_module, till_receipt, [stock_report]}', ['dep-in-other-application: up from "1.0.1": instruction 2']],
  ['restart_emulator, {delete_module, till_price}', ['module-still-there: up from "1.0.1": instruction 2']],
  ['restart_emulator, {load_module, till_nothing}', ['no-such-module: up from "1.0.1": instruction 2']],
  ['{load_object_code, {till, "1.1.0", [till_nothing]}}, restart_emulator', ['unknown-module: up from "1.0.1": instruction 1']],
  [
    'restart_emulator, {load_module, till_price, soft}, {add_module, till_price, [[]]}',
    ['bad-instruction: up from "1.0.1": instruction 2', 'bad-module: up from "1.0.1": instruction 3'],
  ],
  ['restart_emulator, reboot', ['unknown-to-release-handler: up from "1.0.1": instruction 2']],
  ['restart_emulator, {load_module, till_price}, {load_module, till_price}', ['muldef-module: up from "1.0.1": instruction 3']],
];

const CHANGED =
  '{load_module, shop}, {load_module, shop_offers}, {add_module, shop_desk_sup}, {add_module, shop_returns}, {add_module, shop_wishes}';
const RESTARTS = ['offers', 'wishes', 'desks'].map((id) => `{apply, {supervisor, restart_child, [shop_sup, ${id}]}}`).join(', ');
const UPDATE = '{update, shop_sup, supervisor}';
/** shop_log has other state, and none of these is about that. */
const LOG = '{update, shop_log, {advanced, []}}';

/** The same of shop, whose supervisor gets three children more. */
const SHOP: readonly (readonly [instructions: string, findings: readonly string[]])[] = [
  [`${CHANGED}, ${UPDATE}, ${RESTARTS}`, ['changed-module-not-mentioned: up from "1.1.0"']],
  [
    `${CHANGED}, ${UPDATE}, ${LOG}`,
    [
      'child-not-started: up from "1.1.0"',
      'child-not-started: up from "1.1.0"',
      'child-not-started: up from "1.1.0"',
      'code-change-missing: up from "1.1.0": instruction 7',
    ],
  ],
  [
    `${RESTARTS}, ${CHANGED}, ${UPDATE}, {load_module, shop_log}`,
    [
      'restart-child-not-last: up from "1.1.0": instruction 1',
      'restart-child-not-last: up from "1.1.0": instruction 2',
      'restart-child-not-last: up from "1.1.0": instruction 3',
      'stateful-module-only-loaded: up from "1.1.0": instruction 10',
    ],
  ],
  [
    `${CHANGED}, {load_module, shop_sup}, ${RESTARTS}, {load_module, shop_log}`,
    [
      'stateful-module-only-loaded: up from "1.1.0": instruction 6',
      ...[7, 8, 9].map((at) => `restart-child-not-last: up from "1.1.0": instruction ${at}`),
      'stateful-module-only-loaded: up from "1.1.0": instruction 10',
    ],
  ],
  [
    `restart_emulator, {apply, {supervisor, restart_child, [shop_supervisor, offers]}}`,
    ['unknown-supervisor: up from "1.1.0": instruction 2'],
  ],
  [
    `restart_emulator, {apply, {supervisor, restart_child, [shop_sup, shop_offers]}}`,
    ['unknown-child: up from "1.1.0": instruction 2'],
  ],
  [
    `{apply, {supervisor, delete_child, [shop_sup, events]}}, restart_emulator`,
    ['delete-child-running: up from "1.1.0": instruction 1'],
  ],
  [
    `{load_module, shop}, restart_emulator, {apply, {supervisor, terminate_child, [shop_sup, events]}}, {apply, {supervisor, delete_child, [shop_sup, events]}}`,
    ['terminate-child-not-first: up from "1.1.0": instruction 3', 'terminate-child-not-first: up from "1.1.0": instruction 4'],
  ],
  [`{apply, {supervisor, terminate_child, [{global, any}, x]}}, restart_emulator`, []],
];

describe('instructions', () => {
  it.each(TILL)('of till: %s', async (instructions, expected) => {
    const root = withAppup('till', `{"1.1.0", [{"1.0.1", [${instructions}]}], [{<<".*">>, [{restart_application, till}]}]}.`);
    expect(shown(await findings(root, '--from', shop(2)))).toEqual(expected);
  });

  it.each(SHOP)('of shop: %s', async (instructions, expected) => {
    const root = withAppup('shop', `{"1.2.0", [{"1.1.0", [${instructions}]}], [{<<".*">>, [{restart_application, shop}]}]}.`);
    expect(shown(await findings(root, '--from', shop(2)))).toEqual(expected);
  });

  it('on the way down are held against the other end of it', async () => {
    const down = [
      ['{update, shop_sup, {advanced, []}}, restart_emulator', ['supervisor-not-static: down to "1.1.0": instruction 1']],
      ['{load_module, shop_wishes}, restart_emulator', ['no-such-module: down to "1.1.0": instruction 1']],
      ['{delete_module, shop_wishes}, restart_emulator', []],
      [
        '{apply, {supervisor, terminate_child, [shop_sup, desk]}}, restart_emulator',
        ['unknown-child: down to "1.1.0": instruction 1'],
      ],
    ] as const;
    for (const [instructions, expected] of down) {
      const root = withAppup('shop', `{"1.2.0", [{<<".*">>, [{restart_application, shop}]}], [{"1.1.0", [${instructions}]}]}.`);
      expect(shown(await findings(root, '--from', shop(2)))).toEqual(expected);
    }
  });
});

const R = '[{restart_application, till}]';

describe('versions', () => {
  /** Up entries of till for two older versions, with what is said of them. */
  const CASES: readonly (readonly [entries: string, findings: readonly string[]])[] = [
    [`{"1.0.0", ${R}}, {"1.0.1", ${R}}`, []],
    [`{<<"1\\\\.0\\\\.[01]">>, ${R}}`, []],
    [`{".*", ${R}}`, ['no-relup: up', 'no-relup: up', 'version-never-matches: up from ".*"']],
    [`{<<"1\\\\.0">>, ${R}}`, ['no-relup: up', 'no-relup: up']],
    [`{<<"1|1.0.0">>, ${R}}, {"1.0.1", ${R}}`, ['no-relup: up']],
    [`{<<".*">>, ${R}}, {"1.0.1", ${R}}`, ['entry-never-reached: up from "1.0.1"']],
    [`{"1.0.0", ${R}}, {"1.0.1", ${R}}, {"1.0.0", []}`, ['entry-never-reached: up from "1.0.0"']],
    [`{<<".*">>, ${R}}, {'1.0.0', []}`, ["version-never-matches: up from '1.0.0'"]],
    [`{"1.1.0", ${R}}, {<<".*">>, ${R}}`, ['version-never-matches: up from "1.1.0"']],
    [`{<<".*">>, ${R}}, {<<"(">>, ${R}}`, ['bad-version-pattern: up from <<"(">>']],
  ];

  it.each(CASES)('%s', async (entries, expected) => {
    const root = withAppup('till', `{"1.1.0", [${entries}], [{<<".*">>, ${R}}]}.`);
    const found = await findings(root, '--from', shop(1), shop(2));
    expect([...shown(found)].sort()).toEqual([...expected].sort());
  });

  it('say which pattern matches a part of one, and which way has no entry', async () => {
    const root = withAppup('till', `{"1.1.0", [{<<"1\\\\.0">>, ${R}}, {"0.9", ${R}}], []}.`);
    const messages = (await findings(root, '--from', shop(1))).map(({ severity, message }) => `${severity}: ${message}`);
    expect(messages).toContain('error: there is no entry for version 1.0.0: <<"1\\\\.0">> matches no more of it than "1.0"');
    expect(messages).toContain('info: there is no entry to go back to <<"1\\\\.0">>, "0.9"');
  });

  it('of the appup and its application differ', async () => {
    const [found] = await findings(withAppup('till', restarting('till', '9')), '--from', shop(2));
    expect(found).toMatchObject({
      ...{ code: 'bad-vsn', severity: 'warning', reason: '{bad_vsn,{"9","1.1.0"}}' },
      message: 'the appup is of version 9, its application of 1.1.0',
    });
  });
});

describe('files', () => {
  const load = (module: string) => `{"1.1.0", [{"1.0.1", [{load_module, ${module}}, restart_emulator]}], [{<<".*">>, ${R}}]}.`;
  const beam = (root: string, name: string) => join(root, EBINS.till as string, `${name}.beam`);

  it('of modules that have no attributes, that are not there and that cannot be read', async () => {
    const root = withAppup('till', load('till_receipt'));
    const path = beam(root, 'till_receipt');
    const container = decodeContainer(readFileSync(path));
    writeFileSync(path, encodeContainer({ ...container, chunks: container.chunks.filter(({ id }) => id !== 'Attr') }));
    const at = ': up from "1.0.1": instruction 1';
    expect(shown(await findings(root, '--from', shop(2)))).toEqual([`beam-without-attr${at}`]);
    expect(shown(await findings(join(root, EBINS.till as string, 'till.appup')))).toEqual([`beam-without-attr${at}`]);
    writeFileSync(path, 'no beam');
    expect(shown(await findings(root, '--from', shop(2)))).toEqual([`unreadable-beam${at}`]);
    rmSync(path);
    expect(shown(await findings(root, '--from', shop(2)))).toEqual([`no-such-file${at}`]);
  });

  it.each([
    ['{"1.1.0", [], [].', 'file-problem'],
    ['{"1.1.0", []}.', 'file-problem'],
    ['{"1.1.0", [{"1.0.1"}], []}.', 'malformed-appup'],
    ['{"1.1.0", [], []}. more.', 'malformed-appup'],
  ])('%s', async (text, code) => {
    const found = await findings(withAppup('till', text));
    expect(found.map((one) => [one.code, one.severity])).toEqual([[code, 'error']]);
  });

  it('of appups are missing for applications that were upgraded', async () => {
    const root = withAppup('till', '');
    rmSync(join(root, EBINS.till as string, 'till.appup'));
    const found = await findings(root, '--from', shop(2));
    expect(found).toMatchObject([
      { code: 'file-problem', file: join(root, EBINS.till as string, 'till.appup'), application: 'till' },
    ]);
  });

  it('of the same version differ', async () => {
    const root = withAppup('till', restarting('till', '1.1.0'));
    cpSync(join(shop(2), 'lib/till-1.0.1/ebin/till_fsm.beam'), beam(root, 'till_fsm'));
    const found = await findings(root, '--from', shop(3));
    expect(found).toMatchObject([{ code: 'same-version', severity: 'error', application: 'till' }]);
  });
});

describe('appup check', () => {
  it('prints what it found by file, and how much', async () => {
    const root = withAppup('till', `{"1.1.0", [{".*", []}], []}.`);
    const { exit, output, warnings } = await run(root, '--from', shop(2));
    expect({ exit, warnings }).toEqual({ exit: 1, warnings: [] });
    expect(output.replaceAll(root, 'ROOT')).toBe(`ROOT/lib/till-1.1.0/ebin/till.appup
  error up: there is no entry for version 1.0.1 (no-relup)
  warning up from ".*": no version is ".*": a string is compared as it is; a binary is a regular expression (version-never-matches)
  error down: there is no entry for version 1.0.1 (no-relup)
3 appups: 2 errors, 1 warning
`);
  });

  it('has nothing against generated appups but what they were warned of', async () => {
    const root = makeTree({ 'x/': '' });
    cpSync(shop(3), root, { recursive: true });
    const read = async (path: string) => (await readBuild(path, { keyFile: undefined }, quiet)).build;
    const olds = [await read(shop(1)), await read(shop(2))];
    const plain = { isStrict: false, restartsChanged: false, replacesAll: false, onFault: () => undefined };
    const names = { restarted: new Set<string>(), injected: new Set<string>(), existing: new Map(), scripts: new Map() };
    const ways = { purge: choiceFor(parsePurge(undefined)), timeout: choiceFor(parseTimeout(undefined)) };
    const { appups } = generateAppups({ olds, now: await read(root), choices: { ...plain, ...names, ...ways } });
    for (const { application, appup } of appups) {
      writeFileSync(join(root, EBINS[application] as string, `${application}.appup`), formatAppup(appup));
    }
    const found = await findings(root, '--from', shop(1), shop(2));
    expect(new Set(found.map(({ code, module }) => `${code} ${module}`))).toEqual(
      new Set(['shop_log', 'stock_server', 'till_fsm'].map((module) => `stateful-module-only-loaded ${module}`)),
    );
  });

  it('has the exit code that is asked for', async () => {
    const [wrong, odd, fine] = [
      withAppup('till', '{"1.1.0", [{".*", [nonsense]}], []}.'),
      withAppup('till', '{"1.1.0", [{".*", []}], []}.'),
      withAppup('till', '{"1.1.0", [{"1", []}], []}.'),
    ] as const;
    const exits = async (...words: readonly string[]) => {
      const runs = [wrong, odd, fine].map(async (root) => (await run(...words, root)).exit);
      return Promise.all(runs);
    };
    expect(await exits()).toEqual([1, 1, 0]);
    expect(await exits('--fail-on', 'error')).toEqual([1, 0, 0]);
    expect(await exits('--fail-on', 'none')).toEqual([0, 0, 0]);
  });

  it('refuses paths without an appup, and older builds that are none', async () => {
    await expect(run(shop(1))).rejects.toThrow(UsageError);
    const root = withAppup('till', restarting('till', '1.1.0'));
    expect((await run(root, '--from', join(root, 'nowhere'))).exit).toBe(3);
  });

  it('prints JSON with the keys that are documented', async () => {
    const root = withAppup('till', '{"1.1.0", [{"1.0.1", [{load_module, nothing}]}], []}.');
    const { output } = await run('--format', 'json', root, '--from', shop(2));
    const { schema, ...rest } = JSON.parse(output);
    expect(schema).toBe('beamtool-appup-check/1');
    const docs = readFileSync(new URL('../../../docs/json.md', import.meta.url), 'utf8');
    const start = docs.indexOf('## `appup check`');
    const section = docs.slice(start, docs.indexOf('\n## ', start + 1));
    for (const key of [...Object.keys(rest), ...Object.keys(rest.findings[0]), ...Object.keys(rest.appups[0])]) {
      expect(section).toContain(`\`${key}\``);
    }
    for (const { code } of rest.findings) expect(section).toContain(`\`${code}\``);
  });
});
