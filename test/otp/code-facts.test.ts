// The facts from code against the real xref, which reads abstract code: how many of its resolved external edges the code still shows, and how
// many more it shows. Each difference must be explained by evidence that isn't ours: what beam_disasm sees in the code of the caller, the tables
// of its module, and xref's other edges.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { readCodeFacts } from '../../src/graph/facts/code/read-code.js';
import type { ModuleFacts } from '../../src/graph/module-facts.js';
import { expandedCalls } from '../graph/expanded-calls.js';
import { describeWithOtp, insidePath, type OtpRelease, otpEbins } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const FIELD = '\x01';
const PART = '\x02';
const ITEM = '\x03';

const linesOf = (answer: Buffer) => answer.toString('utf8').split('\n').slice(0, -1);
const functionText = (module: string, name: string, arity: number) => [module, name, arity].join(PART);
const shown = (edge: string) =>
  edge
    .split(FIELD)
    .map((each) => each.replace(PART, ':').replace(PART, '/'))
    .join(' -> ');

/** The edges of all modules: caller and target apart by FIELD; those of modules likewise. */
interface Edges {
  /** With the lines. */
  readonly external: ReadonlyMap<string, ReadonlySet<number>>;
  readonly local: ReadonlySet<string>;
  readonly unresolved: ReadonlySet<string>;
  readonly modules: ReadonlySet<string>;
}

interface Comparison {
  readonly ours: Edges;
  readonly theirs: Edges;
  /** By the name of the module. */
  readonly files: ReadonlyMap<string, string>;
}

function readOurs(folders: readonly string[], release: OtpRelease): Omit<Comparison, 'theirs'> {
  const files = new Map<string, string>();
  const ours = { external: new Map(), local: new Set<string>(), unresolved: new Set<string>(), modules: new Set<string>() };
  for (const folder of folders) {
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.beam'))) {
      const file = join(folder, name);
      const facts = readCodeFacts(readBeam(readFileSync(file), { file }), { file, app: null, otp: release, builtins: false });
      files.set(facts.module, file);
      addEdges(ours, facts);
    }
  }
  return { ours, files };
}

interface GrowingEdges {
  readonly external: Map<string, ReadonlySet<number>>;
  readonly local: Set<string>;
  readonly unresolved: Set<string>;
  readonly modules: Set<string>;
}

function addEdges(edges: GrowingEdges, facts: ModuleFacts): void {
  const { module, functions } = facts;
  for (const call of expandedCalls(facts)) {
    const caller = functions[call.from];
    if (caller === undefined) throw new Error('a call without a caller');
    const edge = functionText(module, caller.name, caller.arity) + FIELD + functionText(call.module, call.name, call.arity);
    edges.modules.add(module + FIELD + call.module);
    if (call.kind === 'local') edges.local.add(edge);
    else if (call.unresolved) edges.unresolved.add(edge);
    else edges.external.set(edge, new Set(call.sites.map(({ line }) => line)));
  }
}

function readTheirs(folders: readonly string[], release: OtpRelease): Edges {
  const lines = linesOf(runOracle(release, 'code_facts_oracle', 'edges', [folders.map((folder) => insidePath(release, folder))]));
  const ofKind = (kind: string) =>
    lines.filter((line) => line.startsWith(kind + FIELD)).map((line) => line.slice(kind.length + 1));
  const external = ofKind('X').map((line): [string, ReadonlySet<number>] => {
    const end = line.lastIndexOf(FIELD);
    return [
      line.slice(0, end),
      new Set(
        line
          .slice(end + 1)
          .split(' ')
          .map(Number),
      ),
    ];
  });
  return {
    external: new Map(external),
    local: new Set(ofKind('L')),
    unresolved: new Set(ofKind('U')),
    modules: new Set(ofKind('M')),
  };
}

function compare(folders: readonly string[], release: OtpRelease): Comparison {
  return { ...readOurs(folders, release), theirs: readTheirs(folders, release) };
}

/** What has keys: a set or a map. */
interface Keyed {
  keys(): Iterable<string>;
  has(key: string): boolean;
}

const missingIn = (known: Keyed, wanted: Keyed) => [...wanted.keys()].filter((edge) => !known.has(edge));
const callerOf = (edge: string) => edge.slice(0, edge.indexOf(FIELD));
const targetOf = (edge: string) => edge.slice(edge.indexOf(FIELD) + 1);

/** What the compiled module says of a caller. */
interface Evidence {
  readonly isInCode: boolean;
  readonly calls: ReadonlySet<string>;
  readonly atoms: ReadonlySet<string>;
  readonly inlining: readonly string[];
}

function askCode(
  edges: readonly string[],
  files: ReadonlyMap<string, string>,
  release: OtpRelease,
): ReadonlyMap<string, Evidence> {
  const asked = new Map<string, Set<string>>();
  for (const caller of new Set(edges.map(callerOf))) {
    const file = insidePath(release, files.get(caller.slice(0, caller.indexOf(PART))) as string);
    asked.set(file, (asked.get(file) ?? new Set()).add(caller.slice(caller.indexOf(PART) + 1)));
  }
  const questions = [...asked].map(([file, functions]) => [file, ...[...functions].map((each) => each.split(PART))]);
  const lines = linesOf(runOracle(release, 'code_facts_oracle', 'code', [questions]));
  const items = (text = '') => (text === '' ? [] : text.split(ITEM));
  return new Map(
    lines.map((line) => {
      const [caller = '', where, calls, atoms, inlining] = line.split(FIELD);
      return [
        caller,
        { isInCode: where === 'in', calls: new Set(items(calls)), atoms: new Set(items(atoms)), inlining: items(inlining) },
      ];
    }),
  );
}

/** Functions whose calls the compiler replaces by an instruction, an operator or a constant. */
const FOLDED = new Set([functionText('maps', 'new', 0), functionText('maps', 'size', 1), functionText('lists', 'append', 2)]);

/** Says why the code doesn't show an edge that xref finds; undefined where there is no reason, and the fault is ours. */
function whyMissing(edge: string, evidence: ReadonlyMap<string, Evidence>, ours: Edges): string | undefined {
  const { isInCode, calls, atoms, inlining } = evidence.get(callerOf(edge)) as Evidence;
  if (!isInCode) return 'caller not in Code';
  const target = targetOf(edge);
  const [module = '', name = ''] = target.split(PART);
  if (calls.has(target)) return undefined;
  if (FOLDED.has(target)) return 'folded call';
  // A call that apply or spawn is given needs both atoms. Its list of arguments may be made elsewhere, and then the arity isn't known.
  if (atoms.has(module) && atoms.has(name)) {
    const anyArity = callerOf(edge) + FIELD + functionText(module, name, -1);
    return ours.unresolved.has(anyArity) ? 'list of arguments from elsewhere' : undefined;
  }
  return inlining.length > 0 ? 'inlined callee' : 'unreachable call';
}

/** Says why the code shows an edge that xref doesn't find. */
function whyMore(
  edge: string,
  evidence: ReadonlyMap<string, Evidence>,
  theirs: Edges,
  reached: (from: string) => ReadonlySet<string>,
) {
  const [caller, target] = [callerOf(edge), targetOf(edge)];
  const { calls, atoms } = evidence.get(caller) as Evidence;
  const [module = '', name = '', arity = ''] = target.split(PART);
  if (!calls.has(target) && !(atoms.has(module) && atoms.has(name))) return undefined;
  // `M = m, M:f()`: to xref a function of an unknown module.
  const shapes = [
    functionText('$M_EXPR', name, Number(arity)),
    functionText(module, '$F_EXPR', Number(arity)),
    functionText('$M_EXPR', '$F_EXPR', Number(arity)),
  ];
  const isUnknown = (from: string) => shapes.some((shape) => theirs.unresolved.has(from + FIELD + shape));
  if (isUnknown(caller)) return 'constant module or function';
  const others = [...reached(caller)];
  if (others.some((other) => theirs.external.has(other + FIELD + target) || isUnknown(other))) return 'inlined from a callee';
  return undefined;
}

/** Returns what a function reaches by local calls. */
function reachBy(local: ReadonlySet<string>): (from: string) => ReadonlySet<string> {
  const targets = new Map<string, string[]>();
  for (const edge of local) targets.set(callerOf(edge), [...(targets.get(callerOf(edge)) ?? []), targetOf(edge)]);
  return (from) => {
    const seen = new Set<string>();
    const waiting = [from];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const next of targets.get(at) ?? []) if (!seen.has(next)) waiting.push(seen.add(next) && next);
    }
    return seen;
  };
}

/** Sorts edges by their reason; those without one are listed. */
function classify(edges: readonly string[], why: (edge: string) => string | undefined) {
  const classes: Record<string, number> = {};
  const unexplained: string[] = [];
  for (const edge of edges) {
    const reason = why(edge);
    if (reason === undefined) unexplained.push(shown(edge));
    else classes[reason] = (classes[reason] ?? 0) + 1;
  }
  return { classes, unexplained };
}

function differences({ ours, theirs, files }: Comparison, release: OtpRelease) {
  const missing = missingIn(ours.external, theirs.external);
  const more = missingIn(theirs.external, ours.external);
  const evidence = askCode([...missing, ...more], files, release);
  const reached = reachBy(theirs.local);
  return {
    found: 1 - missing.length / theirs.external.size,
    more: more.length / theirs.external.size,
    whyMissing: classify(missing, (edge) => whyMissing(edge, evidence, ours)),
    whyMore: classify(more, (edge) => whyMore(edge, evidence, theirs, reached)),
  };
}

/** The share of external edges, of those that both have, whose known lines are all among those of xref. */
function shareOfLines({ ours, theirs }: Comparison): number {
  const common = [...ours.external].filter(([edge]) => theirs.external.has(edge));
  const right = common.filter(([edge, lines]) => [...lines].every((line) => line === 0 || theirs.external.get(edge)?.has(line)));
  return right.length / common.length;
}

const isElixir = (ebin: string) => /\/elixir\//.test(ebin);
const otp = (release: OtpRelease) => otpEbins(release).filter((ebin) => !isElixir(ebin));

/** What is promised of each corpus: the least shares of xref's edges that are found, and the largest that is found besides. */
const CORPORA = [
  { release: 25, what: 'OTP', folders: () => otp(25), least: 0.994, most: 0.025, local: 0.93, size: 60_000 },
  {
    release: 25,
    what: 'Elixir',
    folders: () => otpEbins(25).filter(isElixir),
    least: 0.992,
    most: 0.025,
    local: 0.85,
    size: 10_000,
  },
  // The packages of these releases are fewer, and compilers from 26 on know more of types: they drop clauses that can't match.
  { release: 27, what: 'OTP', folders: () => otp(27), least: 0.97, most: 0.03, local: 0.93, size: 20_000 },
  { release: 29, what: 'OTP', folders: () => otp(29), least: 0.97, most: 0.03, local: 0.93, size: 20_000 },
] as const;

/** OTP has one module that is written in assembler: its debug info isn't that of its code. */
const isAssembler = (edge: string) => edge.startsWith(`prim_eval${PART}`);

/** Edges of modules that the code doesn't show: each call was folded, or stood in a clause that can't match. */
const ELIXIR_MODULES = [
  'Elixir.ExUnit -> Elixir.String.Chars',
  'Elixir.File -> Elixir.String.Chars',
  'Elixir.IO.StreamError -> Elixir.String.Chars',
  'Elixir.Mix.Dep.Loader -> Elixir.ArgumentError',
  'Elixir.System -> file',
  'Elixir.System -> re',
];

for (const { release, what, folders, least, most, local, size } of CORPORA) {
  describeWithOtp(release, `facts from the code of ${what}, with OTP ${release}`, () => {
    let compared: Comparison;

    beforeAll(() => {
      compared = compare(folders(), release);
    });

    it('have nearly all external edges of xref, and few others, each for a known reason', () => {
      expect(compared.theirs.external.size).toBeGreaterThan(size);
      const found = differences(compared, release);
      expect(found.whyMissing.unexplained).toEqual([]);
      expect(found.whyMore.unexplained).toEqual([]);
      expect(found.found).toBeGreaterThanOrEqual(least);
      expect(found.more).toBeLessThanOrEqual(most);
    });

    it('have most local edges of xref, and no others but for chains of its edges that were inlined', () => {
      const { ours, theirs } = compared;
      const reached = reachBy(new Set([...theirs.local, ...theirs.external.keys()]));
      // A fun that is called may be any function.
      const withUnknown = new Set([...theirs.unresolved].map(callerOf));
      const isChain = (from: string, to: string) => {
        const others = reached(from);
        return others.has(to) || withUnknown.has(from) || [...others].some((other) => withUnknown.has(other));
      };
      const more = missingIn(theirs.local, ours.local).filter((edge) => !isAssembler(edge));
      expect(more.filter((edge) => !isChain(callerOf(edge), targetOf(edge))).map(shown)).toEqual([]);
      expect(1 - missingIn(ours.local, theirs.local).length / theirs.local.size).toBeGreaterThanOrEqual(local);
    });

    it('know the lines of calls', () => {
      expect(shareOfLines(compared)).toBeGreaterThanOrEqual(0.95);
    });

    if (what === 'Elixir') {
      it('have every edge between modules but a handful', () => {
        const missing = missingIn(compared.ours.modules, compared.theirs.modules).map(shown);
        expect(missing.filter((edge) => !edge.endsWith('$M_EXPR')).sort()).toEqual(ELIXIR_MODULES);
      });
    }
  });
}
