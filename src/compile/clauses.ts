// Clauses in a row: the first one whose patterns and guard fit is run. What all clauses bind is bound after them, in registers that the
// first clause chose; what only some bind is unsafe.

import type { YRegister } from '../code/operands.js';
import type { Clause } from '../forms/expression-model.js';
import { runBody, runTail } from './body.js';
import { type Builder, emit, move, newLabel, place, to, withTemporaries, y } from './builder.js';
import { boundIn } from './free-variables.js';
import { testGuard } from './guard.js';
import { matchPattern } from './pattern.js';
import { releaseVariables } from './registers.js';
import { type Binding, boundSince, newScope, type Scope } from './scope.js';

/** What clauses are matched with, and what becomes of the value. */
export interface Selection {
  readonly clauses: readonly Clause[];
  /** As many as each clause has patterns. */
  readonly subjects: readonly YRegister[];
  /** Where the value goes; undefined where it is returned from the function. */
  readonly result: YRegister | undefined;
  /** Emits what happens where no clause fits. */
  readonly otherwise: () => void;
  /** What makes a variable unsafe afterwards, such as `case`. */
  readonly construct: string;
  /** Whether variables of the patterns are new even if there are such already: in the heads of functions and funs. */
  readonly isHead?: boolean;
  /** The name of a named fun, which its own heads don't make new. */
  readonly itself?: string | undefined;
}

/** Emits the clauses; afterwards the scope holds what all of them bind. */
export function selectClause(builder: Builder, selection: Selection): void {
  const { clauses, result, otherwise, construct } = selection;
  const before = builder.scope;
  const end = newLabel(builder);
  const merge = newMerge(builder);
  for (const clause of clauses) {
    const next = newLabel(builder);
    builder.scope = newScope(before);
    withTemporaries(builder, () => runClause(builder, clause, selection, next));
    if (result !== undefined) {
      closeClause(builder, merge, before);
      emit(builder, 'jump', to(end));
    } else releaseVariables(builder.registers, merge.mark, new Set());
    place(builder, next);
  }
  otherwise();
  builder.scope = newScope(before);
  if (result === undefined) return;
  place(builder, end);
  finishMerge(builder, merge, construct);
}

function runClause(builder: Builder, clause: Clause, { subjects, result, isHead, itself }: Selection, fail: number): void {
  const outer = newScope(builder.scope);
  if (isHead === true) for (const name of boundIn(builder.unit, clause.patterns)) if (name !== itself) builder.scope.delete(name);
  clause.patterns.forEach((pattern, at) => {
    matchPattern(builder, pattern, subjects[at] as YRegister, { fail, outer });
  });
  testGuard(builder, clause.guards, fail);
  if (result === undefined) runTail(builder, clause.body);
  else withTemporaries(builder, () => move(builder, runBody(builder, clause.body), result));
}

/** The variables that clauses have bound so far. */
interface Merge {
  /** Registers of variables that there were before the clauses. */
  readonly mark: number;
  /** Where what the first clause binds has to be; undefined until there was one. */
  targets: Map<string, number> | undefined;
  /** Names that some clause binds. */
  readonly some: Set<string>;
}

function newMerge(builder: Builder): Merge {
  return { mark: builder.registers.variables.length, targets: undefined, some: new Set() };
}

function registerOf(binding: Binding | undefined): number | undefined {
  return binding?.kind === 'bound' ? binding.register : undefined;
}

/** Moves what the clause has bound to the registers of the first one. */
function closeClause(builder: Builder, merge: Merge, before: Scope): void {
  const { scope } = builder;
  const names = boundSince(scope, before);
  for (const name of names) merge.some.add(name);
  const bound = names.flatMap((name): [string, number][] => {
    const register = registerOf(scope.get(name));
    return register === undefined ? [] : [[name, register]];
  });
  if (merge.targets === undefined) merge.targets = new Map(bound);
  else keepCommon(builder, merge.targets, new Map(bound));
  releaseVariables(builder.registers, merge.mark, new Set(merge.targets.values()));
}

function keepCommon(builder: Builder, targets: Map<string, number>, bound: ReadonlyMap<string, number>): void {
  for (const [name, target] of targets) {
    const register = bound.get(name);
    if (register === undefined) targets.delete(name);
    else move(builder, y(register), y(target));
  }
}

function finishMerge(builder: Builder, merge: Merge, where: string): void {
  const targets = merge.targets ?? new Map<string, number>();
  for (const name of merge.some) {
    const register = targets.get(name);
    builder.scope.set(name, register === undefined ? { kind: 'unsafe', where } : { kind: 'bound', register });
  }
}
