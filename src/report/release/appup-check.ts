// What `appup check` found, for people and as JSON.

import type { CheckAnswer, SeenAppup } from '../../release/appup/check/check-builds.js';
import type { AppupFinding, Severity } from '../../release/appup/check/model.js';
import { formatTerm } from '../../term/format.js';
import { counted } from '../counted.js';
import { visible } from '../visible.js';
import { explainReason, explainWarning } from './reasons.js';

/** What `appup check` answers. */
export interface AppupCheckReport {
  readonly schema: 'beamtool-appup-check/1';
  /** The paths that were given. */
  readonly paths: readonly string[];
  readonly from: readonly string[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly appups: readonly SeenAppup[];
  readonly findings: readonly FindingReport[];
  /** For each older build whether its relup was tried, and else why not. */
  readonly relups: readonly { readonly from: string; readonly tried: boolean; readonly because: string | null }[];
  readonly coverage: CheckCoverage;
}

/** How much of the builds could be read. */
export interface CheckCoverage {
  /** Beams that were read. */
  readonly files: number;
  readonly failed: readonly { readonly file: string; readonly reason: string }[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/** A finding; `reason` is the term of systools as Erlang text, null where it says nothing. */
export interface FindingReport {
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  readonly place: readonly string[];
  readonly application: string | null;
  readonly module: string | null;
  readonly message: string;
  readonly reason: string | null;
}

/** How text is marked on a terminal. */
export interface CheckStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** Builds the report of an answer. */
export function buildAppupCheckReport(
  { appups, findings, relups }: CheckAnswer,
  run: Pick<AppupCheckReport, 'paths' | 'from' | 'coverage'>,
): AppupCheckReport {
  const count = (severity: Severity) => findings.filter((one) => one.severity === severity).length;
  return {
    schema: 'beamtool-appup-check/1',
    paths: run.paths,
    from: run.from,
    counts: { error: count('error'), warning: count('warning'), info: count('info') },
    appups,
    findings: findings.map(buildFindingReport),
    relups: relups.map((because, at) => ({ from: run.from[at] ?? '', tried: because === null, because })),
    coverage: run.coverage,
  };
}

/** Builds the report of one finding. */
export function buildFindingReport({ code, severity, file, place, application, module, why }: AppupFinding): FindingReport {
  const about = { code, severity, file, place, application, module };
  switch (why.kind) {
    case 'error': {
      const { fault, reason } = why.error;
      return {
        ...about,
        message: fault?.reason === undefined ? explainReason(reason) : fault.message,
        reason: formatTerm(reason),
      };
    }
    case 'warning':
      return { ...about, message: explainWarning(why.term), reason: formatTerm(why.term) };
    default:
      return { ...about, message: why.message, reason: null };
  }
}

/** Renders the report for people: what was found by file, then how much was looked at. */
export function renderAppupCheckText(report: AppupCheckReport, style: CheckStyle): string {
  const files = new Set([...report.appups.map(({ file }) => file), ...report.findings.map(({ file }) => file)]);
  const lines = [...files].flatMap((file) => {
    const found = report.findings.filter((one) => one.file === file);
    return found.length === 0 ? [] : [style.bold(visible(file)), ...found.map((one) => `  ${renderFinding(one, style)}`)];
  });
  const untried = report.relups.flatMap(({ from, because }) =>
    because === null ? [] : [visible(`no relup from ${from} was tried: ${because}`)],
  );
  return `${[...lines, ...untried, sumLine(report)].join('\n')}\n`;
}

/** Renders a finding without its file in one line. */
export function renderFinding({ code, severity, place, message }: FindingReport, style: CheckStyle): string {
  const mark = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.dim;
  const where = place.length === 0 ? '' : `${place.join(', ')}: `;
  return `${mark(severity)} ${visible(`${where}${message}`)} ${style.dim(`(${visible(code)})`)}`;
}

function sumLine({ appups, counts, coverage }: AppupCheckReport): string {
  const found = (['error', 'warning'] as const).map((severity) => counted(counts[severity], severity)).join(', ');
  const failed = coverage.failed.length === 0 ? '' : `, ${counted(coverage.failed.length, 'file')} not readable`;
  return `${counted(appups.length, 'appup')}: ${found}${failed}`;
}
