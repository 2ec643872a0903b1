// Random releases and appups, of which systools:make_relup/4 of OTP makes what we make, or refuses what we refuse for the same reason; the
// order of what is done together counts only where systools doesn't leave it open.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { accessFolder } from '../../src/io/folder-access.js';
import { answerTerm, makeRelup } from '../../src/release/relup/make-relup.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { isAtom, isTuple, properList, type Term } from '../../src/term/model.js';
import { parseTerms } from '../../src/term/parse.js';
import { seededRandom } from '../hostile/random.js';
import { type Dependencies, dependenciesOf, orderFaults, withoutOrder } from '../release/relup/legal-order.js';
import { describeWithOtp } from './support/erlang.js';
import { runOracle } from './support/oracle.js';
import { type ReleaseTree, randomReleases } from './support/random-releases.js';

const seed = Number(process.env.BEAMTOOL_SEED ?? Date.now() % 1_000_000);
const CASES = 200;

const text = (term: Term | undefined) => (term === undefined ? '' : formatTerm(term, { otp: 25, mode: 'w' }));

/** All dependencies of all entries together; those of entries that aren't used name the same modules. */
function allDependencies(tree: ReleaseTree, at: 1 | 2): Dependencies {
  const found = new Map<string, readonly string[]>();
  for (const [path, content] of Object.entries(tree)) {
    const name = /([a-z]+)\.appup$/.exec(path)?.[1];
    const isUpgraded = (rel: string, vsn: string) => tree[`rel/${rel}.rel`]?.includes(`{${name},"${vsn}"`) ?? false;
    if (name === undefined || !isUpgraded('top', '2') || !isUpgraded('base', '1')) continue;
    const [appup] = parseTerms(content);
    const entries = (isTuple(appup) && properList(appup.items[at])) || [];
    const entry = entries.find((one) => isTuple(one) && text(one.items[0]) !== '[48]');
    const instructions = (isTuple(entry) && properList(entry.items[1])) || [];
    for (const [module, deps] of dependenciesOf(instructions)) found.set(module, deps);
  }
  return found;
}

function scriptOf(answer: Term | undefined, at: 1 | 2): readonly Term[] {
  const relup = isTuple(answer) ? answer.items[1] : undefined;
  const [entry] = (isTuple(relup) && properList(relup.items[at])) || [];
  return (isTuple(entry) && properList(entry.items[2])) || [];
}

/** One text that two answers share where they are equally good. */
function comparable(answer: Term, tree: ReleaseTree): string {
  // Of several modules that are nowhere the first one is told.
  if (!isTuple(answer) || !isAtom(answer.items[0], 'ok')) return text(answer).replace(/(no_such_module,)\w+/, '$1');
  const scripts = ([1, 2] as const).map((at) => withoutOrder(scriptOf(answer, at), allDependencies(tree, at)).join('\n'));
  return [...scripts, text(answer.items[3])].join('\n--\n');
}

describeWithOtp(25, 'relups of random releases', () => {
  const folder = mkdtempSync('/tmp/beamtool-relup-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`are those of systools (BEAMTOOL_SEED=${seed})`, () => {
    const random = seededRandom(seed).below;
    const cases = Array.from({ length: CASES }, (_, at) => ({ path: join(folder, String(at)), tree: randomReleases(random) }));
    for (const { path, tree } of cases) {
      for (const [name, content] of Object.entries(tree)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), content);
      }
    }
    const theirs = properList(decodeTerm(runOracle(25, 'relup_oracle', 'relups', [cases.map(({ path }) => path)]))) ?? [];
    let made = 0;
    cases.forEach(({ path, tree }, at) => {
      const base = [{ rel: 'rel/base' }];
      const answer = makeRelup(accessFolder(path), { top: 'rel/top', upFrom: base, downTo: base, path: ['lib/*/ebin'] });
      const ours = answerTerm(answer);
      expect(`case ${at}: ${comparable(ours, tree)}`).toBe(`case ${at}: ${comparable(theirs[at] as Term, tree)}`);
      if (answer.kind !== 'ok') return;
      made++;
      for (const way of [1, 2] as const) {
        expect(orderFaults(scriptOf(ours, way), allDependencies(tree, way), way === 1), `case ${at}`).toEqual([]);
      }
    });
    expect(made).toBeGreaterThan(CASES / 10);
  });
});
