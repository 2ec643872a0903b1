// `beamtool disasm`: a listing of the code, or the terms of OTP's beam_disasm.

import type { Argv } from 'yargs';
import type { BeamModule } from '../../beam/module.js';
import { beamDisasm } from '../../code/beam-disasm.js';
import { formatListing, type Listing, listCode } from '../../code/listing.js';
import type { InputFile } from '../../io/input.js';
import { formatTerm } from '../../term/format.js';
import { answerEach } from '../answers.js';
import type { Command, CommonArgs } from '../command.js';
import { forEachModule } from '../modules.js';

interface DisasmArgs extends CommonArgs {
  readonly otp: number | undefined;
}

/** What `disasm` answers for one file. */
interface DisasmReport extends Listing {
  readonly schema: 'beamtool-disasm/1';
  readonly file: string;
}

export const disasm: Command<DisasmArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('otp', {
        type: 'number',
        describe: "with --format erl: the shapes of this release's beam_disasm (default: of the compiler)",
      })
      .example('$0 disasm ebin/shop_cart.beam', 'a listing with names, literals and lines')
      .example(
        '$0 disasm --format erl ebin/shop_cart.beam',
        'what beam_disasm:file/1 returns, and a full stop',
      ) as unknown as Argv<DisasmArgs>,

  async run(args, terminal) {
    if (args.format !== 'erl') {
      const build = (module: BeamModule, file: InputFile): DisasmReport => ({
        schema: 'beamtool-disasm/1',
        file: file.path,
        ...listCode(module),
      });
      return answerEach(args, terminal, { build, renderText: formatListing });
    }
    const { exit } = await forEachModule(args, terminal, async (module) => {
      await terminal.write(
        `${formatTerm(beamDisasm(module, { otp: args.otp }), { otp: args.otp ?? module.compiledBy.release })}.\n`,
      );
    });
    return exit;
  },
};
