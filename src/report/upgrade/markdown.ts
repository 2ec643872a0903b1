// Renders an upgrade as one page of Markdown: for those who install it, and for those who are asked whether they may.

import type { RelupEntry } from '../../release/relup/make-relup.js';
import { formatTerm } from '../../term/format.js';
import { code, escaped, tableOf } from '../diff/markdown.js';
import { nameText } from '../diff/module-lines.js';
import { visible } from '../visible.js';
import { migratedModules, remarkText, type UpgradeReport } from './report.js';

/** Renders the page. */
export function renderUpgradeMarkdown(report: UpgradeReport): string {
  const { now, olds } = report;
  const from = olds.map(({ vsn }) => vsn).join(', ');
  const paragraphs = [
    `# ${escaped(visible(`${now.name} ${from} to ${now.vsn}`))}`,
    ...changeParagraphs(report),
    ...migrationParagraphs(report),
    ...warningParagraphs(report),
    ...installParagraphs(report),
    ...scriptParagraphs(report),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function changeParagraphs({ changes, olds, now }: UpgradeReport): readonly string[] {
  return changes.flatMap((change, at) => {
    const { vsn = '', erts = '' } = olds[at] ?? {};
    const applications = change.applications.filter(({ kind }) => kind !== 'unchanged');
    const runtime = erts === now.erts ? '' : ` The runtime changes from erts ${erts} to ${now.erts}: the node is restarted.`;
    const modules = applications.flatMap(({ kind, changed }) =>
      kind === 'upgraded' ? changed.map(({ module }) => code(nameText(module))) : [],
    );
    return [
      `## Changes since ${escaped(visible(vsn))}`,
      ...(runtime === '' ? [] : [escaped(visible(runtime.trim()))]),
      applications.length === 0 ? 'No application.' : tableOf(applications),
      ...(modules.length === 0 ? [] : [`Changed modules: ${some(modules)}.`]),
    ];
  });
}

/** A row for each record and older build; what is copied isn't told. */
function migrationParagraphs(report: UpgradeReport): readonly string[] {
  const rows = migratedModules(report).flatMap(({ module, migration }) =>
    (migration?.records ?? []).map(({ record, from, added, dropped, renamed, converted }) =>
      [
        code(nameText(module)),
        code(`#${visible(record)}{}`),
        from.vsn === undefined ? '' : code(visible(formatTerm(from.vsn))),
        added.map(({ field, default: value }) => code(visible(`${field} = ${value}`))).join(', '),
        dropped.map((field) => code(visible(field))).join(', '),
        [
          ...renamed.map((one) => code(visible(`${one.old} -> ${one.new}`))),
          ...converted.map(({ field, by }) => code(visible(`${field} by ${by}`))),
        ].join(', '),
      ]
        .map((cell) => cell.replaceAll('|', '\\|'))
        .join(' | '),
    ),
  );
  if (rows.length === 0) return [];
  const table = [
    '| module | record | from vsn | added | dropped | renamed, converted |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ];
  return [
    '## State of running processes',
    'Converted by code that beamtool put into these modules; on the way down, what was added is dropped, and what was dropped has its default.',
    table.join('\n'),
  ];
}

function warningParagraphs(report: UpgradeReport): readonly string[] {
  const items = report.warnings.map((warning) => `- ${escaped(visible(remarkText(warning)))}`);
  return items.length === 0 ? [] : ['## Look at before the upgrade', items.join('\n')];
}

/** The calls are those of the manual page of release_handler. */
function installParagraphs({ now, olds }: UpgradeReport): readonly string[] {
  const { name, vsn } = now;
  const text = (value: string) => JSON.stringify(value);
  const olders = olds.map((one) => one.vsn);
  return [
    '## Install',
    `Copy ${code(`${name}-${vsn}.tar.gz`)} into ${code('releases')} of the node, and let the node call:`,
    fenced(
      [
        `{ok, ${text(vsn)}} = release_handler:unpack_release(${text(`${name}-${vsn}`)}),`,
        `{ok, _, _} = release_handler:install_release(${text(vsn)}),`,
        `ok = release_handler:make_permanent(${text(vsn)}).`,
      ],
      'erlang',
    ),
    `A start script of rebar3 does all of it: ${code(`bin/${name} upgrade ${vsn}`)}. Back: ${olders
      .map((older) => code(`release_handler:install_release(${text(older)})`))
      .join(' or ')}.`,
    `Where an instruction fails, the node restarts with the release that is permanent. Unpacking keeps files that are there: a start script that has ` +
      `its version written into it, as those of rebar3 have, stays the old one. ${code(`bin/${name} upgrade`)} replaces it; otherwise, after ` +
      `make\\_permanent: ${code(`cp bin/${name}-${vsn} bin/${name}`)}.`,
  ];
}

function scriptParagraphs({ relup }: UpgradeReport): readonly string[] {
  if (relup === null) return [];
  const paragraph = (title: string, { script }: RelupEntry) => [
    `### ${escaped(visible(title))}`,
    fenced(shortened(script.map((term) => visible(formatTerm(term)))), 'erlang'),
  ];
  return [
    '## Instructions',
    ...relup.up.flatMap((entry) => paragraph(`Up from ${entry.vsn}`, entry)),
    ...relup.down.flatMap((entry) => paragraph(`Down to ${entry.vsn}`, entry)),
  ];
}

const MOST_LINES = 30;

function shortened(lines: readonly string[]): readonly string[] {
  const rest = lines.length - MOST_LINES;
  return rest <= 1 ? lines : [...lines.slice(0, MOST_LINES), `%% and ${rest} more, in the file relup`];
}

const MOST_NAMES = 40;

function some(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return rest <= 1 ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${rest} more`;
}

/** More backquotes than are in the text. */
function fenced(lines: readonly string[], language: string): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
