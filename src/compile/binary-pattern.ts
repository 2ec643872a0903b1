// Patterns of binaries: a match context is made of the value, and segment after segment is read from it.
//   bs_start_match3 fail src live ctx     bs_get_integer2 fail ctx live size unit flags dst (likewise float2, binary2)
//   bs_get_utf8 fail ctx live flags dst (likewise utf16, utf32)     bs_skip_bits2 fail ctx size unit flags     bs_test_tail2 fail ctx bits

import type { Label } from '../beam/chunks/entries.js';
import type { OpcodeName } from '../code/opcodes.js';
import type { Operand, YRegister } from '../code/operands.js';
import type { BinElement, BinNode, Expression } from '../forms/expression-model.js';
import { atomOperand, type Builder, emit, type Source, temporary, to, unsigned, withTemporaries } from './builder.js';
import { refuse } from './compile-error.js';
import { constantOf } from './constant.js';
import { guardValue } from './guard.js';
import { newScope, type Scope } from './scope.js';
import { type Segment, segmentOf, stringSegments } from './segment.js';
import { isIgnored, partRegister, withScope } from './variable.js';

/** What a pattern of a binary is matched with. */
export interface BinaryMatch {
  readonly fail: Label;
  /** The scope of sizes, to which the segments before add their variables. */
  readonly outer: Scope;
  readonly pattern: (
    builder: Builder,
    pattern: Expression,
    value: YRegister,
    match: { readonly fail: Label; readonly outer: Scope },
  ) => void;
}

/** Emits what matches the value of a register with a whole binary. */
export function matchBinary(builder: Builder, node: BinNode, value: YRegister, match: BinaryMatch): void {
  withTemporaries(builder, () => {
    const context = startMatch(builder, node, value, match.fail);
    const isOpen = matchSegments(builder, node, context, match);
    if (!isOpen) emit(builder, 'bs_test_tail2', to(match.fail), context, unsigned(0));
  });
}

/** Emits the start of a match and returns the register of its context. */
export function startMatch(builder: Builder, node: BinNode, value: YRegister, fail: Label): YRegister {
  if (builder.unit.context.otp < 22) refuse(node, 'binaries can be matched for OTP 22 and later only');
  const context = temporary(builder);
  emit(builder, 'bs_start_match3', to(fail), value, unsigned(0), context);
  return context;
}

/** Emits the segments; tells whether the last one takes all that is left. */
export function matchSegments(builder: Builder, node: BinNode, context: YRegister, match: BinaryMatch): boolean {
  const segments = node.elements.flatMap(stringSegments);
  const outer = newScope(match.outer);
  segments.forEach((element, at) => {
    const segment = segmentOf(element);
    const isRest = segment.size === 'all' && !segment.type.startsWith('utf');
    if (isRest && at < segments.length - 1) refuse(element, 'a binary without size is the last segment of a pattern');
    withTemporaries(builder, () => matchSegment(builder, element, segment, context, { ...match, outer }));
    const { value } = element;
    const bound = value.kind === 'var' ? builder.scope.get(value.name) : undefined;
    if (value.kind === 'var' && bound !== undefined) outer.set(value.name, bound);
  });
  const last = segments.at(-1);
  const end = last === undefined ? undefined : segmentOf(last);
  return end !== undefined && end.size === 'all' && !end.type.startsWith('utf');
}

function matchSegment(builder: Builder, element: BinElement, segment: Segment, context: YRegister, match: BinaryMatch): void {
  const { value } = element;
  const size = sizeOperand(builder, segment, match);
  const constant = constantOf(builder.unit, value);
  if (value.kind !== 'var' && constant === undefined && value.kind !== 'op') {
    refuse(value, `${value.kind} can't be the value of a segment in a pattern`);
  }
  const isKnown = value.kind === 'var' && builder.scope.has(value.name);
  const register = isIgnored(value) ? temporary(builder) : partRegister(builder, value);
  fetch(builder, segment, context, size, register, match.fail);
  if (isIgnored(value) || (value.kind === 'var' && !isKnown)) return;
  match.pattern(builder, asFloat(value, segment), register, match);
}

/** An integer that stands for a float. */
function asFloat(value: Expression, { type }: Segment): Expression {
  if (type !== 'float' || (value.kind !== 'integer' && value.kind !== 'char')) return value;
  return { kind: 'float', anno: value.anno, value: Number(value.value) };
}

const GETTERS: Readonly<Record<Segment['type'], OpcodeName>> = {
  integer: 'bs_get_integer2',
  float: 'bs_get_float2',
  binary: 'bs_get_binary2',
  bitstring: 'bs_get_binary2',
  utf8: 'bs_get_utf8',
  utf16: 'bs_get_utf16',
  utf32: 'bs_get_utf32',
};

function fetch(builder: Builder, segment: Segment, context: YRegister, size: Source, register: YRegister, fail: Label): void {
  const opcode = GETTERS[segment.type];
  const extent: readonly Operand[] = segment.type.startsWith('utf') ? [] : [size, unsigned(segment.unit)];
  emit(builder, opcode, to(fail), context, unsigned(0), ...extent, unsigned(flagBits(segment)), register);
}

const LITTLE = 2;
const SIGNED = 4;
const NATIVE = 16;

function flagBits({ endian, signed }: Segment): number {
  const order = endian === 'little' ? LITTLE : endian === 'native' ? NATIVE : 0;
  return order | (signed ? SIGNED : 0);
}

function sizeOperand(builder: Builder, { size }: Segment, match: BinaryMatch): Source {
  if (size === 'all') return atomOperand(builder, 'all');
  if (typeof size === 'number') return { kind: 'integer', value: size };
  return withScope(builder, match.outer, () => guardValue(builder, size, match.fail));
}
