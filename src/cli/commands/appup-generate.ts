// `beamtool appup generate OLD [OLD...] NEW`: the appups of the applications of a build that were upgraded. All are made before the first is
// written.

import type { Argv } from 'yargs';
import { type ParseError, UsageError } from '../../errors.js';
import { writeAllOrNothing } from '../../io/write.js';
import { formatGenerated, isChanged } from '../../release/appup/generate/format-generated.js';
import { generateAppups } from '../../release/appup/generate/generate-appups.js';
import type { GeneratedAppups } from '../../release/appup/generate/model.js';
import { renderJson } from '../../report/json.js';
import { buildAppupsReport, renderAppupsErl, renderAppupsText } from '../../report/release/appup.js';
import { visible } from '../../report/visible.js';
import { appupFiles, existingAppups, scriptsOf } from '../appup/appup-files.js';
import { type AppupChoiceArgs, appupChoiceOptions, readAppupChoices } from '../appup/choices.js';
import { type BuildRun, readBuild } from '../builds.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_FINDINGS, EXIT_INPUT, EXIT_OK } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

interface GenerateArgs extends AppupChoiceArgs {
  readonly app: readonly string[] | undefined;
  readonly target: string | undefined;
  readonly dryRun: boolean;
  readonly strict: boolean;
  readonly warningsAsErrors: boolean;
}

const REPEATED = { type: 'string', array: true, nargs: 1 } as const;
const TEXT = { type: 'string', requiresArg: true } as const;
const SWITCH = { type: 'boolean', default: false } as const;

export const generateAppup: Command<GenerateArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    appupChoiceOptions(yargs)
      .option('app', { ...REPEATED, describe: 'only this application (repeatable; default: all that are upgraded)' })
      .option('target', { ...TEXT, describe: 'folder for the files APP.appup (default: beside each .app of NEW)' })
      .option('dry-run', { ...SWITCH, describe: 'write nothing' })
      .option('strict', { ...SWITCH, describe: 'count a module as changed where any chunk but CInf differs' })
      .option('warnings-as-errors', { ...SWITCH, describe: 'write nothing where there are warnings' })
      .example('$0 appup generate _build/prod-1.0/rel/shop _build/prod-1.1/rel/shop', 'write the appups into the new release')
      .example(
        '$0 appup generate --dry-run shop-1.0.tar.gz shop-1.1.tar.gz shop-1.2.tar.gz',
        'from two older versions',
      ) as unknown as Argv<GenerateArgs>,

  async run(args, terminal) {
    const from = args.path.slice(0, -1);
    const to = args.path.at(-1) ?? '';
    if (from.length === 0) throw new UsageError('appup generate takes at least two paths, OLD and NEW');
    const { checkNames, ...choices } = readAppupChoices(args);
    const olds: BuildRun[] = [];
    for (const path of from) olds.push(await readWhole(path, args, terminal));
    const now = await readWhole(to, args, terminal);
    const runs = [...olds, now];
    checkNames(runs.map(({ build }) => build));
    const isUnread = runs.some(({ coverage }) => coverage.files === 0 || coverage.failed.length > 0);
    if (isUnread) return EXIT_INPUT;
    const files = appupFiles(now.build, args.target);
    let damaged = 0;
    const onFault = (error: ParseError) => {
      terminal.warn(`beamtool: ${visible(error.message)}`);
      damaged++;
    };
    const answer = generateAppups({
      olds: olds.map(({ build }) => build),
      now: now.build,
      choices: {
        ...choices,
        applications: args.app,
        isStrict: args.strict,
        injected: new Set(),
        existing: await existingAppups(to, now.build, files),
        scripts: scriptsOf(now.build, args.scripts),
        onFault,
      },
    });
    if (damaged > 0) return EXIT_INPUT;
    const isRefused = answer.conflicts.length > 0 || (args.warningsAsErrors && answer.warnings.length > 0);
    const written = !isRefused && !args.dryRun && write(answer, files);
    await print(args, terminal, answer, { from, to, files, written });
    return isRefused ? EXIT_FINDINGS : EXIT_OK;
  },
};

/** Reads a build of which each application has one version. */
async function readWhole(path: string, args: GenerateArgs, terminal: Terminal): Promise<BuildRun> {
  const run = await readBuild(path, args, terminal);
  const [files] = run.repeated;
  if (files !== undefined) throw new UsageError(`${path}: one application has several .app files: ${files.join(' and ')}`);
  return run;
}

function write({ appups }: GeneratedAppups, files: ReadonlyMap<string, string>): boolean {
  const outputs = appups.filter(isChanged).map((one) => {
    const path = files.get(one.application);
    if (path !== undefined) return { path, bytes: formatGenerated(one) };
    throw new UsageError(`${one.application} is not in a folder that can be written to: --target says where its appup goes`);
  });
  writeAllOrNothing(outputs);
  return true;
}

async function print(
  { format }: GenerateArgs,
  terminal: Terminal,
  answer: GeneratedAppups,
  run: Parameters<typeof buildAppupsReport>[1],
): Promise<void> {
  const report = buildAppupsReport(answer, run);
  for (const { application, message } of report.warnings) terminal.warn(visible(`beamtool: warning: ${application}: ${message}`));
  for (const { application, reason } of report.conflicts) terminal.warn(visible(`beamtool: ${application}: ${reason}`));
  if (format === 'erl') await terminal.write(renderAppupsErl(answer));
  else if (format === 'json') await terminal.write(renderJson(report));
  else await terminal.write(renderAppupsText(report));
}
