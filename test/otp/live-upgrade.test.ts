// The shop of beams/ on real nodes under load: made, upgraded and downgraded by what our commands write, and nothing else. No call of a client
// fails, every process stays the same, and every state is what the clients know that it has to be.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithOtp, type OtpRelease } from './support/erlang.js';
import { otpLibrary } from './support/installed-otp.js';
import { beamtool, installFirst, writeShop } from './support/live-shop.js';
import { runOracle } from './support/oracle.js';

/** Each release, and those that it can be upgraded from. */
const OLDER: Readonly<Record<string, readonly string[]>> = { 1: [], 2: ['1'], 3: ['1', '2'], 4: ['3'] };

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `the shop on OTP ${release}`, () => {
    // Not os.tmpdir(): see support/oracle.ts.
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync('/tmp/beamtool-shop-');
      makeReleases(release, folder);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('is upgraded and downgraded', () => {
      const versions = ['2', '1*', '2*', '1'];
      expect(live(release, folder, 'two', versions)).toBe(expected(versions));
    });

    it('is upgraded through three versions and a fourth, with children added and removed, and back', () => {
      const versions = ['2', '3*', '4', '3', '2*', '1', '3', '1'];
      expect(live(release, folder, 'all', versions)).toBe(expected(versions));
    });
  });
}

const OLD_CHILDREN = '{events,true,worker},{stock,true,worker},{till,true,worker}';
const BREAD = '[{item,bread,2,100}]';
const SECOND = [
  `children [${OLD_CHILDREN}]`,
  'same processes [shop_sup,shop_events,stock_server,till_fsm]',
  'stock {state,<<"main">>,{known,items},[],{known,time},{limits,5,1000},{known,sold},undefined}',
  `till {scanning,{basket,${BREAD},250,eur}}`,
  'log {log,{known,paid},[]}',
];

/** What is to be seen in each release: the states that its sources say, of the same processes. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  1: [
    `children [${OLD_CHILDREN}]`,
    'same processes [shop_sup,shop_events,stock_server,till_fsm]',
    'stock {state,{known,items},5,<<"main">>,{known,sold}}',
    `till {scanning,{basket,${BREAD},200}}`,
    'log {log,{known,paid},[]}',
  ],
  2: SECOND,
  3: [
    `children [${OLD_CHILDREN},{offers,true,worker},{wishes,true,worker},{desks,true,supervisor}]`,
    'same processes [shop_sup,shop_events,stock_server,till_fsm]',
    'stock {state,{known,sold},<<"main">>,{known,items},[],{limits,5,60000,1000},[]}',
    `till {scanning,{basket,250,eur,${BREAD},{known,customers}}}`,
    'log {log,0,{known,paid},[]}',
    'shop_offers {offers,#{bread => 18,fish => 16}}',
    'shop_wishes {wishes,10,[nowhere]}',
    'shop_returns {returns,0}',
  ],
  4: SECOND,
};

/** A basket that was filled in one release, as another has it. */
const CONVERTED: Readonly<Record<string, string>> = {
  '1 to 2': `{scanning,{basket,${BREAD},200,eur}}`,
  '2 to 1': `{scanning,{basket,${BREAD},250}}`,
  '2 to 3': `{scanning,{basket,250,eur,${BREAD},0}}`,
  '3 to 2': `{scanning,{basket,${BREAD},250,eur}}`,
};

function expected(versions: readonly string[]): string {
  const lines = ['release "1"', ...(STATES[1] ?? [])];
  let from = '1';
  for (const version of versions) {
    const to = version.replace('*', '');
    const isHeld = to !== version;
    const busy = isHeld ? 'live_auditor,live_stocker' : 'live_auditor,live_shopper,live_stocker';
    lines.push(`calling all the time [${busy}]`, ...(isHeld ? [`till at once ${CONVERTED[`${from} to ${to}`]}`] : []));
    lines.push(`release "${to}"`, ...(STATES[to] ?? []), `permanent ["${to}"]`);
    from = to;
  }
  return [...lines, 'failed calls []', 'wrong answers []', ''].join('\n');
}

/** Release 4 by one command for each step, the others by the one that does all. */
function makeReleases(release: OtpRelease, folder: string): void {
  const rel = (name: string) => join(folder, name, 'releases', name, `shop-${name}.rel`);
  for (const [name, older] of Object.entries(OLDER)) {
    const build = join(folder, name);
    const olders = older.map((one) => join(folder, one));
    const paths = [...[build, ...olders].map((one) => join(one, 'lib/*/ebin')), otpLibrary(release)].flatMap((one) => [
      '--path',
      one,
    ]);
    writeShop(release, name, build);
    if (name === '1') {
      beamtool('tar', '--rel', rel(name), ...paths, '--output', folder);
    } else if (name !== '4') {
      beamtool('upgrade', ...olders, build, '--library', otpLibrary(release), '--output', folder);
    } else {
      const from = older.flatMap((one) => ['--from', rel(one)]);
      beamtool('inject-migration', ...olders.flatMap((one) => ['--from', one]), build);
      // This module is that of the second release, which didn't name the record.
      beamtool('inject-migration', '--from', join(folder, '3'), '--module', 'shop_log', '--record', 'log', build);
      beamtool('appup', 'generate', ...olders, build);
      beamtool('relup', '--to', rel(name), ...from, ...paths, '--output', join(build, 'releases', name));
      beamtool('tar', '--rel', rel(name), ...paths, '--output', folder);
    }
  }
}

function live(release: OtpRelease, folder: string, name: string, versions: readonly string[]): string {
  const root = join(folder, name);
  installFirst(release, join(folder, 'shop-1.tar.gz'), root);
  for (const version of new Set(versions.map((one) => one.replace('*', '')))) {
    if (version !== '1') copyFileSync(join(folder, `shop-${version}.tar.gz`), join(root, 'releases', `shop-${version}.tar.gz`));
  }
  return runOracle(release, 'node_oracle', 'shop', [root, versions]).toString('utf8');
}
