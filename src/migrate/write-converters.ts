// The functions that convert one record, up and down. Each is a function of the version and of any value; what has none of the shapes that the
// record had passes through.
//
//   'beamtool@up@state'(_, {state, Count, Name}) -> {state, Name, [], Count};           one older layout of that tag and size
//   'beamtool@up@state'(Vsn, {state, A, B}) when Vsn =:= 1; Vsn =:= 2 -> ...            several: the version chooses
//   'beamtool@up@state'(Vsn, {state, _, _}) -> erlang:throw({beamtool, ambiguous_state, {Module, state, Vsn}});
//   'beamtool@up@state'(_, Value) -> Value.
//
// On the way down the value has the new shape, and the version says which layout is wanted where there were several.

import { atomNode, clause, functionOf, localCall, operation, remoteCall, termNode, tupleNode, variable } from '../forms/build.js';
import type { Clause, Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import { walk } from '../forms/walk.js';
import type { Term } from '../term/model.js';
import { equalTerms } from '../term/order.js';
import type { DefaultWriter } from './copy-functions.js';
import { converterName, fieldVariables, listConverterName } from './generated-names.js';
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
    ...(isInList(record.name, context.plan)
      ? [writeListConverter(record, 'up', context), writeListConverter(record, 'down', context)]
      : []),
  ];
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
    group.down.map(({ fields, vsns }) => ({ from: record.layout, to: group.layout, fields, vsns })),
  );
}

function writeConverter(
  record: RecordPlan,
  direction: Direction,
  choices: readonly (readonly Conversion[])[],
  context: ConverterContext,
): FunctionForm {
  const place = context.plan.records.indexOf(record);
  const clauses = choices.flatMap((conversions) => choiceClauses(record, direction, conversions, context));
  const name = converterName(direction, record.name, place);
  return functionOf(name, [...clauses, clause([variable('_'), variable('Value')], [variable('Value')])]);
}

function choiceClauses(
  record: RecordPlan,
  direction: Direction,
  conversions: readonly Conversion[],
  context: ConverterContext,
): readonly Clause[] {
  const [only] = conversions;
  if (only === undefined) return [];
  if (conversions.length === 1) return changesNothing(only) ? [] : [conversionClause(direction, only, undefined, context)];
  const chosen = conversions.flatMap((one) => {
    // A version of two layouts chooses neither.
    const own = one.vsns.filter((vsn) =>
      conversions.every((other) => other === one || !other.vsns.some((its) => equalTerms(its, vsn))),
    );
    return own.length === 0 ? [] : [conversionClause(direction, one, own, context)];
  });
  return [...chosen, ambiguousClause(record, only.from, context)];
}

function changesNothing({ from, to, fields }: Conversion): boolean {
  const isSame = from.tag === to.tag && from.native === to.native && from.fields.length === to.fields.length;
  return isSame && fields.every((field, at) => field.kind === 'copied' && field.from === at && !isNested(field.nested));
}

function isNested(nested: Nested): boolean {
  return nested.direct.length + nested.list.length > 0;
}

function conversionClause(
  direction: Direction,
  conversion: Conversion,
  vsns: readonly Term[] | undefined,
  context: ConverterContext,
): Clause {
  const { from, to, fields } = conversion;
  const guards = (vsns ?? []).map((vsn) => [operation(variable('Vsn'), '=:=', termNode(vsn))]);
  if (changesNothing(conversion)) {
    const pattern = recordPattern(
      from,
      from.fields.map(() => '_'),
    );
    return clause([variable('Vsn'), { ...MATCH, pattern, value: variable('Value') }], [variable('Value')], guards);
  }
  const written = fields.map((field) => (field.kind === 'default' ? context.defaults.expression(field.value) : undefined));
  const names = fieldVariables(from.fields, variablesIn(written));
  const values = fields.map((field, at) => written[at] ?? sourceValue(direction, field, names, context));
  const used = new Set(fields.flatMap((field) => (field.kind === 'default' ? [] : [field.from])));
  const pattern = recordPattern(
    from,
    names.map((name, at) => (used.has(at) ? name : '_')),
  );
  const needsVsn = vsns !== undefined || fields.some((field) => field.kind === 'copied' && isNested(field.nested));
  return clause([variable(needsVsn ? 'Vsn' : '_'), pattern], [tupleNode(atomNode(to.tag), ...values)], guards);
}

const MATCH = { kind: 'match', anno: atomNode('').anno } as const;

function recordPattern(layout: Layout, names: readonly string[]): Expression {
  return tupleNode(atomNode(layout.tag), ...names.map(variable));
}

function sourceValue(direction: Direction, field: FieldSource, names: readonly string[], context: ConverterContext): Expression {
  if (field.kind === 'default') return context.defaults.expression(field.value);
  const value = variable(names[field.from] as string);
  if (field.kind === 'converted') return remoteCall(field.module, field.name, value);
  return nestedValue(direction, field.nested, value, context);
}

function nestedValue(direction: Direction, nested: Nested, value: Expression, { plan }: ConverterContext): Expression {
  const place = (name: string): number => plan.records.findIndex((record) => record.name === name);
  const converted = nested.direct.reduce(
    (inner, name) => localCall(converterName(direction, name, place(name)), variable('Vsn'), inner),
    value,
  );
  return nested.list.reduce(
    (inner, name) => localCall(listConverterName(direction, name, place(name)), variable('Vsn'), inner),
    converted,
  );
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

function ambiguousClause(record: RecordPlan, layout: Layout, { plan }: ConverterContext): Clause {
  const about = tupleNode(atomNode(plan.to.module), atomNode(record.name), variable('Vsn'));
  const thrown = remoteCall('erlang', 'throw', tupleNode(atomNode('beamtool'), atomNode('ambiguous_state'), about));
  return clause(
    [
      variable('Vsn'),
      recordPattern(
        layout,
        layout.fields.map(() => '_'),
      ),
    ],
    [thrown],
  );
}

function isInList(name: string, plan: MigrationPlan): boolean {
  const sources = plan.records.flatMap(({ groups }) =>
    groups.flatMap(({ up, down }) => [...up, ...down.flatMap(({ fields }) => fields)]),
  );
  return sources.some((source) => source.kind === 'copied' && source.nested.list.includes(name));
}

/** `'...@list'(Vsn, [Head | Tail]) -> ['...'(Vsn, Head) | '...@list'(Vsn, Tail)]; '...@list'(_, Tail) -> Tail.` */
function writeListConverter(record: RecordPlan, direction: Direction, { plan }: ConverterContext): FunctionForm {
  const place = plan.records.indexOf(record);
  const name = listConverterName(direction, record.name, place);
  const cell = (head: Expression, tail: Expression): Expression => ({ ...MATCH, kind: 'cons', head, tail });
  const converted = localCall(converterName(direction, record.name, place), variable('Vsn'), variable('Head'));
  const rest = localCall(name, variable('Vsn'), variable('Tail'));
  return functionOf(name, [
    clause([variable('Vsn'), cell(variable('Head'), variable('Tail'))], [cell(converted, rest)]),
    clause([variable('_'), variable('Tail')], [variable('Tail')]),
  ]);
}
