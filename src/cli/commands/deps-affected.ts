// `beamtool deps affected BASE HEAD`: what a change between two builds affects.

import type { Argv } from 'yargs';
import { findAffected } from '../../affected/affected.js';
import { compareSides, type Side, type SideModule } from '../../affected/compare-sides.js';
import { findSuites } from '../../affected/find-suites.js';
import { testCommands } from '../../affected/test-commands.js';
import type { Build } from '../../changes/build.js';
import { compareCompilers } from '../../changes/compare-builds.js';
import { type ParseError, UsageError } from '../../errors.js';
import { buildDependencies, type EdgeKind } from '../../graph/dependencies/build-dependencies.js';
import type { AffectedReport } from '../../report/affected/report.js';
import { visible } from '../../report/visible.js';
import { findTestBeams, findTestSources } from '../affected/test-sources.js';
import { readBuild } from '../builds.js';
import { type Command, type CommonArgs, pathOptions } from '../command.js';
import { parseKinds } from '../edge-kinds.js';
import { EXIT_INPUT, EXIT_OK } from '../exit-codes.js';
import type { SkippedFile } from '../modules.js';
import { readProgram } from '../program.js';
import type { Terminal } from '../terminal.js';

interface DepsAffectedArgs extends CommonArgs {
  readonly depth: number | undefined;
  readonly edges: string;
  readonly minConfidence: 'exact' | 'literal' | 'inferred';
  readonly source: 'imports' | 'abstract' | 'code' | 'auto';
  readonly tests: readonly string[];
  readonly baseTests: readonly string[];
  readonly testRoot: readonly string[];
}

/** All by which code comes to be run; a record or a type of another module is compiled into the one that uses it, which then differs itself. */
const RUNNING = 'call,behaviour,transform,struct,protocol,mfa,child_spec';

const MANY = { type: 'string', array: true, nargs: 1, default: [] as readonly string[], defaultDescription: 'none' } as const;

export const depsAffected: Command<DepsAffectedArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    pathOptions(yargs, false)
      .usage(
        '$0 deps affected [options] <base> <head>\n\nSays which modules differ between two builds, who depends on them, and which tests reach them.',
      )
      .options({
        depth: {
          type: 'number',
          requiresArg: true,
          defaultDescription: 'any',
          describe: 'how many edges away a dependant may be',
        },
        edges: {
          type: 'string',
          requiresArg: true,
          default: RUNNING,
          describe: 'kinds of dependencies that are followed, as for deps; or all',
        },
        'min-confidence': {
          choices: ['exact', 'literal', 'inferred'] as const,
          default: 'inferred' as const,
          describe: 'how sure edges that are no calls must be',
        },
        source: {
          choices: ['imports', 'abstract', 'code', 'auto'] as const,
          default: 'auto' as const,
          describe: 'where calls are read; import tables know no other edges, and no calls of what a variable holds',
        },
        tests: {
          ...MANY,
          describe: 'a folder with beams of the tests of HEAD, in ebin folders they are there already (repeatable)',
        },
        'base-tests': { ...MANY, describe: 'the same of BASE, so that tests that differ are told as well (repeatable)' },
        'test-root': { ...MANY, describe: 'a folder with sources of tests, whose paths are told (repeatable)' },
      })
      .example(
        '$0 deps affected --tests _build/test/lib base/lib _build/test/lib',
        'rebar3: before and after a change, and which tests to run',
      )
      .example(
        '$0 deps affected --tests tests --test-root test base/_build/dev/lib _build/dev/lib',
        'Elixir: with tests that elixirc compiled into tests/',
      )
      .epilogue('Exit codes: 0 fine, 2 wrong usage, 3 nothing could be read of a build.') as unknown as Argv<DepsAffectedArgs>,

  async run(args, terminal) {
    const [base, head, ...others] = args.path;
    if (base === undefined || head === undefined || others.length > 0)
      throw new UsageError(`deps affected takes two paths, BASE and HEAD, and was given ${args.path.length}`);
    if (head === '-') throw new UsageError('deps affected reads HEAD twice, which standard input cannot be');
    const kinds = edgeKinds(args);
    if (args.baseTests.length > 0 && args.tests.length === 0)
      throw new UsageError('--base-tests needs --tests: the same of HEAD');
    const report = await ask(base, head, kinds, args, warningOnce(terminal));
    await write(report, args.format, terminal);
    const { coverage } = report;
    const isUnread = coverage.base.files === 0 || coverage.head.files === 0;
    const isFaulty = args.strictInput && coverage.base.failed.length + coverage.head.failed.length > 0;
    return isUnread || isFaulty ? EXIT_INPUT : EXIT_OK;
  },
};

function edgeKinds({ depth, edges, source, minConfidence }: DepsAffectedArgs): ReadonlySet<EdgeKind> {
  const single = { depth, edges, source, 'min-confidence': minConfidence };
  const repeated = Object.entries(single).find(([, value]) => Array.isArray(value))?.[0];
  if (repeated !== undefined) throw new UsageError(`--${repeated} is given twice`);
  if (depth !== undefined && !(Number.isSafeInteger(depth) && depth >= 0))
    throw new UsageError('--depth takes a number of edges: 0, 1, 2, ...');
  if (source !== 'imports') return parseKinds(edges);
  if (edges !== RUNNING && edges !== 'call')
    throw new UsageError('import tables know nothing of other edges than calls: leave out --source imports');
  return new Set(['call']);
}

/** HEAD is read twice: for what differs, and for its graph. */
function warningOnce(terminal: Terminal): Terminal {
  const warned = new Set<string>();
  const warn = (line: string) => {
    if (!warned.has(line)) terminal.warn(line);
    warned.add(line);
  };
  return { ...terminal, warn };
}

async function ask(
  base: string,
  head: string,
  kinds: ReadonlySet<EdgeKind>,
  args: DepsAffectedArgs,
  terminal: Terminal,
): Promise<AffectedReport> {
  const [baseTests, tests] = [findTestBeams(args.baseTests, '--base-tests'), findTestBeams(args.tests, '--tests')];
  // Tests of one side alone would all be added ones.
  const old = await readBuild([base, ...baseTests], args, terminal);
  const now = await readBuild([head, ...(baseTests.length > 0 ? tests : [])], args, terminal);
  const damaged: SkippedFile[] = [];
  const onFault = (error: ParseError) => {
    terminal.warn(`beamtool: ${visible(error.message)}`);
    damaged.push({ file: error.file ?? head, reason: error.message });
  };
  const different = compareSides(sideOf(old.build), sideOf(now.build), onFault);
  const paths = { ...args, path: [head, ...tests] };
  const reading = args.source === 'imports' ? ({ mode: 'modules', source: 'tables' } as const) : readingOf(args.source, kinds);
  const { program, coverage } = await readProgram(paths, terminal, { ...reading, builtins: false });
  const choice = { level: 'module', kinds, minConfidence: args.minConfidence, unresolved: false, groups: [] } as const;
  const suites = findSuites(program);
  const affected = findAffected(different, buildDependencies(program, choice), suites, args.depth ?? Number.POSITIVE_INFINITY);
  const reached = findTestSources(affected.suites, args.testRoot);
  const { files, failed, skipped } = coverage;
  return {
    ...affected,
    base,
    head,
    compilers: compareCompilers(old.build, now.build),
    edges: [...kinds],
    depth: args.depth ?? null,
    suites: { known: suites.length, reached, commands: testCommands(reached) },
    coverage: { base: old.coverage, head: { files, failed: withNew(failed, damaged), skipped } },
  };
}

function readingOf(source: 'abstract' | 'code' | 'auto', kinds: ReadonlySet<EdgeKind>) {
  return { mode: 'functions', source, references: kinds.size > 1 || !kinds.has('call') } as const;
}

function withNew(known: readonly SkippedFile[], more: readonly SkippedFile[]): readonly SkippedFile[] {
  return [...known, ...more.filter(({ file }) => !known.some((one) => one.file === file))];
}

/** Of modules of one name the first counts. */
function sideOf({ applications }: Build): Side {
  const side = new Map<string, SideModule>();
  for (const { name: app, modules } of applications.values())
    for (const [name, module] of modules) if (!side.has(name)) side.set(name, { app, module });
  return side;
}

async function write(report: AffectedReport, format: string, { write: put, style }: Terminal): Promise<void> {
  if (format === 'json') {
    const { affectedJson } = await import('../../report/affected/json.js');
    return put((await import('../../report/json.js')).renderJson(affectedJson(report)));
  }
  const { renderAffectedText } = await import('../../report/affected/text.js');
  for (const piece of renderAffectedText(report, style)) await put(piece);
}
