// Funs. One that is written out becomes a function of the module whose last parameters are the variables that it takes from around it:
//   make_fun3 lambda dst [free ...]     OTP 24 and later      make_fun2 lambda     before: free in x0..., the fun in x0

import type { YRegister } from '../code/operands.js';
import type { BareRemoteFun, FunNode, LocalFunNode, NamedFun, RemoteFunNode } from '../forms/expression-model.js';
import type { Node } from '../forms/walk.js';
import { MAX_ARITY } from '../limits.js';
import { atom, type Term } from '../term/model.js';
import {
  type Builder,
  constantOperand,
  emit,
  keepResult,
  type Source,
  temporary,
  unsigned,
  withTemporaries,
  y,
} from './builder.js';
import { emitRemote, passArguments } from './calls.js';
import { refuse } from './compile-error.js';
import { sourcesOf } from './data.js';
import { mentionsOf } from './free-variables.js';
import { runClauses } from './function-clauses.js';
import { bodyMode } from './mode.js';
import type { Scope } from './scope.js';
import { localTarget } from './targets.js';

/** The variables that a function takes from around it, in the order of its last parameters. */
export type Environment = readonly (readonly [name: string, register: YRegister])[];

/** Returns what a node takes from around it; unsafe variables stay behind, so that using them is refused. */
export function environmentOf(builder: Builder, node: Node): Environment {
  const names = [...mentionsOf(builder.unit, node)].sort();
  return names.flatMap((name): (readonly [string, YRegister])[] => {
    const binding = builder.scope.get(name);
    return binding?.kind === 'bound' ? [[name, y(binding.register)]] : [];
  });
}

/** Puts the variables of an environment, which are parameters from the given one on, in the scope of a new function. */
export function enterEnvironment(builder: Builder, environment: Environment, unsafe: Scope, from: number): void {
  for (const [name, binding] of unsafe) if (binding.kind === 'unsafe') builder.scope.set(name, binding);
  for (const [at, [name]] of environment.entries()) builder.scope.set(name, { kind: 'bound', register: from + at });
}

/** Returns the number of the next lambda of the function of the source. */
export function nextNumber({ unit, job }: Builder): number {
  const number = unit.lambdaCounts.get(job.root) ?? 0;
  unit.lambdaCounts.set(job.root, number + 1);
  return number;
}

/** Emits what makes a fun that is written out. */
export function makeFun(builder: Builder, node: FunNode | NamedFun): Source {
  const arity = node.clauses[0]?.patterns.length ?? 0;
  const environment = environmentOf(builder, node);
  const total = arity + environment.length;
  if (total > MAX_ARITY) refuse(node, `a fun with ${arity} parameters and ${environment.length} variables from around it`);
  const name = `-${builder.job.root}-fun-${nextNumber(builder)}-`;
  const entry = builder.unit.context.tables.label();
  const lambda = builder.unit.context.tables.lambda({ name, arity: total, label: entry, free: environment.length });
  const around = builder.scope;
  const build = (inner: Builder): void => {
    enterEnvironment(inner, environment, around, arity);
    if (node.kind === 'named_fun') bindItself(inner, node, lambda, arity);
    runClauses(inner, node.clauses, arity, node.kind === 'named_fun' ? node.name : undefined);
  };
  builder.unit.pending.push({ name, arity: total, entry, root: builder.job.root, build });
  return emitFun(
    builder,
    lambda,
    environment.map(([, register]) => register),
  );
}

/** Within a named fun its name is the fun itself, made anew from the same variables. */
function bindItself(builder: Builder, node: NamedFun, lambda: number, arity: number): void {
  const free = Array.from({ length: builder.job.arity - arity }, (_, at) => y(arity + at));
  const register = emitFun(builder, lambda, free);
  builder.registers.temporaries.pop();
  builder.registers.variables.push(register.value);
  builder.scope.set(node.name, { kind: 'bound', register: register.value });
}

function emitFun(builder: Builder, lambda: number, free: readonly YRegister[]): YRegister {
  if (builder.unit.context.otp < 24) {
    passArguments(builder, free);
    emit(builder, 'make_fun2', unsigned(lambda));
    return keepResult(builder);
  }
  const result = temporary(builder);
  const items = [
    { kind: 'words', count: free.length },
    { kind: 'floats', count: 0 },
    { kind: 'funs', count: 1 },
  ] as const;
  emit(builder, 'test_heap', { kind: 'allocation', items }, unsigned(0));
  emit(builder, 'make_fun3', unsigned(lambda), result, { kind: 'list', items: free });
  return result;
}

/** Emits `fun name/arity`. */
export function localFun(builder: Builder, node: LocalFunNode): Source {
  const target = localTarget(builder.unit, node, node.arity);
  if (target.kind === 'remote') return constantOperand(builder, exportFun(target.module, target.name, node.arity));
  const { name, arity } = node;
  return emitFun(builder, builder.unit.context.tables.lambda({ name, arity, label: target.label, free: 0 }), []);
}

/** Emits `fun Module:Name/Arity`: a literal if all three are constants. */
export function remoteFun(builder: Builder, node: RemoteFunNode | BareRemoteFun): Source {
  if (node.kind === 'bare_remote_fun') return constantOperand(builder, exportFun(node.module, node.name, node.arity));
  const { module, name, arity } = node;
  const isShort = arity.kind === 'integer' && arity.value >= 0 && arity.value <= MAX_ARITY;
  if (module.kind === 'atom' && name.kind === 'atom' && isShort) {
    return constantOperand(builder, exportFun(module.name, name.name, Number(arity.value)));
  }
  withTemporaries(builder, () => {
    passArguments(builder, sourcesOf(builder, [module, name, arity], bodyMode(builder)));
    emitRemote(builder, 'erlang', 'make_fun', 3, false);
  });
  return keepResult(builder);
}

function exportFun(module: string, name: string, arity: number): Term {
  return { kind: 'export', module: atom(module), name: atom(name), arity };
}
