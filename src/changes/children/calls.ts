// Calls of other modules and of funs: what is known of a function's meaning, else its code where that is at hand, else nothing but that it
// was called.

import { formatAtom } from '../../term/format-token.js';
import { atom, isAtom, type Term } from '../../term/model.js';
import { type Builtins, FAILS, type FoldContext, type Folded } from './builtins/builtin.js';
import { ERLANG } from './builtins/erlang.js';
import { LISTS, PROPLISTS } from './builtins/lists.js';
import { MAPS } from './builtins/maps.js';
import { formatPartial } from './format-partial.js';
import type { PartialTerm } from './partial-term.js';
import { type Outcome, placeOf, type Run, spend, unknownHere } from './run.js';
import type { State } from './state.js';
import { isClosure, isUnknown, unknownIn, weigh } from './values.js';

const BUILTINS: ReadonlyMap<string, Builtins> = new Map([
  ['erlang', ERLANG],
  ['lists', LISTS],
  ['maps', MAPS],
  ['proplists', PROPLISTS],
]);

/** Follows a call of another module's function. */
export function callRemote(run: Run, state: State, module: string, name: string, args: readonly PartialTerm[]): Outcome {
  if (module === 'erlang') {
    const outcome = callErlang(run, state, name, args);
    if (outcome !== undefined) return outcome;
  } else run.machine.onCall({ module, name, args, place: placeOf(run, state) });
  const builtin = BUILTINS.get(module)?.[`${name}/${args.length}`];
  if (builtin !== undefined) return finish(run, state, builtin(args, contextOf(run, state)), module, name, args);
  const program = module === run.program.module ? run.program : run.machine.programOf(module);
  const target = program?.byName.get(`${name}/${args.length}`);
  if (program !== undefined && target?.isExported) return run.machine.follow(run.machine, program, target, args);
  const why = unknownHere(run, state, `what ${callText(module, name, args)} returns`);
  return { value: why, raised: { class: why, reason: why } };
}

/** Functions of `erlang` that call or raise; undefined for any other. */
function callErlang(run: Run, state: State, name: string, args: readonly PartialTerm[]): Outcome | undefined {
  const [first, second, third] = args;
  if (name === 'apply' && args.length === 2) return callFun(run, state, first as PartialTerm, listItems(second) ?? []);
  if (name === 'apply' && args.length === 3) {
    const items = listItems(third);
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

function listItems(value: PartialTerm | undefined): readonly PartialTerm[] | undefined {
  if (typeof value !== 'object') return undefined;
  if (value.kind === 'nil') return [];
  return value.kind === 'list' && typeof value.tail === 'object' && value.tail.kind === 'nil' ? value.items : undefined;
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
  const why = isUnknown(fun) ? fun : unknownHere(run, state, 'what a fun returns');
  return { value: why, raised: { class: why, reason: why } };
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
  const why =
    args.map(unknownIn).find((one) => one !== undefined) ??
    unknownHere(run, state, `what ${callText(module, name, args)} returns`);
  return { value: { ...why }, raised: { class: why, reason: why } };
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
