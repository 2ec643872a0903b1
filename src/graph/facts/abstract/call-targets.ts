// The targets of a module's calls, one object each. What a call without a module means is decided at the end (see names.ts); until then it
// has a target of its own, and its edges join those of the real target then.
//
// xref looks at guards only together with BIFs. So what a guard calls counts as a BIF even where the release has none of that name.

import { addCall, type CallLog, type Edge, newCallLog, newTarget, type Target } from '../call-log.js';
import type { IsBuiltin } from '../context.js';
import { moduleOf, type Names } from './names.js';
import { isTypeTest } from './type-tests.js';

/** Targets by module, name and arity; null for a type test, which is no call. */
type TargetTable = Map<string, Map<string, Map<number, Target | null>>>;

/** The targets that have been seen. */
export interface CallTargets {
  readonly names: Names;
  readonly isBuiltin: IsBuiltin;
  readonly log: CallLog;
  readonly externals: TargetTable;
  readonly locals: TargetTable;
  readonly unresolved: TargetTable;
  /** Calls without a module: in bodies, and in guards. */
  readonly unqualified: TargetTable;
  readonly unqualifiedInGuards: TargetTable;
  /** Those of these two that are in use, with whether they stand in guards. */
  readonly undecided: Map<Target, boolean>;
  /** The targets of guards by those of bodies, where they differ. */
  readonly inGuards: Map<Target, Target>;
}

export function newCallTargets(names: Names, isBuiltin: IsBuiltin): CallTargets {
  return {
    names,
    isBuiltin,
    log: newCallLog(),
    externals: new Map(),
    locals: new Map(),
    unresolved: new Map(),
    unqualified: new Map(),
    unqualifiedInGuards: new Map(),
    undecided: new Map(),
    inGuards: new Map(),
  };
}

/** Returns the target of a call with a module; null for a type test. */
export function externalTarget(targets: CallTargets, module: string, name: string, arity: number, guard: boolean): Target | null {
  const known = findTarget(targets.externals, module, name, arity);
  const target = known === undefined ? makeExternal(targets, module, name, arity) : known;
  return guard && target !== null ? guardTarget(targets, target) : target;
}

function makeExternal(targets: CallTargets, module: string, name: string, arity: number): Target | null {
  const typeTest = module === 'erlang' && isTypeTest(name, arity);
  const builtin = targets.isBuiltin(module, name, arity);
  const target = typeTest ? null : newTarget({ kind: 'external', module, name, arity, unresolved: false, builtin });
  return keepTarget(targets.externals, module, name, arity, target);
}

/** Returns the target of a call of which a part is only known at run time. */
export function unresolvedTarget(targets: CallTargets, module: string, name: string, arity: number): Target {
  const known = findTarget(targets.unresolved, module, name, arity);
  if (known) return known;
  const made = newTarget({ kind: 'external', module, name, arity, unresolved: true, builtin: false });
  return keepTarget(targets.unresolved, module, name, arity, made);
}

/** Returns the target of a call of the module's own function, without its module. */
export function localTarget(targets: CallTargets, name: string, arity: number): Target {
  const { module } = targets.names;
  const known = findTarget(targets.locals, module, name, arity);
  if (known) return known;
  const builtin = targets.isBuiltin(module, name, arity);
  const made = newTarget({ kind: 'local', module, name, arity, unresolved: false, builtin });
  return keepTarget(targets.locals, module, name, arity, made);
}

/** Returns the target of a call without a module. */
export function unqualifiedTarget(targets: CallTargets, name: string, arity: number, guard: boolean): Target {
  const table = guard ? targets.unqualifiedInGuards : targets.unqualified;
  const known = findTarget(table, '', name, arity);
  if (known) return known;
  const made = newTarget({ kind: 'local', module: '', name, arity, unresolved: false, builtin: false });
  targets.undecided.set(made, guard);
  return keepTarget(table, '', name, arity, made);
}

function guardTarget(targets: CallTargets, target: Target): Target {
  if (target.builtin) return target;
  const known = targets.inGuards.get(target);
  if (known !== undefined) return known;
  const made = newTarget({ ...target, builtin: true });
  targets.inGuards.set(target, made);
  return made;
}

function findTarget(table: TargetTable, module: string, name: string, arity: number): Target | null | undefined {
  return table.get(module)?.get(name)?.get(arity);
}

function keepTarget<T extends Target | null>(table: TargetTable, module: string, name: string, arity: number, target: T): T {
  const names = table.get(module) ?? new Map<string, Map<number, Target | null>>();
  table.set(module, names);
  const arities = names.get(name) ?? new Map<number, Target | null>();
  names.set(name, arities);
  arities.set(arity, target);
  return target;
}

/** Returns the calls with the names decided, without those of BIFs unless these are asked for. */
export function decideTargets(targets: CallTargets, builtins: boolean): CallLog {
  const { edges } = targets.log;
  for (const { target } of edges) target.latest = undefined;
  const decided = newCallLog();
  for (const edge of edges) {
    const target = decidedTarget(targets, edge.target);
    if (target !== null && (builtins || !target.builtin)) joinEdge(decided, edge, target);
  }
  return decided;
}

function joinEdge(log: CallLog, edge: Edge, target: Target): void {
  log.from = edge.from;
  for (let at = 0; at < edge.sites.length; at += 2) addCall(log, target, edge.sites[at] as number, edge.sites[at + 1] as number);
}

function decidedTarget(targets: CallTargets, target: Target): Target | null {
  const guard = targets.undecided.get(target);
  if (guard === undefined) return target;
  const { name, arity } = target;
  const module = moduleOf(targets.names, name, arity);
  if (module !== undefined) return externalTarget(targets, module, name, arity, guard);
  const local = localTarget(targets, name, arity);
  return guard ? guardTarget(targets, local) : local;
}
