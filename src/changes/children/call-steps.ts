// The steps of instructions that call, return, and deal with exceptions.

import type { OpcodeName } from '../../code/opcodes.js';
import type { Operand } from '../../code/operands.js';
import { atom } from '../../term/model.js';
import { callFun, callRemote } from './calls.js';
import type { PartialTerm } from './partial-term.js';
import { numberOf } from './program.js';
import { branch, end, fail, goTo, type Outcome, type Run, raise, read, type Step, unknownHere, write } from './run.js';
import { copyState, enterFork, type State } from './state.js';
import { isAtomValue, isUnknown, unknownIn } from './values.js';

/** By name. `return` is not among them: what follows code ends with it. */
export const CALL_STEPS: Partial<Record<OpcodeName, Step>> = {
  call: (run, state, [, target]) => callLocal(run, state, target),
  call_last: (run, state, [, target]) => callLocal(run, state, target),
  call_only: (run, state, [, target]) => callLocal(run, state, target),
  call_ext: (run, state, [, target]) => callExternal(run, state, target),
  call_ext_last: (run, state, [, target]) => callExternal(run, state, target),
  call_ext_only: (run, state, [, target]) => callExternal(run, state, target),
  call_fun: (run, state, [arity]) => {
    const count = numberOf(arity);
    return take(run, state, callFun(run, state, argument(run, state, count), argumentsOf(run, state, count)));
  },
  call_fun2: (run, state, [, arity, source]) =>
    take(run, state, callFun(run, state, read(run, state, source), argumentsOf(run, state, numberOf(arity)))),
  apply: (run, state, [arity]) => callApplied(run, state, numberOf(arity)),
  apply_last: (run, state, [arity]) => callApplied(run, state, numberOf(arity)),
  make_fun2: (run, state, [lambda]) => {
    const { free } = run.program.tables.lambda(numberOf(lambda));
    const values = argumentsOf(run, state, free);
    return makeFun(run, state, lambda, { kind: 'x', value: 0 }, values);
  },
  make_fun3: (run, state, [lambda, target, environment]) => {
    const items = environment?.kind === 'list' ? environment.items : [];
    return makeFun(
      run,
      state,
      lambda,
      target,
      items.map((item) => read(run, state, item)),
    );
  },
  bif0: (run, state, [target, result]) => foldBif(run, state, undefined, target, [], result),
  bif1: (run, state, [label, target, one, result]) => foldBif(run, state, label, target, [one], result),
  bif2: (run, state, [label, target, one, two, result]) => foldBif(run, state, label, target, [one, two], result),
  bif3: (run, state, [label, target, one, two, three, result]) => foldBif(run, state, label, target, [one, two, three], result),
  gc_bif1: (run, state, [label, , target, one, result]) => foldBif(run, state, label, target, [one], result),
  gc_bif2: (run, state, [label, , target, one, two, result]) => foldBif(run, state, label, target, [one, two], result),
  gc_bif3: (run, state, [label, , target, one, two, three, result]) =>
    foldBif(run, state, label, target, [one, two, three], result),
  func_info: (run, state) => fail(run, state, atom('function_clause')),
  badmatch: (run, state, [source]) => fail(run, state, pair('badmatch', read(run, state, source))),
  case_end: (run, state, [source]) => fail(run, state, pair('case_clause', read(run, state, source))),
  try_case_end: (run, state, [source]) => fail(run, state, pair('try_clause', read(run, state, source))),
  badrecord: (run, state, [source]) => fail(run, state, pair('badrecord', read(run, state, source))),
  if_end: (run, state) => fail(run, state, atom('if_clause')),
  try: (_, state, [, label]) => addHandler(state, label),
  catch: (_, state, [, label]) => addHandler(state, label),
  try_end: (_, state) => dropHandler(state),
  try_case: (_, state) => {
    state.exception = undefined;
    return dropHandler(state);
  },
  catch_end: (run, state) => {
    if (state.exception !== undefined) state.x[0] = caught(run, state);
    state.exception = undefined;
    return dropHandler(state);
  },
  raise: (run, state, [, reason]) =>
    raise(run, state, { class: unknownHere(run, state, 'an exception that is raised again'), reason: read(run, state, reason) }),
  raw_raise: (run, state) => raise(run, state, { class: argument(run, state, 0), reason: argument(run, state, 1) }),
  build_stacktrace: (run, state) => {
    state.x[0] = unknownHere(run, state, 'a stack trace');
    return true;
  },
  send: (run, state) => {
    state.x[0] = argument(run, state, 1);
    return true;
  },
  loop_rec: (run, state, [label, target]) => {
    const message = unknownHere(run, state, 'a message');
    write(run, state, target, message);
    return branch(run, state, label, message);
  },
  // A message that isn't taken is waited past; that a process waits for good is nothing to go on with.
  loop_rec_end: (_, state) => end(state),
  wait: (_, state) => end(state),
  wait_timeout: () => true,
};

function pair(tag: string, value: PartialTerm): PartialTerm {
  return { kind: 'tuple', items: [atom(tag), value] };
}

function argument(run: Run, state: State, at: number): PartialTerm {
  return read(run, state, { kind: 'x', value: at });
}

function argumentsOf(run: Run, state: State, arity: number): readonly PartialTerm[] {
  return Array.from({ length: Math.max(0, Math.min(arity, 255)) }, (_, at) => argument(run, state, at));
}

function callLocal(run: Run, state: State, target: Operand | undefined): boolean {
  const called = run.program.byEntry.get(numberOf(target));
  if (called === undefined) return take(run, state, { value: unknownHere(run, state, 'a call into the middle of a function') });
  const args = argumentsOf(run, state, called.arity);
  return take(run, state, run.machine.follow(run.machine, run.program, called, args));
}

function callExternal(run: Run, state: State, target: Operand | undefined): boolean {
  const { module, name, arity } = run.program.tables.import(numberOf(target));
  return take(run, state, callRemote(run, state, module, name, argumentsOf(run, state, arity)));
}

function callApplied(run: Run, state: State, arity: number): boolean {
  const [module, name] = [argument(run, state, arity), argument(run, state, arity + 1)];
  const args = argumentsOf(run, state, arity);
  if (isAtomValue(module) && isAtomValue(name)) return take(run, state, callRemote(run, state, module.name, name.name, args));
  const unclear = unknownIn(module) ?? unknownIn(name);
  return unclear === undefined
    ? fail(run, state, atom('badarg'))
    : take(run, state, { value: unclear, raised: anything(unclear) });
}

function anything(why: PartialTerm): Outcome['raised'] {
  return { class: why, reason: why };
}

function makeFun(
  run: Run,
  state: State,
  lambda: Operand | undefined,
  target: Operand | undefined,
  free: readonly PartialTerm[],
): boolean {
  const { name, label, arity } = run.program.tables.lambda(numberOf(lambda));
  const made = {
    kind: 'closure',
    module: run.program.module,
    name,
    label,
    arity: Math.max(0, arity - free.length),
    free,
  } as const;
  write(run, state, target, made);
  return true;
}

/** Goes on with what a call came to. */
function take(run: Run, state: State, { value, raised }: Outcome): boolean {
  if (value === undefined) return raised === undefined ? end(state) : raise(run, state, raised);
  if (raised !== undefined && state.handlers.length > 0) {
    const other = copyState(state);
    enterFork(
      [state, other],
      unknownIn(raised.reason) ?? unknownIn(raised.class) ?? unknownHere(run, state, 'whether a call fails'),
    );
    if (raise(run, other, raised)) run.waiting.push(other);
  } else if (raised !== undefined) run.raised ??= raised;
  state.x.length = 0;
  write(run, state, { kind: 'x', value: 0 }, value);
  return true;
}

function foldBif(
  run: Run,
  state: State,
  label: Operand | undefined,
  target: Operand | undefined,
  sources: readonly (Operand | undefined)[],
  result: Operand | undefined,
): boolean {
  const { module, name } = run.program.tables.import(numberOf(target));
  const args = sources.map((source) => read(run, state, source));
  const { value, raised } = callRemote(run, state, module, name, args);
  const isGuard = label !== undefined && numberOf(label) !== 0;
  if (value === undefined)
    return isGuard ? goTo(run, state, label) : raised === undefined ? end(state) : raise(run, state, raised);
  if (isGuard && isUnknown(value) && raised !== undefined && !branch(run, state, label, value)) return false;
  write(run, state, result, value);
  return true;
}

function addHandler(state: State, label: Operand | undefined): boolean {
  state.handlers = [...state.handlers, numberOf(label)];
  return true;
}

function dropHandler(state: State): boolean {
  state.handlers = state.handlers.slice(0, -1);
  return true;
}

/** Returns what `catch` gives for an exception. */
function caught(run: Run, state: State): PartialTerm {
  const { class: kind, reason } = state.exception ?? { class: atom('error'), reason: atom('undef') };
  if (isUnknown(kind)) return kind;
  if (isAtomValue(kind, 'throw')) return reason;
  const trace = unknownHere(run, state, 'a stack trace');
  const why: PartialTerm = isAtomValue(kind, 'error') ? { kind: 'tuple', items: [reason, trace] } : reason;
  return { kind: 'tuple', items: [atom('EXIT'), why] };
}
