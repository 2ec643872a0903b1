// The answer of a check for people: what is new, a paragraph for each finding, what is wrong with the baseline, and what was checked. Places stand
// one on a line as `file:line:column: what`, as compilers print theirs.

import type { CheckResult, Failure, FaultyEntry, Finding, Place, Severity } from '../../rules/model.js';
import { counted } from '../counted.js';
import type { TextStyle } from '../dependencies-text.js';
import { visible } from '../visible.js';

/** How to set off parts of a line. */
export interface CheckStyle extends TextStyle {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** Renders the answer, in pieces; `isQuiet`: only what makes the check fail. */
export function* renderCheckText(result: CheckResult, style: CheckStyle, isQuiet = false): Generator<string> {
  const { findings, baseline, comparison } = result;
  const shown = findings.filter(({ status, severity }) => status === 'new' && (!isQuiet || severity === 'error'));
  for (const finding of shown) yield `${findingLines(finding, style).join('\n')}\n`;
  for (const entry of baseline?.faulty ?? []) yield `${faultyLine(baseline?.file ?? '', entry, style)}\n`;
  for (const { rule, text } of isQuiet ? [] : (comparison?.fixed ?? []))
    yield `fixed ${style.bold(visible(rule))}: ${visible(text)}\n`;
  if (!isQuiet) yield `${[countsLine(result), coverageLine(result)].join('\n')}\n`;
  for (const failure of result.failures) yield `${style.red('failed')}: ${failureText(failure)}\n`;
}

function findingLines(finding: Finding, style: CheckStyle): readonly string[] {
  const { severity, rule, message, places, placeCount, owners } = finding;
  const owned = owners.length === 0 ? '' : style.dim(` (${owners.map(visible).join(', ')})`);
  const known = places.filter(({ kind }) => kind === 'source').length;
  const more = placeCount - known;
  return [
    `${severityText(severity, style)} ${style.bold(visible(rule))}: ${visible(message)}${owned}`,
    ...findingDetails(finding).map((line) => `  ${line}`),
    ...places.map((place) => `  ${placeText(place)}`),
    ...(more > 0 && known > 0 ? [style.dim(`  and ${counted(more, 'more place')}`)] : []),
  ];
}

function severityText(severity: Severity, style: CheckStyle): string {
  return severity === 'error' ? style.red(severity) : severity === 'warning' ? style.yellow(severity) : severity;
}

/** Says what one line can't hold: the steps of a chain, how a cycle is broken, and what became of it. */
export function findingDetails(finding: Finding): readonly string[] {
  if (finding.kind === 'edge' && finding.chain !== null && finding.chain.length > 2)
    return [`by ${finding.chain.map(visible).join(' -> ')}`];
  if (finding.kind !== 'cycle') return [];
  const { cut, isFewest, change } = finding;
  const edges = cut.slice(0, EDGES_SHOWN).map(({ from, to }) => `${visible(from)} -> ${visible(to)}`);
  const more = cut.length > edges.length ? ` and ${cut.length - edges.length} more` : '';
  return [
    ...(change === null ? [] : [`the one of the baseline has ${change.kind}: ${changeText(change.added, change.removed)}`]),
    ...(cut.length === 0
      ? []
      : [`without ${edges.join(', ')}${more} there is none${isFewest ? ' (the fewest edges possible)' : ''}`]),
  ];
}

const EDGES_SHOWN = 5;

function changeText(added: readonly string[], removed: readonly string[]): string {
  const parts = [
    ...(added.length === 0 ? [] : [`added ${added.map(visible).join(', ')}`]),
    ...(removed.length === 0 ? [] : [`without ${removed.map(visible).join(', ')}`]),
  ];
  return parts.join('; ');
}

/** Returns `file:line:column: what`. */
export function placeText({ file, line, column, what }: Place): string {
  return `${visible(file)}${line === null ? '' : `:${line}`}${column === null ? '' : `:${column}`}: ${visible(what)}`;
}

const BECAME = { grown: 'it has grown', shrunk: 'it has shrunk: --prune', changed: 'it has changed' } as const;

function faultyLine(file: string, entry: FaultyEntry, style: CheckStyle): string {
  const { kind, rule, text, line } = entry;
  return `${style.red(kind)} ${visible(file)}:${line}: ${style.bold(visible(rule))}: ${visible(text)} (${faultyReason(entry)})`;
}

/** Says why an entry of the baseline fails the check. */
export function faultyReason({ kind, expires, change }: FaultyEntry): string {
  if (kind === 'expired') return `since ${expires}`;
  return change === null ? 'there is none any more: --prune' : BECAME[change];
}

/** Says how much was found, in a line. */
export function countsLine({ counts, rules, comparison }: CheckResult): string {
  const found = [
    ...(counts.new.error > 0 ? [counted(counts.new.error, 'error')] : []),
    ...(counts.new.warning > 0 ? [counted(counts.new.warning, 'warning')] : []),
    ...(counts.new.info > 0 ? [`${counts.new.info} info`] : []),
  ];
  const parts = [
    `${counted(rules.length, 'rule')}: ${found.length === 0 ? 'nothing new found' : found.join(', ')}`,
    ...(counts.baselined > 0 ? [`${counts.baselined} in the baseline`] : []),
    ...(counts.suppressed > 0 ? [`${counts.suppressed} suppressed`] : []),
    ...(counts.old > 0 ? [`${counts.old} in the base as well`] : []),
    ...(counts.withoutPlace > 0 ? [`${counts.withoutPlace} without a place in the source`] : []),
    ...(comparison === null ? [] : [`added ${comparison.added}, fixed ${comparison.fixed.length}`]),
  ];
  return parts.join('; ');
}

/** Says what was read, in a line. */
export function coverageLine({ coverage, settings }: CheckResult): string {
  const { files, failed, skipped, duplicates, fallbacks, percent } = coverage;
  const parts = [`${counted(files, 'module')} read`];
  if (failed.length > 0) parts.push(`${failed.length} not readable (coverage ${percent} %)`);
  if (skipped.length > 0) parts.push(`${skipped.length} left out`);
  if (duplicates.length > 0) parts.push(counted(duplicates.length, 'duplicate module'));
  if (fallbacks.length > 0) parts.push(`${fallbacks.length} from code instead of abstract code`);
  const source =
    settings.source === 'imports' ? 'import tables' : settings.source === 'auto' ? 'calls' : `calls in ${settings.source}`;
  return `${parts.join(', ')}; from ${source}, BIFs ${settings.builtins ? 'counted' : 'left out'}`;
}

/** Says in a sentence why the check fails. */
export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case 'findings':
      return `${counted(failure.errors, 'error')}${failure.allowed > 0 ? `, and at most ${failure.allowed} are allowed` : ''}`;
    case 'stale':
      return `the baseline has ${failure.entries} stale ${failure.entries === 1 ? 'entry' : 'entries'}`;
    case 'expired':
      return `the baseline has ${failure.entries} expired ${failure.entries === 1 ? 'entry' : 'entries'}`;
    case 'coverage':
      return `coverage is ${failure.percent} %, less than ${failure.least} %`;
  }
}
