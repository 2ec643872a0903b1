// The targets of a module's calls, one object each. What a call without a module means is decided at the end (see names.ts); until then it
// has a target of its own, and its edges join those of the real target then.
//
// xref looks at guards only together with BIFs. So what a guard calls counts as a BIF even where the release has none of that name.

import { addEdge, type CallLog, newCallLog, newTarget, type Target, type TargetName } from '../call-log.js';
import type { IsBuiltin } from '../context.js';
import { moduleOf, type Names } from './names.js';
import { isTypeTest } from './type-tests.js';

/** Targets by name; a handful each, of several modules and arities. */
type TargetTable = Map<string, Target[]>;

/** What stands for a type test, which is no call. */
const TYPE_TEST = 'type test';

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
    inGuards: new Map(),
  };
}

/** Returns the target of a call with a module; null for a type test. */
export function externalTarget(targets: CallTargets, module: string, name: string, arity: number, guard: boolean): Target | null {
  const target = findTarget(targets.externals, module, name, arity) ?? makeExternal(targets, module, name, arity);
  if (target.kind === TYPE_TEST) return null;
  return guard ? guardTarget(targets, target) : target;
}

function makeExternal(targets: CallTargets, module: string, name: string, arity: number): Target {
  const typeTest = module === 'erlang' && isTypeTest(targets.names.otp, name, arity);
  const builtin = targets.isBuiltin(module, name, arity);
  const kind = typeTest ? TYPE_TEST : 'external';
  return keepTarget(targets.externals, { kind, module, name, arity, unresolved: false, builtin });
}

/** Returns the target of a call of which a part is only known at run time. */
export function unresolvedTarget(targets: CallTargets, module: string, name: string, arity: number): Target {
  return (
    findTarget(targets.unresolved, module, name, arity) ??
    keepTarget(targets.unresolved, { kind: 'external', module, name, arity, unresolved: true, builtin: false })
  );
}

/** Returns the target of a call of the module's own function, without its module. */
export function localTarget(targets: CallTargets, name: string, arity: number): Target {
  const { module } = targets.names;
  const known = findTarget(targets.locals, module, name, arity);
  if (known !== undefined) return known;
  const builtin = targets.isBuiltin(module, name, arity);
  return keepTarget(targets.locals, { kind: 'local', module, name, arity, unresolved: false, builtin });
}

/** Returns the target of a call without a module. */
export function unqualifiedTarget(targets: CallTargets, name: string, arity: number, guard: boolean): Target {
  const table = guard ? targets.unqualifiedInGuards : targets.unqualified;
  const known = findTarget(table, '', name, arity);
  if (known !== undefined) return known;
  return keepTarget(table, { kind: 'local', module: '', name, arity, unresolved: false, builtin: false });
}

function guardTarget(targets: CallTargets, target: Target): Target {
  if (target.builtin) return target;
  const known = targets.inGuards.get(target);
  if (known !== undefined) return known;
  const made = newTarget({ ...target, builtin: true });
  targets.inGuards.set(target, made);
  return made;
}

function findTarget(table: TargetTable, module: string, name: string, arity: number): Target | undefined {
  const targets = table.get(name);
  if (targets === undefined) return undefined;
  for (const target of targets) if (target.arity === arity && target.module === module) return target;
  return undefined;
}

function keepTarget(table: TargetTable, target: TargetName): Target {
  const made = newTarget(target);
  const targets = table.get(target.name);
  if (targets === undefined) table.set(target.name, [made]);
  else targets.push(made);
  return made;
}

/** Returns the calls with the names decided, without those of BIFs unless these are asked for; those in `targets` are used up. */
export function decideTargets(targets: CallTargets, builtins: boolean): CallLog {
  const { log } = targets;
  for (const target of log.targets) {
    target.latest = undefined;
    target.number = -1;
  }
  decideAll(targets, targets.unqualified, false);
  decideAll(targets, targets.unqualifiedInGuards, true);
  const decided = newCallLog();
  for (const edge of log.edges) {
    const called = log.targets[edge.target] as Target;
    const target = called.meant === undefined ? called : called.meant;
    if (target === null || (target.builtin && !builtins)) continue;
    const { latest } = target;
    if (latest?.from !== edge.from) addEdge(decided, target, edge);
    else for (const place of edge.sites) latest.sites.push(place);
  }
  return decided;
}

function decideAll(targets: CallTargets, table: TargetTable, guard: boolean): void {
  for (const named of table.values()) for (const target of named) target.meant = meantTarget(targets, target, guard);
}

function meantTarget(targets: CallTargets, { name, arity }: Target, guard: boolean): Target | null {
  const module = moduleOf(targets.names, name, arity);
  if (module !== undefined) return externalTarget(targets, module, name, arity, guard);
  const local = localTarget(targets, name, arity);
  return guard ? guardTarget(targets, local) : local;
}
