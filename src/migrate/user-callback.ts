// What the module's own callback does with its arguments, as far as that decides how it is called.

import type { Clause, Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import { type Node, walk } from '../forms/walk.js';
import type { CallbackKind } from './model.js';

/**
 * Tells whether Extra may get `{old_state, State}`: not where a clause matches it by a literal, unless a clause asks for old_state
 * itself.
 */
export function mayExtendExtra(form: FunctionForm, callback: CallbackKind): boolean {
  const patterns = form.clauses.map((clause) => clause.patterns[callback.extra]);
  if (patterns.some((pattern) => pattern !== undefined && mentions(pattern, 'old_state'))) return true;
  return !form.clauses.some((clause) => matchesLiteral(clause, callback.extra));
}

function matchesLiteral(clause: Clause, at: number): boolean {
  const pattern = clause.patterns[at];
  if (pattern === undefined) return false;
  const variables = variablesOf(pattern);
  if (variables === undefined) return true;
  return clause.guards.some((tests) => tests.some((test) => comparesWithLiteral(test, variables)));
}

/** The variables that are the whole pattern (`X`, `X = Y`); undefined for any other pattern. */
function variablesOf(pattern: Expression): readonly string[] | undefined {
  if (pattern.kind === 'var') return [pattern.name];
  if (pattern.kind !== 'match') return undefined;
  const left = variablesOf(pattern.pattern);
  const right = variablesOf(pattern.value);
  return left === undefined || right === undefined ? undefined : [...left, ...right];
}

/** `Extra =:= literal` somewhere in a test. */
function comparesWithLiteral(test: Expression, variables: readonly string[]): boolean {
  let found = false;
  const isExtra = (node: Expression): boolean => node.kind === 'var' && variables.includes(node.name);
  walk(test, (node) => {
    if (node.kind !== 'op' || (node.operator !== '=:=' && node.operator !== '==')) return;
    const [left, right] = [node.left, node.right] as readonly [Expression, Expression];
    if ((isExtra(left) && !hasVariable(right)) || (isExtra(right) && !hasVariable(left))) found = true;
  });
  return found;
}

function hasVariable(node: Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner.kind === 'var') found = true;
  });
  return found;
}

function mentions(node: Node, name: string): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner.kind === 'atom' && inner.name === name) found = true;
  });
  return found;
}

/** Tells whether a clause is for `{down, Vsn}`: a downgrade that was written by hand. */
export function handlesDown(form: FunctionForm, callback: CallbackKind): boolean {
  return form.clauses.some((clause) => {
    const pattern = clause.patterns[callback.oldVsn];
    return pattern !== undefined && mentions(pattern, 'down');
  });
}
