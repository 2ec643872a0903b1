// Runs a command in this process, without the command line around it, and keeps what it prints.
import yargs from 'yargs';
import { type CommonArgs, commonOptions } from '../../src/cli/command.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { UsageError } from '../../src/errors.js';

/** A command with options of its own. */
interface AnyCommand<Args> {
  readonly options: (yargs: ReturnType<typeof commonOptions>) => unknown;
  readonly run: (args: Args & CommonArgs, terminal: Terminal) => Promise<number>;
}

/** What a command answered. */
export interface Answer {
  readonly exit: number;
  readonly output: string;
  readonly warnings: readonly string[];
}

/** Runs a command with these arguments; rejects with what it throws, and with UsageError for arguments that it doesn't take. */
export async function runCommand<Args>(command: AnyCommand<Args>, ...words: readonly string[]): Promise<Answer> {
  const output: string[] = [];
  const warnings: string[] = [];
  const plain = (text: string) => text;
  const terminal = {
    write: async (data: string | Uint8Array) => void output.push(String(data)),
    warn: (line: string) => void warnings.push(line),
    style: { bold: plain, dim: plain, red: plain, yellow: plain },
    interactive: false,
  } as unknown as Terminal;
  const formats = ['text', 'json', 'erl', 'markdown'];
  const parser = yargs([...words])
    .command('$0 <path..>', '', (args) => command.options(commonOptions(args, formats)) as never)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
  const exit = await command.run((await parser.parse()) as never, terminal);
  return { exit, output: output.join(''), warnings };
}
