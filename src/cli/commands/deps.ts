// `beamtool deps`: which modules or applications depend on which, from the import tables.

import type { Argv } from 'yargs';
import { type ImportFacts, readImportFacts } from '../../graph/import-facts.js';
import { buildImportGraph, type ImportLevel } from '../../graph/import-graph.js';
import { type DepsReport, renderDepsJson, renderDepsText } from '../../report/deps.js';
import { visible } from '../../report/visible.js';
import type { Command, CommonArgs } from '../command.js';
import { forEachModule } from '../modules.js';

interface DepsArgs extends CommonArgs {
  readonly level: ImportLevel;
  readonly otp: number | undefined;
}

export const deps: Command<DepsArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('level', {
        choices: ['module', 'application'] as const,
        default: 'module' as const,
        describe: 'what the nodes are',
      })
      .option('otp', {
        type: 'number',
        choices: [25, 27, 29],
        describe: 'leave out the BIFs of this release (default: of the compiler)',
      })
      .example('$0 deps _build/prod/rel/shop', 'modules of a release')
      .example('$0 deps --level application --format json lib', 'applications, as JSON') as unknown as Argv<DepsArgs>,

  async run(args, terminal) {
    const facts = new Map<string, ImportFacts>();
    const duplicates: { module: string; file: string; first: string }[] = [];
    const { coverage, exit } = await forEachModule(args, terminal, (module, file) => {
      const fact = readImportFacts(module, {
        file: file.path,
        app: file.app ?? null,
        otp: args.otp,
        names: args.level === 'application',
      });
      const first = facts.get(fact.module);
      if (first === undefined) facts.set(fact.module, fact);
      else duplicates.push({ module: fact.module, file: file.path, first: first.file });
    });
    for (const { module, file, first } of duplicates)
      terminal.warn(`beamtool: ${visible(`${file}: ${module} was read from ${first} already`)}`);
    const report: DepsReport = { ...buildImportGraph([...facts.values()], args.level), coverage: { ...coverage, duplicates } };
    await terminal.write(args.format === 'json' ? renderDepsJson(report) : renderDepsText(report, terminal.style));
    return exit;
  },
};
