// Renders what `diff` answers for a person: the releases, a paragraph for each application that differs, and how much was compared.

import type { ApplicationChange } from '../../changes/build-changes.js';
import type { ModuleChange } from '../../changes/module-change.js';
import { visible } from '../visible.js';
import { moduleRows, nameText } from './module-lines.js';
import { countChanges, type DiffReport, hasOtherVersion } from './report.js';

/** How text is marked on a terminal. */
export interface DiffStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

const LABEL = 10;
/** Characters of a row without its label. */
const WIDTH = 110;

/** Renders the answer as text. */
export function renderDiffText(report: DiffReport, style: DiffStyle): string {
  const lines = [
    ...headLines(report),
    ...report.applications.flatMap((one) => applicationLines(one, style)),
    ...report.conflicts.map(({ application, reason }) => `error: ${nameText(application)}: ${visible(reason)}`),
    sumLine(report),
  ];
  return `${lines.join('\n')}\n`;
}

function headLines({ releases, compilers }: DiffReport): readonly string[] {
  const lines = releases.flatMap((one) => (hasOtherVersion(one) ? [releaseText(one)] : []));
  // A side of which nothing could be read tells of no compiler.
  if (compilers !== null && compilers.from.length > 0 && compilers.to.length > 0)
    lines.push(`compiled by OTP ${compilers.from.join(', ')} -> OTP ${compilers.to.join(', ')}`);
  return lines;
}

/** Renders a release and its versions in one line. */
export function releaseText({ release, from, to, ertsFrom, ertsTo }: DiffReport['releases'][number]): string {
  const erts = ertsFrom === ertsTo || from === null || to === null ? '' : `, erts ${visible(`${ertsFrom} -> ${ertsTo}`)}`;
  return `release ${visible(release)} ${versionsText(from, to)}${erts}`;
}

/** Renders two versions. */
export function versionsText(from: string | null, to: string | null): string {
  if (from === to) return visible(from ?? '');
  return visible(`${from ?? '(none)'} -> ${to ?? '(none)'}`);
}

const HEADS: Readonly<Record<ApplicationChange['kind'], string>> = {
  added: '+ ',
  removed: '- ',
  upgraded: '',
  conflicting: '',
  changed: '',
  unchanged: '',
};

/** Renders what became of an application, a line for each module that differs; none where nothing changed. */
export function applicationLines(one: ApplicationChange, style: DiffStyle): readonly string[] {
  const { application, kind, from, to, added, removed, changed, unreadable } = one;
  if (kind === 'unchanged' && unreadable.length === 0) return [];
  const isWhole = kind === 'added' || kind === 'removed';
  const name = application === null ? 'modules' : nameText(application);
  const versions = isWhole ? visible(to ?? from ?? '') : versionsText(from, to);
  const head = `${HEADS[kind]}${style.bold(name)}${versions === '' ? '' : ` ${versions}`}`;
  if (isWhole) return [`${head}${style.dim(` (${plural(added.length + removed.length, 'module')})`)}`];
  return [
    head,
    ...added.map((module) => `  + ${nameText(module)}`),
    ...removed.map((module) => `  - ${nameText(module)}`),
    ...changed.flatMap((change) => moduleLines(change, style)),
    ...unreadable.map((module) => `  ? ${nameText(module)}${style.dim(' (not readable)')}`),
  ];
}

function moduleLines(change: ModuleChange, style: DiffStyle): readonly string[] {
  const note = levelNote(change);
  return [
    `  ~ ${nameText(change.module)}${note === '' ? '' : style.dim(` (${note})`)}`,
    ...moduleRows(change).flatMap(([label, text]) => rowLines(label, text, style)),
  ];
}

/** Breaks a row where one of its items ends. */
function rowLines(label: string, text: string, style: DiffStyle): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const item of text.split(/(?<=, )/)) {
    if (current !== '' && current.length + item.trimEnd().length > WIDTH) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += item;
  }
  lines.push(current);
  return lines.map((line, at) => `      ${style.dim((at === 0 ? label : '').padEnd(LABEL))} ${line}`);
}

/** Says of a module that counts as changed why it may make no difference; empty where it does make one. */
export function levelNote({ level, lineLiteralsOnly }: ModuleChange): string {
  if (level === 'other') return 'docs, lines or debug info only';
  if (level === 'identical') return 'the same chunks in another order, or bytes after them';
  return lineLiteralsOnly ? 'line literals only' : '';
}

/** Says how many applications and modules there are of each kind. */
export function sumLine(report: DiffReport): string {
  const { applications, modules } = countChanges(report);
  const { coverage } = report;
  const failed = coverage.from.failed.length + coverage.to.failed.length;
  const parts = [
    ...Object.entries(applications).flatMap(([what, count]) => (count === 0 ? [] : [`${plural(count, 'application')} ${what}`])),
    `${plural(modules.changed, 'module')} changed, ${modules.added} added, ${modules.removed} removed`,
    `${modules.others} with other docs, lines or debug info only`,
    `${modules.identical} identical`,
    ...(failed === 0 ? [] : [`${plural(failed, 'file')} not readable`]),
  ];
  return parts.join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
