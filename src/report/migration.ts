// The answer of `inject-migration`, and its renderer for people: what becomes of each record, in which direction data is lost, what is refused,
// and what to look at before the upgrade.

import type { AddedField, MigrationReport, RecordReport } from '../migrate/model.js';
import type { AppupVerdict } from '../release/appup/module-step.js';
import { formatTerm } from '../term/format.js';
import type { Term } from '../term/model.js';
import { counted } from './counted.js';
import { visible } from './visible.js';

/** What becomes of a module: `inject` and `remove` change its file, the others don't. */
export type MigrationOutcome = 'inject' | 'same' | 'unchanged' | 'no_older' | 'refused' | 'remove';

/** Why a module can't be changed; `file` is the one that stands against it. */
export interface MigrationRefusal {
  readonly code: string;
  readonly file: string;
  readonly reason: string;
}

/** What the appup beside a module does with it. */
export interface AppupAnswer {
  readonly file: string;
  readonly verdicts: readonly AppupVerdict[];
}

/** The answer for one module. */
export interface MigratedModule {
  readonly module: string;
  readonly file: string;
  readonly application: string | null;
  readonly outcome: MigrationOutcome;
  readonly refusal: MigrationRefusal | null;
  readonly migration: MigrationReport | null;
  /** null where there is none, or none is looked for. */
  readonly appup: AppupAnswer | null;
  /** What to look at, beside the warnings of the migration. */
  readonly warnings: readonly string[];
  /** The injected functions as Erlang source, where they are asked for. */
  readonly source: string | null;
  /** Bytes of the file before and after; null where it isn't changed. */
  readonly size: { readonly before: number; readonly after: number } | null;
}

/** The answer for all modules. */
export interface MigrationAnswer {
  readonly mode: 'inject' | 'remove';
  /** Whether the run was to write nothing. */
  readonly dryRun: boolean;
  /** Files that were written. */
  readonly written: readonly string[];
  readonly modules: readonly MigratedModule[];
  /** What concerns the run and no one module. */
  readonly warnings: readonly string[];
  readonly coverage: {
    readonly files: number;
    readonly failed: readonly { readonly file: string; readonly reason: string }[];
    readonly skipped: readonly { readonly file: string; readonly reason: string }[];
    /** Files of modules without attributes. */
    readonly withoutAttributes: readonly string[];
  };
}

/** Styles of text: those of a terminal, or none. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Renders the answer for people; what isn't in it was of no concern. */
export function renderMigrationText(answer: MigrationAnswer, style: Style): string {
  const isDone = answer.written.length > 0;
  const modules = answer.modules.map((module) => `${migratedModuleLines(module, isDone, style).join('\n')}\n`);
  const warnings = answer.warnings.map((warning) => `warning: ${visible(warning)}\n`);
  return [...modules, ...warnings, `${summary(answer)}\n`].join('');
}

/** Renders the functions that the modules get as Erlang source, with the answer in comments above. */
export function renderMigrationSource(answer: MigrationAnswer, style: Style): string {
  const text = renderMigrationText(answer, style).replace(/^/gm, '%% ').replace(/%% $/, '');
  const sources = answer.modules.flatMap((one) => (one.source === null ? [] : [`\n%% ${visible(one.module)}\n${one.source}`]));
  return [text, ...sources].join('');
}

/** Renders what becomes of a module, in lines. */
export function migratedModuleLines(one: MigratedModule, isDone: boolean, style: Style): readonly string[] {
  const outcome = (isDone ? DONE[one.outcome] : undefined) ?? OUTCOMES[one.outcome];
  const head = `${style.bold(visible(one.module))} ${style.dim(`(${visible(one.file)})`)}: ${outcome}`;
  if (one.refusal !== null) return [`${head}: ${refusalText(one.refusal, one.file)}`];
  const body = one.migration === null ? [] : migrationLines(one.migration);
  const warnings = [...(one.migration?.warnings.map(({ text }) => text) ?? []), ...one.warnings];
  return [head, ...body, ...warnings.map((text) => `  warning: ${visible(text)}`)];
}

const OUTCOMES: Readonly<Record<MigrationOutcome, string>> = {
  inject: 'to be injected',
  same: 'injected already',
  unchanged: 'nothing changed',
  no_older: 'a process in none of the older builds',
  refused: 'refused',
  remove: 'to be taken out',
};

const DONE: Readonly<Partial<Record<MigrationOutcome, string>>> = { inject: 'injected', remove: 'taken out' };

function refusalText({ file, reason }: MigrationRefusal, own: string): string {
  return visible(file === own ? reason : `${file}: ${reason}`);
}

function migrationLines(report: MigrationReport): readonly string[] {
  return [...report.records.flatMap(recordLines), `  ${report.callback}: ${userText(report)}`];
}

function recordLines(report: RecordReport): readonly string[] {
  const { from, record, down } = report;
  const formerly = from.record === record ? '' : ` (#${from.record}{} there)`;
  const title = `  #${record}{}${formerly}, from ${vsnText(from.vsn)} (${from.file})`;
  const lines = [
    line('copied', report.copied),
    line(
      'renamed',
      report.renamed.map((one) => `${one.old} -> ${one.new}`),
    ),
    line('converted', [
      ...report.converted.map(({ field, by }) => `${field} by ${by}`),
      ...report.nested.map(({ field, records }) => `${field} (${records.map((name) => `#${name}{}`).join(', ')})`),
    ]),
    line('added', report.added.map(addedText)),
    line('dropped', report.dropped),
    line('on the way down added', down.added.map(addedText)),
    line('on the way down dropped', down.dropped),
    ...report.proposals.map(
      (one) => `renamed? ${one.old} -> ${one.new} (same ${one.because.join(', ')}): --rename ${record}.${one.old}=${one.new}`,
    ),
  ];
  return [title, ...lines.filter((text) => text !== undefined).map((text) => `    ${text}`)].map(visible);
}

function line(title: string, items: readonly string[]): string | undefined {
  return items.length === 0 ? undefined : `${title}: ${items.join(', ')}`;
}

function addedText({ field, default: value }: AddedField): string {
  return `${field} = ${value}`;
}

function vsnText(vsn: Term | undefined): string {
  return vsn === undefined ? 'no version' : `vsn ${formatTerm(vsn)}`;
}

function userText({ user, extendsExtra }: MigrationReport): string {
  if (user === 'absent') return 'generated';
  if (user === 'private') return "generated; the module's own isn't exported, and never called";
  return `the module's own is called with the new state${extendsExtra ? '; Extra gets {old_state, State}' : ''}`;
}

function summary({ mode, modules, written, dryRun, coverage }: MigrationAnswer): string {
  const count = (outcome: MigrationOutcome) => modules.filter((one) => one.outcome === outcome).length;
  const changed = count(mode);
  if (modules.length === 0) return `${NOTHING[mode]}, ${counted(coverage.files, 'module')} read`;
  const verb = mode === 'inject' ? 'injected into' : 'taken out of';
  const isDone = written.length > 0 || changed === 0;
  const did = isDone
    ? `${verb} ${counted(changed, 'module')}`
    : `${dryRun ? 'to be ' : 'not '}${verb} ${counted(changed, 'module')}`;
  const rest = REST.flatMap(([outcome, text]) => (count(outcome) === 0 ? [] : [`${count(outcome)} ${text}`]));
  return [did, ...rest, `${counted(coverage.files, 'module')} read`].join(', ');
}

const NOTHING = {
  inject: 'no module declares the record of its state: -state_record(Name)',
  remove: 'no module has injected code',
};

const REST: readonly (readonly [MigrationOutcome, string])[] = [
  ['same', 'injected already'],
  ['unchanged', 'unchanged'],
  ['no_older', 'new'],
  ['refused', 'refused'],
];
