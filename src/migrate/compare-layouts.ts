// The layouts that a record has had, each with the builds that have it, and where the fields of the new one come from in it.

import type { RecordDefinition } from '../forms/records.js';
import type { Term } from '../term/model.js';
import { equalTerms } from '../term/order.js';
import { matchFields, renamesOf } from './match-fields.js';
import type { FieldConversion, Layout, StateDescription } from './model.js';
import type { NewSide, RecordPairs } from './pair-records.js';
import { isWritable } from './vsn.js';

/** The builds that are compared, and which records of theirs belong together. */
export interface Comparison {
  readonly to: NewSide;
  readonly from: readonly StateDescription[];
  /** One for each of `from`. */
  readonly pairs: readonly RecordPairs[];
}

/** Builds in which one record has the same layout. */
export interface SameLayout {
  readonly layout: Layout;
  readonly isNew: boolean;
  /** Positions in `from`. */
  readonly builds: readonly number[];
  readonly vsns: readonly Term[];
  /** By field of the new layout: the position of its source. */
  readonly sources: readonly (number | undefined)[];
  /** By name of the field in the new layout. */
  readonly conversions: ReadonlyMap<string, FieldConversion>;
}

const remembered = new WeakMap<Comparison, Map<string, readonly SameLayout[]>>();

/** Returns the layouts of a record, in the order of the builds; that of the new build is the last. */
export function layoutsOf(name: string, comparison: Comparison): readonly SameLayout[] {
  const known = remembered.get(comparison) ?? new Map<string, readonly SameLayout[]>();
  remembered.set(comparison, known);
  const layouts = known.get(name) ?? findLayouts(name, comparison);
  known.set(name, layouts);
  return layouts;
}

function findLayouts(name: string, comparison: Comparison): readonly SameLayout[] {
  const { to, from } = comparison;
  const record = to.state.records.get(name) as RecordDefinition;
  const own: SameLayout = {
    ...{ layout: layoutOf(record, to.state), isNew: true, builds: [], vsns: usableVsn(to.state) },
    ...{ sources: record.fields.map((_, at) => at), conversions: new Map() },
  };
  const found = new Map<string, SameLayout>([[keyOf(own), own]]);
  from.forEach((build, at) => {
    const older = olderRecord(name, at, comparison);
    if (older === undefined) return;
    const sources = matchFields(record, older, renamesOf(name, to.record, to.renames));
    const conversions = conversionsFrom(build, name, sources, comparison);
    const one = { layout: layoutOf(older, build), isNew: false, builds: [at], vsns: usableVsn(build), sources, conversions };
    const known = found.get(keyOf(one));
    found.set(keyOf(one), known === undefined ? one : joined(known, one));
  });
  const groups = [...found.values()];
  return [...groups.filter((group) => !group.isNew), ...groups.filter((group) => group.isNew)];
}

/** Returns what the record was in an older build, undefined where that build has no such record. */
export function olderRecord(name: string, build: number, { from, pairs }: Comparison): RecordDefinition | undefined {
  const older = pairs[build]?.get(name);
  return older === undefined ? undefined : from[build]?.records.get(older);
}

function joined(known: SameLayout, one: SameLayout): SameLayout {
  return { ...known, builds: [...known.builds, ...one.builds], vsns: joinVsns(known.vsns, one.vsns) };
}

/** Returns the versions of both, each once: several releases may have the same build of a module. */
export function joinVsns(known: readonly Term[], more: readonly Term[]): readonly Term[] {
  return [...known, ...more.filter((vsn) => !known.some((other) => equalTerms(vsn, other)))];
}

/** Returns the layout of a record of a build. */
export function layoutOf(record: RecordDefinition, build: StateDescription): Layout {
  const exported = record.native && build.exportedRecords.has(record.name);
  return { tag: record.name, native: record.native, exported, fields: record.fields.map((field) => field.name) };
}

function keyOf({ layout, conversions }: SameLayout): string {
  return JSON.stringify([layout.tag, layout.native, layout.fields, [...conversions.keys()]]);
}

/** Returns the version by which a build can be told at run time, if there is one. */
export function usableVsn({ vsn }: StateDescription): readonly Term[] {
  return vsn === undefined || !isWritable(vsn) ? [] : [vsn];
}

/** A build that declares the same conversion has the converted values already. */
function conversionsFrom(
  build: StateDescription,
  name: string,
  sources: readonly (number | undefined)[],
  { to }: Comparison,
): ReadonlyMap<string, FieldConversion> {
  const record = to.state.records.get(name) as RecordDefinition;
  const has = ({ field, module, name: by }: FieldConversion): boolean =>
    build.conversions.some((other) => other.field === field && other.module === module && other.name === by);
  const applying = to.state.conversions.filter((conversion) => {
    const at = record.fields.findIndex((field) => field.name === conversion.field);
    return (conversion.record ?? to.record) === name && at >= 0 && sources[at] !== undefined && !has(conversion);
  });
  return new Map(applying.map((conversion) => [conversion.field, conversion]));
}
