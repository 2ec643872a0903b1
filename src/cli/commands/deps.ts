// `beamtool deps`: which functions, modules, applications, releases or groups depend on which. What import tables can answer is answered
// from them at once; the rest loads what it needs.

import { type ImportFacts, readImportFacts } from '../../graph/import-facts.js';
import { buildImportGraph, type ImportLevel } from '../../graph/import-graph.js';
import { type DepsReport, renderDepsJson, renderDepsText } from '../../report/deps.js';
import { visible } from '../../report/visible.js';
import type { Command, CommonArgs } from '../command.js';
import { type DepsArgs, depsOptions } from '../deps-options.js';
import { byFile, forEachModule } from '../modules.js';
import type { Terminal } from '../terminal.js';

export const deps: Command<DepsArgs> = {
  options: depsOptions,

  async run(args, terminal) {
    if (isPlain(args)) return runImports(args, args.level ?? 'module', terminal);
    return (await import('../dependencies.js')).runDependencies(args, terminal);
  },
};

/** Arguments that ask for what import tables say, and no more. */
type PlainArgs = DepsArgs & { readonly level: ImportLevel | undefined };

function isPlain(args: DepsArgs): args is PlainArgs {
  const {
    level = 'module',
    source = 'imports',
    edges = 'call',
    builtins,
    unresolved,
    sites,
    reduce,
    cycles,
    metrics,
    why,
  } = args;
  const { include, exclude, collapse, from, to, focus, uses, usedBy } = args;
  const isNarrowed = [include, exclude, collapse, from, to, focus, uses, usedBy].some((given) => given.length > 0);
  const isMore = isNarrowed || builtins || unresolved || sites || reduce || cycles || metrics || why !== undefined;
  return (
    args.format !== 'svg' &&
    (level === 'module' || level === 'application') &&
    source === 'imports' &&
    edges === 'call' &&
    !isMore
  );
}

async function runImports(args: CommonArgs & Pick<DepsArgs, 'otp'>, level: ImportLevel, terminal: Terminal): Promise<number> {
  const facts = new Map<string, ImportFacts>();
  const duplicates: { module: string; file: string; first: string }[] = [];
  const { coverage, exit } = await forEachModule(args, terminal, (module, file) => {
    const fact = readImportFacts(module, {
      file: file.path,
      app: file.app ?? null,
      otp: args.otp,
      names: level === 'application',
    });
    const first = facts.get(fact.module);
    if (first === undefined) facts.set(fact.module, fact);
    else duplicates.push({ module: fact.module, file: file.path, first: first.file });
  });
  for (const { module, file, first } of duplicates)
    terminal.warn(`beamtool: ${visible(`${file}: ${module} was read from ${first} already`)}`);
  const report: DepsReport = {
    ...buildImportGraph([...facts.values()], level),
    coverage: { ...coverage, duplicates: duplicates.sort(byFile) },
  };
  if (args.format === 'json') await terminal.write(renderDepsJson(report));
  else if (args.format === 'text') await terminal.write(renderDepsText(report, terminal.style));
  else await (await import('../graph-formats.js')).writeGraph(args.format, report, terminal);
  return exit;
}
