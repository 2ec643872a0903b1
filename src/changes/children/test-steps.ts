// The steps of instructions that test: on what is known one way is gone, on what isn't both are, and on each is known what it says.

import type { OpcodeName } from '../../code/opcodes.js';
import type { Operand } from '../../code/operands.js';
import { MAX_ARITY } from '../../limits.js';
import { NIL, type Term } from '../../term/model.js';
import { compareTerms, equalTerms } from '../../term/order.js';
import type { PartialTerm, Unknown } from './partial-term.js';
import { numberOf } from './program.js';
import { branch, goTo, learnValue, type Run, read, type Step, spend, splitByOptions } from './run.js';
import { sameValues } from './same-values.js';
import { copyState, enterFork, refine, type State } from './state.js';
import { hasArity, sizeOf, TYPE_TESTS } from './type-tests.js';
import {
  hasItem,
  isKnownTerm,
  isPartialList,
  isPartialMap,
  isPartialTuple,
  isUnknown,
  mapValue,
  partOf,
  unknownIn,
  weigh,
} from './values.js';

const TYPES: readonly OpcodeName[] = [
  ...(['is_integer', 'is_float', 'is_number', 'is_atom', 'is_pid', 'is_reference', 'is_port', 'is_nil', 'is_binary'] as const),
  ...(['is_bitstr', 'is_list', 'is_nonempty_list', 'is_tuple', 'is_map', 'is_function', 'is_boolean'] as const),
];

/** Tries all that the operand at a place may be, where that is known. */
function byOptions(at: number, step: Step): Step {
  return (run, state, operands) => splitByOptions(run, state, read(run, state, operands[at])) || step(run, state, operands);
}

const PLAIN: Partial<Record<OpcodeName, Step>> = {
  ...Object.fromEntries(TYPES.map((name) => [name, typeStep(name)])),
  is_function2: (run, state, [label, source, arity]) => {
    const [fun, count] = [read(run, state, source), read(run, state, arity)];
    const unclear = [fun, count].find(isUnknown);
    return branch(run, state, label, unclear ?? hasArity(fun, count));
  },
  test_arity: (run, state, [label, source, arity]) => {
    const value = read(run, state, source);
    const size = numberOf(arity);
    return branch(run, state, label, isUnknown(value) ? value : sizeOf(value) === size, learnTuple(value, size));
  },
  is_tagged_tuple: (run, state, [label, source, arity, tag]) => {
    const value = read(run, state, source);
    const [size, name] = [numberOf(arity), read(run, state, tag)];
    const first = isPartialTuple(value) ? value.items[0] : undefined;
    const isOfSize = sizeOf(value) === size;
    const verdict = isUnknown(value)
      ? value
      : isOfSize && isUnknown(first)
        ? first
        : isOfSize && sameValues(first as PartialTerm, name) === true;
    return branch(run, state, label, verdict, (then) => {
      if (isUnknown(value)) refine(then, value, tupleOf(value, size, name));
      else if (isUnknown(first)) refine(then, first, name);
    });
  },
  is_eq_exact: (run, state, operands) => equality(run, state, operands, true),
  is_eq: (run, state, operands) => equality(run, state, operands, false),
  is_ne_exact: (run, state, operands) => inequality(run, state, operands, true),
  is_ne: (run, state, operands) => inequality(run, state, operands, false),
  is_lt: (run, state, [label, one, other]) => order(run, state, label, one, other, (sign) => sign < 0),
  is_ge: (run, state, [label, one, other]) => order(run, state, label, one, other, (sign) => sign >= 0),
  has_map_fields: (run, state, [label, source, keys]) => {
    const value = read(run, state, source);
    if (isUnknown(value)) return branch(run, state, label, value);
    if (!isPartialMap(value) || keys?.kind !== 'list') return branch(run, state, label, false);
    spend(run.machine, value.pairs.length * keys.items.length);
    const wanted = keys.items.map((key) => read(run, state, key));
    const unclear = wanted.map(unknownIn).find((one) => one !== undefined);
    return branch(run, state, label, unclear ?? wanted.every((key) => mapValue(value, key as Term) !== undefined));
  },
  select_val: (run, state, [source, label, choices]) => {
    const value = read(run, state, source);
    return select(run, state, value, label, choices, (choice) => {
      const wanted = read(run, state, choice);
      return { isMet: isKnownTerm(value) && equalTerms(value, wanted as Term), meant: () => wanted };
    });
  },
  select_tuple_arity: (run, state, [source, label, choices]) => {
    const value = read(run, state, source);
    return select(run, state, value, label, choices, (choice) => {
      const size = numberOf(choice);
      return { isMet: sizeOf(value) === size, meant: (whole) => tupleOf(whole, size) };
    });
  },
};

/** By name. */
export const TEST_STEPS: Partial<Record<OpcodeName, Step>> = {
  ...Object.fromEntries(Object.entries(PLAIN).map(([name, step]) => [name, byOptions(name.startsWith('select') ? 0 : 1, step)])),
  jump: (run, state, [label]) => goTo(run, state, label),
};

function typeStep(name: OpcodeName): Step {
  const test = TYPE_TESTS[name] as (value: PartialTerm) => boolean;
  return (run, state, [label, source]) => {
    const value = read(run, state, source);
    if (!isUnknown(value)) return branch(run, state, label, testList(name, value) ?? test(value));
    const learnt = name === 'is_nil' ? () => NIL : name === 'is_nonempty_list' ? consOf : undefined;
    return branch(run, state, label, value, learnt === undefined ? undefined : learnValue(value, learnt));
  };
}

/** Whether a list has an item may not be known. */
function testList(name: OpcodeName, value: PartialTerm): boolean | Unknown | undefined {
  if (!isPartialList(value) || (name !== 'is_nil' && name !== 'is_nonempty_list')) return undefined;
  const found = hasItem(value);
  return typeof found === 'boolean' ? found === (name === 'is_nonempty_list') : found;
}

function consOf(whole: Unknown): PartialTerm {
  return { kind: 'list', items: [partOf(whole, 'head')], tail: partOf(whole, 'tail') };
}

function learnTuple(value: PartialTerm, size: number): (state: State) => void {
  return learnValue(value, (whole) => tupleOf(whole, size));
}

function tupleOf(whole: Unknown, size: number, tag?: PartialTerm): PartialTerm {
  // Nobody matches a tuple that is larger.
  if (size < 0 || size > MAX_ARITY) return whole;
  const items = Array.from({ length: size }, (_, at) => (at === 0 && tag !== undefined ? tag : partOf(whole, `element ${at}`)));
  return { kind: 'tuple', items };
}

/** Returns whether two values are the same; what isn't known where that decides. */
export function verdictOf(run: Run, left: PartialTerm, right: PartialTerm, isExact: boolean): boolean | Unknown {
  spend(run.machine, weigh(left).items + weigh(right).items);
  if (!isExact && isKnownTerm(left) && isKnownTerm(right)) return compareTerms(left, right) === 0;
  const same = sameValues(left, right);
  // 1 == 1.0 may be true where these aren't the same, but only a number in them makes that so.
  if (same !== undefined && (isExact || same)) return same;
  return unknownIn(left) ?? unknownIn(right) ?? false;
}

function equality(run: Run, state: State, [label, one, other]: readonly Operand[], isExact: boolean): boolean {
  const [left, right] = [read(run, state, one), read(run, state, other)];
  return branch(run, state, label, verdictOf(run, left, right, isExact), (then) => {
    if (isUnknown(left)) refine(then, left, right);
    else if (isUnknown(right)) refine(then, right, left);
  });
}

function inequality(run: Run, state: State, [label, one, other]: readonly Operand[], isExact: boolean): boolean {
  const [left, right] = [read(run, state, one), read(run, state, other)];
  const verdict = verdictOf(run, left, right, isExact);
  if (typeof verdict === 'boolean') return branch(run, state, label, !verdict);
  const same = copyState(state);
  enterFork([state, same], verdict);
  if (isUnknown(left)) refine(same, left, right);
  else if (isUnknown(right)) refine(same, right, left);
  if (branch(run, same, label, false)) run.waiting.push(same);
  return true;
}

function order(
  run: Run,
  state: State,
  label: Operand | undefined,
  one: Operand | undefined,
  other: Operand | undefined,
  isMet: (sign: number) => boolean,
): boolean {
  const [left, right] = [read(run, state, one), read(run, state, other)];
  spend(run.machine, weigh(left).items + weigh(right).items);
  if (isKnownTerm(left) && isKnownTerm(right)) return branch(run, state, label, isMet(compareTerms(left, right)));
  return branch(run, state, label, unknownIn(left) ?? unknownIn(right) ?? false);
}

interface Choice {
  readonly isMet: boolean;
  /** What the value is where this is chosen. */
  readonly meant: (whole: Unknown) => PartialTerm;
}

/** Chooses one of pairs of a value and a label. */
function select(
  run: Run,
  state: State,
  value: PartialTerm,
  label: Operand | undefined,
  choices: Operand | undefined,
  choiceOf: (operand: Operand) => Choice,
): boolean {
  const items = choices?.kind === 'list' ? choices.items : [];
  spend(run.machine, items.length);
  const pairs = Array.from({ length: items.length >> 1 }, (_, at) => [items[at * 2], items[at * 2 + 1]] as const);
  if (!isUnknown(value)) {
    const chosen = pairs.find(([choice]) => choiceOf(choice as Operand).isMet);
    return goTo(run, state, chosen?.[1] ?? label);
  }
  const states = pairs.map(() => copyState(state));
  spend(run.machine, states.length * (state.x.length + state.y.length));
  enterFork([state, ...states], value);
  for (const [at, [choice, target]] of pairs.entries()) {
    const then = states[at] as State;
    refine(then, value, choiceOf(choice as Operand).meant(value));
    if (goTo(run, then, target)) run.waiting.push(then);
  }
  return goTo(run, state, label);
}
