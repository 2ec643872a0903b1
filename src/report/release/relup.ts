// A relup, or why there is none, for people and as JSON.

import type { ReleaseError } from '../../release/release-error.js';
import { answerTerm, type RelupAnswer, type RelupEntry } from '../../release/relup/make-relup.js';
import { formatTerm } from '../../term/format.js';
import { counted } from '../counted.js';
import { visible } from '../visible.js';
import { explainReason, explainWarning } from './reasons.js';

/** What `relup` answers; terms are Erlang text. */
export interface RelupReport {
  readonly schema: 'beamtool-relup/1';
  /** Where it was written; null where it wasn't. */
  readonly file: string | null;
  readonly release: { readonly name: string; readonly vsn: string } | null;
  readonly up: readonly EntryReport[];
  readonly down: readonly EntryReport[];
  readonly warnings: readonly { readonly term: string; readonly message: string }[];
  /** What the release folders say beside, a sentence each. */
  readonly notes: readonly string[];
  readonly error: ErrorReport | null;
}

/** A script of a relup as it is told. */
export interface EntryReport {
  readonly vsn: string;
  readonly description: string;
  readonly script: readonly string[];
}

/** An error of systools with its sentence. */
export interface ErrorReport {
  readonly module: string;
  readonly term: string;
  readonly message: string;
  readonly place: readonly string[];
}

/** Builds the report of an answer. */
export function buildRelupReport(answer: RelupAnswer, file: string | null, notes: readonly string[] = []): RelupReport {
  const schema = 'beamtool-relup/1';
  if (answer.kind === 'error') {
    return { schema, file, release: null, up: [], down: [], warnings: [], notes, error: buildErrorReport(answer.error) };
  }
  const { name, vsn, up, down } = answer.relup;
  const warnings = answer.warnings.map((term) => ({ term: formatTerm(term), message: explainWarning(term) }));
  return {
    schema,
    file,
    release: { name, vsn },
    up: up.map(entryReport),
    down: down.map(entryReport),
    warnings,
    notes,
    error: null,
  };
}

/** Builds the report of an error. */
export function buildErrorReport({ module, reason, place, fault }: ReleaseError): ErrorReport {
  return { module, term: formatTerm(reason), message: fault?.message ?? explainReason(reason), place };
}

/** Renders an error as one line: where it is, and what is wrong. */
export function renderReleaseError(error: ReleaseError): string {
  const { place, message } = buildErrorReport(error);
  return visible([...place, message].join(': '));
}

/** Renders the scripts for people. */
export function renderRelupText({ file, release, up, down }: RelupReport): string {
  const head = `${release?.name} ${release?.vsn}${file === null ? '' : `, written to ${file}`}`;
  const parts = [
    ...up.map((entry) => renderEntry(`up from ${entry.vsn}`, entry)),
    ...down.map((entry) => renderEntry(`down to ${entry.vsn}`, entry)),
  ];
  return [visible(head), ...parts, ''].join('\n');
}

/** Renders the term that systools:make_relup/4 returns, and a full stop. */
export function renderRelupErl(answer: RelupAnswer): string {
  return `${formatTerm(answerTerm(answer))}.\n`;
}

function renderEntry(title: string, { script }: EntryReport): string {
  return [`${visible(title)}: ${counted(script.length, 'instruction')}`, ...script.map((line) => `  ${visible(line)}`)].join(
    '\n',
  );
}

/** Builds the report of one script. */
export function entryReport({ vsn, description, script }: RelupEntry): EntryReport {
  return { vsn, description: formatTerm(description), script: script.map((term) => formatTerm(term)) };
}
