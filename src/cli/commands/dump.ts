// `beamtool chunks dump`: every byte of a module with its offset and meaning.

import type { Argv } from 'yargs';
import { renderDumpJson } from '../../report/dump/json.js';
import { renderDumpText } from '../../report/dump/text.js';
import { buildDump } from '../../report/dump.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_FINDINGS, EXIT_OK } from '../exit-codes.js';
import { forEachModule } from '../modules.js';

interface DumpArgs extends CommonArgs {
  readonly chunk: string | undefined;
}

export const dump: Command<DumpArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('chunk', { type: 'string', describe: 'dump only the chunk of this id' })
      .example('$0 chunks dump ebin/shop_cart.beam', 'every byte with its meaning')
      .example('$0 chunks dump --chunk Code ebin/shop_cart.beam', 'the instructions') as unknown as Argv<DumpArgs>,

  async run(args, terminal) {
    const json = args.format === 'json';
    let files = 0;
    let found = args.chunk === undefined;
    const { exit } = await forEachModule(args, terminal, async (module, file) => {
      found ||= module.chunk(args.chunk as string) !== undefined;
      const built = buildDump(module, file.path, args.chunk);
      if (json || files > 0) await terminal.write(json && files === 0 ? '[\n' : json ? ',\n' : '\n');
      files++;
      for (const piece of json ? renderDumpJson(built) : renderDumpText(built, terminal.style)) await terminal.write(piece);
    });
    if (json) await terminal.write(files === 0 ? '[]\n' : '\n]\n');
    if (found || exit !== EXIT_OK) return exit;
    terminal.warn(`beamtool: no chunk ${args.chunk}`);
    return EXIT_FINDINGS;
  },
};
