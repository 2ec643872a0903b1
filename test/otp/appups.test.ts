// Generated appups of random applications: systools of OTP accepts them; what a module needs is loaded before it on the way up, and the way down
// is the way up backwards.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBuild } from '../../src/cli/builds.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { formatAppup } from '../../src/release/appup/format-appup.js';
import { generateAppups } from '../../src/release/appup/generate/generate-appups.js';
import type { GeneratedAppup } from '../../src/release/appup/generate/model.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { isAtom, isTuple, properList, type Term } from '../../src/term/model.js';
import { seededRandom } from '../hostile/random.js';
import { plainChoices } from '../release/appup/generate/plain-choices.js';
import { describeWithOtp } from './support/erlang.js';
import { runOracle } from './support/oracle.js';
import { type MadeApplication, type MadeBuilds, randomBuilds } from './support/random-builds.js';

const seed = Number(process.env.BEAMTOOL_SEED ?? Date.now() % 1_000_000);
const CASES = 24;

const terminal = { warn: () => {} } as unknown as Terminal;

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

async function generate(folder: string): Promise<readonly GeneratedAppup[]> {
  const [old, now] = await Promise.all(
    ['v1', 'v2'].map(async (version) => (await readBuild(join(folder, version), { keyFile: undefined }, terminal)).build),
  );
  if (old === undefined || now === undefined) throw new Error('no builds');
  const { appups } = generateAppups({ olds: [old], now, choices: plainChoices });
  for (const { application, appup } of appups) {
    writeFileSync(join(folder, `v2/lib/${application}-2/ebin/${application}.appup`), formatAppup(appup));
  }
  return appups;
}

/** The modules of the application in the order in which a script loads and removes them. */
function orderOf(script: readonly Term[], { old, now }: MadeApplication): readonly string[] {
  return script.flatMap((term) => {
    const [name, what] = isTuple(term) ? term.items : [];
    if (!isAtom(name) || (name.name !== 'load' && name.name !== 'remove')) return [];
    const module = isTuple(what) && isAtom(what.items[0]) ? what.items[0].name : '';
    return old.has(module) || now.has(module) ? [module] : [];
  });
}

/** What each module with an instruction needs, of those with one: for a removed module, those that needed it. */
function expectedDependencies({ old, now }: MadeApplication): ReadonlyMap<string, readonly string[]> {
  const names = [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name)?.source !== now.get(name)?.source);
  return new Map(
    names.map((name) => {
      const module = now.get(name);
      const deps =
        module === undefined
          ? names.filter((other) => old.get(other)?.uses.includes(name))
          : names.filter((other) => module.uses.includes(other) && now.has(other));
      return [name, deps.filter((other) => other !== name).sort()];
    }),
  );
}

function dependenciesIn(instructions: readonly Term[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    instructions.flatMap((term) => {
      const [name, module, ...rest] = isTuple(term) ? term.items : [];
      if (!isAtom(module) || isAtom(name, 'apply')) return [];
      const deps = (properList(rest.at(-1)) ?? []).flatMap((item) => (isAtom(item) ? [item.name] : []));
      return [[module.name, deps]];
    }),
  );
}

function reachable(from: string, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(edges.get(from));
  for (const name of found) for (const next of edges.get(name) ?? []) found.add(next);
  return found;
}

function scriptOf(relup: Term | undefined, at: 1 | 2): readonly Term[] {
  const [entry] = (isTuple(relup) && properList(relup.items[at])) || [];
  return (isTuple(entry) && properList(entry.items[2])) || [];
}

function check(builds: MadeBuilds, appups: readonly GeneratedAppup[], answer: Term): number {
  const [ok, relup, , warnings] = isTuple(answer, 4) ? answer.items : [];
  expect(isAtom(ok, 'ok'), formatTerm(answer)).toBe(true);
  expect(properList(warnings)).toEqual([]);
  const [up, down] = [scriptOf(relup, 1), scriptOf(relup, 2)];
  let edges = 0;
  for (const application of builds.applications) {
    const expected = expectedDependencies(application);
    const entry = appups.find((one) => one.application === application.name)?.entries[0];
    const compared = (terms: readonly Term[] | null | undefined) => new Map([...dependenciesIn(terms ?? [])].sort());
    expect(compared(entry?.up), [...application.now.values()].map(({source})=>source).join('\n')).toEqual(new Map([...expected].sort()));
    expect(compared(entry?.down)).toEqual(new Map([...expected].sort()));
    const order = orderOf(up, application);
    expect([...order].sort()).toEqual([...expected.keys()].sort());
    expect(orderOf(down, application)).toEqual([...order].reverse());
    for (const [module, deps] of expected) {
      for (const dep of deps) {
        if (reachable(dep, expected).has(module)) continue;
        expect(order.indexOf(dep), `${dep} before ${module}`).toBeLessThan(order.indexOf(module));
        edges++;
      }
    }
  }
  return edges;
}

describeWithOtp(25, 'appups of random applications', () => {
  const folder = mkdtempSync('/tmp/beamtool-appups-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`have the right dependencies and are undone exactly (BEAMTOOL_SEED=${seed})`, async () => {
    const random = seededRandom(seed).below;
    const cases = Array.from({ length: CASES }, (_, at) => ({ path: join(folder, String(at)), builds: randomBuilds(random) }));
    const paths = cases.map(({ path }) => path);
    for (const { path, builds } of cases) writeFiles(path, builds.files);
    runOracle(25, 'appup_oracle', 'compile', [paths]);
    const appups: (readonly GeneratedAppup[])[] = [];
    for (const path of paths) appups.push(await generate(path));
    const answers = properList(decodeTerm(runOracle(25, 'appup_oracle', 'relups', [paths]))) ?? [];
    let edges = 0;
    cases.forEach(({ builds }, at) => {
      edges += check(builds, appups[at] ?? [], answers[at] as Term);
    });
    expect(edges).toBeGreaterThan(CASES);
  });
});
