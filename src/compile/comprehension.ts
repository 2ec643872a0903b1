// Comprehensions. Each generator is a function of the module that goes over its source and hands on what was collected so far, newest
// first; the whole is turned round at the end and made a list, a bitstring or a map.
//
//   '-f/1-lc$^0/1-0-'(Source, Free..., Collected) -> a later Collected

import type { Label } from '../beam/chunks/entries.js';
import type { YRegister } from '../code/operands.js';
import type {
  BinaryComprehension,
  BinNode,
  Expression,
  Generator,
  ListComprehension,
  MapComprehension,
  MapField,
  MapGenerator,
  Qualifier,
} from '../forms/expression-model.js';
import type { Node } from '../forms/walk.js';
import { MAX_ARITY } from '../limits.js';
import { matchSegments, startMatch } from './binary-pattern.js';
import {
  type Builder,
  emit,
  inRegister,
  keepResult,
  move,
  NIL_OPERAND,
  newLabel,
  place,
  returnValue,
  type Source,
  temporary,
  to,
  unsigned,
  withTemporaries,
  x,
  y,
} from './builder.js';
import { emitRemote, passArguments, raiseError } from './calls.js';
import { refuse } from './compile-error.js';
import { testFilter } from './filter.js';
import { boundIn } from './free-variables.js';
import { enterEnvironment, environmentOf, nextNumber } from './fun.js';
import { matchPattern } from './pattern.js';
import { releaseVariables } from './registers.js';
import { newScope, type Scope } from './scope.js';
import { stringSegments } from './segment.js';

type Comprehension = ListComprehension | BinaryComprehension | MapComprehension;
type AnyGenerator = Generator | MapGenerator;

/** What a run of a comprehension's qualifiers needs to know. */
interface Plan {
  readonly node: Comprehension;
  /** Position of the first qualifier that is still to be done. */
  readonly at: number;
}

/** Emits a comprehension and returns where its value is. */
export function comprehension(builder: Builder, node: Comprehension): Source {
  const before = builder.scope;
  const collected = temporary(builder);
  withTemporaries(builder, () => {
    builder.scope = newScope(before);
    move(builder, NIL_OPERAND, collected);
    runQualifiers(builder, { node, at: 0 }, collected);
    builder.scope = before;
    passArguments(builder, [collected]);
    emitRemote(builder, 'lists', 'reverse', 1, false);
    if (node.kind === 'bc') emitRemote(builder, 'erlang', 'list_to_bitstring', 1, false);
    if (node.kind === 'mc') emitRemote(builder, 'maps', 'from_list', 1, false);
  });
  return keepResult(builder);
}

/** Emits the qualifiers from one on; the register of what is collected gets what they add. */
function runQualifiers(builder: Builder, plan: Plan, collected: YRegister): void {
  const qualifier = plan.node.qualifiers[plan.at];
  if (qualifier === undefined) collect(builder, plan.node, collected);
  else if (isGenerator(qualifier)) generate(builder, plan, qualifier, collected);
  else if (qualifier.kind === 'zip') refuse(qualifier, "zip generators can't be compiled");
  else {
    const skip = newLabel(builder);
    testFilter(builder, qualifier as Expression, skip);
    runQualifiers(builder, { ...plan, at: plan.at + 1 }, collected);
    place(builder, skip);
  }
}

function isGenerator(qualifier: Qualifier): qualifier is AnyGenerator {
  return 'pattern' in qualifier && 'source' in qualifier;
}

/** Adds the template's values. */
function collect(builder: Builder, node: Comprehension, collected: YRegister): void {
  const templates = [node.template].flat() as readonly (Expression | MapField)[];
  withTemporaries(builder, () => {
    const values = templates.map((template) => templateValue(builder, node, template));
    emit(builder, 'test_heap', unsigned(2 * values.length), unsigned(0));
    for (const value of values) emit(builder, 'put_list', value, collected, collected);
  });
}

function templateValue(builder: Builder, node: Comprehension, template: Expression | MapField): Source {
  const { value } = builder.unit.compilers;
  if (template.kind === 'map_field_assoc' || template.kind === 'map_field_exact') {
    const { anno } = template;
    return value(builder, { kind: 'tuple', anno, elements: [template.key, template.value] });
  }
  const expression = template as Expression;
  return value(builder, node.kind === 'bc' ? asBinary(expression) : expression);
}

/** The template of a binary comprehension is a bitstring, however it is written. */
function asBinary(template: Expression): Expression {
  if (template.kind === 'bin') return template;
  const { anno } = template;
  const element = { kind: 'bin_element', anno, value: template, size: 'default', types: ['bitstring'] } as const;
  return { kind: 'bin', anno, elements: [element] };
}

/** Emits the call of the function that goes over a generator's source. */
function generate(builder: Builder, plan: Plan, generator: AnyGenerator, collected: YRegister): void {
  const { node, at } = plan;
  const { tables } = builder.unit.context;
  withTemporaries(builder, () => {
    const source = generatorSource(builder, generator);
    const environment = environmentOf(builder, { ...node, qualifiers: node.qualifiers.slice(at) } as Node);
    const around = builder.scope;
    const arity = environment.length + 2;
    if (arity > MAX_ARITY) refuse(node, `a comprehension with ${environment.length} variables from around it`);
    const number = nextNumber(builder);
    const name = `-${builder.job.root}-${node.kind}$^${at}/1-${number}-`;
    const entry = tables.label();
    const build = (inner: Builder): void => {
      enterEnvironment(inner, environment, around, 1);
      runGenerator(inner, { node, at: at + 1 }, generator, y(arity - 1));
    };
    builder.unit.pending.push({ name, arity, entry, root: builder.job.root, build });
    passArguments(builder, [source, ...environment.map(([, register]) => register), collected]);
    emit(builder, 'call', unsigned(arity), to(entry));
    move(builder, x(0), collected);
  });
}

/** A map is gone over by an iterator. */
function generatorSource(builder: Builder, generator: AnyGenerator): Source {
  const source = builder.unit.compilers.value(builder, generator.source);
  if (generator.kind !== 'm_generate' && generator.kind !== 'm_generate_strict') return source;
  const register = temporary(builder);
  move(builder, source, register);
  const [isOther, bad, end] = [newLabel(builder), newLabel(builder), newLabel(builder)];
  emit(builder, 'is_map', to(isOther), register);
  passArguments(builder, [register]);
  emitRemote(builder, 'maps', 'iterator', 1, false);
  move(builder, x(0), register);
  emit(builder, 'jump', to(end));
  place(builder, isOther);
  passArguments(builder, [register]);
  emitRemote(builder, 'maps', 'is_iterator_valid', 1, false);
  emit(builder, 'is_eq_exact', to(bad), x(0), { kind: 'atom', value: builder.unit.context.tables.atom('true') });
  emit(builder, 'jump', to(end));
  place(builder, bad);
  raiseError(builder, 'bad_generator', register);
  place(builder, end);
  return register;
}

/** Emits the function of one generator: its source is in y0. */
function runGenerator(builder: Builder, plan: Plan, generator: AnyGenerator, collected: YRegister): void {
  switch (generator.kind) {
    case 'generate':
    case 'generate_strict':
      overList(builder, plan, generator, collected);
      return;
    case 'b_generate':
    case 'b_generate_strict':
      overBinary(builder, plan, generator, collected);
      return;
    default:
      overMap(builder, plan, generator, collected);
  }
}

/** Runs the rest of the qualifiers, and then the function again with what is left of the source. */
function again(builder: Builder, plan: Plan, rest: YRegister, collected: YRegister): void {
  runQualifiers(builder, plan, collected);
  repeat(builder, rest, collected);
}

function repeat(builder: Builder, rest: YRegister, collected: YRegister): void {
  const { arity, entry } = builder.job;
  const free = Array.from({ length: arity - 2 }, (_, at) => y(1 + at));
  passArguments(builder, [rest, ...free, collected]);
  emit(builder, 'call_last', unsigned(arity), to(entry), { kind: 'frame' });
}

/** Emits the match of a pattern whose variables are all new; `run` follows, and the scope is then as before. */
function matching(builder: Builder, patterns: readonly Node[], run: (outer: Scope) => void): void {
  const before = builder.scope;
  const mark = builder.registers.variables.length;
  builder.scope = newScope(before);
  for (const name of boundIn(builder.unit, patterns)) builder.scope.delete(name);
  withTemporaries(builder, () => run(before));
  builder.scope = before;
  releaseVariables(builder.registers, mark, new Set());
}

/** What becomes of an element that the pattern doesn't fit: it is skipped, or an error. */
function mismatch(builder: Builder, generator: AnyGenerator, label: Label, element: YRegister, skip: () => void): void {
  place(builder, label);
  if (generator.kind.endsWith('_strict')) raiseError(builder, 'badmatch', element);
  else skip();
}

function overList(builder: Builder, plan: Plan, generator: AnyGenerator, collected: YRegister): void {
  const [end, other, bad] = [newLabel(builder), newLabel(builder), newLabel(builder)];
  const [head, rest] = [temporary(builder), temporary(builder)];
  emit(builder, 'is_nonempty_list', to(end), y(0));
  emit(builder, 'get_list', y(0), head, rest);
  matching(builder, [generator.pattern], (outer) => {
    matchPattern(builder, generator.pattern as Expression, head, { fail: other, outer });
    again(builder, plan, rest, collected);
  });
  mismatch(builder, generator, other, head, () => repeat(builder, rest, collected));
  place(builder, end);
  emit(builder, 'is_nil', to(bad), y(0));
  returnValue(builder, collected);
  place(builder, bad);
  raiseError(builder, 'bad_generator', y(0));
}

/** `K := V <- Map`: maps:next gives {Key, Value, Iterator} or `none`. */
function overMap(builder: Builder, plan: Plan, generator: AnyGenerator, collected: YRegister): void {
  const { key, value } = generator.pattern as MapField;
  const [end, other] = [newLabel(builder), newLabel(builder)];
  const parts = [temporary(builder), temporary(builder), temporary(builder)] as const;
  passArguments(builder, [y(0)]);
  emitRemote(builder, 'maps', 'next', 1, false);
  const next = keepResult(builder);
  emit(builder, 'is_tuple', to(end), next);
  emit(builder, 'test_arity', to(end), next, unsigned(3));
  for (const [at, part] of parts.entries()) emit(builder, 'get_tuple_element', next, unsigned(at), part);
  matching(builder, [key, value], (outer) => {
    matchPattern(builder, key, parts[0], { fail: other, outer });
    matchPattern(builder, value, parts[1], { fail: other, outer });
    again(builder, plan, parts[2], collected);
  });
  place(builder, other);
  if (generator.kind === 'm_generate_strict') {
    emit(builder, 'test_heap', unsigned(3), unsigned(0));
    emit(builder, 'put_tuple2', parts[0], { kind: 'list', items: [parts[0], parts[1]] });
    raiseError(builder, 'badmatch', parts[0]);
  } else repeat(builder, parts[2], collected);
  place(builder, end);
  returnValue(builder, collected);
}

/** Where the pattern doesn't fit, as many bits as it has are skipped; where there aren't as many, it is the end. */
function overBinary(builder: Builder, plan: Plan, generator: AnyGenerator, collected: YRegister): void {
  const pattern = generator.pattern as Expression;
  if (pattern.kind !== 'bin') refuse(generator, 'a binary generator needs a pattern of a binary');
  const [other, end, bad] = [newLabel(builder), newLabel(builder), newLabel(builder)];
  const rest = temporary(builder);
  emit(builder, 'is_bitstr', to(bad), y(0));
  matching(builder, [pattern], (outer) => {
    const context = startMatch(builder, pattern, y(0), bad);
    matchSegments(builder, pattern, context, { fail: other, outer, pattern: matchPattern });
    emit(builder, 'bs_get_tail', context, rest, unsigned(0));
    again(builder, plan, rest, collected);
  });
  place(builder, other);
  if (generator.kind === 'b_generate_strict') strictEnd(builder, end);
  else {
    matching(builder, [pattern], (outer) => {
      const context = startMatch(builder, pattern, y(0), bad);
      matchSegments(builder, skipping(pattern), context, { fail: end, outer, pattern: matchPattern });
      emit(builder, 'bs_get_tail', context, rest, unsigned(0));
      repeat(builder, rest, collected);
    });
  }
  place(builder, end);
  returnValue(builder, collected);
  place(builder, bad);
  raiseError(builder, 'bad_generator', y(0));
}

/** The same segments whatever is in them; a variable stays where it is new, since a later size may need it. */
function skipping(pattern: BinNode): BinNode {
  const seen = new Set<string>();
  const elements = pattern.elements.flatMap(stringSegments).map((element) => {
    const { value, anno } = element;
    if (value.kind === 'var' && !seen.has(value.name)) {
      seen.add(value.name);
      return element;
    }
    return { ...element, value: { kind: 'var', anno, name: '_' } as const };
  });
  return { ...pattern, elements };
}

/** Only an empty rest ends a strict generator well. */
function strictEnd(builder: Builder, end: Label): void {
  const left = newLabel(builder);
  const register = inRegister(builder, y(0));
  const empty = builder.unit.context.tables.literal({ kind: 'bitstring', bytes: new Uint8Array(), bits: 8 });
  emit(builder, 'is_eq_exact', to(left), register, { kind: 'literal', value: empty });
  emit(builder, 'jump', to(end));
  place(builder, left);
  raiseError(builder, 'badmatch', register);
}
