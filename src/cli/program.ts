// From the paths of the command line to a program: the facts of every module, put together. What `xref`, `query` and `deps` ask about.

import { foreignBehaviours } from '../graph/analyses/foreign-behaviours.js';
import type { FunctionName, ModuleNotes } from '../graph/module-facts.js';
import { finishProgram } from '../graph/program/build-program.js';
import type { ApplicationFacts, Program } from '../graph/program/program.js';
import { missingModules } from '../graph/program/program-builder.js';
import { findInputs, type Source } from '../io/input.js';
import { visible } from '../report/visible.js';
import type { CommonArgs } from './command.js';
import { EXIT_INPUT, EXIT_OK } from './exit-codes.js';
import { readLibrary } from './library.js';
import { byFile, type Coverage } from './modules.js';
import { startProgress } from './progress.js';
import type { FileRemark, ReadChoices } from './read-share.js';
import { type ReadProgram, readShares } from './read-shares.js';
import type { Terminal } from './terminal.js';

/** What is read of each module, and where else to look for modules. */
export interface ProgramChoices extends Omit<ReadChoices, 'callbacks'> {
  /** Whether to look for the callbacks of behaviours, of those on the library path as well. */
  readonly behaviours?: boolean;
  /** Where modules are looked up that are called and not among the input: paths as those of the input. */
  readonly libraryPath?: readonly string[];
  /** How many readers work at once; as many as pay where absent. */
  readonly jobs?: number | undefined;
  /** What is read instead of all that the paths mean. */
  readonly sources?: readonly Source[];
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
  /** Of behaviours on the library path, where those were asked for. */
  readonly callbacks: ReadonlyMap<string, readonly FunctionName[]>;
  readonly coverage: ProgramCoverage;
  /** The exit code for what could be read. */
  readonly exit: number;
}

/** Reads a program. A file that can't be read is named on standard error and counted; of modules of one name the first counts. */
export async function readProgram(args: CommonArgs, terminal: Terminal, choices: ProgramChoices): Promise<ProgramRun> {
  const { libraryPath = [], behaviours: wantsBehaviours = false, jobs, sources = findInputs(args.path), ...also } = choices;
  const reading = { ...also, callbacks: wantsBehaviours };
  const progress = await startProgress(sources.length, terminal);
  const read = await readShares(sources, reading, { keyFile: args.keyFile, jobs, progress });
  progress?.stop();
  const { builder } = read;
  const coverage = coverageOf(read);
  for (const { reason } of coverage.failed) terminal.warn(`beamtool: ${visible(reason)}`);
  for (const { module, file, first } of coverage.duplicates) {
    terminal.warn(`beamtool: ${visible(`${file}: ${module} was read from ${first} already`)}`);
  }
  const behaviours = new Set(wantsBehaviours ? foreignBehaviours(builder.analysed.values()) : []);
  const { library, callbacks } = await readLibrary(libraryPath, reading, missingModules(builder), behaviours);
  const program = finishProgram(builder, { library, applications: applicationsOf(read) });
  const exit = coverage.files === 0 || (args.strictInput && coverage.failed.length > 0) ? EXIT_INPUT : EXIT_OK;
  return { program, callbacks, coverage, exit };
}

function coverageOf({ builder, remarks, leftOut }: ReadProgram): ProgramCoverage {
  const counting = new Map<string, ModuleNotes>();
  const modules = { abstract: 0, code: 0, tables: 0 };
  for (const notes of builder.analysed.values()) {
    counting.set(notes.module, notes);
    modules[notes.source]++;
  }
  const fileOf = (module: string) => counting.get(module)?.file ?? '';
  const repeated = [
    ...remarks.flatMap((share) => share.repeated),
    ...leftOut.map(({ notes, order }) => ({ order, file: notes.file, module: notes.module, reason: '' })),
  ];
  return {
    files: remarks.reduce((sum, { files }) => sum + files, 0),
    failed: inOrder(remarks.flatMap(({ failed }) => failed)).map(({ file, reason }) => ({ file, reason })),
    skipped: inOrder(remarks.flatMap(({ skipped }) => skipped)).map(({ file, reason }) => ({ file, reason })),
    modules,
    fallbacks: inOrder(remarks.flatMap(({ fallbacks }) => fallbacks))
      .filter(({ module, file }) => fileOf(module) === file)
      .map(({ module, file, reason }) => ({ module, file, reason })),
    duplicates: inOrder(repeated).map(({ module, file }) => ({ module, file, first: fileOf(module) })),
  };
}

/** By name, so that the order of the paths makes no difference to the answer. */
function inOrder<Remark extends FileRemark>(remarks: readonly Remark[]): readonly Remark[] {
  return [...remarks].sort(byFile);
}

/** The release of an application is that of its first module in the input. */
function applicationsOf({ remarks }: ReadProgram): Iterable<ApplicationFacts> {
  const found = new Map<string, { readonly order: number; readonly release: string | null }>();
  for (const { applications } of remarks) {
    for (const [name, one] of applications) {
      const before = found.get(name);
      if (before === undefined || one.order < before.order) found.set(name, one);
    }
  }
  return Array.from(found, ([name, { release }]) => ({ name, release }));
}
