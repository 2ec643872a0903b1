// `beamtool source`: Erlang source from debug info.

import type { Argv } from 'yargs';
import { buildSourceReport } from '../../report/source.js';
import { answerEach } from '../answers.js';
import type { Command, CommonArgs } from '../command.js';

export const source: Command = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .example('$0 source ebin/shop_cart.beam', 'what was compiled, after macros and transforms')
      .example('$0 source --key-file .erlang.crypt ebin/secret.beam', 'of a module with encrypted debug info'),

  run: (args, terminal) =>
    answerEach(args, terminal, {
      build: (module, file) => buildSourceReport(module, file.path),
      renderText: (answer) => answer.text,
    }),
};
