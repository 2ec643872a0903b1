// Checks the types of expressions and turns them into functions that compute their values. An expression's operands are checked before
// itself, from the left, so that of several errors the one is reported that xref finds first.

import { atom, tuple } from '../../term/model.js';
import type { Program } from '../program/program.js';
import { definitionOf, type Level, type VariableName, variableValue } from '../program/variables.js';
import { condensationOf, countGroups, cyclicComponents, selectGroups } from '../sets/components.js';
import { digraphOf } from '../sets/digraph.js';
import { shortestPath } from '../sets/reach.js';
import {
  domainOf,
  rangeOf,
  relationOf,
  restrictSources,
  restrictTargets,
  strictRelation,
  weakRelation,
} from '../sets/relation.js';
import { intersectSets, setOf, type VertexSet } from '../sets/vertex-set.js';
import { castValue, exactFunctions } from './cast.js';
import { resolveConstants } from './constants.js';
import { matchNames } from './match-names.js';
import { compileError, QueryError } from './query-error.js';
import { type Expression, formatExpression, type RestrictOperator } from './syntax.js';
import { canCast, generality, graphShape, isLineType, relationShape, type Shape, typeOfCast, type ValueType } from './types.js';
import { combineValues, distinctLists, pairsOf, sourcesOf, targetsOf, type Value } from './value.js';

/** A checked expression. */
export interface Compiled {
  readonly shape: Shape;
  /** What the ids of the value are; without meaning for a number. */
  readonly type: ValueType;
  /** Computes the value. */
  readonly run: () => Value;
}

/** What an expression may refer to. */
export interface Scope {
  readonly program: Program;
  /** Assigned variables. */
  readonly variables: ReadonlyMap<string, Compiled>;
}

type Node<Kind extends Expression['kind']> = Extract<Expression, { readonly kind: Kind }>;

/** Checks an expression; throws QueryError. A dispatch table by kind. */
export function compileExpression(expression: Expression, scope: Scope): Compiled {
  switch (expression.kind) {
    case 'constants':
      return compileConstants(expression, scope);
    case 'variable':
      return compileVariable(expression, scope);
    case 'pattern': {
      const level = typeOfCast(expression.type) as Level;
      return { shape: 'vertex', type: level, run: () => matchNames(scope.program, level, expression.parts) };
    }
    case 'cast':
      return compileCast(expression, scope);
    case 'relation':
      return compileRelation(expression, scope);
    case 'graph':
      return compileGraph(expression, scope);
    case 'count':
      return compileCount(expression, scope);
    case 'set':
      return compileSet(expression, scope);
    case 'restrict':
      return compileRestrict(expression, scope);
    case 'path':
      return compilePath(expression, scope);
  }
}

function typeError(expression: Expression): QueryError {
  const text = formatExpression(expression);
  return compileError('type_error', [text], `operands of wrong or different types: ${text}`, expression.at);
}

function compileConstants(expression: Node<'constants'>, { program }: Scope): Compiled {
  const { level, shape, ids } = resolveConstants(program, expression.constants);
  if (expression.form === 'tuple') {
    // xref has no answer to a tuple of edges.
    if (shape === 'edge') throw typeError(expression);
    return { shape: 'path', type: level, run: () => ({ kind: 'path', vertices: ids }) };
  }
  if (shape === 'vertex') return { shape, type: level, run: () => vertices(program, level, setOf(ids)) };
  const ends = (offset: number) => ids.filter((_, at) => at % 2 === offset);
  return { shape, type: level, run: () => ({ kind: 'edges', relation: relationOf(ends(0), ends(1)) }) };
}

/** A set of functions is kept by their modules. */
function vertices(program: Program, type: ValueType, set: VertexSet): Value {
  return type === 'function' ? exactFunctions(program, set) : { kind: 'vertices', set };
}

function compileVariable({ name, at }: Node<'variable'>, { program, variables }: Scope): Compiled {
  const assigned = variables.get(name);
  if (assigned !== undefined) return assigned;
  const definition = definitionOf(name, program.mode);
  if (definition === undefined) {
    const reason = tuple(atom('unknown_variable'), atom(name));
    throw new QueryError(`unknown variable ${name}`, 'xref_compiler', reason, at);
  }
  const shape = definition.kind === 'vertices' ? 'vertex' : 'edge';
  return { shape, type: definition.level, run: () => variableValue(program, name as VariableName) };
}

function compileCast(expression: Node<'cast'>, scope: Scope): Compiled {
  const type = typeOfCast(expression.type);
  const operand = compileExpression(expression.operand, scope);
  if (!canCast(operand.shape, operand.type, type)) throw typeError(expression);
  const run = () => {
    const value = operand.run();
    // Lists of lines belong to no function; xref has no answer to that but for nothing.
    if (value.kind !== 'line_lists' || operand.type === type) return castValue(scope.program, value, operand.type, type);
    if (value.lists.length > 0) throw typeError(expression);
    return vertices(scope.program, type, setOf([]));
  };
  return { shape: operand.shape, type, run };
}

function compileRelation(expression: Node<'relation'>, scope: Scope): Compiled {
  const operand = compileExpression(expression.operand, scope);
  const shape = relationShape(expression.operator, operand.shape);
  if (shape === undefined) throw typeError(expression);
  return { shape, type: operand.type, run: () => applyRelation(expression, scope.program, operand) };
}

function applyRelation(expression: Node<'relation'>, program: Program, operand: Compiled): Value {
  const value = operand.run();
  if (value.kind === 'group_edges') return applyToGroups(expression, value);
  const hasLines = value.kind === 'lines';
  switch (expression.operator) {
    case 'domain':
      return hasLines ? { kind: 'calls', relation: value.relation } : vertices(program, operand.type, sourcesOf(value));
    case 'range':
      if (hasLines) return { kind: 'line_lists', lists: distinctLists(value.lines) };
      return vertices(program, operand.type, targetsOf(value));
    case 'strict':
      // Lines are no calls, so no call is one of itself.
      return hasLines ? value : { kind: 'edges', relation: strictRelation(pairsOf(value)) };
    case 'weak':
      // xref has no answer to that but for nothing.
      if (hasLines && value.lines.length > 0) throw typeError(expression);
      if (hasLines) return value;
      return { kind: 'edges', relation: weakRelation(pairsOf(value)) };
  }
}

function applyToGroups({ operator }: Node<'relation'>, { groups, relation }: Extract<Value, { kind: 'group_edges' }>): Value {
  switch (operator) {
    case 'domain':
      return { kind: 'groups', groups: selectGroups(groups, domainOf(relation)) };
    case 'range':
      return { kind: 'groups', groups: selectGroups(groups, rangeOf(relation)) };
    case 'strict':
      return { kind: 'group_edges', groups, relation: strictRelation(relation) };
    case 'weak':
      return { kind: 'group_edges', groups, relation: weakRelation(relation) };
  }
}

function compileGraph(expression: Node<'graph'>, scope: Scope): Compiled {
  const operand = compileExpression(expression.operand, scope);
  const shape = graphShape(expression.operator, operand.shape);
  if (isLineType(operand.type) || shape === undefined) throw typeError(expression);
  return { shape, type: operand.type, run: () => applyGraph(expression, operand.run()) };
}

function applyGraph({ operator }: Node<'graph'>, value: Value): Value {
  const relation = pairsOf(value);
  switch (operator) {
    case 'closure':
      return { kind: 'closure', relation };
    case 'components':
      return { kind: 'groups', groups: cyclicComponents(digraphOf(relation)) };
    case 'condensation':
      return { kind: 'group_edges', ...condensationOf(digraphOf(relation)) };
  }
}

const COUNTABLE: ReadonlySet<Shape> = new Set(['vertex', 'vertex_set', 'edge', 'edge_set']);

function compileCount(expression: Node<'count'>, scope: Scope): Compiled {
  const operand = compileExpression(expression.operand, scope);
  if (!COUNTABLE.has(operand.shape)) throw typeError(expression);
  return { shape: 'number', type: 'function', run: () => ({ kind: 'number', value: countOf(operand.run()) }) };
}

function countOf(value: Value): number {
  switch (value.kind) {
    case 'vertices':
    case 'definitions':
      return value.set.length;
    case 'lines':
      return value.lines.reduce((sum, lines) => sum + lines.length, 0);
    case 'line_lists':
      return value.lists.length;
    case 'groups':
      return countGroups(value.groups);
    case 'group_edges':
      return value.relation.sources.length;
    default:
      return pairsOf(value).sources.length;
  }
}

const SETS: ReadonlySet<Shape> = new Set(['vertex', 'edge', 'number']);
const ARITHMETIC = {
  union: (left: number, right: number) => left + right,
  difference: (left: number, right: number) => left - right,
  intersection: (left: number, right: number) => left * right,
} as const;

function compileSet(expression: Node<'set'>, scope: Scope): Compiled {
  const { operator } = expression;
  const left = compileExpression(expression.left, scope);
  const right = compileExpression(expression.right, scope);
  const { shape } = left;
  if (shape !== right.shape || !SETS.has(shape)) throw typeError(expression);
  if (shape === 'number') {
    const run = () => ({ kind: 'number', value: ARITHMETIC[operator](numberOf(left), numberOf(right)) }) as const;
    return { shape, type: 'function', run };
  }
  const [one, other] = [generality(left.type), generality(right.type)];
  if (one !== other && (one < 2 || other < 2)) throw typeError(expression);
  const type = one <= other ? left.type : right.type;
  const run = () => {
    const operands = [left, right].map((side) => castValue(scope.program, side.run(), side.type, type)) as [Value, Value];
    const value = combineValues(operator, ...operands);
    // Lines of definitions, calls and lists of lines are of one type, and yet nothing that xref could mix.
    if (value === undefined) throw typeError(expression);
    return value;
  };
  return { shape, type, run };
}

function numberOf(compiled: Compiled): number {
  const value = compiled.run();
  return value.kind === 'number' ? value.value : 0;
}

function compileRestrict(expression: Node<'restrict'>, scope: Scope): Compiled {
  const left = compileExpression(expression.left, scope);
  const right = compileExpression(expression.right, scope);
  const isGraph = left.shape === 'edge' || left.shape === 'closure';
  if (isLineType(left.type) || isLineType(right.type) || !isGraph || right.shape !== 'vertex') throw typeError(expression);
  const run = () => {
    const by = castValue(scope.program, right.run(), right.type, left.type);
    return restrict(expression.operator, left.run(), by.kind === 'vertices' ? by.set : setOf([]));
  };
  return { shape: 'edge', type: left.type, run };
}

function restrict(operator: RestrictOperator, value: Value, set: VertexSet): Value {
  const [bySource, byTarget] = [operator !== '||', operator !== '|'];
  if (value.kind === 'closure' || value.kind === 'reach') {
    const { from, to } = value.kind === 'reach' ? value : { from: undefined, to: undefined };
    const narrowed = (old: VertexSet | undefined, isChosen: boolean) =>
      isChosen ? (old === undefined ? set : intersectSets(old, set)) : old;
    return { kind: 'reach', relation: value.relation, from: narrowed(from, bySource), to: narrowed(to, byTarget) };
  }
  let relation = pairsOf(value);
  if (bySource) relation = restrictSources(relation, set);
  if (byTarget) relation = restrictTargets(relation, set);
  return { kind: 'edges', relation };
}

function compilePath(expression: Node<'path'>, scope: Scope): Compiled {
  const left = compileExpression(expression.left, scope);
  const right = compileExpression(expression.right, scope);
  if (isLineType(left.type) || isLineType(right.type)) throw typeError(expression);
  const isPath = left.shape === 'path' || isOneEdge(expression.left);
  const isGraph = right.shape === 'edge' || (right.shape === 'closure' && left.type === right.type);
  if (!isPath || !isGraph) throw typeError(expression);
  const run = () => {
    const graph = castValue(scope.program, right.run(), right.type, left.type);
    return { kind: 'path', vertices: pathThrough(verticesOf(left.run()), graph) } as const;
  };
  return { shape: 'path', type: left.type, run };
}

/** An edge that is written as a constant is a path of its two ends; so is a list of one. */
function isOneEdge(expression: Expression): boolean {
  if (expression.kind !== 'constants') return false;
  const edges = new Set(
    expression.constants.flatMap((constant) => (constant.shape === 'edge' ? [JSON.stringify([constant.from, constant.to])] : [])),
  );
  return edges.size === 1;
}

function verticesOf(value: Value): ArrayLike<number> {
  if (value.kind === 'path') return value.vertices ?? [];
  const { sources, targets } = pairsOf(value);
  return [...sources, ...targets];
}

/** A single vertex asks for a cycle through it. */
function pathThrough(stops: ArrayLike<number>, graph: Value): ArrayLike<number> | undefined {
  const digraph = digraphOf(pairsOf(graph));
  const path = [stops[0] as number];
  for (let at = 1; at < Math.max(stops.length, 2); at++) {
    const part = shortestPath(digraph, path.at(-1) as number, stops[at] ?? (stops[0] as number));
    if (part === undefined) return undefined;
    path.push(...part.subarray(1));
  }
  return path;
}
