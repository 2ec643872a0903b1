// From the paths of the command line to a program: the facts of every module, put together. What `xref`, `query` and `deps` ask about.

import { readBeam } from '../beam/module.js';
import { ParseError } from '../errors.js';
import { readLibraryFacts } from '../graph/facts/module-tables.js';
import { type FactSource, readFacts } from '../graph/facts/read-facts.js';
import { addModule, beginProgram, finishProgram, missingModules } from '../graph/program/build-program.js';
import type { ApplicationFacts, LibraryFacts, Program, ProgramMode } from '../graph/program/program.js';
import { findInputs, type InputFile, readInputs } from '../io/input.js';
import { visible } from '../report/visible.js';
import type { CommonArgs } from './command.js';
import { type Coverage, forEachModule } from './modules.js';
import type { Terminal } from './terminal.js';

/** What is read of each module. */
export interface ProgramChoices {
  readonly mode: ProgramMode;
  readonly source: FactSource;
  /** Whether calls of BIFs count. */
  readonly builtins: boolean;
  /** The release whose BIFs and whose xref count; for each module that which compiled it by default. */
  readonly otp?: number | undefined;
  /** Whether to read the Docs chunk. */
  readonly docs?: boolean;
  /** Whether to look for dependencies that are no calls. */
  readonly references?: boolean;
  /** Where modules are looked up that are called and not among the input: paths as those of the input. */
  readonly libraryPath?: readonly string[];
}

/** A module that was read otherwise than asked. */
export interface Fallback {
  readonly module: string;
  readonly file: string;
  readonly reason: string;
}

/** A module of a name that was read before: it is left out. */
export interface Duplicate {
  readonly module: string;
  readonly file: string;
  /** The file that counts. */
  readonly first: string;
}

/** What was read, how, and what wasn't. */
export interface ProgramCoverage extends Coverage {
  /** How many modules each reader made the facts of. */
  readonly modules: { readonly abstract: number; readonly code: number; readonly tables: number };
  readonly fallbacks: readonly Fallback[];
  readonly duplicates: readonly Duplicate[];
}

/** A program and what it was made of. */
export interface ProgramRun {
  readonly program: Program;
  readonly coverage: ProgramCoverage;
  /** The exit code for what could be read. */
  readonly exit: number;
}

/** Reads a program. A file that can't be read is named on standard error and counted; of modules of one name the first counts. */
export async function readProgram(args: CommonArgs, terminal: Terminal, choices: ProgramChoices): Promise<ProgramRun> {
  const builder = beginProgram({ mode: choices.mode, builtins: choices.builtins, otp: choices.otp });
  const applications = new Map<string, ApplicationFacts>();
  const files = new Map<string, string>();
  const modules = { abstract: 0, code: 0, tables: 0 };
  const fallbacks: Fallback[] = [];
  const duplicates: Duplicate[] = [];
  const { coverage, exit } = await forEachModule(args, terminal, (module, file) => {
    const first = files.get(module.name);
    if (first !== undefined) {
      duplicates.push({ module: module.name, file: file.path, first });
      terminal.warn(`beamtool: ${visible(`${file.path}: ${module.name} was read from ${first} already`)}`);
      return;
    }
    const context = { ...choices, imports: choices.mode === 'modules', file: file.path, app: file.app ?? null };
    const { facts, fallback } = readFacts(module, context, choices.source);
    files.set(module.name, file.path);
    modules[facts.source]++;
    if (fallback !== undefined) fallbacks.push({ module: module.name, file: file.path, reason: fallback });
    addApplication(applications, file);
    addModule(builder, facts);
  });
  const library = await readLibrary(choices, missingModules(builder));
  const program = finishProgram(builder, { library, applications: applications.values() });
  return { program, coverage: { ...coverage, modules, fallbacks, duplicates }, exit };
}

function addApplication(applications: Map<string, ApplicationFacts>, { app, release }: InputFile): void {
  if (app !== undefined && !applications.has(app)) applications.set(app, { name: app, release: release ?? null });
}

/** Reads what the modules of these names export, where the library path has them; a file that can't be read counts as not there. */
async function readLibrary(choices: ProgramChoices, wanted: readonly string[]): Promise<readonly LibraryFacts[]> {
  if (choices.libraryPath === undefined || choices.libraryPath.length === 0) return [];
  const missing = new Set(wanted);
  const sources = findInputs(choices.libraryPath).filter(
    (source) => source.kind !== 'plain' || missing.has(moduleOfPath(source.path)),
  );
  const found = new Map<string, LibraryFacts>();
  for await (const input of readInputs(sources, { lend: true })) {
    if (input.kind === 'fault') throw input.error;
    if (input.kind !== 'file') continue;
    const facts = readLibraryModule(input, choices);
    if (facts !== undefined && missing.has(facts.module) && !found.has(facts.module)) found.set(facts.module, facts);
  }
  return [...found.values()];
}

function moduleOfPath(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.beam$/, '');
}

function readLibraryModule(file: InputFile, choices: ProgramChoices): LibraryFacts | undefined {
  try {
    const context = { ...choices, file: file.path, app: file.app ?? null };
    return readLibraryFacts(readBeam(file.bytes, { file: file.path }), context);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
