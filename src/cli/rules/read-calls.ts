// Reads the calls that the rules of a config are about, or that are the places of what they found. Apart from the reading of import tables, which most
// rules need alone, since it brings much along.

import { checkApplications } from '../../graph/applications/check-applications.js';
import type { Program } from '../../graph/program/program.js';
import { findInputs } from '../../io/input.js';
import { askProgramRule } from '../../rules/check/program-rules.js';
import type { Config } from '../../rules/config/config.js';
import type { Needs } from '../../rules/needs.js';
import { graphsOfProgram } from '../../rules/program-graphs.js';
import { programNeedsOf } from '../../rules/program-needs.js';
import { findApplications, pathsWithBeams } from '../applications.js';
import { explainUnusedExports } from '../explain.js';
import { readProgram } from '../program.js';
import type { Terminal } from '../terminal.js';
import { type CheckedModules, type CheckReadArgs, percentOf } from './checked-modules.js';
import { pathFrom } from './load-config.js';

/** Reads the calls of some files of the paths, for the places in them; what is wrong with files was said when they were read first. */
export async function readCallsOf(args: CheckReadArgs, files: ReadonlySet<string>, terminal: Terminal): Promise<Program> {
  const quiet: Terminal = { ...terminal, warn: () => {}, interactive: false };
  const choices = { mode: 'functions', source: 'auto', builtins: false, otp: args.otp } as const;
  const sources = findInputs(args.path).filter(
    (source) => source.kind === 'archive' || (source.kind === 'plain' && files.has(source.path)),
  );
  const { program } = await readProgram(args, quiet, { ...choices, sources });
  return program;
}

/** Reads a program, and what the rules need besides. */
export async function readCalls(
  args: CheckReadArgs,
  config: Config,
  { source }: Needs,
  terminal: Terminal,
): Promise<CheckedModules> {
  const needs = programNeedsOf(config);
  const libraryPath = config.libraryPath.map(pathFrom);
  const mode = source === 'imports' ? ({ mode: 'modules', source: 'tables' } as const) : ({ mode: 'functions', source } as const);
  const run = await readProgram({ ...args, path: pathsWithBeams(args.path) }, terminal, {
    ...mode,
    builtins: config.builtins,
    otp: args.otp,
    libraryPath,
    references: needs.references,
    behaviours: needs.explanations,
    docs: needs.docs,
    elixirDeprecated: needs.elixirDeprecated,
  });
  const { program, coverage, callbacks } = run;
  const tests = config.tests === null ? {} : { tests: config.tests };
  const explained = needs.explanations
    ? await explainUnusedExports(program, { path: args.path, behaviours: callbacks, ...tests }, terminal)
    : [];
  const applications = needs.applications
    ? checkApplications(program, (await findApplications({ path: args.path, libraryPath }, program, coverage, terminal)).set)
    : null;
  const graphs = graphsOfProgram(program, config);
  const { files, failed, skipped, duplicates, fallbacks } = coverage;
  return {
    input: {
      graphs,
      program,
      askProgram: (rule, context) => askProgramRule(rule, { graphs, program, applications, explained }, context),
    },
    suppressions: new Map(
      Array.from(program.notes.values(), ({ module, suppressions = [], ignored = [] }) => [module, { suppressions, ignored }]),
    ),
    appOf: new Map(Array.from(program.notes.values(), ({ module, app }) => [module, app])),
    coverage: { files, failed, skipped, duplicates, fallbacks, percent: percentOf(files, failed.length) },
    callsOf: async () => (program.mode === 'functions' ? program : null),
  };
}
