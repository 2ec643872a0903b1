// Renders what `deps diff` answers: as text, and as the JSON that docs/json.md describes.

import type { DependencyChanges } from '../../affected/compare-dependencies.js';
import type { Coupling, KnownEdge } from '../../affected/read-dependencies.js';
import type { EdgeKind } from '../../graph/dependencies/build-dependencies.js';
import type { DependencyLevel } from '../../graph/dependencies/dependency-graph.js';
import { counted } from '../counted.js';
import type { BuildCoverage } from '../diff/report.js';
import type { DiffStyle } from '../diff/text.js';
import { visible } from '../visible.js';

/** An answer. */
export interface DependencyChangesReport extends DependencyChanges {
  readonly base: string;
  readonly head: string;
  readonly level: DependencyLevel;
  readonly source: string;
  /** The kinds of dependencies that were looked at. */
  readonly kinds: readonly EdgeKind[];
  readonly coverage: { readonly base: BuildCoverage; readonly head: BuildCoverage };
}

/** Returns the answer as it is printed. */
export function dependencyChangesJson(report: DependencyChangesReport): unknown {
  const { base, head, level, source, kinds, nodes, edges, cycles, undefinedCalls, unresolved, metrics, coverage } = report;
  const settings = { schema: 'beamtool-deps-diff/1', base, head, level, source, kinds };
  return { ...settings, nodes, edges, cycles, undefinedCalls, unresolved, metrics, coverage };
}

/** Renders the answer, a line at a time. */
export function* renderDependencyChanges(report: DependencyChangesReport, style: DiffStyle): Generator<string> {
  const { level, nodes, edges, cycles, undefinedCalls, unresolved, metrics } = report;
  yield* section(`${level}s`, [...signed('+', nodes.added, visible), ...signed('-', nodes.removed, visible)], style);
  const edge = (one: KnownEdge) => `${visible(one.from)} -> ${visible(one.to)}${kindsText(one.kinds)}`;
  const other = edges.changed.map(
    ({ from, to, kinds }) => `~ ${visible(from)} -> ${visible(to)}: ${kinds.from.join()} -> ${kinds.to.join()}`,
  );
  yield* section('edges', [...signed('+', edges.added, edge), ...signed('-', edges.removed, edge), ...other], style);
  yield* section('cycles', cycleLines(cycles), style);
  const call = (one: { readonly from: string; readonly to: string }) => `${visible(one.from)} -> ${visible(one.to)}`;
  const { added = [], removed = [] } = undefinedCalls ?? {};
  yield* section('undefined calls', [...signed('+', added, call), ...signed('-', removed, call)], style);
  if (unresolved !== null && unresolved.from.calls !== unresolved.to.calls)
    yield* section('unresolved calls', [`${unresolved.from.calls} -> ${unresolved.to.calls}`], style);
  yield* section(
    'metrics',
    metrics.map(({ id, from, to }) => `~ ${visible(id)}: ${couplingText(from, to)}`),
    style,
  );
  yield `${sumLine(report)}\n`;
}

function* section(head: string, lines: readonly string[], { bold }: DiffStyle): Generator<string> {
  if (lines.length === 0) return;
  yield `${bold(head)}\n`;
  for (const line of lines) yield `  ${line}\n`;
}

function signed<Item>(sign: string, items: readonly Item[], text: (item: Item) => string): readonly string[] {
  return items.map((item) => `${sign} ${text(item)}`);
}

function kindsText(kinds: readonly EdgeKind[]): string {
  return kinds.length === 1 && kinds[0] === 'call' ? '' : ` (${kinds.join(', ')})`;
}

function cycleLines({ added, removed, changed }: DependencyChanges['cycles']): readonly string[] {
  const names = (nodes: readonly string[]) => nodes.map(visible).join(', ');
  const grown = changed.map((cycle) => {
    const parts = [...signed('+', cycle.added, visible), ...signed('-', cycle.removed, visible)];
    return `~ ${names(cycle.nodes)}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
  });
  return [...signed('+', added, names), ...signed('-', removed, names), ...grown];
}

function couplingText(from: Coupling, to: Coupling): string {
  const change = (what: string, old: number, now: number) => (old === now ? [] : [`${what} ${old} -> ${now}`]);
  return [...change('fan-in', from.fanIn, to.fanIn), ...change('fan-out', from.fanOut, to.fanOut)].join(', ');
}

function sumLine({ edges, cycles, undefinedCalls }: DependencyChangesReport): string {
  const parts = [
    `${counted(edges.added.length, 'edge')} added, ${edges.removed.length} removed, ${edges.changed.length} of other kinds`,
    `${counted(cycles.added.length, 'cycle')} added, ${cycles.removed.length} removed, ${cycles.changed.length} changed`,
    ...(undefinedCalls === null
      ? []
      : [`${counted(undefinedCalls.added.length, 'undefined call')} added, ${undefinedCalls.removed.length} removed`]),
  ];
  return parts.join('; ');
}
