// The steps of instructions that move, build and take apart terms, and that keep the stack.

import type { OpcodeName } from '../../code/opcodes.js';
import type { Operand } from '../../code/operands.js';
import { formatTerm } from '../../term/format.js';
import { atom, NIL, type Term, tuple } from '../../term/model.js';
import { splitList } from './list-items.js';
import type { PartialMap, PartialTerm } from './partial-term.js';
import { numberOf } from './program.js';
import { branch, fail, type Run, read, type Step, spend, splitByOptions, unknownHere, write } from './run.js';
import type { State } from './state.js';
import {
  isKnownTerm,
  isPartialList,
  isPartialMap,
  isPartialTuple,
  isUnknown,
  listOf,
  mapValue,
  partOf,
  unknownIn,
  withPair,
} from './values.js';

const PASS: Step = () => true;

const PASSED: readonly OpcodeName[] = [
  ...(['label', 'test_heap', 'init', 'init_yregs', 'executable_line', 'debug_line', 'nif_start', 'on_load'] as const),
  ...(['recv_marker_bind', 'recv_marker_clear', 'recv_marker_reserve', 'recv_marker_use', 'recv_mark', 'recv_set'] as const),
];

/** By name. */
export const DATA_STEPS: Partial<Record<OpcodeName, Step>> = {
  ...Object.fromEntries(PASSED.map((name) => [name, PASS])),
  line: (run, state, [location]) => {
    state.line = run.program.tables.location(numberOf(location))?.line ?? state.line;
    return true;
  },
  allocate: newFrame,
  allocate_zero: newFrame,
  allocate_heap: newFrame,
  allocate_heap_zero: newFrame,
  deallocate: newFrame,
  trim: (_, state, [drop]) => {
    state.y = state.y.slice(Math.max(0, numberOf(drop)));
    return true;
  },
  move: (run, state, [source, target]) => put(run, state, target, read(run, state, source)),
  swap: (run, state, [one, other]) => {
    const [left, right] = [read(run, state, one), read(run, state, other)];
    write(run, state, one, right);
    return put(run, state, other, left);
  },
  put_list: (run, state, [head, tail, target]) => {
    const rest = read(run, state, tail);
    spend(run.machine, isPartialList(rest) ? rest.items.length : 0);
    return put(run, state, target, listOf([read(run, state, head)], rest));
  },
  put_tuple2: (run, state, [target, items]) =>
    put(run, state, target, { kind: 'tuple', items: itemsIn(items).map((item) => read(run, state, item)) }),
  get_list: (run, state, [source, head, tail]) => {
    const value = read(run, state, source);
    write(run, state, head, headOf(run, state, value));
    return put(run, state, tail, restOf(run, state, value));
  },
  get_hd: (run, state, [source, head]) => put(run, state, head, headOf(run, state, read(run, state, source))),
  get_tl: (run, state, [source, tail]) => put(run, state, tail, restOf(run, state, read(run, state, source))),
  get_tuple_element: (run, state, [source, index, target]) => {
    const value = read(run, state, source);
    if (isUnknown(value)) return put(run, state, target, partOf(value, `element ${numberOf(index)}`));
    const item = isPartialTuple(value) ? value.items[numberOf(index)] : undefined;
    return put(run, state, target, item ?? unknownHere(run, state, 'an element that a tuple has not got'));
  },
  set_tuple_element: (run, state, [value, target, index]) => {
    const whole = read(run, state, target);
    if (!isPartialTuple(whole)) return true;
    spend(run.machine, whole.items.length);
    const items = whole.items.map((item, at) => (at === numberOf(index) ? read(run, state, value) : item));
    return put(run, state, target, { kind: 'tuple', items });
  },
  update_record: (run, state, [, , source, target, updates]) => {
    const value = read(run, state, source);
    if (!isPartialTuple(value)) return put(run, state, target, isUnknown(value) ? partOf(value, null) : value);
    spend(run.machine, value.items.length);
    const items = [...value.items];
    const changes = itemsIn(updates);
    for (let at = 0; at + 1 < changes.length; at += 2) {
      const index = numberOf(changes[at]) - 1;
      if (index >= 0 && index < items.length) items[index] = read(run, state, changes[at + 1]);
    }
    return put(run, state, target, { kind: 'tuple', items });
  },
  put_map_assoc: (run, state, operands) => putMap(run, state, operands, false),
  put_map_exact: (run, state, operands) => putMap(run, state, operands, true),
  get_map_elements: (run, state, [label, source, pairs]) => {
    const value = read(run, state, source);
    if (splitByOptions(run, state, value)) return true;
    const items = itemsIn(pairs);
    if (!isUnknown(value) && !isPartialMap(value)) return branch(run, state, label, false);
    const map = isUnknown(value) ? undefined : value;
    spend(run.machine, (map?.pairs.length ?? 1) * items.length);
    const found: (readonly [Operand | undefined, PartialTerm | undefined])[] = [];
    for (let at = 0; at + 1 < items.length; at += 2) {
      const key = read(run, state, items[at]);
      const unclear = isUnknown(value) ? value : unknownIn(key);
      found.push([
        items[at + 1],
        unclear === undefined
          ? mapValue(map as PartialMap, key as Term)
          : partOf(unclear, isKnownTerm(key) ? `key ${formatTerm(key)}` : null),
      ]);
    }
    const unclear = found.map(([, one]) => one).find(isUnknown);
    const isThere = found.every(([, one]) => one !== undefined);
    const depends = isUnknown(value) || items.some((item, at) => at % 2 === 0 && !isKnownTerm(read(run, state, item)));
    return (
      branch(run, state, label, isThere && depends && unclear !== undefined ? unclear : isThere) && putAll(run, state, found)
    );
  },
};

function putAll(run: Run, state: State, found: readonly (readonly [Operand | undefined, PartialTerm | undefined])[]): boolean {
  for (const [target, value] of found) if (value !== undefined) write(run, state, target, value);
  return true;
}

function put(run: Run, state: State, target: Operand | undefined, value: PartialTerm): boolean {
  write(run, state, target, value);
  return true;
}

function itemsIn(operand: Operand | undefined): readonly Operand[] {
  return operand?.kind === 'list' ? operand.items : [];
}

/** Registers are made when they are written to: their number is only a claim. */
function newFrame(_: Run, state: State): boolean {
  state.y = [];
  return true;
}

function headOf(run: Run, state: State, value: PartialTerm): PartialTerm {
  if (isPartialList(value)) {
    const split = splitList(value);
    return 'head' in split ? split.head : partOf(split, null);
  }
  return isUnknown(value) ? partOf(value, 'head') : unknownHere(run, state, 'the head of what is no list');
}

function restOf(run: Run, state: State, value: PartialTerm): PartialTerm {
  if (isPartialList(value)) {
    spend(run.machine, value.items.length);
    const split = splitList(value);
    return 'head' in split ? split.rest : partOf(split, null);
  }
  return isUnknown(value) ? partOf(value, 'tail') : unknownHere(run, state, 'the tail of what is no list');
}

function putMap(run: Run, state: State, [label, source, target, , pairs]: readonly Operand[], isExact: boolean): boolean {
  let value = read(run, state, source);
  const items = itemsIn(pairs);
  for (let at = 0; at + 1 < items.length; at += 2) {
    const [key, item] = [read(run, state, items[at]), read(run, state, items[at + 1])];
    const unclear = isUnknown(value) ? value : unknownIn(key);
    if (unclear !== undefined) return put(run, state, target, partOf(unclear, null));
    if (!isPartialMap(value)) return fail(run, state, tuple(atom('badmap'), NIL));
    spend(run.machine, value.pairs.length);
    if (isExact && mapValue(value, key as Term) === undefined) return branch(run, state, label, false);
    value = withPair(value, key as Term, item);
  }
  return put(run, state, target, value);
}
