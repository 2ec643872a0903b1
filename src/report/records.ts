// Renderers of `records`: the records of a module as Erlang declarations.

import { formatTerm } from '../term/format.js';
import { atom } from '../term/model.js';
import type { FieldInfo, RecordInfo, RecordSource } from './module-records.js';
import { visible } from './visible.js';

/** What `records` answers for one file. */
export interface RecordsReport {
  readonly schema: 'beamtool-records/1';
  readonly file: string;
  readonly module: string;
  /** The record that `-state_record` names; null where it isn't there. */
  readonly stateRecord: string | null;
  /** What told of the records; `none` where the module has no debug info to tell. */
  readonly source: RecordSource;
  readonly records: readonly RecordInfo[];
}

/** Renders each record as a declaration, after a comment that names the module. */
export function renderRecordsText(report: RecordsReport): string {
  const head = `%% ${visible(report.module)} (${visible(report.file)})`;
  if (report.source === 'none') return `${head}: no debug info that tells of records\n`;
  const state = report.stateRecord === null ? [] : [`-state_record(${quoted(report.stateRecord)}).`];
  return `${[head, ...state, ...report.records.map(recordText)].join('\n')}\n\n`;
}

/** Renders one record as Erlang source. */
export function recordText(record: RecordInfo): string {
  const fields = record.fields.map((field) => `    ${fieldText(field)}`).join(',\n');
  const body = record.fields.length === 0 ? '{}' : `{\n${fields}\n}`;
  return record.native ? `-record #${quoted(record.name)}${body}.` : `-record(${quoted(record.name)}, ${body}).`;
}

function fieldText(field: FieldInfo): string {
  const value = field.default === null ? '' : ` = ${field.default}`;
  const type = field.type === null ? '' : ` :: ${field.type}`;
  return `${quoted(field.name)}${value}${type}`;
}

function quoted(name: string): string {
  return formatTerm(atom(name));
}
