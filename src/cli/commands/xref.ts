// `beamtool xref`: xref's predefined analyses, and that of Elixir's deprecated functions.

import type { Argv } from 'yargs';
import { UsageError } from '../../errors.js';
import { ANALYSIS_NAMES_OF_29, availableAnalyses, KNOWN_ANALYSIS_NAMES } from '../../graph/analyses/analysis.js';
import { ELIXIR_DEPRECATED } from '../../graph/analyses/elixir-deprecated.js';
import { DEFAULT_TESTS } from '../../graph/analyses/explain-exports.js';
import { EXPLAINED_ANALYSIS, explainFindings } from '../../graph/analyses/explain-findings.js';
import { parseAnalysis } from '../../graph/analyses/parse-analysis.js';
import { type AnalysisReport, isRefusal, reportAnalyses } from '../../graph/analyses/report.js';
import { visible } from '../../report/visible.js';
import { renderCoverageText } from '../../report/xref/coverage.js';
import { renderAnalysisErl } from '../../report/xref/erl.js';
import { renderXrefJson } from '../../report/xref/json.js';
import { renderAnalysisText } from '../../report/xref/text.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_FINDINGS, EXIT_OK, EXIT_USAGE } from '../exit-codes.js';
import { explainUnusedExports } from '../explain.js';
import { type Reading, type ReadingArgs, readAsAsked, readingOptions, settingsOf } from '../reading.js';
import type { Terminal } from '../terminal.js';

interface XrefArgs extends ReadingArgs {
  readonly analysis: readonly string[] | undefined;
  readonly failOn: readonly string[];
  readonly strict: boolean;
  readonly tests: readonly string[];
}

/** What usually is a mistake; what isn't used or isn't public often is not. */
const FAIL_ON = [
  'undefined_function_calls',
  'undefined_functions',
  'deprecated_function_calls',
  'deprecated_functions',
  ELIXIR_DEPRECATED,
];

export const xref: Command<XrefArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    readingOptions(yargs)
      .option('analysis', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: `an analysis by name, or name=argument (may be repeated; default: those of xref that the mode has; ${ELIXIR_DEPRECATED} by name only)`,
      })
      .option('fail-on', {
        type: 'string',
        array: true,
        nargs: 1,
        default: FAIL_ON,
        describe: 'exit with 1 for findings of this analysis (may be repeated; none: never)',
      })
      .option('strict', {
        type: 'boolean',
        default: false,
        describe: 'exit with 1 for exports_not_used as well, where a function is exported for nobody',
      })
      .option('tests', {
        type: 'string',
        array: true,
        nargs: 1,
        default: DEFAULT_TESTS,
        describe:
          'modules of tests, by their names: what they call alone counts as not used, and is said to be (may be repeated)',
      })
      .example('$0 xref _build/default/lib/shop', 'all analyses of an application')
      .example('$0 xref --analysis use=shop_db:put/2 --format erl ebin', 'who calls that function')
      .example("$0 xref --analysis 'deprecated_functions=next_version' ebin", 'what the next version will not have')
      .epilogue(`Analyses: ${KNOWN_ANALYSIS_NAMES.join(', ')}.`) as unknown as Argv<XrefArgs>,

  async run(args, terminal) {
    const names = args.analysis ?? availableAnalyses(args.mode, args.otp ?? 0);
    const analyses = names.map(parseAnalysis);
    checkFailOn(args.failOn);
    // Terms are xref's own answer, which has no explanations.
    const explains = args.format !== 'erl' && analyses.some(({ name }) => name === EXPLAINED_ANALYSIS);
    const reading = await readAsAsked(args, terminal, {
      docs: analyses.some(({ name }) => ANALYSIS_NAMES_OF_29.includes(name)),
      elixirDeprecated: analyses.some(({ name }) => name === ELIXIR_DEPRECATED),
      references: explains || args.strict,
      behaviours: explains || args.strict,
    });
    const { program, callbacks, ignore, coverage } = reading;
    // Of nothing there is nothing to say.
    const plain = coverage.files === 0 ? [] : reportAnalyses(program, analyses, ignore);
    const known = { path: args.path, tests: args.tests, behaviours: callbacks };
    const explained = explains || args.strict ? await explainUnusedExports(program, known, terminal) : [];
    const reports = explains || args.strict ? plain.map((one) => explainFindings(program, one, explained, ignore)) : plain;
    await writeReports(args, terminal, reading, reports);
    return exitCode(args, reading, reports);
  },
};

function checkFailOn(names: readonly string[]): void {
  const unknown = names.find((name) => name !== 'none' && !KNOWN_ANALYSIS_NAMES.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`--fail-on ${unknown}: there is no such analysis; there are ${KNOWN_ANALYSIS_NAMES.join(', ')}`);
}

async function writeReports(
  args: XrefArgs,
  terminal: Terminal,
  { coverage }: Reading,
  reports: readonly AnalysisReport[],
): Promise<void> {
  if (args.format === 'json') return terminal.write(renderXrefJson(settingsOf(args), reports, coverage));
  for (const report of reports) {
    await terminal.write(args.format === 'erl' ? renderAnalysisErl(report) : renderAnalysisText(report, terminal.style));
    if (isRefusal(report.result)) terminal.warn(`beamtool: ${visible(report.result.error.message)}`);
  }
  if (args.format === 'text') await terminal.write(renderCoverageText(coverage));
}

function exitCode({ failOn, strict }: XrefArgs, { exit }: Reading, reports: readonly AnalysisReport[]): number {
  if (exit !== EXIT_OK) return exit;
  if (reports.some(({ result }) => isRefusal(result))) return EXIT_USAGE;
  const fails = ({ name, result }: AnalysisReport) => {
    if (isRefusal(result)) return false;
    const isForNobody = strict && result.findings.some((finding) => finding.class === 'nobody');
    return isForNobody || (failOn.includes(name) && result.findings.length > 0);
  };
  return reports.some(fails) ? EXIT_FINDINGS : EXIT_OK;
}
