// What `appup compile` made, for people and as JSON.

import type { AppupFinding } from '../../release/appup/check/model.js';
import type { CompiledAppup } from '../../release/appup/compile-appup.js';
import { type AppupEntry, versionText } from '../../release/appup/model.js';
import { visible } from '../visible.js';
import { buildFindingReport, type FindingReport } from './appup-check.js';

/** What `appup compile` answers. */
export interface CompileReport {
  readonly schema: 'beamtool-appup-compile/1';
  readonly written: boolean;
  readonly appups: readonly CompiledReport[];
}

interface CompiledReport {
  readonly source: string;
  readonly application: string;
  /** Where it was written, or would be. */
  readonly file: string;
  readonly vsn: string;
  /** The versions of its entries. */
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Names of the template that stand for nothing. */
  readonly unknown: readonly { readonly name: string; readonly line: number; readonly column: number }[];
  readonly findings: readonly FindingReport[];
}

/** An appup that was compiled. */
export interface CompiledFile {
  readonly source: string;
  readonly application: string;
  readonly file: string;
  readonly compiled: CompiledAppup;
  readonly findings: readonly AppupFinding[];
}

/** Builds the report. */
export function buildCompileReport(compiled: readonly CompiledFile[], written: boolean): CompileReport {
  const versions = (entries: readonly AppupEntry[]) => entries.map(({ from }) => versionText(from));
  const appups = compiled.map(({ source, application, file, compiled: { appup, unknown }, findings }) => ({
    source,
    application,
    file,
    vsn: appup.vsn,
    up: versions(appup.up),
    down: versions(appup.down),
    unknown: unknown.map(({ name, place: { line, column } }) => ({ name, line, column })),
    findings: findings.map(buildFindingReport),
  }));
  return { schema: 'beamtool-appup-compile/1', written, appups };
}

/** Renders the report for people: a line for each appup. */
export function renderCompileText({ written, appups }: CompileReport): string {
  const lines = appups.map(({ application, vsn, file, up, down }) => {
    const ways = `up from ${up.join(', ') || 'nothing'}; down to ${down.join(', ') || 'nothing'}`;
    return visible(`${application} ${vsn}, ${written ? 'written to' : 'not written:'} ${file}: ${ways}`);
  });
  return `${lines.join('\n')}\n`;
}

/** Says of a name of a template that it stands for nothing. */
export function unknownNameText(source: string, { name, place }: CompiledAppup['unknown'][number]): string {
  return `${source}: {{${name}}} stands for nothing (line ${place.line}, column ${place.column})`;
}
