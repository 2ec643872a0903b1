// `beamtool apps`: what `.app` files declare, held against what applications call and consist of.

import type { Argv } from 'yargs';
import { UsageError } from '../../errors.js';
import type { ApplicationSet } from '../../graph/applications/application-set.js';
import { checkApplications, chooseApplications } from '../../graph/applications/check-applications.js';
import { correctLists } from '../../graph/applications/correct-list.js';
import {
  countFindings,
  FAILING_KINDS,
  FINDING_KINDS,
  type FindingKind,
  releaseMismatches,
} from '../../graph/applications/findings.js';
import type { FactSource } from '../../graph/facts/read-facts.js';
import { type AppsReport, renderAppsText, renderCorrectedLists } from '../../report/apps.js';
import { appsJson } from '../../report/apps-json.js';
import { renderJson } from '../../report/json.js';
import { findApplications, pathsWithBeams } from '../applications.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_FINDINGS, EXIT_INPUT, EXIT_OK } from '../exit-codes.js';
import { readProgram } from '../program.js';
import type { Terminal } from '../terminal.js';

interface AppsArgs extends CommonArgs {
  readonly app: readonly string[];
  readonly source: FactSource;
  readonly libraryPath: readonly string[];
  readonly fix: boolean;
  readonly prune: boolean;
  readonly failOn: readonly (FindingKind | 'none')[];
}

export const apps: Command<AppsArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('app', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'report on this application alone (repeatable)',
      })
      .option('library-path', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [],
        describe: 'applications to know and not to report on, such as /usr/lib/erlang/lib (repeatable)',
      })
      .option('source', {
        choices: ['auto', 'abstract', 'code'] as const,
        default: 'auto' as const,
        describe: 'read calls from debug info, from the code, or from debug info where there is some',
      })
      .option('fix', { type: 'boolean', default: false, describe: 'print the corrected lists of applications' })
      .option('prune', { type: 'boolean', default: false, describe: 'with --fix: leave out what nobody uses' })
      .option('fail-on', {
        choices: [...FINDING_KINDS, 'none'] as const,
        array: true,
        nargs: 1,
        default: FAILING_KINDS,
        describe: 'findings that make the exit code 1 (repeatable)',
      })
      .example('$0 apps _build/prod/rel/shop', 'the applications of a release')
      .example(
        '$0 apps --app shop --fix --library-path /usr/lib/erlang/lib _build/default/lib',
        'what shop should declare',
      ) as unknown as Argv<AppsArgs>,

  async run(args, terminal) {
    if (args.prune && !args.fix) throw new UsageError('--prune goes with --fix');
    const report = await makeReport(args, terminal);
    if (args.format === 'json') await terminal.write(renderJson(appsJson(report)));
    else
      await terminal.write(
        report.corrected === null ? renderAppsText(report, terminal.style) : renderCorrectedLists(report.corrected),
      );
    return exitCode(report, args);
  },
};

async function makeReport(args: AppsArgs, terminal: Terminal): Promise<AppsReport> {
  const choices = { mode: 'functions', source: args.source, builtins: false, references: true } as const;
  const { program, coverage } = await readProgram({ ...args, path: pathsWithBeams(args.path) }, terminal, choices);
  const { set, resources } = await findApplications(args, program, coverage, terminal);
  const all = checkApplications(program, set);
  const chosen = args.app.length === 0 ? all : chooseApplications(all, chosenNames(args.app, set));
  const releases = [...resources.relFiles].sort((left, right) => (left.file < right.file ? -1 : 1));
  const mismatches = releaseMismatches(set, releases);
  const lists = args.fix ? correctLists(set, all, args.prune) : null;
  return {
    ...chosen,
    releases,
    releaseMismatches: mismatches,
    counts: countFindings(chosen, mismatches),
    corrected: lists?.filter(({ application }) => chosen.applications.some((one) => one.application === application)) ?? null,
    coverage: {
      ...coverage,
      appFiles: resources.appFiles.filter(({ facts }) => facts !== null).length,
      relFiles: releases.length,
      failed: [...coverage.failed, ...resources.failed],
      duplicateAppFiles: set.duplicates.map(({ path, first }) => ({ file: path, first })),
    },
  };
}

/** An application may be named as its folder or as its `.app` has it. */
function chosenNames(names: readonly string[], { applications, numbers }: ApplicationSet): ReadonlySet<string> {
  return new Set(
    names.map((name) => {
      const application = applications[numbers.get(name) ?? -1];
      if (application?.origin !== 'input') throw new UsageError(`no application ${name} among the input`);
      return application.name;
    }),
  );
}

function exitCode({ coverage, counts }: AppsReport, { strictInput, failOn }: AppsArgs): number {
  const isNothing = coverage.files + coverage.appFiles + coverage.relFiles === 0;
  if (isNothing || (strictInput && coverage.failed.length > 0)) return EXIT_INPUT;
  return failOn.some((kind) => kind !== 'none' && counts[kind] > 0) ? EXIT_FINDINGS : EXIT_OK;
}
