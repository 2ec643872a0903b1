// Renders what `diff` answers as Markdown, for a pull request or the notes of a release.

import type { ApplicationChange } from '../../changes/build-changes.js';
import { visible } from '../visible.js';
import { moduleRows, nameText } from './module-lines.js';
import { type DiffReport, hasOtherVersion } from './report.js';
import { levelNote, releaseText, sumLine, versionsText } from './text.js';

/** Renders the answer as Markdown: a heading, the applications as a table, and a list for each that has modules to tell of. */
export function renderDiffMarkdown(report: DiffReport): string {
  const { releases, compilers, conflicts } = report;
  const applications = report.applications.filter(({ kind, unreadable }) => kind !== 'unchanged' || unreadable.length > 0);
  const paragraphs = [
    `## What changed from ${code(visible(report.from))} to ${code(visible(report.to))}`,
    ...releases.filter(hasOtherVersion).map((one) => escaped(releaseText(one))),
    ...(compilers === null ? [] : [`Compiled by OTP ${compilers.from.join(', ')}, then by OTP ${compilers.to.join(', ')}.`]),
    ...conflicts.map(({ application, reason }) => `**Error:** ${code(nameText(application))}: ${escaped(visible(reason))}`),
    ...(applications.length === 0 ? [] : [tableOf(applications)]),
    ...applications.flatMap(applicationParagraphs),
    escaped(sumLine(report)),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** Renders applications as a table. */
export function tableOf(applications: readonly ApplicationChange[]): string {
  const rows = applications.map(({ application, kind, from, to, added, removed, changed }) =>
    [
      // Even in code a bar ends a cell.
      code(applicationName(application)).replaceAll('|', '\\|'),
      kind,
      escaped(versionsText(from, to)),
      added.length,
      removed.length,
      changed.length,
    ].join(' | '),
  );
  return [
    '| application | | version | added | removed | changed |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function applicationName(application: string | null): string {
  return application === null ? '(none)' : nameText(application);
}

function applicationParagraphs({ application, kind, added, removed, changed, unreadable }: ApplicationChange): readonly string[] {
  if (kind === 'added' || kind === 'removed') return [];
  const items = [
    ...added.map((module) => `- added ${code(nameText(module))}`),
    ...removed.map((module) => `- removed ${code(nameText(module))}`),
    ...changed.flatMap((change) => {
      const note = levelNote(change);
      const head = `- changed ${code(nameText(change.module))}${note === '' ? '' : ` (${note})`}`;
      return [head, ...moduleRows(change).map(([label, text]) => `  - ${label}: ${code(text)}`)];
    }),
    ...unreadable.map((module) => `- not readable: ${code(nameText(module))}`),
  ];
  return items.length === 0 ? [] : [`### ${code(applicationName(application))}`, items.join('\n')];
}

/** Renders text as code: with more backquotes around it than are in it. */
export function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

/** Escapes what has a meaning in Markdown. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#&]/g, '\\$&');
}
