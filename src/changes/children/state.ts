// Where following a function's code has come to. A test of what isn't known makes two states of one; where both come to the same label they
// are one again, in which is known what they have in common.

import { joinValues } from './join-values.js';
import type { CodePlace, PartialTerm, Unknown } from './partial-term.js';
import { weigh } from './values.js';

/** A test on which both ways may be taken. */
export interface Fork {
  /** What the test asks of. */
  readonly why: Unknown;
  /** How many states went on from it, less those that came to nothing or are one again. */
  live: number;
}

/** What an exception carries. */
export interface Exception {
  readonly class: PartialTerm;
  readonly reason: PartialTerm;
}

/** One way through a function. */
export interface State {
  /** The next instruction, an index of Program.instructions. */
  pc: number;
  readonly x: PartialTerm[];
  y: PartialTerm[];
  /** Labels of the handlers around the instruction, the innermost last. */
  handlers: readonly number[];
  /** What a handler is to look at. */
  exception: Exception | undefined;
  line: number | null;
  forks: readonly Fork[];
}

/** Returns a copy that can go another way. */
export function copyState(state: State): State {
  return { ...state, x: [...state.x], y: [...state.y] };
}

/** Makes a state several: counts the others on each fork that they are under. */
export function enterFork(states: readonly State[], why: Unknown): void {
  const [first] = states as readonly [State];
  for (const fork of first.forks) fork.live += states.length - 1;
  const fork: Fork = { why, live: states.length };
  const forks = [...first.forks, fork];
  for (const state of states) state.forks = forks;
}

/** Counts a state no longer on those forks. */
export function leaveForks(forks: readonly Fork[]): void {
  for (const fork of forks) fork.live--;
}

/** Returns what decides whether the state is come to at all; undefined where nothing unknown does. */
export function conditionOf({ forks }: State): Unknown | undefined {
  return forks.find(({ live }) => live > 1)?.why;
}

/** Returns the forks that two ways have in common; at the last of them they parted. */
export function sharedForks(left: readonly Fork[], right: readonly Fork[]): readonly Fork[] {
  const at = left.findIndex((fork, index) => fork !== right[index]);
  return at < 0 ? left : left.slice(0, at);
}

/** Tells whether two states at one place can be made one. */
export function canMerge(left: State, right: State): boolean {
  const isSameStack = left.y.length === right.y.length && left.handlers.length === right.handlers.length;
  return isSameStack && left.handlers.every((label, at) => label === right.handlers[at]) && left.exception === right.exception;
}

/** Makes two states one, the left; returns how much there was to compare. */
export function mergeStates(left: State, right: State): number {
  const shared = sharedForks(left.forks, right.forks);
  const why = shared.at(-1)?.why;
  let cost = 1;
  const join = (one: PartialTerm | undefined, other: PartialTerm | undefined): PartialTerm | undefined => {
    // A register that only one way has set is read by none of the code that both come to.
    if (one === undefined || other === undefined || one === other || why === undefined) return one ?? other;
    cost += weigh(one).items + weigh(other).items;
    return joinValues(one, other, why);
  };
  for (const [at, value] of left.x.entries()) left.x[at] = join(value, right.x[at]) as PartialTerm;
  left.y = left.y.map((value, at) => join(value, right.y[at]) as PartialTerm);
  leaveForks(left.forks.slice(shared.length));
  leaveForks(right.forks);
  left.forks = shared;
  left.line = left.line === right.line ? left.line : Math.min(left.line ?? 0, right.line ?? 0) || null;
  return cost + left.x.length + left.y.length;
}

/** Puts what a register holds in place of what wasn't known of it, in all registers that hold the same. */
export function refine(state: State, from: Unknown, to: PartialTerm): void {
  const put = (values: PartialTerm[]): void => {
    for (let at = 0; at < values.length; at++) if (values[at] === from) values[at] = to;
  };
  put(state.x);
  put(state.y);
}

/** Returns an unknown with its reason, its place, and what tells it from others. */
export function unknown(because: string, place: CodePlace, origin: string | null = null): Unknown {
  return { kind: 'unknown', because, place, origin };
}
