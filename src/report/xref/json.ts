// Renderers of `xref` and `query` as JSON; docs/json.md lists the keys.

import type { Finding } from '../../graph/analyses/findings.js';
import { type AnalysisReport, isRefusal, type QueryReport, type Refusal } from '../../graph/analyses/report.js';
import { formatTerm } from '../../term/format.js';
import { isAtom, isInteger, isTuple, properList, type Term, type Tuple } from '../../term/model.js';
import { renderJson } from '../json.js';
import type { ReadCoverage } from './coverage.js';

/** How the program was read. */
export interface ReadSettings {
  readonly mode: string;
  readonly source: string;
  readonly builtins: boolean;
  /** null: for each module the release that compiled it. */
  readonly otp: number | null;
  readonly ignore: string;
}

/** Renders `beamtool-xref/1`. */
export function renderXrefJson(settings: ReadSettings, analyses: readonly AnalysisReport[], coverage: ReadCoverage): string {
  const rows = analyses.map(({ name, argument, result }) => ({
    analysis: name,
    argument: argument === undefined ? null : formatTerm(argument),
    error: isRefusal(result) ? errorRow(result) : null,
    findings: isRefusal(result) ? [] : result.findings.map(findingRow),
  }));
  return renderJson({ schema: 'beamtool-xref/1', ...settings, coverage: coverageRow(coverage), analyses: rows });
}

/** Renders `beamtool-query/1`. */
export function renderQueryJson(settings: ReadSettings, queries: readonly QueryReport[], coverage: ReadCoverage): string {
  const rows = queries.map(({ query, result }) => ({
    query,
    error: isRefusal(result) ? errorRow(result) : null,
    answer: isRefusal(result) ? null : answerRow(result.answer),
  }));
  return renderJson({ schema: 'beamtool-query/1', ...settings, coverage: coverageRow(coverage), queries: rows });
}

function errorRow({ error }: Refusal): object {
  const { message, term, at } = error;
  return { message, term: formatTerm(term, { mode: 'p', encoding: 'latin1' }), at: at === undefined ? null : [at.start, at.end] };
}

function findingRow(finding: Finding): object {
  const { file, sites } = finding;
  const label = { class: finding.class ?? null, detail: finding.detail ?? null };
  const place = { file, sites: sites.map(({ line, column }) => ({ line, column: column === 0 ? null : column })) };
  switch (finding.kind) {
    case 'call':
      return { from: finding.from, to: finding.to, ...label, ...place };
    case 'function':
      return { function: finding.function, ...label, ...place };
    case 'name':
      return { name: finding.name, ...label, ...place };
  }
}

/** Sorted, so that the order of the input makes no difference. */
function coverageRow({ files, failed, skipped, modules, fallbacks, duplicates }: ReadCoverage): object {
  return {
    files,
    modules,
    failed: byFile(failed),
    skipped: byFile(skipped),
    fallbacks: byFile(fallbacks),
    duplicates: byFile(duplicates),
  };
}

function byFile<T extends { readonly file: string }>(rows: readonly T[]): readonly T[] {
  return [...rows].sort((left, right) => (left.file < right.file ? -1 : left.file > right.file ? 1 : 0));
}

/** Functions are `m:f/1`, calls `{from, to}`, with `lines` where it is about lines; components are arrays. */
function answerRow(answer: Term): unknown {
  if (isInteger(answer)) return Number(answer);
  if (isAtom(answer)) return answer.name;
  const items = properList(answer);
  if (items !== undefined) return items.map(answerRow);
  if (!isTuple(answer)) return formatTerm(answer);
  if (answer.items.length === 3) return functionText(answer);
  const [left, right] = answer.items as readonly [Term, Term];
  if (isInteger(right)) return { function: answerRow(left), line: Number(right) };
  const lines = isTuple(left, 2) ? properList(right) : undefined;
  if (lines !== undefined) return { ...(answerRow(left) as object), lines: lines.map(Number) };
  return { from: answerRow(left), to: answerRow(right) };
}

function functionText({ items }: Tuple): string {
  return `${answerRow(items[0] as Term)}:${answerRow(items[1] as Term)}/${items[2]}`;
}
