// The options of `beamtool upgrade`.

import type { Argv } from 'yargs';
import { UsageError } from '../../errors.js';
import type { FieldRename } from '../../migrate/model.js';
import { type AppupChoiceArgs, appupChoiceOptions } from '../appup/choices.js';
import type { CommonArgs } from '../command.js';
import { parseRename } from '../migration/options.js';

/** The arguments of the command. */
export interface UpgradeArgs extends AppupChoiceArgs {
  readonly output: string | undefined;
  readonly report: string | undefined;
  readonly dryRun: boolean;
  readonly library: readonly string[];
  readonly inject: boolean;
  readonly keepGoing: boolean;
  readonly rename: readonly FieldRename[];
  readonly debugInfo: readonly string[];
  readonly restartEmulator: boolean;
  readonly warningsAsErrors: boolean;
  readonly otp: number | undefined;
}

const REPEATED = { type: 'string', array: true, nargs: 1, default: [] as readonly string[] } as const;
const SWITCH = { type: 'boolean', default: false } as const;

/** Adds the options. */
export function upgradeOptions(yargs: Argv<CommonArgs>): Argv<UpgradeArgs> {
  return appupChoiceOptions(
    yargs
      .option('output', { type: 'string', requiresArg: true, describe: 'folder for all that is made' })
      .option('report', { type: 'string', requiresArg: true, describe: 'file for the report (default: UPGRADE.md of --output)' })
      .option('dry-run', { ...SWITCH, describe: 'print the plan, and write nothing' })
      .option('library', { ...REPEATED, describe: "more folders of applications, as '/usr/lib/erlang/lib/*/ebin' (repeatable)" })
      .option('inject', {
        type: 'boolean',
        default: true,
        describe: 'convert states; --no-inject leaves all modules as they are',
      })
      .option('keep-going', { ...SWITCH, describe: 'leave alone a module that can not be injected into' })
      .option('rename', {
        ...REPEATED,
        coerce: (texts: readonly string[]) => texts.map(parseRename),
        describe: 'state.old=new: a field that has another name now (repeatable)',
      })
      .option('debug-info', { ...REPEATED, describe: 'where unstripped twins of stripped modules are (repeatable)' })
      .option('restart-emulator', { ...SWITCH, describe: 'restart the emulator at the end' })
      .option('warnings-as-errors', { ...SWITCH, describe: 'write nothing where there are warnings' })
      .option('otp', {
        type: 'number',
        requiresArg: true,
        describe: 'the release of OTP, 25 to 29 (default: as the erts of the .rel says)',
      }),
  )
    .check(checkTogether)
    .example('$0 upgrade shop-1.tar.gz _build/prod/rel/shop --output out', 'from the package of the older release')
    .example(
      '$0 upgrade _build/default/rel/shop/releases/1 _build/default/rel/shop --dry-run',
      'both in one folder of rebar3; only say what would be done',
    ) as unknown as Argv<UpgradeArgs>;
}

function checkTogether(args: Record<string, unknown>): true {
  const { path, output, dryRun, otp, inject, rename } = args as unknown as UpgradeArgs;
  if (path.length < 2) throw new UsageError('upgrade takes at least two paths, OLD and NEW');
  if (path.includes('-')) throw new UsageError('the standard input is no release');
  if (output === undefined && !dryRun) throw new UsageError('--output: where to write to? (or --dry-run)');
  if (otp !== undefined && !(otp >= 25 && otp <= 29)) throw new UsageError('--otp is 25 to 29');
  if (!inject && rename.length > 0) throw new UsageError('--rename is for what is injected');
  return true;
}
