// `beamtool chunks`: the list of a module's chunks, or the data of one.

import type { Argv } from 'yargs';
import { UsageError } from '../../errors.js';
import { buildChunksReport, renderChunksText } from '../../report/chunks.js';
import { answerEach } from '../answers.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_FINDINGS } from '../exit-codes.js';
import { forEachModule } from '../modules.js';
import type { Terminal } from '../terminal.js';

interface ChunksArgs extends CommonArgs {
  readonly extract: string | undefined;
}

export const chunks: Command<ChunksArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('extract', { type: 'string', describe: 'write the data of this chunk to standard output' })
      .example('$0 chunks ebin/shop_cart.beam', 'list the chunks')
      .example('$0 chunks --extract Attr ebin/shop_cart.beam > attr.etf', 'take one out') as unknown as Argv<ChunksArgs>,

  run: (args, terminal) =>
    args.extract === undefined
      ? answerEach(args, terminal, {
          build: (module, file) => buildChunksReport(module, file.path),
          renderText: renderChunksText,
        })
      : extract(args, args.extract, terminal),
};

async function extract(args: ChunksArgs, id: string, terminal: Terminal): Promise<number> {
  const found: { readonly file: string; readonly data: Uint8Array }[] = [];
  const { exit } = await forEachModule(args, terminal, (module, file) => {
    const chunk = module.chunk(id);
    if (chunk !== undefined) found.push({ file: file.path, data: new Uint8Array(chunk.data) });
    if (found.length > 1)
      throw new UsageError(`--extract takes one file, and both ${found[0]?.file} and ${file.path} have a chunk ${id}`);
  });
  const [first] = found;
  if (first === undefined && exit === 0) {
    terminal.warn(`beamtool: no chunk ${id}`);
    return EXIT_FINDINGS;
  }
  if (first !== undefined) await terminal.write(first.data);
  return exit;
}
