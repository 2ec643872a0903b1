// `beamtool relup`: what systools:make_relup/4 makes of `.rel`, `.app` and `.appup` files.

import { join } from 'node:path';
import type { Argv } from 'yargs';
import { UsageError } from '../../errors.js';
import { accessFolder } from '../../io/folder-access.js';
import { writeFileAtomically } from '../../io/write.js';
import { formatRelup } from '../../release/relup/format-relup.js';
import { makeRelup, type RelupAnswer, type RelupRequest } from '../../release/relup/make-relup.js';
import { renderJson } from '../../report/json.js';
import { buildRelupReport, renderReleaseError, renderRelupErl, renderRelupText } from '../../report/release/relup.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_FINDINGS, EXIT_OK } from '../exit-codes.js';
import { relName, searchPathOf } from '../release-paths.js';
import type { Terminal } from '../terminal.js';

interface RelupArgs extends CommonArgs {
  readonly to: string;
  readonly from: readonly string[] | undefined;
  readonly up: readonly string[] | undefined;
  readonly down: readonly string[] | undefined;
  readonly path: readonly string[];
  readonly restartEmulator: boolean;
  readonly warningsAsErrors: boolean;
  readonly output: string | undefined;
  readonly dryRun: boolean;
}

const REL = { type: 'string', array: true, requiresArg: true } as const;

export const relup: Command<RelupArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('to', { type: 'string', demandOption: true, requiresArg: true, describe: 'the .rel of the new release' })
      .option('from', { ...REL, describe: 'a .rel to upgrade from and to go back to' })
      .option('up', { ...REL, describe: 'a .rel to upgrade from only' })
      .option('down', { ...REL, describe: 'a .rel to go back to only' })
      .option('path', {
        ...REL,
        describe: "folders of .app and .appup files, as 'lib/*/ebin' (default: lib of the release folder)",
      })
      .option('restart-emulator', { type: 'boolean', default: false, describe: 'restart the emulator at the end' })
      .option('warnings-as-errors', { type: 'boolean', default: false, describe: 'refuse what there are warnings about' })
      .option('output', {
        type: 'string',
        requiresArg: true,
        describe: 'folder for the file `relup` (default: here; with --format erl nowhere)',
      })
      .option('dry-run', { type: 'boolean', default: false, describe: 'write nothing' })
      .example("$0 relup --to shop-2.rel --from shop-1.rel --path 'lib/*/ebin'", 'write relup for both directions')
      .example(
        "$0 relup --to shop-2.rel --up shop-1.rel --path 'lib/*/ebin' --format erl",
        'what make_relup/4 returns',
      ) as unknown as Argv<RelupArgs>,

  async run(args, terminal) {
    const answer = makeRelup(accessFolder('.'), requestOf(args));
    const file = answer.kind === 'ok' ? writeRelup(args, answer) : null;
    await print(args, terminal, answer, file);
    return answer.kind === 'ok' ? EXIT_OK : EXIT_FINDINGS;
  },
};

function requestOf(args: RelupArgs): RelupRequest {
  const { from = [], up = [], down = [] } = args;
  if (from.length + up.length + down.length === 0) throw new UsageError('from which release? --from, --up or --down');
  const bases = (rels: readonly string[]) => rels.map((rel) => ({ rel: relName(rel) }));
  return {
    top: relName(args.to),
    upFrom: bases([...from, ...up]),
    downTo: bases([...from, ...down]),
    path: searchPathOf(args.path, [args.to, ...from, ...up, ...down]),
    restartEmulator: args.restartEmulator,
    warningsAsErrors: args.warningsAsErrors,
  };
}

function writeRelup({ output, dryRun, format }: RelupArgs, { relup }: RelupAnswer & { kind: 'ok' }): string | null {
  if (dryRun || (format === 'erl' && output === undefined)) return null;
  const file = join(output ?? '.', 'relup');
  writeFileAtomically(file, formatRelup(relup));
  return file;
}

async function print(args: RelupArgs, terminal: Terminal, answer: RelupAnswer, file: string | null): Promise<void> {
  const report = buildRelupReport(answer, file);
  for (const { message } of report.warnings) terminal.warn(`beamtool: warning: ${message}`);
  if (answer.kind === 'error') terminal.warn(`beamtool: ${renderReleaseError(answer.error)}`);
  if (args.format === 'erl') await terminal.write(renderRelupErl(answer));
  else if (args.format === 'json') await terminal.write(renderJson(report));
  else if (answer.kind === 'ok') await terminal.write(renderRelupText(report));
}
