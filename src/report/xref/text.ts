// Renderers of `xref` and `query` for people: one finding, or one item of an answer, a line.
//
//   undefined_function_calls: 1
//     src/shop.erl:12:3: shop:buy/1 -> shop_db:put/2 (also 15:7)

import { type Finding, findingText } from '../../graph/analyses/findings.js';
import type { AnalysisReport, QueryReport } from '../../graph/analyses/report.js';
import { isRefusal } from '../../graph/analyses/report.js';
import { formatTerm } from '../../term/format.js';
import { isAtom, isInteger, isTuple, properList, type Term, type Tuple } from '../../term/model.js';
import { classCounts, exportPhrase } from '../explained-exports.js';
import { visible } from '../visible.js';

/** How to write what stands out. */
export interface TextStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Renders an analysis: its name with the number of findings, then these; nothing where the question was refused. */
export function renderAnalysisText({ name, argument, result }: AnalysisReport, style: TextStyle): string {
  if (isRefusal(result)) return '';
  const { findings } = result;
  const title = style.bold(visible(argument === undefined ? name : `${name}=${argumentText(argument)}`));
  const counts = classCounts(findings);
  return `${title}: ${findings.length}${counts === '' ? '' : ` (${counts})`}\n${findings.map((finding) => `  ${renderFinding(finding, style)}\n`).join('')}`;
}

function argumentText(argument: Term): string {
  if (isTuple(argument, 3)) return itemText(argument);
  const items = properList(argument);
  if (items === undefined || items.length === 0 || items.every(isInteger)) return formatTerm(argument);
  return `[${items.map(itemText).join(', ')}]`;
}

function renderFinding(finding: Finding, style: TextStyle): string {
  const [first, ...others] = finding.sites;
  const place = finding.file === null ? '' : `${finding.file}${first === undefined ? '' : `:${siteText(first)}`}: `;
  const also = others.length === 0 ? '' : ` (also ${others.map(siteText).join(', ')})`;
  const label = finding.class === undefined ? '' : ` (${exportPhrase(finding.class, finding.detail ?? null)})`;
  return `${style.dim(visible(place))}${visible(findingText(finding))}${style.dim(also)}${style.dim(visible(label))}`;
}

function siteText({ line, column }: { readonly line: number; readonly column: number }): string {
  return column === 0 ? `${line}` : `${line}:${column}`;
}

/** Renders an answer: one item a line; nothing where the question was refused. */
export function renderAnswerText({ result }: QueryReport): string {
  if (isRefusal(result)) return '';
  const items = properList(result.answer);
  return (items ?? [result.answer]).map((item) => `${visible(itemText(item))}\n`).join('');
}

/**
 * Writes an item of an answer: `m:f/1`, `m`, `a -> b`, `a -> b: 10, 12` for a call with lines, `m:f/1: 10` for a function with its line,
 * `[a, b]` for a component or lines.
 */
function itemText(item: Term): string {
  if (isAtom(item)) return item.name;
  const items = properList(item);
  if (items !== undefined) return `[${items.map(itemText).join(', ')}]`;
  if (!isTuple(item)) return formatTerm(item);
  if (item.items.length === 3) return functionText(item);
  const [left, right] = item.items as readonly [Term, Term];
  if (isInteger(right)) return `${itemText(left)}: ${right}`;
  const lines = isTuple(left, 2) ? properList(right) : undefined;
  return lines === undefined ? `${itemText(left)} -> ${itemText(right)}` : `${itemText(left)}: ${lines.join(', ')}`;
}

function functionText({ items }: Tuple): string {
  return `${itemText(items[0] as Term)}:${itemText(items[1] as Term)}/${items[2]}`;
}
