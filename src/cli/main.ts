// The command line: picks the command, gives it the terminal, and turns what goes wrong into an exit code. Commands and their
// renderers load when they are asked for, since the start counts.

import yargs, { type Argv } from 'yargs';
import { ParseError, UsageError } from '../errors.js';
import { type CommonArgs, commonOptions, formatOption, protectArguments } from './command.js';
import { EXIT_INPUT, EXIT_INTERNAL, EXIT_OK, EXIT_USAGE } from './exit-codes.js';
import { CHECK_FORMATS, GRAPH_FORMATS } from './format-names.js';
import { openTerminal, type Terminal } from './terminal.js';
import { VERSION } from './version.js';

/** A command whose own arguments are its own business. */
interface AnyCommand {
  readonly options: (yargs: Argv<CommonArgs>) => unknown;
  readonly run: (args: never, terminal: Terminal) => Promise<number>;
}

interface Entry {
  readonly name: string;
  readonly describe: string;
  readonly formats: readonly string[];
  /** Whether the command names its files by options alone. */
  readonly hasNoPaths?: true;
  readonly load: () => Promise<AnyCommand>;
}

/** A command that consists of commands. */
interface Family {
  readonly name: string;
  readonly describe: string;
  readonly commands: readonly Entry[];
}

const COMMANDS: readonly (Entry | Family)[] = [
  {
    name: 'info',
    describe: 'Say what a module is: exports, imports, attributes, records, what compiled it',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/info.js')).info,
  },
  {
    name: 'chunks',
    describe: 'List the chunks of a module, or extract one',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/chunks.js')).chunks,
  },
  {
    name: 'dump',
    describe: 'Show every byte of a module with its offset and meaning (also: chunks dump)',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/dump.js')).dump,
  },
  {
    name: 'disasm',
    describe: 'Disassemble a module',
    formats: ['text', 'json', 'erl'],
    load: async () => (await import('./commands/disasm.js')).disasm,
  },
  {
    name: 'source',
    describe: 'Print Erlang source from debug info',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/source.js')).source,
  },
  {
    name: 'records',
    describe: 'List the records of a module with their defaults and types',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/records.js')).records,
  },
  {
    name: 'term',
    describe: 'Print a file of the external term format, or a chunk that holds a term',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/term.js')).term,
  },
  {
    name: 'deps',
    describe: 'Report which modules or applications depend on which',
    formats: GRAPH_FORMATS,
    load: async () => (await import('./commands/deps.js')).deps,
  },
  {
    name: 'deps-affected',
    describe:
      'Say what a change affects: modules that differ between two builds, who depends on them, and which tests reach them (also: deps affected)',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/deps-affected.js')).depsAffected,
  },
  {
    name: 'deps-check [path..]',
    describe: 'Hold dependencies against rules, with a baseline (also: deps check)',
    formats: CHECK_FORMATS,
    hasNoPaths: true,
    load: async () => (await import('./commands/deps-check.js')).depsCheck,
  },
  {
    name: 'deps-diff',
    describe:
      'Say what changed in the dependencies between two builds: edges, cycles, undefined calls, metrics (also: deps diff)',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/deps-diff.js')).depsDiff,
  },
  {
    name: 'deps-init',
    describe: "Write a config of rules that today's dependencies pass (also: deps init)",
    formats: ['text', 'json'],
    load: async () => (await import('./commands/deps-init.js')).depsInit,
  },
  {
    name: 'xref',
    describe: "Make xref's analyses: undefined, unused and deprecated functions, and who calls whom",
    formats: ['text', 'json', 'erl'],
    load: async () => (await import('./commands/xref.js')).xref,
  },
  {
    name: 'query',
    describe: "Answer questions in xref's query language",
    formats: ['text', 'json', 'erl'],
    load: async () => (await import('./commands/query.js')).query,
  },
  {
    name: 'apps',
    describe: 'Hold what .app files declare against what applications call and consist of',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/apps.js')).apps,
  },
  {
    name: 'inject-migration',
    describe: 'Put code into new modules that converts the state of running processes from what older builds had',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/inject-migration.js')).injectMigration,
  },
  {
    name: 'diff',
    describe: 'Say what changed between two builds: applications, modules, functions, records',
    formats: ['text', 'json', 'markdown'],
    load: async () => (await import('./commands/diff.js')).diff,
  },
  {
    name: 'appup',
    describe: 'Make and check appups: what is to be done to upgrade an application and to go back',
    commands: [
      {
        name: 'generate',
        describe: 'Make the appups of the applications that were upgraded, from two or more builds: OLD [OLD...] NEW',
        formats: ['text', 'json', 'erl'],
        load: async () => (await import('./commands/appup-generate.js')).generateAppup,
      },
      {
        name: 'compile',
        describe: 'Make appups of templates, FILE.appup.src: mustache, then Erlang terms and matches of variables',
        formats: ['text', 'json'],
        load: async () => (await import('./commands/appup-compile.js')).compileAppups,
      },
      {
        name: 'check',
        describe: 'Find what is wrong with appups: what systools refuses, and what fails or is lost when they are installed',
        formats: ['text', 'json'],
        load: async () => (await import('./commands/appup-check.js')).checkAppups,
      },
    ],
  },
  {
    name: 'upgrade',
    describe: 'Make all that a hot upgrade needs: compare, convert states, appups, relup, tar, and a page that tells of it',
    formats: ['text', 'json'],
    load: async () => (await import('./commands/upgrade.js')).upgrade,
  },
  {
    name: 'relup',
    describe: 'Make the relup of a release from its .rel, .app and .appup files',
    formats: ['text', 'json', 'erl'],
    hasNoPaths: true,
    load: async () => (await import('./commands/relup.js')).relup,
  },
  {
    name: 'boot',
    describe: 'Make the boot script of a release',
    formats: ['text', 'json'],
    hasNoPaths: true,
    load: async () => (await import('./commands/boot.js')).boot,
  },
  {
    name: 'tar',
    describe: 'Make the tar of a release that release_handler unpacks',
    formats: ['text', 'json'],
    hasNoPaths: true,
    load: async () => (await import('./commands/tar.js')).tar,
  },
  {
    name: 'releases',
    describe: 'Make RELEASES, without which a node cannot go back to the release that it was started with',
    formats: ['text', 'json'],
    hasNoPaths: true,
    load: async () => (await import('./commands/releases.js')).releases,
  },
];

/** Runs one command line (without node and script) and resolves to the exit code; it never rejects. */
export async function main(argv: readonly string[]): Promise<number> {
  let exit = EXIT_OK;
  const words = protectArguments(argv);
  const parser = yargs(words)
    .scriptName('beamtool')
    .usage('$0 <command> [options]\n\nReads compiled Erlang and Elixir (.beam) files of OTP 20-29; no Erlang needed.')
    .version(VERSION)
    .option('color', { type: 'boolean', describe: 'colour the output (default: only on a terminal)' })
    .completion('completion', 'Print a script for shell completion (bash, zsh)')
    .demandCommand(1, 'which command?')
    .strict()
    .recommendCommands()
    .help()
    .alias('help', 'h')
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      // What yargs itself finds wrong comes with a message; what a command throws comes without one.
      throw message === null && error !== undefined ? error : new UsageError(message ?? 'unusable arguments');
    })
    .wrap(process.stdout.isTTY ? Math.min(120, process.stdout.columns) : null)
    .epilogue('Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 nothing could be read, 70 a fault of beamtool itself.');
  register(parser, commandsFor(words), async (command, args) => {
    exit = await command.run(args as never, openTerminal(args.color as boolean | undefined));
  });
  try {
    await parser.parseAsync();
    return exit;
  } catch (error) {
    return explain(error);
  }
}

type Run = (command: AnyCommand, args: Readonly<Record<string, unknown>>) => Promise<void>;

/** Makes the commands known; those of a family are looked at when one of it is asked for. */
function register(parser: Argv, entries: readonly (Entry | Family)[], run: Run): void {
  for (const entry of entries) {
    if ('commands' in entry) {
      parser.command(entry.name, entry.describe, (family) => {
        register(family, entry.commands, run);
        return family.demandCommand(1, `which command of ${entry.name}?`);
      });
      continue;
    }
    parser.command(
      entry.hasNoPaths ? entry.name : `${entry.name} <path..>`,
      entry.describe,
      (async (args: Argv) => {
        const shared = entry.hasNoPaths ? formatOption : commonOptions;
        return (await entry.load()).options(shared(args, entry.formats));
      }) as unknown as (args: Argv) => Argv,
      async (args) => run(await entry.load(), args),
    );
  }
}

/**
 * One command where the line begins with its name, and that is nearly all of them; else all: help, completion and a proposal for a misspelt name
 * tell of each.
 */
function commandsFor(words: readonly string[]): readonly (Entry | Family)[] {
  const asked = COMMANDS.filter(({ name }) => name === words[0]);
  return asked.length > 0 && !words.some((word) => word.startsWith(COMPLETIONS)) ? asked : COMMANDS;
}

/** The option by which a shell asks yargs. */
const COMPLETIONS = '--get-yargs-completions';

/** Says on standard error what went wrong, and returns the exit code for it. */
function explain(error: unknown): number {
  if (error instanceof ParseError) return complain(error.message, EXIT_INPUT);
  if (error instanceof UsageError || isYargsError(error)) return complain(`${error.message}\nTry 'beamtool --help'.`, EXIT_USAGE);
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return complain(`this is a fault of beamtool itself: please report it.\n${trace}`, EXIT_INTERNAL);
}

/** What yargs throws past its own handler, such as for an option without its argument. */
function isYargsError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'YError';
}

function complain(message: string, code: number): number {
  process.stderr.write(`beamtool: ${message}\n`);
  return code;
}
