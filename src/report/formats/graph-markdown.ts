// The graph of `deps` as Markdown: a picture where it is small, then what was asked for as a table or list. At most 1 000 KB, which GitHub shows.

import type { AnswerCycle, DependencyAnswer } from '../../graph/dependencies/ask.js';
import { counted } from '../counted.js';
import { code } from '../diff/markdown.js';
import { visible } from '../visible.js';
import { CappedText } from './capped-text.js';
import type { GraphReport, ReportEdge } from './graph-report.js';
import { renderMermaid } from './mermaid.js';

const MOST_BYTES = 1_000_000;
const KEPT_BYTES = 1_000;

/** A picture of more edges than this says nothing. */
const MOST_DRAWN = 60;

/** Renders the graph. */
export function renderGraphMarkdown(report: GraphReport): string {
  const { level, nodes, edges, coverage, cycles, why, metrics } = report;
  const page = new CappedText(MOST_BYTES);
  page.add(`## Dependencies of ${level}s\n\n`);
  if (metrics === undefined && edges.length > 0 && edges.length <= MOST_DRAWN) {
    page.add(`\`\`\`mermaid\n${renderMermaid(report)}\`\`\`\n\n`);
  }
  if (cycles !== undefined) addCycles(page, cycles, level);
  else if (why !== undefined) addChain(page, why);
  else if (metrics !== undefined)
    addTable(page, ['node', 'fan-in', 'fan-out', 'instability', 'functions'], metrics.map(metricRow));
  else addTable(page, ['from', 'to', 'functions', 'kinds'], firstRows(edges));
  const more = coverage.failed.length > 0 ? `, ${counted(coverage.failed.length, 'file')} not readable` : '';
  page.add(
    `\n${counted(coverage.files, 'module')} read, ${counted(nodes.length, level)}, ${counted(edges.length, 'edge')}${more}\n`,
  );
  return page.text;
}

/** No row is shorter than this, so no more of them go in. */
const SHORTEST_ROW = 20;

function firstRows(edges: GraphReport['edges']): readonly string[] {
  const rows: string[] = [];
  for (const edge of edges) {
    if (rows.length * SHORTEST_ROW > MOST_BYTES) rows.push('');
    else rows.push(edgeRow(edge));
  }
  return rows;
}

function edgeRow({ from, to, functions, kinds }: ReportEdge): string {
  return row([cell(from), cell(to), functions, (kinds ?? ['call']).join(', ')]);
}

type Metrics = NonNullable<DependencyAnswer['metrics']>[number];

function metricRow({ id, fanIn, fanOut, instability, functions }: Metrics): string {
  return row([cell(id), fanIn, fanOut, instability === null ? '-' : instability.toFixed(2), functions ?? '-']);
}

/** A bar ends a cell even in code. */
function cell(text: string): string {
  return code(visible(text)).replaceAll('|', '\\|');
}

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |\n`;

function addTable(page: CappedText, titles: readonly string[], rows: readonly string[]): void {
  page.add(`${row(titles)}|${titles.map(() => '---').join('|')}|\n`);
  page.addAll(rows, (count) => `\nand ${counted(count, 'more row')}, which would make this page too long\n`, KEPT_BYTES);
}

function addCycles(page: CappedText, cycles: readonly AnswerCycle[], level: string): void {
  if (cycles.length === 0) page.add('No cycles.\n');
  const items = cycles.map(({ nodes, cut }) => {
    const edges = cut.map(({ from, to }) => code(visible(`${from} -> ${to}`)));
    const members = nodes.map((node) => code(visible(node)));
    return `- cycle of ${nodes.length} ${level}s: ${members.join(', ')}\n  - without ${edges.join(', ')} there is none\n`;
  });
  page.addAll(items, (count) => `- and ${counted(count, 'more cycle')}, which would make this page too long\n`, KEPT_BYTES);
}

function addChain(page: CappedText, { from, to, steps }: NonNullable<GraphReport['why']>): void {
  const [start, end] = [code(visible(from)), code(visible(to))];
  if (steps === null) {
    page.add(`${start} doesn't depend on ${end}.\n`);
    return;
  }
  page.add(`${start} depends on ${end}:\n\n`);
  const items = steps.map((step, at) => `${at + 1}. ${code(visible(`${step.from} -> ${step.to}`))}\n`);
  page.addAll(items, (count) => `\nand ${counted(count, 'more step')}\n`, KEPT_BYTES);
}
