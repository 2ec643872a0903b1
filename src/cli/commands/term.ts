// `beamtool term`: a file of the external term format, or a chunk of a beam that holds terms, as Erlang text.

import type { Argv } from 'yargs';
import { readBeam } from '../../beam/module.js';
import { ParseError } from '../../errors.js';
import type { InputFile } from '../../io/input.js';
import { jsonArrayWriter } from '../../report/json.js';
import { decodeTerm } from '../../term/etf-decode.js';
import { formatTerm } from '../../term/format.js';
import type { Term } from '../../term/model.js';
import type { Command, CommonArgs } from '../command.js';
import { forEachFile } from '../modules.js';

interface TermArgs extends CommonArgs {
  readonly chunk: string | undefined;
  readonly style: 'p' | 'w';
  readonly printable: 'latin1' | 'unicode';
  readonly otp: number;
}

/** What `term` answers for a file; `terms` are Erlang text. */
interface TermReport {
  readonly schema: 'beamtool-term/1';
  readonly file: string;
  readonly chunk: string | null;
  readonly terms: readonly string[];
}

export const term: Command<TermArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('chunk', { type: 'string', describe: 'print this chunk of a beam (LitT: each literal)' })
      .option('style', { choices: ['p', 'w'] as const, default: 'p' as const, describe: 'as ~tp (strings shown) or ~tw' })
      .option('printable', {
        choices: ['latin1', 'unicode'] as const,
        default: 'latin1' as const,
        describe: "what a string is: erl's +pc",
      })
      .option('otp', { type: 'number', default: 29, describe: 'quote atoms as this release does (maybe and else since 27)' })
      .example('$0 term state.etf', 'what term_to_binary wrote')
      .example('$0 term --chunk Attr ebin/shop_cart.beam', 'the attributes') as unknown as Argv<TermArgs>,

  async run(args, terminal) {
    const json = jsonArrayWriter();
    const { exit } = await forEachFile(args, terminal, async (file) => {
      const terms = readTerms(file, args.chunk).map((item) =>
        formatTerm(item, { mode: args.style, encoding: args.printable, otp: args.otp }),
      );
      const report: TermReport = { schema: 'beamtool-term/1', file: file.path, chunk: args.chunk ?? null, terms };
      await terminal.write(args.format === 'json' ? json.item(report) : terms.map((text) => `${text}\n`).join(''));
    });
    if (args.format === 'json') await terminal.write(json.close());
    return exit;
  },
};

function readTerms(file: InputFile, chunk: string | undefined): readonly Term[] {
  if (chunk === undefined)
    return [decodeTerm(file.bytes, { origin: { base: 0, space: 'file', what: 'term' }, trailing: 'refuse' })];
  const module = readBeam(file.bytes, { file: file.path });
  if (chunk === 'LitT') return module.literals.terms();
  const found = module.term(chunk);
  if (found === undefined) throw new ParseError({ code: 'missing', reason: `no ${chunk} chunk`, file: file.path });
  return [found];
}
