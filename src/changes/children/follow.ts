// Follows the code of a function without running it: what it returns, as far as that depends on nothing but the code.
//
// Registers hold what is known. Where a test asks of what isn't, both ways are followed, and are one again where they meet: a way whose
// next instruction lies further on waits for the others. What only a running system does - a message, another module's function - gives
// something unknown.

import type { BeamModule } from '../../beam/module.js';
import { type OpcodeName, opcodeByName } from '../../code/opcodes.js';
import type { Operand } from '../../code/operands.js';
import { ParseError } from '../../errors.js';
import { MAX_FOLLOWED_CALLS, MAX_FOLLOWED_FUNCTIONS, MAX_FOLLOWED_INSTRUCTIONS } from '../../limits.js';
import { CALL_STEPS } from './call-steps.js';
import { DATA_STEPS } from './data-steps.js';
import { joinValues } from './join-values.js';
import type { CodePlace, PartialTerm, Unknown } from './partial-term.js';
import { openProgram, type Program, type ProgramFunction } from './program.js';
import {
  type Budget,
  branch,
  isSpent,
  type Machine,
  type Outcome,
  placeOf,
  type RemoteCall,
  type Run,
  type Step,
  spend,
  spentReason,
  unknownHere,
  write,
} from './run.js';
import { canMerge, conditionOf, type Fork, leaveForks, mergeStates, type State, sharedForks, unknown } from './state.js';
import { TEST_STEPS } from './test-steps.js';
import { weigh } from './values.js';

/** What following may make use of. */
export interface FollowOptions {
  /** Returns another module of the same build; undefined where there is none. */
  readonly lookup?: ((module: string) => BeamModule | undefined) | undefined;
  /** Is told of each call of another module that is come by. */
  readonly onCall?: (call: RemoteCall) => void;
  /** Tells whether the function may return a value at all; any by default. */
  readonly isAnswer?: (value: PartialTerm) => boolean;
}

/** Returns a machine that has followed nothing yet; with functions of other modules that are to be followed, as `module:name/arity`. */
export function openMachine(
  { lookup, onCall = () => {}, isAnswer = () => true }: FollowOptions = {},
  { followed, budget }: Pass = newPass(),
): Machine {
  return {
    budget,
    frames: [],
    programOf: (name) => {
      const module = lookup?.(name);
      return module === undefined ? undefined : openReadable(module);
    },
    followed,
    isAnswer,
    onCall,
    follow: followFunction,
  };
}

/** What one reading of something goes by. */
export interface Pass {
  readonly followed: ReadonlySet<string>;
  readonly budget: Budget;
}

function newPass(): Pass {
  return { followed: new Set(), budget: { left: MAX_FOLLOWED_INSTRUCTIONS } };
}

/**
 * Reads something of code that may depend on functions of other modules: `readWith` is asked again with each function that turned out to
 * decide and whose code is at hand, so that nothing else is followed. `decidedBy` is what an answer is lacking.
 */
export function readWithOthers<T>(
  { lookup }: FollowOptions,
  readWith: (pass: Pass) => T,
  decidedBy: (answer: T) => Unknown | undefined,
): T {
  const { budget } = newPass();
  const followed = new Set<string>();
  let answer = readWith({ followed, budget });
  for (;;) {
    const call = lookup === undefined ? undefined : decidedBy(answer)?.call;
    if (call === undefined || followed.has(call) || followed.size === MAX_FOLLOWED_FUNCTIONS) return answer;
    followed.add(call);
    const next = readWith({ followed, budget });
    if (budget.left <= 0) return answer;
    answer = next;
  }
}

/** What is wrong with another module is said where that one is read. */
function openReadable(module: BeamModule): Program | undefined {
  try {
    return openProgram(module);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

const STEPS: Partial<Record<OpcodeName, Step>> = { ...DATA_STEPS, ...TEST_STEPS, ...CALL_STEPS };

const RETURNS: ReadonlySet<OpcodeName> = new Set([
  ...(['return', 'call_last', 'call_only', 'call_ext_last', 'call_ext_only', 'apply_last'] as const),
]);

/** Follows a call of a function. */
export function followFunction(
  machine: Machine,
  program: Program,
  target: ProgramFunction,
  args: readonly PartialTerm[],
): Outcome {
  const stopped = stopBefore(machine, program, target);
  if (stopped !== undefined) return { value: stopped, raised: { class: stopped, reason: stopped } };
  const start = program.labels.get(target.entry) ?? target.end;
  const state: State = {
    pc: start,
    x: [...args],
    y: [],
    handlers: [],
    exception: undefined,
    line: firstLine(program, target),
    forks: [],
  };
  const run: Run = { machine, program, target, waiting: [state], current: state, raised: undefined };
  machine.frames.push(run);
  try {
    return followAll(run);
  } finally {
    machine.frames.pop();
  }
}

/** Returns the place of a function. */
export function placeIn(program: Program, target: ProgramFunction | undefined): CodePlace {
  const line = target === undefined ? null : firstLine(program, target);
  return { module: program.module, function: target?.name ?? 'init/1', line };
}

function firstLine({ instructions, tables }: Program, { start }: ProgramFunction): number | null {
  const line = instructions[start + 1];
  const [location] = line?.name === 'line' ? line.operands : [];
  return (location?.kind === 'unsigned' ? tables.location(Number(location.value))?.line : undefined) ?? null;
}

/** Says why a call isn't followed: too much was, or it is a loop whose end depends on what isn't known. */
function stopBefore(machine: Machine, program: Program, target: ProgramFunction): Unknown | undefined {
  const place = placeIn(program, target);
  if (isSpent(machine)) return unknown(spentReason(), place);
  if (machine.frames.length >= MAX_FOLLOWED_CALLS) return unknown(`calls nested deeper than ${MAX_FOLLOWED_CALLS}`, place);
  const outer = machine.frames.findIndex((frame) => frame.program === program && frame.target === target);
  if (outer < 0) return undefined;
  for (const { current } of machine.frames.slice(outer)) {
    const why = conditionOf(current);
    if (why !== undefined) return { ...why, origin: null };
  }
  return undefined;
}

interface Finished {
  readonly value: PartialTerm;
  readonly forks: readonly Fork[];
}

function followAll(run: Run): Outcome {
  const { machine } = run;
  let result: Finished | undefined;
  let refused: PartialTerm | undefined;
  for (let state = takeNext(run); state !== undefined; state = takeNext(run)) {
    run.current = state;
    const value = followState(run, state);
    if (value === undefined) continue;
    if (machine.frames.length === 1 && !machine.isAnswer(value)) {
      refused ??= value;
      leaveForks(state.forks);
    } else result = joinFinished(run, result, { value, forks: state.forks });
  }
  const value = result?.value ?? refused;
  if (value !== undefined || run.raised !== undefined) return { value, raised: run.raised };
  return { value: unknown('messages that are waited for', placeOf(run, run.current)) };
}

function joinFinished({ machine }: Run, left: Finished | undefined, right: Finished): Finished {
  if (left === undefined) return right;
  const forks = sharedForks(left.forks, right.forks);
  const why = forks.at(-1)?.why;
  spend(machine, weigh(left.value).items + weigh(right.value).items);
  return { value: why === undefined ? left.value : joinValues(left.value, right.value, why), forks };
}

/** Takes the way whose next instruction comes first, made one with all others that are there too. */
function takeNext({ waiting, machine, program }: Run): State | undefined {
  const first = waiting.reduce<State | undefined>(
    (best, one) => (best === undefined || one.pc < best.pc ? one : best),
    undefined,
  );
  if (first === undefined) return undefined;
  waiting.splice(waiting.indexOf(first), 1);
  if (program.instructions[first.pc]?.name !== 'label') return first;
  for (let at = waiting.length - 1; at >= 0; at--) {
    const other = waiting[at] as State;
    if (other.pc !== first.pc || !canMerge(first, other) || isReturn(program, first.pc)) continue;
    spend(machine, mergeStates(first, other));
    waiting.splice(at, 1);
  }
  return first;
}

/** Follows one way to its end, or to where it has to wait; returns what it returns. */
function followState(run: Run, state: State): PartialTerm | undefined {
  const { machine, program, waiting } = run;
  for (let isFirst = true; ; isFirst = false) {
    const instruction = program.instructions[state.pc];
    if (instruction === undefined) return unknownHere(run, state, 'code that ends without a return');
    spend(machine, 1 + waiting.length);
    if (isSpent(machine)) return unknownHere(run, state, spentReason());
    if (!isFirst && instruction.name === 'label' && waiting.some(({ pc }) => pc <= state.pc) && !isReturn(program, state.pc)) {
      waiting.push(state);
      return undefined;
    }
    state.pc++;
    const step = STEPS[instruction.name] ?? otherStep(instruction.name);
    if (instruction.name !== 'return' && !step(run, state, instruction.operands)) return undefined;
    if (RETURNS.has(instruction.name) && !wentToHandler(program, state)) {
      return state.x[0] ?? unknownHere(run, state, 'a register that holds no term');
    }
  }
}

/** Tells whether nothing follows but a return: results are joined knowing what they are, not what they were in registers. */
function isReturn({ instructions }: Program, pc: number): boolean {
  const next = instructions[pc + 1]?.name === 'deallocate' ? pc + 2 : pc + 1;
  return instructions[next]?.name === 'return';
}

/** A call that is the last of its function has no handler around it, but for one that a damaged file has. */
function wentToHandler(program: Program, { exception, pc }: State): boolean {
  return exception !== undefined && program.instructions[pc]?.name === 'label';
}

/** Steps of instructions that are followed for nothing but where they go and what they write to. */
const others = new Map<OpcodeName, Step>();

function otherStep(name: OpcodeName): Step {
  const known = others.get(name);
  if (known !== undefined) return known;
  const { roles } = opcodeByName(name);
  const [label, targets] = [
    roles.indexOf('fail'),
    roles.flatMap((role, at) => (role === 'dst' || role === 'context' ? [at] : [])),
  ];
  const step: Step = (run, state, operands) => {
    const why = unknownHere(run, state, `what the instruction ${name} gives`);
    const fail = operands[label];
    if (label >= 0 && fail?.kind === 'label' && fail.value !== 0 && !branch(run, state, fail, why)) return false;
    for (const at of targets) write(run, state, operands[at], why);
    for (const item of operands.flatMap(registersIn)) write(run, state, item, why);
    return true;
  };
  others.set(name, step);
  return step;
}

/** Which registers of a list are written to depends on the instruction; none of them need be known. */
function registersIn(operand: Operand): readonly Operand[] {
  return operand.kind === 'list' ? operand.items.filter(({ kind }) => kind === 'x' || kind === 'y' || kind === 'typed') : [];
}
