// `beamtool info`: what a module is.

import type { Argv } from 'yargs';
import { renderInfoText } from '../../report/info.js';
import { buildModuleInfo } from '../../report/module-info.js';
import { answerEach } from '../answers.js';
import type { Command, CommonArgs } from '../command.js';

export const info: Command = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .example('$0 info ebin/shop_cart.beam', 'one module')
      .example('$0 info --format json _build/prod/rel/shop | jq .[].module', 'every module of a release, as JSON'),

  run: (args, terminal) =>
    answerEach(args, terminal, {
      build: (module, file) => buildModuleInfo(module, file.path),
      renderText: (answer) => renderInfoText(answer, terminal.style),
    }),
};
