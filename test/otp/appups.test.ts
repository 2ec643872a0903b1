// Generated appups of random applications: systools of OTP accepts them; what a module needs is loaded before it on the way up, and the way down
// is the way up backwards.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { accessFolder } from '../../src/io/folder-access.js';
import type { GeneratedAppup } from '../../src/release/appup/generate/model.js';
import { makeRelup, relupTerm } from '../../src/release/relup/make-relup.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { isAtom, isTuple, properList, type Term } from '../../src/term/model.js';
import { seededRandom } from '../hostile/random.js';
import { describeWithOtp } from './support/erlang.js';
import { generateIn } from './support/generated-appups.js';
import { runOracle } from './support/oracle.js';
import { type MadeApplication, type MadeBuilds, randomBuilds } from './support/random-builds.js';

const seed = Number(process.env.BEAMTOOL_SEED ?? Date.now() % 1_000_000);
const CASES = Number(process.env.BEAMTOOL_CASES ?? 16);

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
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

/** What an application's script does with children, and where it stands: before all of its modules or after them. */
function childCalls(script: readonly Term[], application: MadeApplication): readonly string[] {
  const isOwn = (name: string) => application.old.has(name) || application.now.has(name);
  const last = orderOf(script, application).length;
  let seen = 0;
  return script.flatMap((term) => {
    seen += orderOf([term], application).length;
    const call = isTuple(term) && isAtom(term.items[0], 'apply') ? term.items[1] : undefined;
    const args = isTuple(call, 3) && isAtom(call.items[0], 'supervisor') ? properList(call.items[2]) : undefined;
    const [supervisor, id] = args ?? [];
    if (!isTuple(call, 3) || !isAtom(supervisor) || !isOwn(supervisor.name) || id === undefined) return [];
    const place = seen === 0 ? 'first' : seen === last ? 'last' : 'among';
    return [`${last === 0 ? '' : place} ${formatTerm(call.items[1] as Term)} ${supervisor.name} ${formatTerm(id)}`];
  });
}

function expectedCalls({ old, now }: MadeApplication, direction: 'up' | 'down'): readonly string[] {
  const [from, to] = direction === 'up' ? [old, now] : [now, old];
  const supervisors = [...from.values()].filter(({ name, kind, source }) => {
    return kind === 'supervisor' && to.has(name) && to.get(name)?.source !== source;
  });
  const missing = (name: string, these: MadeApplication['old'], those: MadeApplication['old']) =>
    (these.get(name)?.children ?? []).filter((id) => !those.get(name)?.children.includes(id));
  return supervisors
    .flatMap(({ name }) => [
      ...missing(name, from, to).flatMap((id) => [`first terminate_child ${name} ${id}`, `first delete_child ${name} ${id}`]),
      ...missing(name, to, from).map((id) => `last restart_child ${name} ${id}`),
    ])
    .sort();
}

function reachable(from: string, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(edges.get(from));
  for (const name of found) for (const next of edges.get(name) ?? []) found.add(next);
  return found;
}

function pairs(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.flatMap((first, at) => names.slice(at + 1).map((second) => [first, second] as const));
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
    expect(compared(entry?.up), [...application.now.values()].map(({ source }) => source).join('\n')).toEqual(
      new Map([...expected].sort()),
    );
    expect(compared(entry?.down)).toEqual(new Map([...expected].sort()));
    expect([...childCalls(up, application)].sort()).toEqual(expectedCalls(application, 'up'));
    expect([...childCalls(down, application)].sort()).toEqual(expectedCalls(application, 'down'));
    const order = orderOf(up, application);
    expect([...order].sort()).toEqual([...expected.keys()].sort());
    const back = orderOf(down, application);
    for (const [first, second] of pairs(order)) {
      // systools leaves the order open where neither needs the other.
      if (!reachable(first, expected).has(second) && !reachable(second, expected).has(first)) continue;
      expect(back.indexOf(second), `${second} before ${first}`).toBeLessThan(back.indexOf(first));
    }
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

  it(`have the right dependencies, and the way down is the way up backwards (BEAMTOOL_SEED=${seed})`, async () => {
    const random = seededRandom(seed).below;
    const cases = Array.from({ length: CASES }, (_, at) => ({ path: join(folder, String(at)), builds: randomBuilds(random) }));
    const paths = cases.map(({ path }) => path);
    for (const { path, builds } of cases) writeFiles(path, builds.files);
    runOracle(25, 'appup_oracle', 'compile', [paths]);
    const appups: (readonly GeneratedAppup[])[] = [];
    for (const path of paths) appups.push((await generateIn(path)).appups);
    const answers = properList(decodeTerm(runOracle(25, 'appup_oracle', 'relups', [paths]))) ?? [];
    let edges = 0;
    cases.forEach(({ path, builds }, at) => {
      edges += check(builds, appups[at] ?? [], answers[at] as Term);
      const base = [{ rel: 'base' }];
      const ours = makeRelup(accessFolder(path), { top: 'top', upFrom: base, downTo: base, path: ['v*/lib/*/ebin'] });
      const relup = ours.kind === 'ok' ? relupTerm(ours.relup) : undefined;
      for (const application of builds.applications) {
        const orders = ([1, 2] as const).map((way) => orderOf(scriptOf(relup, way), application));
        expect(orders[1]).toEqual([...(orders[0] ?? [])].reverse());
      }
    });
    expect(edges).toBeGreaterThan(CASES);
  });
});
