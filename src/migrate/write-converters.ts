// The functions that convert one record, up and down. Each is a function of the version and of any value; what has none of the shapes that the
// record had passes through.
//
//   'beamtool@up@state'(_, {state, Count, Name}) -> {state, Name, [], Count};           one older layout of that tag and size
//   'beamtool@up@state'(Vsn, {state, A, B}) when Vsn =:= 1; Vsn =:= 2 -> ...            several: the version chooses
//   'beamtool@up@state'(Vsn, {state, _, _}) -> erlang:throw({beamtool, ambiguous_state, {Module, state, Vsn}});
//   'beamtool@up@state'(_, Value) -> Value.
// A native record is recognised by its module, name and field names:
//   'beamtool@up@state'(_, Value) -> case 'beamtool@native'(Value) of {m, state, [a, b]} -> records:create(...); _ -> Value end.
//
// On the way down the value has the new shape, and the version says which layout is wanted where there were several.

import {
  atomNode,
  caseOf,
  clause,
  functionOf,
  listNode,
  localCall,
  matchNode,
  operation,
  remoteCall,
  termNode,
  tryOf,
  tupleNode,
  variable,
} from '../forms/build.js';
import type { Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import type { VarNode } from '../forms/type-model.js';
import { walk } from '../forms/walk.js';
import { atom, map, type Term } from '../term/model.js';
import { equalTerms } from '../term/order.js';
import type { DefaultWriter } from './copy-functions.js';
import { converterName, fieldVariables, listConverterName, NATIVE_FUNCTION } from './generated-names.js';
import type { FieldSource, Layout, LayoutGroup, MigrationPlan, Nested, RecordPlan } from './model.js';
import { looksAlike } from './plan-record.js';

/** What converters are written from. */
export interface ConverterContext {
  readonly plan: MigrationPlan;
  readonly defaults: DefaultWriter;
}

type Direction = 'up' | 'down';

/** One conversion of a value that looks like `from` into `to`; `vsns` choose where there are several. */
interface Conversion {
  readonly from: Layout;
  readonly to: Layout;
  readonly fields: readonly FieldSource[];
  readonly vsns: readonly Term[];
}

/** Writes the converters of a record: up, down, and those of lists where a field has one. */
export function writeConverters(record: RecordPlan, context: ConverterContext): readonly FunctionForm[] {
  return [
    writeConverter(record, 'up', upConversions(record), context),
    writeConverter(record, 'down', [downConversions(record)], context),
    ...(recordsInLists(context.plan).has(record.name)
      ? [writeListConverter(record, 'up', context), writeListConverter(record, 'down', context)]
      : []),
  ];
}

/** Tells whether there are values of which only the version says what to do with them. */
export function canBeAmbiguous(plan: MigrationPlan, direction: Direction): boolean {
  const choices = (record: RecordPlan): readonly (readonly Conversion[])[] =>
    direction === 'up' ? upConversions(record) : [downConversions(record)];
  return plan.records.some((record) => choices(record).some((conversions) => conversions.length > 1));
}

/** By shape: what looks alike is chosen from by version. */
function upConversions(record: RecordPlan): readonly (readonly Conversion[])[] {
  const byShape: LayoutGroup[][] = [];
  for (const group of record.groups) {
    const alike = byShape.find(([other]) => other !== undefined && looksAlike(other.layout, group.layout));
    if (alike === undefined) byShape.push([group]);
    else alike.push(group);
  }
  return byShape.map((groups) => groups.map(({ layout, up, vsns }) => ({ from: layout, to: record.layout, fields: up, vsns })));
}

function downConversions(record: RecordPlan): readonly Conversion[] {
  return record.groups.flatMap((group) =>
    group.down.map(({ fields, layout, vsns }) => ({ from: record.layout, to: layout, fields, vsns })),
  );
}

function writeConverter(
  record: RecordPlan,
  direction: Direction,
  choices: readonly (readonly Conversion[])[],
  context: ConverterContext,
): FunctionForm {
  const writer: ClauseWriter = { record, direction, context };
  const [tuples, natives] = [false, true].map((native) =>
    choices.filter(([first]) => first?.from.native === native).flatMap((conversions) => choiceClauses(conversions, writer)),
  ) as [Choice[], Choice[]];
  const value = variable('Value');
  const clauses = tuples.map(({ vsn, pattern, body, guards }) => clause([vsn, pattern], [body], guards));
  const name = converterName(direction, record.name, context.plan.records.indexOf(record));
  if (natives.length === 0) return functionOf(name, [...clauses, clause([variable('_'), value], [value])]);
  const cases = natives.map(({ pattern, body, guards }) => clause([pattern], [body], guards));
  const shape = caseOf(localCall(NATIVE_FUNCTION, value), ...cases, clause([variable('_')], [value]));
  const usesVsn = natives.some(({ vsn }) => vsn.name !== '_');
  return functionOf(name, [...clauses, clause([variable(usesVsn ? 'Vsn' : '_'), value], [shape])]);
}

interface ClauseWriter {
  readonly record: RecordPlan;
  readonly direction: Direction;
  readonly context: ConverterContext;
}

/** A clause to be; a tuple's pattern is one of the value, a native record's one of its shape. */
interface Choice {
  readonly vsn: VarNode;
  readonly pattern: Expression;
  readonly body: Expression;
  readonly guards: readonly (readonly Expression[])[];
}

/** One conversion is made whatever the version; of several the version chooses. */
function choiceClauses(conversions: readonly Conversion[], writer: ClauseWriter): readonly Choice[] {
  const [only] = conversions;
  if (only === undefined) return [];
  if (conversions.length === 1) return changesNothing(only) ? [] : [conversionClause(only, undefined, writer)];
  const chosen = conversions.flatMap((one) => {
    // A version of two layouts chooses neither.
    const own = one.vsns.filter((vsn) =>
      conversions.every((other) => other === one || !other.vsns.some((its) => equalTerms(its, vsn))),
    );
    return own.length === 0 ? [] : [conversionClause(one, own, writer)];
  });
  return [...chosen, ambiguousClause(only.from, writer)];
}

function changesNothing({ from, to, fields }: Conversion): boolean {
  const isSame = from.tag === to.tag && from.native === to.native && from.fields.length === to.fields.length;
  return isSame && fields.every((field, at) => field.kind === 'copied' && field.from === at && !isNested(field.nested));
}

function isNested(nested: Nested): boolean {
  return nested.direct.length + nested.list.length > 0;
}

function conversionClause(conversion: Conversion, vsns: readonly Term[] | undefined, writer: ClauseWriter): Choice {
  const { from, to, fields } = conversion;
  const { module } = writer.context.plan.to;
  const guards = (vsns ?? []).map((vsn) => [operation(variable('Vsn'), '=:=', termNode(vsn))]);
  if (changesNothing(conversion)) {
    const anything = recordPattern(from, undefined, module);
    const pattern = from.native ? anything : matchNode(anything, variable('Value'));
    return { vsn: variable('Vsn'), pattern, body: variable('Value'), guards };
  }
  const written = fields.map((field) => (field.kind === 'default' ? writer.context.defaults.expression(field.value) : undefined));
  const names = fieldVariables(from.fields, variablesIn(written));
  const values = fields.map((field, at) => written[at] ?? sourceValue(field, oldValue(from, field, names), writer));
  const used = new Set(fields.flatMap((field) => (field.kind === 'default' ? [] : [field.from])));
  const pattern = recordPattern(
    from,
    names.map((name, at) => (used.has(at) ? name : '_')),
    module,
  );
  const needsVsn = vsns !== undefined || fields.some((field) => field.kind === 'copied' && isNested(field.nested));
  return { vsn: variable(needsVsn ? 'Vsn' : '_'), pattern, body: recordValue(to, values, module), guards };
}

/** `{tag, Field, ...}`, or `{module, tag, [field, ...]}` for the shape of a native record. */
function recordPattern(layout: Layout, names: readonly string[] | undefined, module: string): Expression {
  if (!layout.native) return tupleNode(atomNode(layout.tag), ...layout.fields.map((_, at) => variable(names?.[at] ?? '_')));
  return tupleNode(atomNode(module), atomNode(layout.tag), listNode(layout.fields.map(atomNode)));
}

/** `{tag, Value, ...}`, or `records:create(module, tag, [{field, Value}, ...], #{is_exported => Exported})`. */
function recordValue(layout: Layout, values: readonly Expression[], module: string): Expression {
  if (!layout.native) return tupleNode(atomNode(layout.tag), ...values);
  const pairs = layout.fields.map((field, at) => tupleNode(atomNode(field), values[at] as Expression));
  const options = termNode(map([[atom('is_exported'), atom(String(layout.exported))]]));
  return remoteCall('records', 'create', atomNode(module), atomNode(layout.tag), listNode(pairs), options);
}

/** A field of the old value: a variable, or `records:get(field, Value)`. */
function oldValue(from: Layout, field: FieldSource, names: readonly string[]): Expression {
  if (field.kind === 'default') return atomNode('undefined');
  if (!from.native) return variable(names[field.from] as string);
  return remoteCall('records', 'get', atomNode(from.fields[field.from] as string), variable('Value'));
}

function sourceValue(field: FieldSource, value: Expression, writer: ClauseWriter): Expression {
  if (field.kind === 'converted') return remoteCall(field.module, field.name, value);
  return field.kind === 'copied' ? nestedValue(field.nested, value, writer) : value;
}

function nestedValue(nested: Nested, value: Expression, { direction, context: { plan } }: ClauseWriter): Expression {
  const place = (name: string): number => plan.records.findIndex((record) => record.name === name);
  const call = (nameOf: typeof converterName, name: string, inner: Expression): Expression =>
    localCall(nameOf(direction, name, place(name)), variable('Vsn'), inner);
  const converted = nested.direct.reduce((inner, name) => call(converterName, name, inner), value);
  return nested.list.reduce((inner, name) => call(listConverterName, name, inner), converted);
}

function variablesIn(expressions: readonly (Expression | undefined)[]): ReadonlySet<string> {
  const names = new Set(['Vsn', 'Value']);
  for (const expression of expressions) {
    if (expression === undefined) continue;
    walk(expression, (node) => {
      if (node.kind === 'var' || node.kind === 'named_fun') names.add(node.name);
    });
  }
  return names;
}

function ambiguousClause(layout: Layout, { record, context }: ClauseWriter): Choice {
  const { module } = context.plan.to;
  const about = tupleNode(atomNode(module), atomNode(record.name), variable('Vsn'));
  const thrown = tupleNode(atomNode('beamtool'), atomNode('ambiguous_state'), about);
  const pattern = recordPattern(layout, undefined, module);
  return { vsn: variable('Vsn'), pattern, body: remoteCall('erlang', 'throw', thrown), guards: [] };
}

const inLists = new WeakMap<MigrationPlan, ReadonlySet<string>>();

/** The records that are converted in lists, found once for each plan. */
function recordsInLists(plan: MigrationPlan): ReadonlySet<string> {
  const known = inLists.get(plan);
  if (known !== undefined) return known;
  const groups = plan.records.flatMap((record) => record.groups);
  const sources = groups.flatMap(({ up, down }) => [...up, ...down.flatMap(({ fields }) => fields)]);
  const names = new Set(sources.flatMap((source) => (source.kind === 'copied' ? source.nested.list : [])));
  inLists.set(plan, names);
  return names;
}

/** `'...@list'(Vsn, [Head | Tail]) -> ['...'(Vsn, Head) | '...@list'(Vsn, Tail)]; '...@list'(_, Tail) -> Tail.` */
function writeListConverter(record: RecordPlan, direction: Direction, { plan }: ConverterContext): FunctionForm {
  const place = plan.records.indexOf(record);
  const name = listConverterName(direction, record.name, place);
  const cell = (head: Expression, tail: Expression): Expression => listNode([head], tail);
  const converted = localCall(converterName(direction, record.name, place), variable('Vsn'), variable('Head'));
  const rest = localCall(name, variable('Vsn'), variable('Tail'));
  return functionOf(name, [
    clause([variable('Vsn'), cell(variable('Head'), variable('Tail'))], [cell(converted, rest)]),
    clause([variable('_'), variable('Tail')], [variable('Tail')]),
  ]);
}

/** Tells whether a layout that values are recognised by is one of a native record. */
export function needsNativeShape(plan: MigrationPlan): boolean {
  return plan.records.some(({ groups }) => groups.some(({ layout }) => layout.native));
}

/**
 * 'beamtool@native'(Value) ->
 *     try {records:get_module(Value), records:get_name(Value), records:get_field_names(Value)} catch error:badarg -> none end.
 */
export function writeNativeShape(): FunctionForm {
  const parts = ['get_module', 'get_name', 'get_field_names'].map((name) => remoteCall('records', name, variable('Value')));
  const handler = clause([tupleNode(atomNode('error'), atomNode('badarg'), variable('_'))], [atomNode('none')]);
  return functionOf(NATIVE_FUNCTION, [clause([variable('Value')], [tryOf(tupleNode(...parts), [], [handler])])]);
}
