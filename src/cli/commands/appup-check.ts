// `beamtool appup check PATH... [--from OLD...]`: what is wrong with appups, by systools and further.

import type { Argv } from 'yargs';
import { type ParseError, UsageError } from '../../errors.js';
import { checkBuilds } from '../../release/appup/check/check-builds.js';
import { renderJson } from '../../report/json.js';
import { type AppupCheckReport, buildAppupCheckReport, renderAppupCheckText } from '../../report/release/appup-check.js';
import { visible } from '../../report/visible.js';
import { type CheckedRun, readCheckedBuild } from '../appup/checked-builds.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_FINDINGS, EXIT_INPUT, EXIT_OK } from '../exit-codes.js';
import type { SkippedFile } from '../modules.js';

interface CheckArgs extends CommonArgs {
  readonly from: readonly string[];
  readonly failOn: 'error' | 'warning' | 'none';
}

export const checkAppups: Command<CheckArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('from', {
        type: 'string',
        array: true,
        requiresArg: true,
        default: [],
        describe: 'older builds, a release or an application each: what changed since is looked for in the appups',
      })
      .option('fail-on', {
        choices: ['error', 'warning', 'none'] as const,
        default: 'warning' as const,
        describe: 'what makes the exit code 1; errors count as warnings too',
      })
      .example('$0 appup check ebin/shop.appup', 'an appup by itself, and by the application beside it')
      .example(
        '$0 appup check _build/prod-1.1/rel/shop --from _build/prod-1.0/rel/shop',
        'all appups of a release',
      ) as unknown as Argv<CheckArgs>,

  async run(args, terminal) {
    const now = await readCheckedBuild(args.path, args, terminal);
    const olds: CheckedRun[] = [];
    for (const path of args.from) olds.push(await readCheckedBuild([path], args, terminal));
    if (now.checked.appups.size === 0 && olds.length === 0) throw new UsageError(`no appup in ${args.path.join(', ')}`);
    const damaged: SkippedFile[] = [];
    const onFault = (error: ParseError) => {
      terminal.warn(`beamtool: ${visible(error.message)}`);
      damaged.push({ file: error.file ?? '', reason: error.message });
    };
    const answer = checkBuilds({ now: now.checked, olds: olds.map(({ checked }) => checked), only: now.only, onFault });
    const report = buildAppupCheckReport(answer, {
      paths: args.path,
      from: args.from,
      coverage: sum([now, ...olds], damaged),
    });
    await terminal.write(args.format === 'json' ? renderJson(report) : renderAppupCheckText(report, terminal.style));
    return exitCode(report, args, olds);
  },
};

function sum(runs: readonly CheckedRun[], damaged: readonly SkippedFile[]): AppupCheckReport['coverage'] {
  return {
    files: runs.reduce((total, { coverage }) => total + coverage.files, 0),
    failed: [...runs.flatMap(({ coverage }) => coverage.failed), ...damaged],
    skipped: runs.flatMap(({ coverage }) => coverage.skipped),
  };
}

function exitCode(
  { counts, coverage }: AppupCheckReport,
  { failOn, strictInput }: CheckArgs,
  olds: readonly CheckedRun[],
): number {
  const isUnread = olds.some(({ checked }) => checked.build.applications.size === 0);
  if (isUnread || (strictInput && coverage.failed.length > 0)) return EXIT_INPUT;
  const isFound = failOn === 'none' ? 0 : counts.error + (failOn === 'warning' ? counts.warning : 0);
  return isFound > 0 ? EXIT_FINDINGS : EXIT_OK;
}
