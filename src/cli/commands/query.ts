// `beamtool query`: questions in xref's query language.

import type { Argv } from 'yargs';
import { isRefusal, type QueryReport, reportQueries } from '../../graph/analyses/report.js';
import { renderQueryError } from '../../report/query-error.js';
import { renderCoverageText } from '../../report/xref/coverage.js';
import { renderAnswerErl } from '../../report/xref/erl.js';
import { renderQueryJson } from '../../report/xref/json.js';
import { renderAnswerText } from '../../report/xref/text.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_OK, EXIT_USAGE } from '../exit-codes.js';
import { type Reading, type ReadingArgs, readAsAsked, readingOptions, settingsOf } from '../reading.js';
import type { Terminal } from '../terminal.js';

interface QueryArgs extends ReadingArgs {
  readonly query: readonly string[];
}

export const query: Command<QueryArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    readingOptions(yargs)
      .option('query', {
        type: 'string',
        array: true,
        nargs: 1,
        demandOption: true,
        describe: "a query as xref:q/2 takes it (may be repeated; ':=' keeps a variable for those after it)",
      })
      .example("$0 query --query 'XC || ssl:_/_' lib", 'who calls ssl')
      .example("$0 query --query 'components strict ME' _build/default/lib", 'cycles of modules')
      .example(
        "$0 query --query '(Lin) (E | shop : Mod)' ebin",
        'the lines of the calls of a module',
      ) as unknown as Argv<QueryArgs>,

  async run(args, terminal) {
    const reading = await readAsAsked(args, terminal, { docs: args.query.some((text) => /\bDC/.test(text)) });
    const reports = reportQueries(reading.program, args.query, reading.ignore);
    await writeReports(args, terminal, reading, reports);
    if (reading.exit !== EXIT_OK) return reading.exit;
    return reports.some(({ result }) => isRefusal(result)) ? EXIT_USAGE : EXIT_OK;
  },
};

async function writeReports(
  args: QueryArgs,
  terminal: Terminal,
  { coverage }: Reading,
  reports: readonly QueryReport[],
): Promise<void> {
  if (args.format === 'json') return terminal.write(renderQueryJson(settingsOf(args), reports, coverage));
  for (const report of reports) {
    const { query: text, result } = report;
    await terminal.write(args.format === 'erl' ? renderAnswerErl(report) : renderAnswerText(report));
    if (isRefusal(result)) terminal.warn(`beamtool: ${renderQueryError(text, result.error).trimEnd()}`);
  }
  if (args.format === 'text') terminal.warn(renderCoverageText(coverage).trimEnd());
}
