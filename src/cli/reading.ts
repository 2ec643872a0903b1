// The options of `xref` and `query` that say how a program is read, and what they mean to readProgram.

import type { Argv } from 'yargs';
import { UsageError } from '../errors.js';
import { foreignBehaviours } from '../graph/analyses/foreign-behaviours.js';
import type { IgnoreChoices, IgnoreMode } from '../graph/analyses/ignore.js';
import type { FactSource } from '../graph/facts/read-facts.js';
import type { ProgramMode } from '../graph/program/program.js';
import { visible } from '../report/visible.js';
import type { ReadSettings } from '../report/xref/json.js';
import type { CommonArgs } from './command.js';
import { type ProgramChoices, type ProgramRun, readProgram } from './program.js';
import type { Terminal } from './terminal.js';

/** The arguments that say how a program is read. */
export interface ReadingArgs extends CommonArgs {
  readonly mode: ProgramMode;
  readonly source: Exclude<FactSource, 'tables'>;
  readonly builtins: boolean;
  readonly otp: number | undefined;
  readonly libraryPath: readonly string[] | undefined;
  readonly ignore: IgnoreMode;
  readonly jobs: number | undefined;
}

/** Adds the options that say how a program is read. */
export function readingOptions(yargs: Argv<CommonArgs>): Argv<CommonArgs> {
  return yargs
    .option('mode', {
      choices: ['functions', 'modules'] as const,
      default: 'functions' as const,
      describe: 'functions: who calls whom; modules: exports and imports alone, faster',
    })
    .option('source', {
      choices: ['auto', 'abstract', 'code'] as const,
      default: 'auto' as const,
      describe: 'read calls from abstract code, from the instructions, or from the first where there is some',
    })
    .option('builtins', { type: 'boolean', default: false, describe: 'count calls of BIFs, operators and guards among them' })
    .option('otp', {
      type: 'number',
      choices: [25, 27, 29],
      describe: 'the release whose BIFs and whose xref count (default: of the compiler)',
    })
    .option('library-path', {
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'look here for modules that are called and not among the input (may be repeated)',
    })
    .option('jobs', {
      type: 'number',
      coerce: checkJobs,
      describe: 'how many threads read (default: as many as there are processors, where it pays)',
    })
    .option('ignore', {
      choices: ['off', 'rebar3', 'otp29'] as const,
      default: 'off' as const,
      describe: 'leave out of answers what -ignore_xref names, as rebar3 or xref of OTP 29 does',
    }) as unknown as Argv<CommonArgs>;
}

const MOST_JOBS = 64;

function checkJobs(jobs: number | undefined): number | undefined {
  if (jobs === undefined || (Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST_JOBS)) return jobs;
  throw new UsageError(`--jobs: a number from 1 to ${MOST_JOBS}`);
}

/** A program, and what is left out of answers about it. */
export interface Reading extends ProgramRun {
  readonly ignore: IgnoreChoices;
}

/** Reads the program that the arguments mean. */
export async function readAsAsked(
  args: ReadingArgs,
  terminal: Terminal,
  also: Pick<ProgramChoices, 'docs' | 'elixirDeprecated' | 'references' | 'behaviours'>,
): Promise<Reading> {
  const run = await readProgram(args, terminal, {
    mode: args.mode,
    source: args.mode === 'modules' ? 'tables' : args.source,
    builtins: args.builtins,
    otp: args.otp,
    libraryPath: args.libraryPath ?? [],
    jobs: args.jobs,
    ...also,
    behaviours: args.ignore === 'rebar3' || also.behaviours === true,
  });
  if (args.ignore === 'rebar3') {
    const unknown = foreignBehaviours(run.program.notes.values()).filter((behaviour) => !run.callbacks.has(behaviour));
    if (unknown.length > 0)
      terminal.warn(
        `beamtool: ${visible(`callbacks that aren't known and count as not ignored: those of ${unknown.join(', ')}`)}`,
      );
  }
  return { ...run, ignore: { mode: args.ignore, callbacks: run.callbacks } };
}

/** Returns how the program was read, for the report. */
export function settingsOf({ mode, source, builtins, otp, ignore }: ReadingArgs): ReadSettings {
  return { mode, source: mode === 'modules' ? 'tables' : source, builtins, otp: otp ?? null, ignore };
}
