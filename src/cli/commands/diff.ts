// `beamtool diff OLD NEW`: what changed between two builds.

import type { Argv } from 'yargs';
import { compareBuilds } from '../../changes/compare-builds.js';
import { type ParseError, UsageError } from '../../errors.js';
import { type DiffReport, hasChanges } from '../../report/diff/report.js';
import { visible } from '../../report/visible.js';
import { readBuild } from '../builds.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_FINDINGS, EXIT_INPUT, EXIT_OK } from '../exit-codes.js';
import type { Coverage, SkippedFile } from '../modules.js';
import type { Terminal } from '../terminal.js';

type FailOn = 'changes' | 'conflicts' | 'none';

interface DiffArgs extends CommonArgs {
  readonly strict: boolean;
  readonly failOn: FailOn;
}

export const diff: Command<DiffArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('strict', {
        type: 'boolean',
        default: false,
        describe: 'count a module as changed where any chunk but CInf differs, as beam_lib:cmp_dirs/2 does',
      })
      .option('fail-on', {
        choices: ['changes', 'conflicts', 'none'] as const,
        default: 'changes' as const,
        describe: 'what makes the exit code 1; a conflict is an application with its old version and other modules',
      })
      .example('$0 diff _build/prod-1.0/rel/shop _build/prod-1.1/rel/shop', 'two releases')
      .example('$0 diff --format markdown shop-1.0.tar.gz shop-1.1.tar.gz', 'for a pull request') as unknown as Argv<DiffArgs>,

  async run(args, terminal) {
    const [from, to, ...others] = args.path;
    if (from === undefined || to === undefined || others.length > 0) {
      throw new UsageError(`diff takes two paths, OLD and NEW, and was given ${args.path.length}`);
    }
    const report = await compare(from, to, args, terminal);
    await terminal.write(await render(report, args.format, terminal));
    return exitCode(report, args);
  },
};

async function compare(from: string, to: string, args: DiffArgs, terminal: Terminal): Promise<DiffReport> {
  const old = await readBuild(from, args, terminal);
  const now = await readBuild(to, args, terminal);
  const damaged: SkippedFile[] = [];
  const onFault = (error: ParseError) => {
    terminal.warn(`beamtool: ${visible(error.message)}`);
    damaged.push({ file: error.file ?? to, reason: error.message });
  };
  const changes = compareBuilds(old.build, now.build, { isStrict: args.strict, onFault });
  const isOld = ({ file }: SkippedFile) => file.startsWith(from) && !file.startsWith(to);
  return {
    ...changes,
    from,
    to,
    isStrict: args.strict,
    coverage: {
      from: withFailed(old.coverage, damaged.filter(isOld)),
      to: withFailed(
        now.coverage,
        damaged.filter((one) => !isOld(one)),
      ),
    },
  };
}

function withFailed(coverage: Coverage, failed: readonly SkippedFile[]): Coverage {
  return { ...coverage, failed: [...coverage.failed, ...failed] };
}

async function render(report: DiffReport, format: string, { style }: Terminal): Promise<string> {
  switch (format) {
    case 'json': {
      const { diffJson } = await import('../../report/diff/json.js');
      return (await import('../../report/json.js')).renderJson(diffJson(report));
    }
    case 'markdown':
      return (await import('../../report/diff/markdown.js')).renderDiffMarkdown(report);
    default:
      return (await import('../../report/diff/text.js')).renderDiffText(report, style);
  }
}

function exitCode(report: DiffReport, { strictInput, failOn }: DiffArgs): number {
  const { from, to } = report.coverage;
  const isUnread = from.files === 0 || to.files === 0;
  if (isUnread || (strictInput && from.failed.length + to.failed.length > 0)) return EXIT_INPUT;
  const isFinding = failOn === 'changes' ? hasChanges(report) : failOn === 'conflicts' && report.conflicts.length > 0;
  return isFinding ? EXIT_FINDINGS : EXIT_OK;
}
