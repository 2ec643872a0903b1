// `beamtool records`: the records of a module, with defaults and types; or a snapshot of what a later migration needs of them.

import type { Argv } from 'yargs';
import type { BeamModule } from '../../beam/module.js';
import { readModuleRecords } from '../../report/module-records.js';
import { type RecordsReport, renderRecordsText } from '../../report/records.js';
import { isAtom } from '../../term/model.js';
import { answerEach } from '../answers.js';
import type { Command, CommonArgs } from '../command.js';

interface RecordsArgs extends CommonArgs {
  readonly snapshot: boolean;
}

export const records: Command<RecordsArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('snapshot', {
        type: 'boolean',
        default: false,
        describe: 'print, as JSON, what inject-migration needs of a build whose debug info will be stripped',
      })
      .example('$0 records ebin/shop_cart.beam', 'as Erlang declarations')
      .example('$0 records --format json lib', 'as JSON')
      .example('$0 records --snapshot _build/prod/lib > shop-1.json', 'for inject-migration --from shop-1.json'),

  async run(args, terminal) {
    if (args.snapshot) return (await import('../snapshot.js')).writeSnapshot(args, terminal);
    return answerEach(args, terminal, {
      build: (module, file) => buildRecordsReport(module, file.path),
      renderText: renderRecordsText,
    });
  },
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
