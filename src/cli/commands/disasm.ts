// `beamtool disasm`: a listing of the code, or the terms of OTP's beam_disasm.

import type { Argv } from 'yargs';
import { beamDisasm } from '../../code/beam-disasm.js';
import { buildDisasmReport, renderListing } from '../../report/disasm.js';
import { formatTerm } from '../../term/format.js';
import { answerEach } from '../answers.js';
import type { Command, CommonArgs } from '../command.js';
import { forEachModule } from '../modules.js';

interface DisasmArgs extends CommonArgs {
  readonly otp: number | undefined;
}

export const disasm: Command<DisasmArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('otp', { type: 'number', describe: "with --format erl: the shapes of this release's beam_disasm (default: of the compiler)" })
      .example('$0 disasm ebin/shop_cart.beam', 'a listing with names, literals and lines')
      .example('$0 disasm --format erl ebin/shop_cart.beam', 'what beam_disasm:file/1 returns, and a full stop') as unknown as Argv<DisasmArgs>,

  async run(args, terminal) {
    if (args.format !== 'erl') return answerEach(args, terminal, { build: (module, file) => buildDisasmReport(module, file.path), renderText: renderListing });
    const { exit } = await forEachModule(args, terminal, async (module) => {
      await terminal.write(`${formatTerm(beamDisasm(module, { otp: args.otp }), { otp: args.otp ?? module.compiledBy.release })}.\n`);
    });
    return exit;
  },
};
