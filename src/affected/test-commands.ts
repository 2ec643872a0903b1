// The command lines that run just the suites that a change reaches.

import type { SuiteKind } from './find-suites.js';

/** A suite as a tool is asked to run it. */
export interface NamedSuite {
  readonly module: string;
  readonly kind: SuiteKind;
  /** Its source, relative to the folder where the tool is run; null where that isn't known. */
  readonly file: string | null;
}

/** A program and its arguments. */
export interface TestCommand {
  readonly tool: 'rebar3' | 'mix';
  readonly arguments: readonly string[];
}

/** Returns the commands that run the suites; none for suites of ExUnit whose files aren't known, since mix goes by files. */
export function testCommands(suites: readonly NamedSuite[]): readonly TestCommand[] {
  const of = (kind: SuiteKind) => suites.filter((suite) => suite.kind === kind);
  const common = of('ct').map(({ module, file }) => file?.replace(/\.erl$/, '') ?? module);
  const units = withoutTwins(of('eunit').map(({ module }) => module));
  const files = [...new Set(of('exunit').flatMap(({ file }) => file ?? []))];
  return [
    ...(common.length === 0 ? [] : [{ tool: 'rebar3', arguments: ['ct', `--suite=${common.join()}`] } as const]),
    ...(units.length === 0 ? [] : [{ tool: 'rebar3', arguments: ['eunit', `--module=${units.join()}`] } as const]),
    ...(files.length === 0 ? [] : [{ tool: 'mix', arguments: ['test', ...files.map(asPath)] } as const]),
  ];
}

/** eunit runs m_tests along with m. */
function withoutTwins(modules: readonly string[]): readonly string[] {
  const named = new Set(modules);
  return modules.filter((module) => !(module.endsWith('_tests') && named.has(module.slice(0, -'_tests'.length))));
}

/** What begins like an option is none. */
function asPath(file: string): string {
  return file.startsWith('-') ? `./${file}` : file;
}
