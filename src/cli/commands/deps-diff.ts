// `beamtool deps diff BASE HEAD`: what changed in the dependencies between two builds.

import type { Argv } from 'yargs';
import { compareDependencies } from '../../affected/compare-dependencies.js';
import { type BuildDependencies, readDependencies } from '../../affected/read-dependencies.js';
import { UsageError } from '../../errors.js';
import type { EdgeChoice } from '../../graph/dependencies/build-dependencies.js';
import {
  type DependencyChangesReport,
  dependencyChangesJson,
  renderDependencyChanges,
} from '../../report/affected/dependency-changes.js';
import { renderJson } from '../../report/json.js';
import type { Command, CommonArgs } from '../command.js';
import { parseKinds } from '../edge-kinds.js';
import { EXIT_INPUT, EXIT_OK } from '../exit-codes.js';
import type { Coverage } from '../modules.js';
import { readProgram } from '../program.js';
import type { Terminal } from '../terminal.js';

interface DepsDiffArgs extends CommonArgs {
  readonly level: 'module' | 'application';
  readonly edges: string;
  readonly minConfidence: 'exact' | 'literal' | 'inferred';
  readonly source: 'imports' | 'abstract' | 'code' | 'auto';
}

export const depsDiff: Command<DepsDiffArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .usage(
        '$0 deps diff [options] <base> <head>\n\nSays what changed in the dependencies between two builds, and nothing of what did not.',
      )
      .options({
        level: { choices: ['module', 'application'] as const, default: 'module' as const, describe: 'what the nodes are' },
        edges: { type: 'string', requiresArg: true, default: 'call', describe: 'kinds of dependencies, as for deps; or all' },
        'min-confidence': {
          choices: ['exact', 'literal', 'inferred'] as const,
          default: 'inferred' as const,
          describe: 'how sure edges that are no calls must be',
        },
        source: {
          choices: ['imports', 'abstract', 'code', 'auto'] as const,
          default: 'auto' as const,
          describe:
            'where calls are read; import tables know no other edges, and nothing of calls that are undefined or unresolved',
        },
      })
      .example('$0 deps diff base/_build/prod/rel/shop _build/prod/rel/shop', 'modules of two releases')
      .example('$0 deps diff --level application base/lib _build/default/lib', 'applications')
      .epilogue('Exit codes: 0 fine, 2 wrong usage, 3 nothing could be read of a build.') as unknown as Argv<DepsDiffArgs>,

  async run(args, terminal) {
    const [base, head, ...others] = args.path;
    if (base === undefined || head === undefined || others.length > 0)
      throw new UsageError(`deps diff takes two paths, BASE and HEAD, and was given ${args.path.length}`);
    const choice = edgeChoice(args);
    const old = await readSide(base, choice, args, terminal);
    const now = await readSide(head, choice, args, terminal);
    const report: DependencyChangesReport = {
      ...compareDependencies(old.dependencies, now.dependencies),
      ...{ base, head, level: choice.level, source: args.source, kinds: [...choice.kinds] },
      coverage: { base: old.coverage, head: now.coverage },
    };
    if (args.format === 'json') await terminal.write(renderJson(dependencyChangesJson(report)));
    else for (const piece of renderDependencyChanges(report, terminal.style)) await terminal.write(piece);
    return old.exit === EXIT_OK && now.exit === EXIT_OK ? EXIT_OK : EXIT_INPUT;
  },
};

function edgeChoice({ level, edges, minConfidence, source }: DepsDiffArgs): EdgeChoice {
  const repeated = Object.entries({ level, edges, 'min-confidence': minConfidence, source }).find(([, value]) =>
    Array.isArray(value),
  );
  if (repeated !== undefined) throw new UsageError(`--${repeated[0]} is given twice`);
  const kinds = parseKinds(edges);
  if (source === 'imports' && (kinds.size > 1 || !kinds.has('call')))
    throw new UsageError('import tables know nothing of other edges than calls: leave out --source imports');
  return { level, kinds, minConfidence, unresolved: false, groups: [] };
}

interface DependencySide {
  readonly dependencies: BuildDependencies;
  readonly coverage: Coverage;
  readonly exit: number;
}

async function readSide(path: string, choice: EdgeChoice, args: DepsDiffArgs, terminal: Terminal): Promise<DependencySide> {
  const { kinds } = choice;
  const references = kinds.size > 1 || !kinds.has('call');
  const reading =
    args.source === 'imports'
      ? ({ mode: 'modules', source: 'tables' } as const)
      : ({ mode: 'functions', source: args.source } as const);
  const { program, coverage, exit } = await readProgram({ ...args, path: [path] }, terminal, {
    ...reading,
    builtins: false,
    references,
  });
  const { files, failed, skipped } = coverage;
  return { dependencies: readDependencies(program, choice), coverage: { files, failed, skipped }, exit };
}
