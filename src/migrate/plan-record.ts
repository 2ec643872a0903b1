// The plan of one record: for each layout that it has had, where each field of the new record comes from, and each field of the old one on
// the way down. Two layouts of one tag and size are told apart by the version, so where that is the same too the plan is refused.

import { formatExpression } from '../forms/print.js';
import type { RecordDefinition } from '../forms/records.js';
import { walk } from '../forms/walk.js';
import { formatTerm } from '../term/format.js';
import { equalTerms } from '../term/order.js';
import { type Comparison, joinVsns, layoutOf, layoutsOf, olderRecord, type SameLayout, usableVsn } from './compare-layouts.js';
import { type FieldRecords, recordsInFields } from './field-records.js';
import type { DownVariant, FieldSource, Layout, LayoutGroup, Nested, RecordPlan, Refusal, StateDescription } from './model.js';
import { isRefusal, refusal } from './refusal.js';

/** Plans one record; `changed` are the records that are converted at all. */
export function planRecord(name: string, changed: ReadonlySet<string>, comparison: Comparison): RecordPlan | Refusal {
  const layouts = layoutsOf(name, comparison);
  const clash = findClash(name, layouts, comparison);
  if (clash !== undefined) return clash;
  const groups: LayoutGroup[] = [];
  for (const layout of layouts) {
    const group = planGroup(name, layout, changed, comparison);
    if (isRefusal(group)) return group;
    groups.push(group);
  }
  return { name, layout: (layouts.at(-1) as SameLayout).layout, groups };
}

/** Tells whether values of the two layouts can't be told apart by their shape. */
export function looksAlike(left: Layout, right: Layout): boolean {
  if (left.tag !== right.tag || left.native !== right.native) return false;
  if (left.native) return left.fields.join('\n') === right.fields.join('\n');
  return left.fields.length === right.fields.length;
}

function findClash(name: string, layouts: readonly SameLayout[], { to, from }: Comparison): Refusal | undefined {
  for (const [at, left] of layouts.entries()) {
    for (const right of layouts.slice(at + 1)) {
      if (!looksAlike(left.layout, right.layout)) continue;
      const vsn = left.vsns.find((one) => right.vsns.some((other) => equalTerms(one, other)));
      if (vsn === undefined) continue;
      const files = [left, right].map(({ builds, isNew }) => (isNew ? to.state : from[builds[0] as number])?.file ?? '');
      const reason = `record ${name} of ${files[0]} and of ${files[1]} have the same vsn ${formatTerm(vsn)}, tag and size, but not the same fields`;
      return refusal(to.state, 'ambiguous', `${reason}: at run time nothing would tell them apart`);
    }
  }
  return undefined;
}

function planGroup(
  name: string,
  layout: SameLayout,
  changed: ReadonlySet<string>,
  comparison: Comparison,
): LayoutGroup | Refusal {
  const record = comparison.to.state.records.get(name) as RecordDefinition;
  const nested = recordsInFields(name, [layout], comparison).map((records) => nestedIn(records, changed, comparison));
  const tangled = nested.indexOf(undefined);
  if (tangled >= 0) {
    const field = record.fields[tangled]?.name;
    return refusal(
      comparison.to.state,
      'ambiguous',
      `field ${field} of record ${name} holds records of which an old one could have become several, or too many records`,
    );
  }
  const up = record.fields.map((field, at): FieldSource => {
    const from = layout.sources[at];
    if (from === undefined) return { kind: 'default', value: { build: 'to', expression: field.default } };
    const conversion = layout.conversions.get(field.name);
    if (conversion === undefined) return { kind: 'copied', from, nested: nested[at] as Nested };
    return { kind: 'converted', from, module: conversion.module, name: conversion.name };
  });
  const { isNew, builds, vsns } = layout;
  return { layout: layout.layout, isNew, builds, vsns, up, down: downVariants(name, layout, nested as Nested[], comparison) };
}

/** Records that one field may hold: each is tried on the value in turn. */
const MAX_RECORDS_IN_FIELD = 100;

/** The changed records that a field may hold, in a safe order; undefined where there is none. */
function nestedIn(records: FieldRecords, changed: ReadonlySet<string>, comparison: Comparison): Nested | undefined {
  const order = (names: readonly string[]): readonly string[] | undefined => {
    const wanted = names.filter((inner) => changed.has(inner));
    if (wanted.length > MAX_RECORDS_IN_FIELD) return undefined;
    return safeOrder(wanted, (later, earlier) => takes(later, earlier, comparison));
  };
  const direct = order(records.direct);
  const list = order(records.list);
  return direct === undefined || list === undefined ? undefined : { direct, list };
}

/** Tells whether the conversion of one record would take what is another's, or what that of another has made, upward or downward. */
function takes(later: string, earlier: string, comparison: Comparison): boolean {
  const older = (name: string): readonly Layout[] =>
    layoutsOf(name, comparison).flatMap(({ layout, isNew }) => (isNew ? [] : [layout]));
  const newest = (name: string): Layout => layoutsOf(name, comparison).at(-1)?.layout as Layout;
  return (
    older(later).some((layout) => older(earlier).some((other) => looksAlike(layout, other))) ||
    older(later).some((layout) => looksAlike(layout, newest(earlier))) ||
    older(earlier).some((layout) => looksAlike(layout, newest(later)))
  );
}

/** Puts names in an order in which none takes what another before it has made; undefined where there is none. */
export function safeOrder(
  names: readonly string[],
  takes: (later: string, earlier: string) => boolean,
): readonly string[] | undefined {
  const left = [...names];
  const order: string[] = [];
  while (left.length > 0) {
    const at = left.findIndex((name) => left.every((other) => other === name || !takes(other, name)));
    if (at < 0) return undefined;
    order.push(...left.splice(at, 1));
  }
  return order;
}

/** Builds of one layout that differ in the defaults of what only they have are told apart by their versions. */
function downVariants(
  name: string,
  layout: SameLayout,
  nested: readonly Nested[],
  comparison: Comparison,
): readonly DownVariant[] {
  const variants = new Map<string, DownVariant>();
  for (const build of layout.builds) {
    const state = comparison.from[build] as StateDescription;
    const older = olderRecord(name, build, comparison) as RecordDefinition;
    const fields = older.fields.map((field, at): FieldSource => {
      const from = layout.sources.indexOf(at);
      if (from >= 0) return { kind: 'copied', from, nested: nested[from] as Nested };
      return { kind: 'default', value: { build, expression: field.default } };
    });
    const olderLayout = layoutOf(older, state);
    const key = `${olderLayout.exported} ${defaultsKey(fields, state, build)}`;
    const known = variants.get(key) ?? { fields, layout: olderLayout, vsns: [] };
    variants.set(key, { ...known, vsns: joinVsns(known.vsns, usableVsn(state)) });
  }
  return [...variants.values()];
}

/** The same text may mean another function, or another record, in another build. */
function defaultsKey(fields: readonly FieldSource[], state: StateDescription, build: number): string {
  const texts = fields.map((field) => {
    if (field.kind !== 'default' || field.value.expression === undefined) return '';
    let isLocal = false;
    walk(field.value.expression, (node) => {
      if (node.kind === 'record' || node.kind === 'local_fun') isLocal = true;
      if (node.kind === 'call' && node.callee.kind === 'atom' && state.functionForm(node.callee.name, node.args.length))
        isLocal = true;
    });
    return `${formatExpression(field.value.expression)}${isLocal ? ` of ${build}` : ''}`;
  });
  return JSON.stringify(texts);
}
