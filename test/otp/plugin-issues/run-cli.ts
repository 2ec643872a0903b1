// A command in this process, for tests that run many.
import yargs from 'yargs';
import { type CommonArgs, commonOptions } from '../../../src/cli/command.js';
import type { Terminal } from '../../../src/cli/terminal.js';

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

/** Runs a command with these arguments. */
export async function runCli<Args>(command: AnyCommand<Args>, ...words: readonly string[]): Promise<Answer> {
  const output: string[] = [];
  const warnings: string[] = [];
  const plain = (text: string) => text;
  const terminal = {
    write: async (data: string | Uint8Array) => void output.push(String(data)),
    warn: (line: string) => void warnings.push(line),
    style: { bold: plain, dim: plain },
    interactive: false,
  } as unknown as Terminal;
  const formats = ['text', 'json', 'erl'];
  const parser = yargs([...words]).command('$0 <path..>', '', (args) => command.options(commonOptions(args, formats)) as never);
  const exit = await command.run((await parser.parse()) as never, terminal);
  return { exit, output: output.join(''), warnings };
}
