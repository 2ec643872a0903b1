// The answer of a check as Markdown, for the summary of a step or a comment: the verdict, the rules as a table, and a list of what counts.
// GitHub drops a summary of more than 1 MiB whole.

import type { CheckResult, RuleSummary } from '../../rules/model.js';
import { counted } from '../counted.js';
import { code, escaped } from '../diff/markdown.js';
import { countsLine, coverageLine, failureText, placeText } from '../rules/text.js';
import { visible } from '../visible.js';
import { CappedText } from './capped-text.js';
import { type CheckIssue, issuesOf } from './check-issues.js';

const MOST_BYTES = 1_000_000;

/** What the lines at the end are at most. */
const KEPT_BYTES = 2_000;

/** The most rules and fixed findings that a list has. */
const MOST_ROWS = 500;

/** Renders the answer; with `isQuiet` only what makes the check fail. */
export function renderCheckMarkdown(result: CheckResult, isQuiet = false): string {
  const { failures, comparison } = result;
  const issues = issuesOf(result).filter(({ severity }) => !isQuiet || severity === 'error');
  const page = new CappedText(MOST_BYTES);
  page.add(`## Dependencies: ${failures.length > 0 ? 'failed' : 'passed'}\n\n`);
  for (const failure of failures) page.add(`- **${escaped(failureText(failure))}**\n`);
  if (failures.length > 0) page.add('\n');
  if (!isQuiet) page.add(rulesTable(result.rules));
  if (issues.length > 0) page.add('### Findings\n\n');
  page.addAll(
    issues.map(issueItem),
    (count) => `- and ${counted(count, 'more finding')}, which would make this page too long\n`,
    KEPT_BYTES,
  );
  const fixed = isQuiet ? [] : (comparison?.fixed ?? []);
  if (fixed.length > 0 && page.add('\n### Fixed\n\n', KEPT_BYTES)) {
    const items = fixed.slice(0, MOST_ROWS).map(({ rule, text }) => `- ${tableCode(rule)} ${escapedText(text)}\n`);
    page.addAll(items, (count) => `- and ${count} more\n`, KEPT_BYTES);
    if (fixed.length > MOST_ROWS) page.add(`- and ${fixed.length - MOST_ROWS} more\n`);
  }
  page.add(`\n${escaped(countsLine(result))}\n\n${escaped(coverageLine(result))}\n`);
  return page.text;
}

/** GitHub takes an address or a name with `@` for a link even without brackets. */
function escapedText(text: string): string {
  return escaped(visible(text)).replace(/@|:\/\/|\bwww\./g, (sign) =>
    sign === '@' ? '&#64;' : sign.replace(/[:.]/, '$&&#8203;'),
  );
}

/** A bar ends a cell even in code. */
function tableCode(text: string): string {
  return code(visible(text)).replaceAll('|', '\\|');
}

function rulesTable(rules: readonly RuleSummary[]): string {
  const shown = rules.slice(0, MOST_ROWS).map(({ name, severity, counts, comment }) => {
    const cells = [tableCode(name), severity, counts.new, counts.baselined, counts.suppressed, shortComment(comment)];
    return `| ${cells.join(' | ')} |\n`;
  });
  if (shown.length === 0) return '';
  const rest = rules.length > MOST_ROWS ? `\nand ${counted(rules.length - MOST_ROWS, 'more rule')}\n` : '';
  return `| rule | severity | new | baselined | suppressed | |\n|---|---|--:|--:|--:|---|\n${shown.join('')}${rest}\n`;
}

const MOST_OF_COMMENT = 200;

function shortComment(comment: string | null): string {
  if (comment === null) return '';
  const line = comment.replace(/\s+/g, ' ').trim();
  return escapedText(
    line.length > MOST_OF_COMMENT ? `${line.slice(0, MOST_OF_COMMENT).replace(/[\ud800-\udbff]$/, '')}...` : line,
  );
}

function issueItem({ rule, severity, message, details, places, morePlaces, owners }: CheckIssue): string {
  const below = [
    ...details.map(escapedText),
    ...places.filter(({ what }) => what !== '').map((place) => code(placeText(place))),
    ...(morePlaces > 0 ? [`and ${counted(morePlaces, 'more place')}`] : []),
    ...(owners.length > 0 ? [`owned by ${owners.map(code).join(', ')}`] : []),
  ];
  return `- **${severity}** ${code(visible(rule))}: ${escapedText(message)}\n${below.map((line) => `  - ${line}\n`).join('')}`;
}
