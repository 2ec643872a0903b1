// Calls of other modules and of funs: what is known of a function's meaning, else its code where that is at hand, else nothing but that it
// was called.

import { ParseError } from '../../errors.js';
import { MAX_FOLLOWED_ELSEWHERE } from '../../limits.js';
import { formatAtom } from '../../term/format-token.js';
import { atom, isAtom, type Term } from '../../term/model.js';
import { type Builtins, FAILS, type FoldContext, type Folded } from './builtins/builtin.js';
import { ELIXIR } from './builtins/elixir.js';
import { ERLANG } from './builtins/erlang.js';
import { LISTS, PROPLISTS } from './builtins/lists.js';
import { MAPS } from './builtins/maps.js';
import { formatPartial, originOf } from './format-partial.js';
import { itemsOf } from './list-items.js';
import type { PartialTerm, Unknown } from './partial-term.js';
import type { Program, ProgramFunction } from './program.js';
import { isSpent, type Machine, type Outcome, placeOf, type Run, spend, unknownHere } from './run.js';
import type { State } from './state.js';
import { isClosure, isUnknown, shortOrigin, unknownIn, weigh } from './values.js';

const BUILTINS: ReadonlyMap<string, Builtins> = new Map([
  ['erlang', ERLANG],
  ['lists', LISTS],
  ['maps', MAPS],
  ['proplists', PROPLISTS],
  ...Object.entries(ELIXIR),
]);

/** Follows a call of another module's function. */
export function callRemote(run: Run, state: State, module: string, name: string, args: readonly PartialTerm[]): Outcome {
  if (module === 'erlang') {
    const outcome = callErlang(run, state, name, args);
    if (outcome !== undefined) return outcome;
  } else run.machine.onCall({ module, name, args, place: placeOf(run, state) });
  const builtin = BUILTINS.get(module)?.[`${name}/${args.length}`];
  if (builtin !== undefined) return finish(run, state, builtin(args, contextOf(run, state)), module, name, args);
  const own = module === run.program.module ? run.program.byName.get(`${name}/${args.length}`) : undefined;
  if (own?.isExported) return run.machine.follow(run.machine, run.program, own, args);
  return followOther(run, module, name, args) ?? anything(notFollowed(run, state, module, name, args));
}

function anything(why: Unknown): Outcome {
  return { value: why, raised: { class: why, reason: why } };
}

function notFollowed(run: Run, state: State, module: string, name: string, args: readonly PartialTerm[]): Unknown {
  const why = unknownHere(run, state, `what ${callText(module, name, args)} returns`, callOrigin(module, name, args));
  return module === 'erlang' || RUNTIME.has(module) ? why : { ...why, call: `${module}:${name}/${args.length}` };
}

/** Modules of OTP whose functions ask the running system: what their code does first tells nobody what is asked for. */
const RUNTIME: ReadonlySet<string> = new Set([
  ...['application', 'application_controller', 'code', 'ets', 'file', 'filelib', 'gen', 'gen_event', 'gen_server', 'gen_statem'],
  ...['global', 'inet', 'init', 'io', 'logger', 'mnesia', 'net_kernel', 'os', 'proc_lib', 'rpc', 'supervisor', 'sys', 'timer'],
  ...['Elixir.Application', 'Elixir.GenServer', 'Elixir.Process', 'Elixir.System'],
]);

/** What is wrong with another module is said where that one is read. */
function followReadable(
  machine: Machine,
  program: Program,
  target: ProgramFunction,
  args: readonly PartialTerm[],
): Outcome | undefined {
  try {
    return machine.follow(machine, program, target, args);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/** Follows a function of another module that is asked for and at hand; undefined for any other, and where it takes too long. */
function followOther({ machine }: Run, module: string, name: string, args: readonly PartialTerm[]): Outcome | undefined {
  const program = machine.followed.has(`${module}:${name}/${args.length}`) ? machine.programOf(module) : undefined;
  const target = program?.byName.get(`${name}/${args.length}`);
  if (program === undefined || !target?.isExported) return undefined;
  const { budget } = machine;
  const own = { left: Math.min(budget.left, MAX_FOLLOWED_ELSEWHERE) };
  budget.left -= own.left;
  machine.budget = own;
  const outcome = followReadable(machine, program, target, args);
  const isComplete = !isSpent(machine);
  machine.budget = budget;
  budget.left += Math.max(0, own.left);
  return isComplete ? outcome : undefined;
}

/** Functions of `erlang` that call or raise; undefined for any other. */
function callErlang(run: Run, state: State, name: string, args: readonly PartialTerm[]): Outcome | undefined {
  const [first, second, third] = args;
  if (name === 'apply' && args.length === 2) return callFun(run, state, first as PartialTerm, itemsOf(second) ?? []);
  if (name === 'apply' && args.length === 3) {
    const items = itemsOf(third);
    if (isAtom(first as Term) && isAtom(second as Term) && items !== undefined) {
      return callRemote(run, state, (first as { name: string }).name, (second as { name: string }).name, items);
    }
    return undefined;
  }
  if (
    (name === 'error' || name === 'exit' || name === 'throw') &&
    first !== undefined &&
    (args.length === 1 || name === 'error')
  ) {
    return { raised: { class: atom(name), reason: first } };
  }
  return name === 'raise' && args.length === 3
    ? { raised: { class: first as PartialTerm, reason: second as PartialTerm } }
    : undefined;
}

/** Follows a call of a fun. */
export function callFun(run: Run, state: State, fun: PartialTerm, args: readonly PartialTerm[]): Outcome {
  if (isClosure(fun)) {
    const program = fun.module === run.program.module ? run.program : run.machine.programOf(fun.module);
    const target = program?.byEntry.get(fun.label);
    if (program !== undefined && target?.arity === args.length + fun.free.length) {
      return run.machine.follow(run.machine, program, target, [...args, ...fun.free]);
    }
  }
  if (typeof fun === 'object' && fun.kind === 'export') return callRemote(run, state, fun.module.name, fun.name.name, args);
  return anything(isUnknown(fun) ? fun : unknownHere(run, state, 'what a fun returns'));
}

function contextOf(run: Run, state: State): FoldContext {
  const folded = ({ value }: Outcome): Folded => value ?? FAILS;
  return {
    apply: (fun, args) => folded(callFun(run, state, fun, args)),
    call: (module, name, args) => folded(callRemote(run, state, module, name, args)),
    spend: (amount) => spend(run.machine, amount),
  };
}

/** Turns what a function whose meaning is known gives into what a call comes to. */
function finish(run: Run, state: State, folded: Folded, module: string, name: string, args: readonly PartialTerm[]): Outcome {
  if (folded === FAILS) return { raised: { class: atom('error'), reason: atom('badarg') } };
  if (folded !== undefined) return { value: folded };
  const why = args.map(unknownIn).find((one) => one !== undefined) ?? notFollowed(run, state, module, name, args);
  return { ...anything(why), value: { ...why, origin: callOrigin(module, name, args) } };
}

function callOrigin(module: string, name: string, args: readonly PartialTerm[]): string | null {
  const origins = args.map(originOf);
  return origins.includes(null) ? null : shortOrigin(`${module}:${name}(${origins.join(',')})`);
}

const MAX_TEXT = 80;
const MAX_SHOWN = 20;

/** Returns a call as text: with its arguments where these are short. */
export function callText(module: string, name: string, args: readonly PartialTerm[]): string {
  const called = `${formatAtom(module)}:${formatAtom(name)}`;
  const isShort = args.every((arg) => weigh(arg).items <= MAX_SHOWN);
  const text = isShort ? `${called}(${args.map(formatPartial).join(', ')})` : '';
  return text === '' || text.length > MAX_TEXT ? `${called}/${args.length}` : text;
}
