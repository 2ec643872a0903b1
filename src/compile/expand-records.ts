// Records written out as the tuples that they are: creation with defaults, update, access, position, patterns, tests. What is left says
// the same without any definition.
//
//   #r{a = 1}    {r, 1, Default}              R#r{a = 1}   case R of {r, _, B} -> {r, 1, B}; Other -> error({badrecord, Other}) end
//   R#r.a        case R of {r, A, _} -> A; ...             in a guard: element(2, R), and the test fails if R is no such record
//
// Defined by lib/stdlib/src/erl_expand_records.erl.

import type { Anno } from '../forms/anno.js';
import type {
  Clause,
  Expression,
  Qualifier,
  RecordAccess,
  RecordField,
  RecordName,
  RecordNode,
  RecordUpdate,
} from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import type { RecordDefinition } from '../forms/records.js';
import type { AtomNode, VarNode } from '../forms/type-model.js';
import { childrenOf, type Node } from '../forms/walk.js';
import { MAX_EXPANDED_NODES } from '../limits.js';
import { type Refusable, refuse } from './compile-error.js';
import { isGuardTest } from './guard-shape.js';

/** Where an expression stands: records mean something else in patterns and guards. */
export type ExpansionPlace = 'body' | 'pattern' | 'guard';

/** What expressions are expanded with. */
export interface Expansion {
  readonly records: ReadonlyMap<string, RecordDefinition>;
  /** Returns a variable that stands nowhere else in the function. */
  readonly fresh: () => string;
  /** Before OTP 25 the reason of a wrong record is its name rather than the value. */
  readonly otp: number;
  /** Whether a call of `name/arity` means a function of the module. */
  readonly isLocal?: ((name: string, arity: number) => boolean) | undefined;
}

interface Run extends Expansion {
  nodes: number;
  /** Tests that the guard at hand needs. */
  required: { readonly record: Expression; readonly definition: RecordDefinition }[] | undefined;
}

/** Returns a function without records; where nothing is said of its new variables they can't be those of any source. */
export function expandFunction(form: FunctionForm, expansion: Omit<Expansion, 'fresh'> & Partial<Expansion>): FunctionForm {
  if (!hasRecords(form)) return form;
  let count = 0;
  const run: Run = { fresh: () => `rec${count++}`, ...expansion, nodes: 0, required: undefined };
  return { ...form, clauses: form.clauses.map((clause) => expandClause(run, clause)) };
}

/** Returns an expression without records; throws CompileError for a record or a field that isn't known, or a native record. */
export function expandRecords(node: Expression, expansion: Expansion, place: ExpansionPlace = 'body'): Expression {
  return expand({ ...expansion, nodes: 0, required: undefined }, node, place);
}

const RECORD_KINDS: ReadonlySet<string> = new Set(['record', 'record_update', 'record_access', 'record_index']);
const RECORD_FUNCTIONS: ReadonlySet<string> = new Set(['is_record', 'record_info']);

function hasRecords(form: Node): boolean {
  const pending: Node[] = [form];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (RECORD_KINDS.has(node.kind) || (node.kind === 'atom' && RECORD_FUNCTIONS.has(node.name as string))) return true;
    pending.push(...childrenOf(node));
  }
  return false;
}

function expandClause(run: Run, clause: Clause): Clause {
  return {
    ...clause,
    patterns: clause.patterns.map((pattern) => expand(run, pattern, 'pattern')),
    guards: clause.guards.map((tests) => tests.map((test) => expandTest(run, test))),
    body: clause.body.map((node) => expand(run, node, 'body')),
  };
}

function expand(run: Run, node: Expression, place: ExpansionPlace): Expression {
  if (++run.nodes > MAX_EXPANDED_NODES) refuse(node, 'the records are too large when they are written out');
  switch (node.kind) {
    case 'record':
      return place === 'pattern' ? recordPattern(run, node) : createRecord(run, node, place);
    case 'record_update':
      return updateRecord(run, node);
    case 'record_access':
      return place === 'guard' ? guardAccess(run, node) : accessRecord(run, node);
    case 'record_index':
      return position(node.anno, definitionOf(run, node, node.name), node.field);
    case 'call':
      return expandCall(run, node, place);
    case 'lc':
    case 'bc':
    case 'mc':
      return {
        ...expandParts(run, { ...node, qualifiers: [] }, place),
        qualifiers: expandQualifiers(run, node.qualifiers),
      } as Expression;
    case 'op':
      if (place === 'guard' && (node.operator === 'andalso' || node.operator === 'orelse')) {
        return { ...node, left: expandTest(run, node.left), right: expandTest(run, node.right) };
      }
      return expandParts(run, node, place);
    default:
      return expandParts(run, node, place);
  }
}

/** A test in a guard, with the record tests that its accesses need: `(is_record(...) orelse fail) and Test`. */
function expandTest(run: Run, node: Expression): Expression {
  const outer = run.required;
  const required: NonNullable<Run['required']> = [];
  run.required = required;
  const test = expand(run, node, 'guard');
  run.required = outer;
  const { anno } = node;
  return required.reduceRight((inner: Expression, { record, definition }): Expression => {
    const isRecord: Expression = erlangCall(anno, 'is_record', [
      record,
      atomNode(anno, definition.name),
      integerNode(anno, definition.fields.length + 1),
    ]);
    const orFail: Expression = { kind: 'op', anno, operator: 'orelse', left: isRecord, right: atomNode(anno, 'fail') };
    return { kind: 'op', anno, operator: 'and', left: orFail, right: inner };
  }, test);
}

/** Filters of comprehensions that could be guard tests are. */
function expandQualifiers(run: Run, qualifiers: readonly Qualifier[]): readonly unknown[] {
  const rules = { otp: run.otp, isLocal: run.isLocal ?? (() => false) };
  return qualifiers.map((qualifier) => {
    const isFilter = !('source' in qualifier) && qualifier.kind !== 'zip';
    const isTest = isFilter && isGuardTest(qualifier as Expression, rules);
    return isTest ? expandTest(run, qualifier as Expression) : expandPart(run, qualifier, 'body');
  });
}

/** Expands what is below a node, by the names of its fields. */
function expandParts(run: Run, node: Expression, place: ExpansionPlace): Expression {
  const made: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(node))
    made[name] = name === 'anno' ? part : expandPart(run, part, placeOf(node.kind, name, place));
  return made as unknown as Expression;
}

function placeOf(kind: string, name: string, place: ExpansionPlace): ExpansionPlace {
  if (place === 'body') return name === 'pattern' && kind !== 'zip' ? 'pattern' : 'body';
  // Keys and sizes in a pattern are guard expressions.
  return place === 'pattern' && (name === 'key' || name === 'size') ? 'guard' : place;
}

function expandPart(run: Run, part: unknown, place: ExpansionPlace): unknown {
  if (Array.isArray(part)) return part.map((item) => expandPart(run, item, place));
  if (typeof part !== 'object' || part === null || !('anno' in part) || !('kind' in part)) return part;
  const node = part as Expression | Clause;
  if (node.kind === 'clause') return expandClause(run, node);
  const isPlain = ['map_field_assoc', 'map_field_exact', 'bin_element', 'else', 'zip', 'record_field'].includes(node.kind);
  if (isPlain || node.kind.includes('generate')) return expandParts(run, node as Expression, place);
  return expand(run, node as Expression, place);
}

function definitionOf(run: Run, node: Refusable, name: RecordName): RecordDefinition {
  const definition = typeof name === 'string' ? run.records.get(name) : undefined;
  if (definition === undefined) {
    const shown = typeof name === 'string' ? name : name === null ? '_' : `${name.module}:${name.name}`;
    return refuse(
      node,
      typeof name === 'string' ? `record ${shown} is undefined` : `the native record ${shown} can't be compiled`,
    );
  }
  if (definition.native) refuse(node, `the native record ${definition.name} can't be compiled`);
  return definition;
}

function fieldName(field: RecordField | RecordAccess, of: Expression): string | undefined {
  if (of.kind === 'atom') return of.name;
  return of.kind === 'var' && of.name === '_' ? undefined : refuse(field, 'a field without a name');
}

/** The values that are given, by field; that of `_` is for all others. */
function givenFields(node: RecordNode | RecordUpdate, { fields, name }: RecordDefinition): Map<string | undefined, Expression> {
  const given = new Map<string | undefined, Expression>();
  for (const field of node.fields) {
    const key = fieldName(field, field.field);
    if (key !== undefined && !fields.some((known) => known.name === key)) refuse(field, `record ${name} has no field ${key}`);
    if (given.has(key)) refuse(field, `the field ${key ?? '_'} comes twice`);
    given.set(key, field.value);
  }
  return given;
}

function recordPattern(run: Run, node: RecordNode): Expression {
  const definition = definitionOf(run, node, node.name);
  const given = givenFields(node, definition);
  const other = given.get(undefined) ?? variable(node.anno, '_');
  const elements = definition.fields.map(({ name }) => expand(run, given.get(name) ?? other, 'pattern'));
  return { kind: 'tuple', anno: node.anno, elements: [atomNode(node.anno, definition.name), ...elements] };
}

function createRecord(run: Run, node: RecordNode, place: ExpansionPlace): Expression {
  const definition = definitionOf(run, node, node.name);
  const given = givenFields(node, definition);
  const elements = definition.fields.map((field) => {
    const value = given.get(field.name) ?? given.get(undefined) ?? field.default ?? atomNode(node.anno, 'undefined');
    return expand(run, value, place);
  });
  return { kind: 'tuple', anno: node.anno, elements: [atomNode(node.anno, definition.name), ...elements] };
}

/** New values are computed before the record, in the order of the source. */
function updateRecord(run: Run, node: RecordUpdate): Expression {
  const { anno } = node;
  const definition = definitionOf(run, node, node.name);
  const given = givenFields(node, definition);
  if (given.has(undefined)) refuse(node, 'an update of all other fields');
  const before: Expression[] = [];
  const values = new Map<string, Expression>();
  for (const [name, given_] of given) {
    const value = expand(run, given_, 'body');
    const kept = isSimple(value) ? value : variable(anno, run.fresh());
    if (kept !== value) before.push({ kind: 'match', anno, pattern: kept, value });
    values.set(name as string, kept);
  }
  const old = definition.fields.map(({ name }) => variable(anno, values.has(name) ? '_' : run.fresh()));
  const parts = definition.fields.map(({ name }, at) => values.get(name) ?? (old[at] as Expression));
  const update = takeApart(run, expand(run, node.record, 'body'), definition, old, tupleOf(anno, definition, parts));
  return before.length === 0 ? update : { kind: 'block', anno, body: [...before, update] };
}

function accessRecord(run: Run, node: RecordAccess): Expression {
  const { anno } = node;
  const definition = definitionOf(run, node, node.name);
  const at = fieldIndex(definition, node);
  const value = variable(anno, run.fresh());
  const old = definition.fields.map((_, index) => (index === at ? value : variable(anno, '_')));
  return takeApart(run, expand(run, node.record, 'body'), definition, old, value);
}

function takeApart(
  run: Run,
  record: Expression,
  definition: RecordDefinition,
  old: readonly VarNode[],
  result: Expression,
): Expression {
  const { anno } = record;
  const other = variable(anno, run.fresh());
  const reason = tupleNode(anno, [atomNode(anno, 'badrecord'), run.otp < 25 ? atomNode(anno, definition.name) : other]);
  const clause = (pattern: Expression, body: Expression): Clause => ({
    kind: 'clause',
    anno,
    patterns: [pattern],
    guards: [],
    body: [body],
  });
  const clauses = [clause(tupleOf(anno, definition, old), result), clause(other, erlangCall(anno, 'error', [reason]))];
  return { kind: 'case', anno, expression: record, clauses };
}

function guardAccess(run: Run, node: RecordAccess): Expression {
  const definition = definitionOf(run, node, node.name);
  const index = position(node.anno, definition, node.field);
  const record = expand(run, node.record, 'guard');
  run.required?.push({ record, definition });
  return erlangCall(node.anno, 'element', [index, record]);
}

function fieldIndex(definition: RecordDefinition, node: Refusable & { readonly field: Expression }): number {
  const name = node.field.kind === 'atom' ? node.field.name : '';
  const at = definition.fields.findIndex((field) => field.name === name);
  return at >= 0 ? at : refuse(node, `record ${definition.name} has no field ${name}`);
}

function position(anno: Anno, definition: RecordDefinition, field: Expression): Expression {
  return integerNode(anno, fieldIndex(definition, { kind: 'record_index', anno, field }) + 2);
}

/** `is_record(Term, name)` and `record_info(What, name)`. */
function expandCall(run: Run, node: Extract<Expression, { kind: 'call' }>, place: ExpansionPlace): Expression {
  const { callee, args, anno } = node;
  const isErlang = callee.kind === 'remote' && callee.module.kind === 'atom' && callee.module.name === 'erlang';
  const name = callee.kind === 'atom' ? callee : isErlang ? callee.name : undefined;
  const [first, second] = args;
  if (name?.kind === 'atom' && args.length === 2 && second?.kind === 'atom') {
    const definition = run.records.get(second.name);
    const isOwn = callee.kind === 'atom' && run.isLocal?.(name.name, 2) === true;
    if (name.name === 'is_record' && definition?.native === false && !isOwn) {
      const size = integerNode(anno, definition.fields.length + 1);
      return { ...node, callee: erlangName(anno, 'is_record'), args: [expand(run, first as Expression, place), second, size] };
    }
    if (name.name === 'record_info' && callee.kind === 'atom')
      return recordInfo(node, first as Expression, definitionOf(run, node, second.name));
  }
  return expandParts(run, node, place);
}

function recordInfo(node: Refusable, what: Expression, { fields }: RecordDefinition): Expression {
  const { anno } = node;
  if (what.kind === 'atom' && what.name === 'size') return integerNode(anno, fields.length + 1);
  if (what.kind !== 'atom' || what.name !== 'fields') refuse(node, 'record_info has size and fields only');
  return fields.reduceRight(
    (tail: Expression, { name }): Expression => ({ kind: 'cons', anno, head: atomNode(anno, name), tail }),
    {
      kind: 'nil',
      anno,
    },
  );
}

function isSimple(node: Expression): boolean {
  return ['var', 'atom', 'integer', 'float', 'char', 'nil', 'string'].includes(node.kind);
}

function tupleOf(anno: Anno, { name }: RecordDefinition, parts: readonly Expression[]): Expression {
  return tupleNode(anno, [atomNode(anno, name), ...parts]);
}

function tupleNode(anno: Anno, elements: readonly Expression[]): Expression {
  return { kind: 'tuple', anno, elements };
}

function atomNode(anno: Anno, name: string): AtomNode {
  return { kind: 'atom', anno, name };
}

function integerNode(anno: Anno, value: number): Expression {
  return { kind: 'integer', anno, value };
}

function variable(anno: Anno, name: string): VarNode {
  return { kind: 'var', anno, name };
}

function erlangName(anno: Anno, name: string): Expression {
  return { kind: 'remote', anno, module: atomNode(anno, 'erlang'), name: atomNode(anno, name) };
}

function erlangCall(anno: Anno, name: string, args: readonly Expression[]): Expression {
  return { kind: 'call', anno, callee: erlangName(anno, name), args };
}
