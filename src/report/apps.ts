// What `apps` answers, and its renderers as text: pure functions from what was found of applications to paragraphs, or to the terms of
// corrected lists. As JSON it is in apps-json.ts.

import type {
  ApplicationCall,
  CheckedApplication,
  CheckedApplications,
  QualifiedFunction,
  UndeclaredApplication,
} from '../graph/applications/check-applications.js';
import type { CorrectedList } from '../graph/applications/correct-list.js';
import type { FindingKind, ReleaseMismatch } from '../graph/applications/findings.js';
import type { RelFile } from '../graph/applications/rel-file.js';
import { formatAtom } from '../term/format-token.js';
import { visible } from './visible.js';

/** What was read for `apps`, how, and what wasn't. */
export interface AppsCoverage {
  /** Beams that were read. */
  readonly files: number;
  /** `.app` files that were read. */
  readonly appFiles: number;
  readonly relFiles: number;
  readonly failed: readonly { readonly file: string; readonly reason: string }[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** How many modules each reader made the facts of. */
  readonly modules: { readonly abstract: number; readonly code: number; readonly tables: number };
  readonly fallbacks: readonly { readonly module: string; readonly file: string; readonly reason: string }[];
  readonly duplicates: readonly { readonly module: string; readonly file: string; readonly first: string }[];
  /** `.app` files left out, since their application has another one. */
  readonly duplicateAppFiles: readonly { readonly file: string; readonly first: string }[];
}

/** What `apps` answers. */
export interface AppsReport extends CheckedApplications {
  readonly releases: readonly RelFile[];
  readonly releaseMismatches: readonly ReleaseMismatch[];
  readonly counts: Readonly<Record<FindingKind, number>>;
  /** null unless they were asked for. */
  readonly corrected: readonly CorrectedList[] | null;
  readonly coverage: AppsCoverage;
}

/** How text is marked on a terminal. */
export interface AppsStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Callers of one function that text names; the rest is counted. */
const CALLERS_SHOWN = 3;

const PLAIN_STYLE: AppsStyle = { bold: (text) => text, dim: (text) => text };

/** Renders a paragraph for each application that something was found of, then circles and releases, then how much was read. */
export function renderAppsText(report: AppsReport, style: AppsStyle = PLAIN_STYLE): string {
  const lines = report.applications.flatMap((one) => applicationLines(one, style));
  for (const { path } of report.cycles) lines.push(`circle in the order of starting: ${path.map(nameText).join(' -> ')}`);
  for (const { release, application, released, found } of report.releaseMismatches)
    lines.push(
      `${visible(release)}: ${nameText(application)} is "${visible(released)}" there and ${found === null ? 'without a version' : `"${visible(found)}"`} here`,
    );
  lines.push(...coverageLines(report));
  return `${lines.join('\n')}\n`;
}

function applicationLines(one: CheckedApplication, style: AppsStyle): readonly string[] {
  const { application, undeclared, unused, unknown, missingModules, unlistedModules, mismatches } = one;
  const { name, file, path } = application;
  const lines = undeclared.flatMap((use) => undeclaredLines(use, style));
  for (const { application: used, key, isCompiled } of unused)
    lines.push(
      `unused: ${nameText(used)}${key === 'applications' ? '' : ` of ${key}`}${isCompiled ? ', but by the compiler' : ''}`,
    );
  const untold = unknown.filter((used) => used !== 'kernel' && used !== 'stdlib');
  if (untold.length > 0) lines.push(`not among the input: ${nameList(untold)}`);
  if (missingModules.length > 0) lines.push(`missing modules: ${nameList(missingModules)}`);
  if (unlistedModules.length > 0) lines.push(`modules that it doesn't list: ${nameList(unlistedModules)}`);
  for (const { key, folder, file: told } of mismatches)
    lines.push(`${key === 'name' ? 'name' : 'version'} ${visible(told ?? 'none')}, and its folder says ${visible(folder)}`);
  if (path === null) lines.push('no .app file');
  if (path !== null && file === null) lines.push('its .app file is not readable');
  if (lines.length === 0) return [];
  const head = `${style.bold(nameText(name))}${file?.vsn ? ` ${visible(file.vsn)}` : ''}`;
  return [`${head}${path === null ? '' : style.dim(` (${visible(path)})`)}`, ...lines.map((line) => `  ${line}`)];
}

function undeclaredLines(
  { application, isRuntimeDependency, through, calls }: UndeclaredApplication,
  style: AppsStyle,
): string[] {
  const notes = [
    ...(isRuntimeDependency ? ['a runtime dependency'] : []),
    ...(through === null ? [] : [`started by ${through.slice(1, -1).map(nameText).join(' -> ')}`]),
  ];
  return [
    `undeclared: ${nameText(application)}${notes.length === 0 ? '' : style.dim(` (${notes.join('; ')})`)}`,
    ...callsByTarget(calls).map(([target, callers]) => `  ${target} ${style.dim(callersText(callers))}`),
  ];
}

function callsByTarget(calls: readonly ApplicationCall[]): readonly [string, readonly ApplicationCall[]][] {
  const byTarget = new Map<string, ApplicationCall[]>();
  for (const call of calls) {
    const target = functionText(call.to);
    const known = byTarget.get(target);
    if (known === undefined) byTarget.set(target, [call]);
    else known.push(call);
  }
  return [...byTarget].sort(([left], [right]) => (left < right ? -1 : 1));
}

function callersText(calls: readonly ApplicationCall[]): string {
  const shown = calls.slice(0, CALLERS_SHOWN).map((call) => `${functionText(call.from)}${placeText(call)}`);
  const rest = calls.length - shown.length;
  return `from ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function placeText({ sourceFile, sites }: ApplicationCall): string {
  const [site] = sites;
  if (site === undefined) return '';
  const file = (sourceFile ?? '').slice((sourceFile ?? '').lastIndexOf('/') + 1);
  const more =
    sites.length > 1
      ? `, ${sites
          .slice(1)
          .map(({ line }) => line)
          .join(', ')}`
      : '';
  return ` (${visible(file === '' ? 'line ' : `${file}:`)}${site.line}${more})`;
}

function coverageLines({ coverage, counts, applications, releases, placelessModules, assumed }: AppsReport): readonly string[] {
  const found = Object.entries(counts).flatMap(([kind, count]) => (count === 0 ? [] : [`${count} ${kind}`]));
  const parts = [
    `${plural(applications.length, 'application')}`,
    `${plural(coverage.appFiles, '.app file')}`,
    ...(releases.length === 0 ? [] : [plural(releases.length, 'release')]),
    `${plural(coverage.files, 'module')} read (${coverage.modules.abstract} from debug info, ${coverage.modules.code} from code)`,
  ];
  if (coverage.failed.length > 0) parts.push(`${plural(coverage.failed.length, 'file')} not readable`);
  if (coverage.skipped.length > 0) parts.push(`${coverage.skipped.length} left out`);
  if (coverage.duplicates.length > 0) parts.push(plural(coverage.duplicates.length, 'duplicate module'));
  if (placelessModules.length > 0)
    parts.push(`${plural(placelessModules.length, 'called module')} of no application that was read`);
  if (assumed.length > 0) parts.push(`modules of ${plural(assumed.length, 'application')} of OTP and Elixir by a table`);
  return [found.length === 0 ? 'nothing found' : found.join(', '), parts.join(', ')];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Renders the corrected lists as terms that file:consult reads, each after a comment that names the application and what changes. */
export function renderCorrectedLists(lists: readonly CorrectedList[]): string {
  return lists.length === 0 ? '%% nothing to correct\n' : lists.map(correctedText).join('\n');
}

function correctedText({ application, applications, added, removed, refused }: CorrectedList): string {
  const head = `%% ${nameText(application.name)}${application.path === null ? '' : ` (${visible(application.path)})`}`;
  const notes = [
    ...(added.length > 0 ? [`%% added: ${nameList(added)}`] : []),
    ...(removed.length > 0 ? [`%% removed: ${nameList(removed)}`] : []),
    ...(refused.length > 0 ? [`%% not added, since they would wait for each other: ${nameList(refused)}`] : []),
  ];
  return `${[head, ...notes].join('\n')}\n{applications, [${nameList(applications)}]}.\n`;
}

function functionText({ module, name, arity }: QualifiedFunction): string {
  return `${nameText(module)}:${nameText(name)}/${arity}`;
}

function nameText(name: string): string {
  return visible(formatAtom(name));
}

function nameList(names: readonly string[]): string {
  return names.map(nameText).join(', ');
}
