// The options that say what generated appups are like, for the commands that generate them.

import type { Argv } from 'yargs';
import type { Build } from '../../changes/build.js';
import { UsageError } from '../../errors.js';
import type { GenerateChoices } from '../../release/appup/generate/model.js';
import { choiceFor, type ModuleChoices, parsePurge, parseTimeout } from '../../release/appup/generate/module-choices.js';
import type { CommonArgs } from '../command.js';

/** What the options give. */
export interface AppupChoiceArgs extends CommonArgs {
  readonly purge: string | undefined;
  readonly timeout: string | undefined;
  readonly restartChanged: boolean;
  readonly restartApplication: readonly string[];
  readonly scripts: readonly string[];
  readonly replace: boolean;
}

const REPEATED = { type: 'string', array: true, nargs: 1, default: [] as readonly string[] } as const;
const TEXT = { type: 'string', requiresArg: true } as const;
const SWITCH = { type: 'boolean', default: false } as const;

/** Adds the options. */
export function appupChoiceOptions<T extends CommonArgs>(yargs: Argv<T>): Argv<T & AppupChoiceArgs> {
  return yargs
    .option('purge', { ...TEXT, describe: "how old code is purged, as 'default=soft;m1=soft/brutal' (default: brutal)" })
    .option('timeout', { ...TEXT, describe: 'how long suspending a process may take: milliseconds, infinity or default' })
    .option('restart-changed', { ...SWITCH, describe: 'restart children that their supervisors start otherwise' })
    .option('restart-application', { ...REPEATED, describe: 'restart this application whole (repeatable)' })
    .option('scripts', { ...REPEATED, describe: 'folder with APP.appup.pre.src and APP.appup.post.src (repeatable)' })
    .option('replace', { ...SWITCH, describe: 'make entries anew that were written by hand' }) as unknown as Argv<
    T & AppupChoiceArgs
  >;
}

/** The choices that options give. */
type OptionChoices = Pick<GenerateChoices, 'purge' | 'timeout' | 'restartsChanged' | 'restarted' | 'replacesAll'>;

/** Reads the options; throws UsageError for those that aren't understood. The names of modules are checked when the builds are there. */
export function readAppupChoices(
  args: AppupChoiceArgs,
): OptionChoices & { readonly checkNames: (builds: readonly Build[]) => void } {
  const purge = parsePurge(args.purge);
  const timeout = parseTimeout(args.timeout);
  return {
    purge: choiceFor(purge),
    timeout: choiceFor(timeout),
    restartsChanged: args.restartChanged,
    restarted: new Set(args.restartApplication),
    replacesAll: args.replace,
    checkNames: (builds) => {
      checkNames('--purge', purge, builds);
      checkNames('--timeout', timeout, builds);
    },
  };
}

/** A name that no module has is a slip. */
function checkNames(option: string, { named }: ModuleChoices<unknown>, builds: readonly Build[]): void {
  for (const name of named.keys()) {
    const isThere = builds.some(({ applications }) => [...applications.values()].some(({ modules }) => modules.has(name)));
    if (!isThere) throw new UsageError(`${option}: no build has a module ${name}`);
  }
}
