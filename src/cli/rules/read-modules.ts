// Reads what the rules of a config need of the paths: import tables, or a program with what belongs to it.

import type { BeamModule } from '../../beam/module.js';
import { suppressionsOf } from '../../graph/facts/attribute-facts.js';
import { type ImportFacts, readImportFacts } from '../../graph/import-facts.js';
import { visible } from '../../report/visible.js';
import type { Config } from '../../rules/config/config.js';
import type { Needs } from '../../rules/needs.js';
import { graphsOfImports } from '../../rules/rule-graphs.js';
import type { ModuleSuppressions } from '../../rules/suppressions.js';
import { byFile, forEachModule } from '../modules.js';
import type { Terminal } from '../terminal.js';
import { type CheckedModules, type CheckReadArgs, percentOf } from './checked-modules.js';

/** Reads the modules that the paths mean. */
export async function readModules(
  args: CheckReadArgs,
  config: Config,
  needs: Needs,
  terminal: Terminal,
): Promise<CheckedModules> {
  if (needs.isPlain) return readImports(args, config, terminal);
  return (await import('./read-calls.js')).readCalls(args, config, needs, terminal);
}

async function readImports(args: CheckReadArgs, config: Config, terminal: Terminal): Promise<CheckedModules> {
  const facts = new Map<string, ImportFacts>();
  const suppressions = new Map<string, ModuleSuppressions>();
  const duplicates: { module: string; file: string; first: string }[] = [];
  const { coverage } = await forEachModule(args, terminal, (module, file) => {
    const fact = readImportFacts(module, { file: file.path, app: file.app ?? null, otp: args.otp });
    const first = facts.get(fact.module);
    if (first !== undefined) {
      duplicates.push({ module: fact.module, file: file.path, first: first.file });
      return;
    }
    facts.set(fact.module, fact);
    const saying = readSuppressions(module);
    if (saying.length > 0) suppressions.set(fact.module, { suppressions: saying });
  });
  for (const { module, file, first } of duplicates) {
    terminal.warn(`beamtool: ${visible(`${file}: ${module} was read from ${first} already`)}`);
  }
  const { files, failed } = coverage;
  return {
    input: { graphs: graphsOfImports([...facts.values()], config.groups), program: null, askProgram: null },
    suppressions,
    appOf: new Map(Array.from(facts.values(), ({ module, app }) => [module, app])),
    coverage: { ...coverage, duplicates: duplicates.sort(byFile), fallbacks: [], percent: percentOf(files, failed.length) },
    callsOf: async (modules) => {
      const files = new Set([...modules].flatMap((module) => facts.get(module)?.file ?? []));
      return files.size === 0 ? null : (await import('./read-calls.js')).readCallsOf(args, files, terminal);
    },
  };
}

const MARK = new TextEncoder().encode('beamtool');

/** Few modules have such an attribute, and to decode them all would take as long as the rest. */
function readSuppressions(module: BeamModule): ReturnType<typeof suppressionsOf> {
  const bytes = module.chunk('Attr')?.data;
  if (bytes === undefined || Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(MARK) < 0) return [];
  return suppressionsOf(module.attribute('beamtool'));
}
