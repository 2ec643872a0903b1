// What explaining unused exports takes besides the program: the `.app` files of the input.

import { type ExplainedExport, type ExplainOptions, explainExports } from '../graph/analyses/explain-exports.js';
import type { Program } from '../graph/program/program.js';
import { readResourceFiles } from './applications.js';
import type { Terminal } from './terminal.js';

/** Where the program came from, and what else is known. */
export interface ExplainArgs extends Pick<ExplainOptions, 'tests' | 'behaviours'> {
  readonly path: readonly string[];
}

/** Explains the exports of a program that are not used. */
export async function explainUnusedExports(
  program: Program,
  { path, ...known }: ExplainArgs,
  terminal: Terminal,
): Promise<readonly ExplainedExport[]> {
  const { appFiles } = await readResourceFiles(path, terminal);
  const applications = appFiles.flatMap(({ facts }) => (facts === null ? [] : [facts]));
  return explainExports(program, { ...known, applications });
}
