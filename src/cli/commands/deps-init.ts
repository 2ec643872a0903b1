// `beamtool deps init`: a config whose rules today's dependencies pass, to start from.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Argv } from 'yargs';
import { encodeUtf8 } from '../../bytes/text.js';
import { UsageError } from '../../errors.js';
import { writeAllOrNothing } from '../../io/write.js';
import { counted } from '../../report/counted.js';
import { renderJson } from '../../report/json.js';
import { visible } from '../../report/visible.js';
import { formatBaseline } from '../../rules/baseline/baseline.js';
import { makeBaseline } from '../../rules/baseline/compare-baseline.js';
import { askRules } from '../../rules/check/ask-rules.js';
import { mergeConfigs } from '../../rules/config/merge-configs.js';
import { readConfig } from '../../rules/config/read-config.js';
import { type InferredLayers, inferLayers, patternOf } from '../../rules/infer-layers.js';
import { needsOf } from '../../rules/needs.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_OK, EXIT_USAGE } from '../exit-codes.js';
import { readModules } from '../rules/read-modules.js';
import { runWithin } from '../rules/run-within.js';

interface DepsInitArgs extends CommonArgs {
  readonly level: 'module' | 'application' | undefined;
  readonly output: string;
  readonly force: boolean;
  readonly otp: number | undefined;
}

export const depsInit: Command<DepsInitArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .usage("$0 deps init [options] <path..>\n\nWrites a config of rules that today's dependencies pass, to start from.")
      .option('level', {
        choices: ['module', 'application'] as const,
        defaultDescription: 'application where there are several, else module',
        describe: 'what the layers are made of',
      })
      .option('output', { type: 'string', requiresArg: true, default: 'beamtool.config.json', describe: 'the config' })
      .option('force', { type: 'boolean', default: false, describe: 'write over a config that is there' })
      .option('otp', { type: 'number', choices: [25, 27, 29], describe: 'leave out the BIFs of this release' })
      .example('$0 deps init _build/default/lib', "the layers of today's applications") as unknown as Argv<DepsInitArgs>,

  async run(args, terminal) {
    const baselineFile = join(dirname(args.output), BASELINE);
    const isThere = [args.output, baselineFile].find((file) => existsSync(file));
    if (isThere !== undefined && !args.force) throw new UsageError(`${isThere} is there already: --force writes over it`);
    const empty = mergeConfigs([await readConfig('{}', args.output)]);
    const { input, coverage } = await readModules(args, empty, needsOf(empty), terminal);
    if (coverage.files === 0) return EXIT_USAGE;
    const applications = input.graphs.graph('application', empty.edges);
    const level = args.level ?? (applications.nodes.filter(({ isOwn }) => isOwn).length > 1 ? 'application' : 'module');
    const layers = inferLayers(input.graphs.graph(level, empty.edges));
    const text = configText(level, layers);
    // What it says is checked as anybody's: it has to pass.
    const config = mergeConfigs([await readConfig(text, args.output)]);
    const drafts = askRules(config, input, runWithin);
    const settings = { level: config.level, edges: [...config.edges], source: 'imports', builtins: false } as const;
    const entries = makeBaseline(drafts, [], '');
    const files = [{ path: args.output, bytes: encodeUtf8(text) }];
    if (entries.length > 0) files.push({ path: baselineFile, bytes: encodeUtf8(formatBaseline(settings, entries)) });
    writeAllOrNothing(files);
    await terminal.write(
      args.format === 'json'
        ? renderJson({ schema: 'beamtool-init/1', level, layers, files: files.map(({ path }) => path) })
        : summary(
            level,
            layers,
            entries.length,
            files.map(({ path }) => path),
          ),
    );
    return EXIT_OK;
  },
};

const BASELINE = 'beamtool.baseline.jsonl';

function configText(level: 'module' | 'application', layers: InferredLayers): string {
  const items = layers.map((layer) =>
    layer.map((item) => (item.length === 1 ? patternOf(item[0] as string) : item.map(patternOf))),
  );
  const rules = {
    ...(layers.length > 1 && {
      layers: {
        kind: 'layers',
        level,
        comment: `Each ${level} depends on layers below its own alone; those that depend on each other in a circle are one item.`,
        independent: true,
        complete: true,
        layers: items,
      },
    }),
    'no-cycles': { kind: 'acyclic', level: 'module', comment: 'Modules do not depend on each other in a circle.' },
  };
  return renderJson({ rules });
}

function summary(level: string, layers: InferredLayers, known: number, files: readonly string[]): string {
  const lines = layers.map(
    (layer, at) => `${at + 1}: ${layer.map((item) => (item.length === 1 ? item[0] : `(${item.join(' ')})`)).join(', ')}`,
  );
  const found = known === 0 ? '' : `; ${counted(known, 'finding')} of today in the baseline`;
  return `${[...lines.map(visible), `${counted(layers.length, 'layer')} of ${level}s${found}`, `wrote ${files.map(visible).join(' and ')}`].join('\n')}\n`;
}
