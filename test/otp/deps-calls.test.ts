// What `deps` answers about calls against xref in functions mode, on all of OTP: edges of every level, components, lengths of chains, what can be
// reached. And that what needs no Erlang to be checked holds there: cuts cut.
import { dirname } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { readProgram } from '../../src/cli/program.js';
import { askDependencies, type DependencyAnswer, type DependencyQuestion } from '../../src/graph/dependencies/ask.js';
import type { DependencyLevel } from '../../src/graph/dependencies/dependency-graph.js';
import type { Program } from '../../src/graph/program/program.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { formatAtom } from '../../src/term/format-token.js';
import { isAtom, isTuple, properList, type Term } from '../../src/term/model.js';
import { describeWithOtp, insidePath, otpEbins } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const seed = Number(process.env.BEAMTOOL_SEED ?? Date.now() % 1_000_000);

const applications = () =>
  otpEbins(25)
    .filter((ebin) => !/\/elixir\//.test(ebin))
    .map((ebin) => dirname(ebin));

/** Answers of xref as terms. */
function ask(queries: readonly string[]): readonly Term[] {
  const folders = applications().map((folder) => insidePath(25, folder));
  const answers = decodeTerm(runOracle(25, 'xref_oracle', 'answers', [['functions', 'false', []], folders, queries]));
  return (properList(answers) ?? []).map((answer) => {
    if (isTuple(answer) && isAtom(answer.items[0], 'ok')) return answer.items[1] as Term;
    throw new Error(`xref had no answer: ${formatTerm(answer, { mode: 'w', otp: 25 })}`);
  });
}

/** Writes a vertex of xref as our ids. */
function idOf(term: Term | undefined): string {
  if (isAtom(term)) return term.name;
  if (!isTuple(term)) throw new Error('no vertex');
  const [module, name, arity] = term.items;
  return `${idOf(module)}:${idOf(name)}/${arity}`;
}

const items = (term: Term | undefined): readonly Term[] => (isTuple(term) ? term.items : (properList(term as Term) ?? []));
const edgeText = (term: Term) => items(term).map(idOf).join(' -> ');
const sorted = (texts: readonly string[]) => [...texts].sort();

const question = (level: DependencyLevel, more: Partial<DependencyQuestion> = {}): DependencyQuestion => ({
  edges: { level, kinds: new Set(['call']), minConfidence: 'inferred', unresolved: true, groups: [] },
  include: [],
  exclude: [],
  collapse: [],
  from: [],
  to: [],
  focus: [],
  hops: 1,
  uses: [],
  usedBy: [],
  reduce: false,
  view: { kind: 'graph' },
  sites: false,
  ...more,
});

const VARIABLES = { function: 'E', module: 'ME', application: 'AE' } as const;
const LEVELS = ['function', 'module', 'application'] as const;

describeWithOtp(25, `dependencies by calls in OTP 25 (seed ${seed})`, () => {
  let program: Program;

  beforeAll(async () => {
    const terminal = { write: async () => {}, warn: () => {}, style: {} as never, interactive: false };
    const args = { path: applications(), format: 'text', strictInput: false, keyFile: undefined };
    ({ program } = await readProgram(args, terminal, { mode: 'functions', source: 'abstract', builtins: false }));
  });

  const answer = (level: DependencyLevel, more: Partial<DependencyQuestion> = {}) => {
    const given = askDependencies(program, question(level, more));
    return { ...given, edges: [...given.edges] };
  };
  const edgesOf = ({ edges }: { readonly edges: readonly Link[] }) => sorted(edges.map(({ from, to }) => `${from} -> ${to}`));

  it('are the edges of xref at each level', () => {
    const theirs = ask(LEVELS.map((level) => VARIABLES[level]));
    LEVELS.forEach((level, at) => {
      const edges = sorted(items(theirs[at]).map(edgeText));
      expect(edges.length).toBeGreaterThan(100);
      expect(
        edgesOf(answer(level))
          .filter((edge, row) => edge !== edges[row])
          .slice(0, 5),
      ).toEqual([]);
      expect(edgesOf(answer(level))).toHaveLength(edges.length);
      const { edges: choice } = question(level);
      const known = answer(level, { edges: { ...choice, unresolved: false } });
      const isKnown = level === 'function' ? /^(?!.*(\$M_EXPR|\$F_EXPR|\/-1$))/ : /^(?!.*\$M_EXPR)/;
      expect(edgesOf(known)).toHaveLength(edges.filter((edge) => isKnown.test(edge)).length);
    });
    expect(answer('module').unresolved?.calls).toBe(items(ask(['UC'])[0]).length);
  }, 300_000);

  it('have the components of xref, and cuts of which none can be left out', () => {
    const theirs = ask(LEVELS.map((level) => `components strict ${VARIABLES[level]}`));
    LEVELS.forEach((level, at) => {
      const components = items(theirs[at]).map((one) => sorted(items(one).map(idOf)).join(' '));
      const { cycles = [], edges } = answer(level, { view: { kind: 'cycles', fewest: 'edges' } });
      expect(sorted(cycles.map(({ nodes }) => sorted(nodes).join(' ')))).toEqual(sorted(components));
      for (const { nodes, cut } of cycles) {
        const members = new Set(nodes);
        const removed = new Set(cut.map(({ from, to }) => `${from} -> ${to}`));
        const own = edges.filter(({ from, to }) => members.has(from) && members.has(to) && from !== to);
        const left = own.filter(({ from, to }) => !removed.has(`${from} -> ${to}`));
        expect(hasCycle(left)).toBe(false);
        // Put back, each removed edge leads to where a way leads back from.
        for (const { from, to, places = [] } of cut) {
          expect(reaches(left, to, from)).toBe(true);
          expect(places.length).toBeGreaterThan(0);
        }
      }
    });
    expect(items(theirs[1])).toHaveLength(29);
  }, 300_000);

  it('have chains as short as those of xref, and none where it has none', () => {
    const modules = answer('module').nodes.map(({ id }) => id);
    const pairs = fc.sample(fc.tuple(fc.constantFrom(...modules), fc.constantFrom(...modules)), { seed, numRuns: 100 });
    const theirs = ask(pairs.map(([from, to]) => `{${formatAtom(from)}, ${formatAtom(to)}} : Mod of ME`));
    const lengths = pairs.map(([from, to]) => answer('module', { view: { kind: 'why', from, to } }).why?.steps?.length ?? 0);
    expect(lengths).toEqual(theirs.map((path) => (isAtom(path, 'false') ? 0 : items(path).length - 1)));
  }, 300_000);

  it('count and name the direct neighbours that xref has', () => {
    const { nodes, metrics = [] } = answer('module', { view: { kind: 'metrics' } });
    const modules = fc.sample(fc.constantFrom(...nodes.map(({ id }) => id)), { seed, numRuns: 20 });
    const constants = modules.map((name) => `${formatAtom(name)} : Mod`);
    const theirs = ask(constants.flatMap((name) => [`range (strict ME | ${name})`, `domain (strict ME || ${name})`]));
    modules.forEach((name, at) => {
      const [uses, usedBy] = [0, 1].map((way) => sorted(items(theirs[2 * at + way]).map(idOf)));
      expect(metrics.find(({ id }) => id === name)).toMatchObject({ fanIn: usedBy?.length, fanOut: uses?.length });
      const others = (links: readonly Link[], end: keyof Link) =>
        sorted(links.map((link) => link[end]).filter((id) => id !== name));
      expect(others(answer('module', { uses: [name] }).edges, 'to')).toEqual(uses);
      expect(others(answer('module', { usedBy: [name] }).edges, 'from')).toEqual(usedBy);
    });
  }, 300_000);

  it('reach what xref says can be reached, and the other way around', () => {
    const modules = fc.sample(fc.constantFrom(...answer('module').nodes.map(({ id }) => id)), { seed, numRuns: 20 });
    const theirs = ask([
      ...modules.flatMap((name) => [
        `range (closure ME | ${formatAtom(name)} : Mod)`,
        `domain (closure ME || ${formatAtom(name)} : Mod)`,
      ]),
      'range (closure E | shell:start/0)',
      'domain (closure E || lists:foldl/3)',
      'range (closure AE | ssl : App)',
    ]);
    const ids = (found: DependencyAnswer, name: string) => sorted(found.nodes.map(({ id }) => id).filter((id) => id !== name));
    const wanted = (at: number, name: string) =>
      sorted(
        items(theirs[at])
          .map(idOf)
          .filter((id) => id !== name),
      );
    modules.forEach((name, at) => {
      expect(ids(answer('module', { from: [name] }), name)).toEqual(wanted(2 * at, name));
      expect(ids(answer('module', { to: [name] }), name)).toEqual(wanted(2 * at + 1, name));
    });
    const rest = 2 * modules.length;
    expect(ids(answer('function', { from: ['shell:start/0'] }), 'shell:start/0')).toEqual(wanted(rest, 'shell:start/0'));
    expect(ids(answer('function', { to: ['lists:foldl/3'] }), 'lists:foldl/3')).toEqual(wanted(rest + 1, 'lists:foldl/3'));
    expect(ids(answer('application', { from: ['ssl'] }), 'ssl')).toEqual(wanted(rest + 2, 'ssl'));
  }, 300_000);
});

interface Link {
  readonly from: string;
  readonly to: string;
}

function hasCycle(links: readonly Link[]): boolean {
  let left = links;
  for (;;) {
    const sources = new Set(left.map(({ from }) => from));
    const next = left.filter(({ to }) => sources.has(to));
    if (next.length === left.length) return next.length > 0;
    left = next;
  }
}

function reaches(links: readonly Link[], from: string, to: string): boolean {
  const found = new Set([from]);
  for (const name of found) for (const link of links) if (link.from === name) found.add(link.to);
  return found.has(to);
}
