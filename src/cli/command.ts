// What a command is to main.ts, and the options that all commands share.

import type { Argv } from 'yargs';
import type { Terminal } from './terminal.js';

/** A command's options and what it does; `run` resolves to the exit code. */
export interface Command<T extends CommonArgs = CommonArgs> {
  readonly options: (yargs: Argv<CommonArgs>) => Argv<T>;
  readonly run: (args: T, terminal: Terminal) => Promise<number>;
}

/** The options of every command. */
export interface CommonArgs {
  readonly path: readonly string[];
  readonly format: string;
  readonly strictInput: boolean;
  readonly keyFile: string | undefined;
}

/** yargs loses an argument `-`; this stands for it until {@link commonOptions} puts it back. NUL is in no path. */
const STANDARD_INPUT = '\0';

/** Commands that stand beside paths in another command, and what they are to yargs. A path of that name is written `./check`. */
const INNER_COMMANDS: Readonly<Record<string, string>> = {
  'chunks dump': 'dump',
  'deps affected': 'deps-affected',
  'deps check': 'deps-check',
  'deps init': 'deps-init',
};

/** Prepares the words of the command line for yargs; `chunks dump`, a command in a command, is `dump` to it. */
export function protectArguments(argv: readonly string[]): string[] {
  const inner = INNER_COMMANDS[argv.slice(0, 2).join(' ')];
  const words = inner === undefined ? argv : [inner, ...argv.slice(2)];
  return words.map((word) => (word === '-' ? STANDARD_INPUT : word));
}

/** Adds the positional paths and the shared options. */
export function commonOptions(yargs: Argv, formats: readonly string[] = ['text', 'json']): Argv<CommonArgs> {
  return pathOptions(formatOption(yargs, formats), true);
}

/** Adds the positional paths, and what goes with them. */
export function pathOptions(yargs: Argv<CommonArgs>, needsPaths: boolean): Argv<CommonArgs> {
  return yargs
    .positional('path', {
      type: 'string',
      array: true,
      demandOption: needsPaths,
      coerce: (paths: readonly string[] = []) => paths.map((path) => (path === STANDARD_INPUT ? '-' : path)),
      describe: 'beam file, ebin, application, release or _build folder, .ez, escript, .tar.gz, or - for standard input',
    })
    .option('strict-input', { type: 'boolean', default: false, describe: 'exit with 3 if any file could not be read' })
    .option('key-file', {
      type: 'string',
      describe: "keys of encrypted debug info: like OTP's .erlang.crypt (which is used if present), or a plain key",
    }) as unknown as Argv<CommonArgs>;
}

/** Adds the one option that commands without paths share with the others. */
export function formatOption(yargs: Argv, formats: readonly string[] = ['text', 'json']): Argv<CommonArgs> {
  return yargs.option('format', {
    choices: formats,
    default: formats[0] as string,
    describe: 'how to print the answer',
  }) as unknown as Argv<CommonArgs>;
}
