// What the steps of following code have at hand: registers, places to go on at, exceptions, and what is counted.

import type { Operand } from '../../code/operands.js';
import { MAX_FOLLOWED_INSTRUCTIONS } from '../../limits.js';
import { atom, float, NIL } from '../../term/model.js';
import type { CodePlace, PartialTerm, Unknown } from './partial-term.js';
import { numberOf, type Program, type ProgramFunction } from './program.js';
import { copyState, type Exception, enterFork, leaveForks, refine, type State, unknown } from './state.js';
import { isTooLarge } from './values.js';

/** What a call comes to: it may return, it may raise, and where it depends on what isn't known, either. */
export interface Outcome {
  readonly value?: PartialTerm | undefined;
  readonly raised?: Exception | undefined;
}

/** A call of another module. */
export interface RemoteCall {
  readonly module: string;
  readonly name: string;
  readonly args: readonly PartialTerm[];
  readonly place: CodePlace;
}

/** How much may still be followed, for all that one answer takes. */
export interface Budget {
  /** Instructions. */
  left: number;
}

/** One following of code, with all calls in it. */
export interface Machine {
  budget: Budget;
  readonly frames: Run[];
  /** Returns another module's code; undefined where it isn't at hand. */
  readonly programOf: (module: string) => Program | undefined;
  /** Functions of other modules to follow, as `module:name/arity`. */
  readonly followed: ReadonlySet<string>;
  /** Tells whether the outermost function may return a value at all; what it may not is passed over like an exception. */
  readonly isAnswer: (value: PartialTerm) => boolean;
  /** Is told of each call of another module. */
  readonly onCall: (call: RemoteCall) => void;
  readonly follow: (machine: Machine, program: Program, target: ProgramFunction, args: readonly PartialTerm[]) => Outcome;
}

/** One call that is followed. */
export interface Run {
  readonly machine: Machine;
  readonly program: Program;
  readonly target: ProgramFunction;
  /** Those that aren't being followed. */
  readonly waiting: State[];
  /** The one that is. */
  current: State;
  raised: Exception | undefined;
}

/** Follows one instruction; answers whether the state goes on. */
export type Step = (run: Run, state: State, operands: readonly Operand[]) => boolean;

/** Counts work. */
export function spend(machine: Machine, amount: number): void {
  machine.budget.left -= amount;
}

/** Tells whether too much was followed already. */
export function isSpent({ budget }: Machine): boolean {
  return budget.left <= 0;
}

/** Says why nothing is followed any further. */
export function spentReason(): string {
  return `more than ${MAX_FOLLOWED_INSTRUCTIONS} instructions`;
}

/** Returns where a state is. */
export function placeOf({ program, target }: Run, state: State): CodePlace {
  return { module: program.module, function: target.name, line: state.line };
}

/** Returns something unknown that comes from where the state is. */
export function unknownHere(run: Run, state: State, because: string, origin: string | null = null): Unknown {
  return unknown(because, placeOf(run, state), origin);
}

/** Returns what an operand stands for. */
export function read(run: Run, state: State, operand: Operand | undefined): PartialTerm {
  switch (operand?.kind) {
    case 'x':
      return state.x[operand.value] ?? unset(run, state);
    case 'y':
      return state.y[operand.value] ?? unset(run, state);
    case 'typed':
      return read(run, state, operand.register);
    case 'atom':
      return operand.value === 0 ? NIL : atom(run.program.tables.atom(operand.value));
    case 'integer':
    case 'character':
    case 'unsigned':
      return operand.value;
    case 'float':
      return float(operand.value);
    case 'literal':
      return literal(run, state, operand.value);
    default:
      return unset(run, state);
  }
}

function unset(run: Run, state: State): Unknown {
  return unknownHere(run, state, 'a register that holds no term');
}

function literal(run: Run, state: State, index: number): PartialTerm {
  const term = run.program.tables.literal(index);
  return isTooLarge(term) ? unknownHere(run, state, 'a literal that is too large to follow') : term;
}

/** Puts a value into a register; what is too large isn't kept. */
export function write(run: Run, state: State, operand: Operand | undefined, value: PartialTerm): void {
  const register = operand?.kind === 'typed' ? operand.register : operand;
  const kept = isTooLarge(value) ? unknownHere(run, state, 'a term that is too large to follow') : value;
  if (register?.kind === 'x') state.x[register.value] = kept;
  else if (register?.kind === 'y') state.y[register.value] = kept;
}

/** Goes on at a label; false where there is none. */
export function goTo(run: Run, state: State, operand: Operand | undefined): boolean {
  const at = run.program.labels.get(numberOf(operand));
  if (at === undefined) return end(state);
  state.pc = at;
  return true;
}

/** Ends a way that comes to nothing. */
export function end(state: State): boolean {
  leaveForks(state.forks);
  return false;
}

/** Raises an exception: goes on at the innermost handler, or leaves the function. */
export function raise(run: Run, state: State, exception: Exception): boolean {
  const handler = state.handlers.at(-1);
  if (handler === undefined) {
    run.raised ??= exception;
    return end(state);
  }
  state.exception = exception;
  state.x.length = 0;
  state.x.push(exception.class, exception.reason, unknownHere(run, state, 'a stack trace'));
  return goTo(run, state, { kind: 'label', value: handler });
}

/** Raises an error with that reason. */
export function fail(run: Run, state: State, reason: PartialTerm): boolean {
  return raise(run, state, { class: atom('error'), reason });
}

/**
 * Goes on, or at a label where a test isn't true; both ways where it isn't known, since it asks of `why`. Label 0 is an exception,
 * `badarg`. `learn` is what is known where it is true.
 */
export function branch(
  run: Run,
  state: State,
  label: Operand | undefined,
  verdict: boolean | Unknown,
  learn: (state: State) => void = () => {},
): boolean {
  if (verdict === true) return true;
  if (verdict === false) return otherwise(run, state, label);
  const other = copyState(state);
  enterFork([state, other], verdict);
  if (otherwise(run, other, label)) run.waiting.push(other);
  learn(state);
  return true;
}

/**
 * Makes of a state one for each thing that a value may be, where that is known; each follows the instruction again. Answers whether it did;
 * then the state is the first of them.
 */
export function splitByOptions(run: Run, state: State, value: PartialTerm): boolean {
  if (typeof value !== 'object' || value.kind !== 'unknown' || value.options === undefined) return false;
  const [first, ...others] = value.options as readonly [PartialTerm, ...PartialTerm[]];
  state.pc--;
  const states = others.map(() => copyState(state));
  spend(run.machine, value.options.length * (state.x.length + state.y.length));
  enterFork([state, ...states], value);
  refine(state, value, first);
  for (const [at, other] of states.entries()) refine(other, value, others[at] as PartialTerm);
  run.waiting.push(...states);
  return true;
}

function otherwise(run: Run, state: State, label: Operand | undefined): boolean {
  return numberOf(label) === 0 ? fail(run, state, atom('badarg')) : goTo(run, state, label);
}

/** Says what an operand is, where it is a register that holds something unknown. */
export function learnValue(value: PartialTerm, to: (whole: Unknown) => PartialTerm): (state: State) => void {
  return (state) => {
    if (typeof value === 'object' && value.kind === 'unknown') refine(state, value, to(value));
  };
}
