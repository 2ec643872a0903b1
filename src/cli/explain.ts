// What explaining unused exports takes besides the program: the `.app` files of the input, and on the library path the behaviours whose
// callbacks the input doesn't tell.

import { readBeam } from '../beam/module.js';
import { ParseError } from '../errors.js';
import { type ExplainedExport, explainExports, missingBehaviours } from '../graph/analyses/explain-exports.js';
import { readFacts } from '../graph/facts/read-facts.js';
import type { FunctionName } from '../graph/module-facts.js';
import type { Program } from '../graph/program/program.js';
import { findInputs, type InputFile, readInputs } from '../io/input.js';
import { readResourceFiles } from './applications.js';
import type { Terminal } from './terminal.js';

/** Where the program came from, and what counts as a test. */
export interface ExplainArgs {
  readonly path: readonly string[];
  readonly libraryPath?: readonly string[];
  /** Patterns of the names of modules of tests; the usual ones by default. */
  readonly tests?: readonly string[];
}

/** Explains the exports of a program that are not used. */
export async function explainUnusedExports(
  program: Program,
  args: ExplainArgs,
  terminal: Terminal,
): Promise<readonly ExplainedExport[]> {
  const { appFiles } = await readResourceFiles(args.path, terminal);
  const behaviours = await readBehaviours(args.libraryPath ?? [], new Set(missingBehaviours(program)));
  const applications = appFiles.flatMap(({ facts }) => (facts === null ? [] : [facts]));
  return explainExports(program, { applications, behaviours, ...(args.tests !== undefined && { tests: args.tests }) });
}

/** Reads the callbacks of those behaviours that the library path has; a file that can't be read counts as not there. */
async function readBehaviours(
  libraryPath: readonly string[],
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly FunctionName[]>> {
  const found = new Map<string, readonly FunctionName[]>();
  if (wanted.size === 0 || libraryPath.length === 0) return found;
  const sources = findInputs(libraryPath).filter(({ kind, path }) => kind !== 'plain' || wanted.has(moduleOfPath(path)));
  for await (const input of readInputs(sources, { lend: true })) {
    if (input.kind !== 'file' || !wanted.has(moduleOfPath(input.path))) continue;
    const callbacks = readCallbacks(input);
    if (callbacks !== undefined && !found.has(moduleOfPath(input.path))) found.set(moduleOfPath(input.path), callbacks);
  }
  return found;
}

function moduleOfPath(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.beam$/, '');
}

function readCallbacks({ bytes, path, app }: InputFile): readonly FunctionName[] | undefined {
  try {
    const context = { file: path, app: app ?? null, builtins: false };
    return readFacts(readBeam(bytes, { file: path }), context, 'auto').facts.callbacks;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
