// What has to be done with one module of the new build: its description and those of the older builds, the plan, and the bytes that it would
// have. Nothing is written; what can't be done is an answer like any other.

import type { BeamModule } from '../../beam/module.js';
import { mayBeProcess } from '../../changes/process-module.js';
import { ParseError, UsageError } from '../../errors.js';
import { describeState } from '../../migrate/describe-state.js';
import { diagnose } from '../../migrate/diagnose.js';
import { injectMigration } from '../../migrate/inject/inject-migration.js';
import { readMarker } from '../../migrate/inject/marker.js';
import { removeMigration } from '../../migrate/inject/remove-migration.js';
import type { FieldRename, MigrationReport, PlanOptions, Refusal, StateDescription } from '../../migrate/model.js';
import { planMigration } from '../../migrate/plan-migration.js';
import { isRefusal } from '../../migrate/refusal.js';
import { normaliseVsn } from '../../migrate/vsn.js';
import { printMigration, writeMigration } from '../../migrate/write-migration.js';
import type { MigrationRefusal } from '../../report/migration.js';
import type { NamedModule, NamedModules } from './named-modules.js';
import type { Candidate } from './new-build.js';
import { findTwin, isInjected, originalOf } from './twins.js';

/** What has to be done with a module. */
export type ModulePlan =
  | {
      readonly kind: 'migration';
      readonly report: MigrationReport;
      /** The file with the migration in it; the very bytes that it has already where there is nothing to do. */
      readonly bytes: Uint8Array;
      readonly print: () => string;
      /** What will go wrong in spite of it. */
      readonly diagnoses: readonly string[];
      /** Those that were asked for and fit. */
      readonly renames: readonly FieldRename[];
      /** Versions that an earlier injection converts from and this one doesn't. */
      readonly forgotten: number;
    }
  | { readonly kind: 'unchanged'; readonly isInjected: boolean }
  | { readonly kind: 'no_older' }
  | { readonly kind: 'refused'; readonly refusal: MigrationRefusal };

/** What a module is planned with. */
export interface Planning {
  readonly older: readonly NamedModules[];
  readonly twins: readonly NamedModules[];
  readonly options: PlanOptions & { readonly renames: readonly FieldRename[] };
  /** Compilers whose zlib was tried in this run; grows. */
  readonly trusted: Set<string>;
}

/** Plans one module. */
export function planModule(candidate: Candidate, planning: Planning): ModulePlan {
  try {
    return plan(candidate, planning);
  } catch (error) {
    return { kind: 'refused', refusal: asRefusal(error, candidate.file) };
  }
}

/** Turns what was thrown over a module into a refusal; passes anything else on. */
export function asRefusal(error: unknown, file: string): MigrationRefusal {
  if (error instanceof ParseError) return { code: error.code, file: error.file ?? file, reason: withoutFile(error) };
  if (error instanceof UsageError) return { code: 'unsupported', file, reason: error.message };
  throw error;
}

function withoutFile({ message, file }: ParseError): string {
  return file !== undefined && message.startsWith(`${file}: `) ? message.slice(file.length + 2) : message;
}

function plan({ beam, file, module, application }: Candidate, { older, twins, options, trusted }: Planning): ModulePlan {
  const marker = isInjected(beam) ? readMarker(beam) : undefined;
  const original = marker === undefined ? beam : removeMigration(beam);
  const found = older.flatMap((build) => choose(build.found.get(module) ?? [], application));
  if (found.length === 0) return { kind: 'no_older' };
  if (found.every((one) => isSameBuild(one, original))) return { kind: 'unchanged', isInjected: marker !== undefined };
  const to = describe(original, file, twins);
  if (isRefusal(to)) return refused(to);
  // A record of a plain module is no state of a process, unless the newer module doesn't look like a process either: then nobody knows.
  const becomesProcess = mayBeProcess(to.behaviours, [], to.exports);
  const from: StateDescription[] = [];
  for (const one of found) {
    const description = isSameBuild(one, original) ? sameState(one, to) : describeOlder(one, to, twins);
    if (description.kind === 'refused') return refused(description);
    const { behaviours, stateRecords, exports } = description;
    if (!becomesProcess || mayBeProcess(behaviours, stateRecords, exports)) from.push(description);
  }
  if (from.length === 0) return { kind: 'no_older' };
  const renames = options.renames.filter((rename) => isFitting(rename, to, options.record));
  const planned = planMigration({ to, from, options: { ...options, renames } });
  if (isRefusal(planned)) return refused(planned);
  if (planned.kind === 'unchanged') return { kind: 'unchanged', isInjected: marker !== undefined };
  const forms = writeMigration(planned);
  const { bytes } = injectMigration(beam, forms, { trusted });
  const sources = new Set(forms.sources.map((source) => source.md5));
  const forgotten = marker?.sources.filter((source) => !sources.has(source.md5)).length ?? 0;
  return {
    kind: 'migration',
    report: planned.report,
    bytes,
    print: () => printMigration(forms),
    diagnoses: diagnose(planned),
    renames,
    forgotten,
  };
}

function refused({ code, file, reason }: Refusal): ModulePlan {
  return { kind: 'refused', refusal: { code, file, reason } };
}

/** Of several modules of the name, that of the same application counts, else the first. */
function choose(modules: readonly NamedModule[], application: string | undefined): readonly NamedModule[] {
  const same = modules.find((one) => one.kind === 'beam' && one.application === application);
  return [same ?? modules[0]].filter((one) => one !== undefined);
}

function isSameBuild(one: NamedModule, original: BeamModule): boolean {
  if (one.kind === 'snapshot') return one.state.md5 === original.md5;
  return one.kind === 'beam' && findTwin(original, one.beam) !== undefined;
}

/** An older build of the same code has the same state; only its version may have been declared anew. */
function sameState(one: NamedModule, to: StateDescription): StateDescription {
  if (one.kind === 'snapshot') return one.state;
  return one.kind === 'beam' ? { ...to, file: one.file, vsn: normaliseVsn(one.beam.attribute('vsn')) } : to;
}

function describeOlder(
  one: NamedModule,
  { module }: StateDescription,
  twins: readonly NamedModules[],
): StateDescription | Refusal {
  if (one.kind === 'snapshot') return one.state;
  if (one.kind === 'fault') return { kind: 'refused', module, file: one.file, code: 'unsupported', reason: one.reason };
  return describe(originalOf(one.beam), one.file, twins);
}

/** The debug info of a twin is as good as the module's own. */
function describe(beam: BeamModule, file: string, twins: readonly NamedModules[]): StateDescription | Refusal {
  const own = describeState(beam, file);
  if (own.kind !== 'refused' || own.code !== 'no_debug_info') return own;
  const candidates = twins.flatMap(({ found }) => found.get(beam.name) ?? []);
  for (const candidate of candidates) {
    const twin = candidate.kind === 'beam' ? findTwin(beam, candidate.beam) : undefined;
    if (twin === undefined) continue;
    const description = describeState(twin, candidate.file);
    return description.kind === 'refused' ? description : { ...description, file, vsn: normaliseVsn(beam.attribute('vsn')) };
  }
  if (candidates.length === 0) return own;
  return { ...own, reason: `${own.reason}; ${candidates.map((one) => one.file).join(', ')}: another build than this one` };
}

/** A rename that is asked for is meant for the modules that have the new field. */
function isFitting({ record, new: name }: FieldRename, to: StateDescription, stateRecord: string | undefined): boolean {
  const own = stateRecord === undefined ? to.stateRecords : [stateRecord];
  const records = record === undefined ? own : [record];
  return records.some((one) => to.records.get(one)?.fields.some((field) => field.name === name));
}
