// `deps` where it asks more than import tables know: a program is read and asked. It loads on demand, since the plain answer doesn't need it.

import { readFileSync } from 'node:fs';
import { UsageError } from '../errors.js';
import { askDependencies, type DependencyView } from '../graph/dependencies/ask.js';
import type { EdgeChoice } from '../graph/dependencies/build-dependencies.js';
import type { DependencyLevel } from '../graph/dependencies/dependency-graph.js';
import { type ModuleGroup, parseGroups } from '../graph/dependencies/groups.js';
import { isFunctionName } from '../graph/dependencies/named-nodes.js';
import { renderDependenciesJson, renderDependenciesText } from '../report/dependencies.js';
import type { DepsArgs } from './deps-options.js';
import { parseKinds } from './edge-kinds.js';
import { checkGraphFormat, MOST_DRAWN_EDGES, writeGraph } from './graph-formats.js';
import { readProgram } from './program.js';
import type { Terminal } from './terminal.js';

/** Reads the program that the arguments ask for, answers, and resolves to the exit code. */
export async function runDependencies(args: DepsArgs, terminal: Terminal): Promise<number> {
  refuseRepetition(args);
  checkGraphFormat(args.format, args.metrics);
  const level = args.level ?? (args.format === 'svg' ? 'application' : impliedLevel(args));
  const edges = edgeChoice(args, level);
  const view = viewOf(args);
  const source = args.source ?? (needsCalls(args, edges, view) ? 'auto' : 'imports');
  if (source === 'imports') refuseImports(args, edges);
  const mode = source === 'imports' ? ({ mode: 'modules', source: 'tables' } as const) : ({ mode: 'functions', source } as const);
  const references = edges.kinds.size > 1 || !edges.kinds.has('call');
  const { program, coverage, exit } = await readProgram(args, terminal, {
    ...mode,
    builtins: args.builtins,
    otp: args.otp,
    references,
  });
  const sites = args.sites || args.uses.length + args.usedBy.length > 0;
  const question = { ...args, edges, view, sites };
  const whole = askDependencies(program, question);
  const isReduced = args.format === 'svg' && !args.reduce && whole.edges.length > MOST_DRAWN_EDGES;
  const answer = isReduced ? askDependencies(program, { ...question, reduce: true }) : whole;
  if (isReduced) {
    const edgesText = `${whole.edges.length} edges are too many to draw`;
    terminal.warn(`beamtool: ${edgesText}: the picture leaves out those that follow from others, and has each cycle as one node`);
  }
  const report = { ...answer, source, builtins: args.builtins, coverage };
  if (args.format !== 'json' && args.format !== 'text') {
    await writeGraph(args.format, report, terminal);
    return exit;
  }
  const pieces = args.format === 'json' ? renderDependenciesJson(report) : renderDependenciesText(report, terminal.style);
  for (const piece of pieces) await terminal.write(piece);
  return exit;
}

/** yargs makes lists of what is given twice. */
function refuseRepetition({ level, source, config, edges, minConfidence, hops, fewest, why }: DepsArgs): void {
  const single = { level, source, config, edges, 'min-confidence': minConfidence, hops, fewest };
  const repeated = Object.entries(single).find(([, value]) => Array.isArray(value))?.[0];
  if (repeated !== undefined || (why !== undefined && why.length !== 2)) {
    throw new UsageError(`--${repeated ?? 'why'} is given twice: one question at a time`);
  }
  if (!Number.isSafeInteger(hops) || hops < 0) throw new UsageError('--hops takes a number of edges: 0, 1, 2, ...');
}

/** Modules, unless a function is asked about. */
function impliedLevel({ from, to, focus, uses, usedBy, why = [] }: DepsArgs): DependencyLevel {
  return [from, to, focus, uses, usedBy, why].some((names) => names.some(isFunctionName)) ? 'function' : 'module';
}

function edgeChoice(args: DepsArgs, level: DependencyLevel): EdgeChoice {
  return {
    level,
    kinds: parseKinds(args.edges ?? 'call'),
    minConfidence: args.minConfidence,
    unresolved: args.unresolved,
    groups: level === 'group' ? readGroups(args.config) : [],
  };
}

function readGroups(config: string | undefined): readonly ModuleGroup[] {
  if (config === undefined) throw new UsageError('--level group needs --config FILE, which says what the groups are');
  let text: string;
  try {
    text = readFileSync(config, 'utf8');
  } catch (error) {
    throw new UsageError(`${config} can't be read: ${(error as Error).message}`);
  }
  return parseGroups(text, config);
}

function viewOf({ cycles, fewest, metrics, why }: DepsArgs): DependencyView {
  if ([cycles, metrics, why !== undefined].filter(Boolean).length > 1) {
    throw new UsageError('--cycles, --metrics and --why are questions of their own: ask one at a time');
  }
  if (why !== undefined) return { kind: 'why', from: why[0] as string, to: why[1] as string };
  if (cycles) return { kind: 'cycles', fewest };
  return { kind: metrics ? 'metrics' : 'graph' };
}

function needsCalls(args: DepsArgs, { level, kinds, unresolved }: EdgeChoice, view: DependencyView): boolean {
  const isCoarse = level === 'module' || level === 'application';
  const showsPlaces = args.sites || args.uses.length + args.usedBy.length > 0 || view.kind === 'why' || view.kind === 'cycles';
  return !isCoarse || showsPlaces || unresolved || kinds.size > 1 || !kinds.has('call');
}

function refuseImports({ unresolved }: DepsArgs, { level, kinds }: EdgeChoice): void {
  const lacking = [
    ...(level === 'function' ? ['--level function'] : []),
    ...(kinds.size > 1 || !kinds.has('call') ? ['other edges than calls'] : []),
    ...(unresolved ? ['--unresolved'] : []),
  ];
  if (lacking.length > 0) throw new UsageError(`import tables know nothing of ${lacking[0]}: leave out --source imports`);
}
