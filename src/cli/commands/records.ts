// `beamtool records`: the records of a module, with defaults and types.

import type { Argv } from 'yargs';
import type { BeamModule } from '../../beam/module.js';
import { readModuleRecords } from '../../report/module-records.js';
import { type RecordsReport, renderRecordsText } from '../../report/records.js';
import { isAtom } from '../../term/model.js';
import { answerEach } from '../answers.js';
import type { Command, CommonArgs } from '../command.js';

export const records: Command = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs.example('$0 records ebin/shop_cart.beam', 'as Erlang declarations').example('$0 records --format json lib', 'as JSON'),

  run: (args, terminal) =>
    answerEach(args, terminal, { build: (module, file) => buildRecordsReport(module, file.path), renderText: renderRecordsText }),
};

function buildRecordsReport(module: BeamModule, file: string): RecordsReport {
  const state = module.attribute('state_record').find((value) => isAtom(value));
  return {
    schema: 'beamtool-records/1',
    file,
    module: module.name,
    stateRecord: isAtom(state) ? state.name : null,
    ...readModuleRecords(module),
  };
}
