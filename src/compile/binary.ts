// Binaries that are built: one bs_create_bin, of OTP 25 and later, with six operands a segment.
//   type   number, from 1; 0 for a string   unit, 0 for utf*   flags, nil or a literal list   value   size
// Sizes: an integer or a register in units, `all`, or `undefined` for utf*. Defined by lib/compiler/src/v3_core.erl, beam_ssa_codegen.erl.

import type { Operand } from '../code/operands.js';
import type { BinElement, BinNode, Expression } from '../forms/expression-model.js';
import { atom, binary, list } from '../term/model.js';
import {
  atomOperand,
  type Builder,
  constantOperand,
  emit,
  NIL_OPERAND,
  type Source,
  temporary,
  to,
  unsigned,
  withTemporaries,
} from './builder.js';
import { refuse } from './compile-error.js';
import type { Mode } from './mode.js';
import { type Segment, segmentOf, stringSegments } from './segment.js';

/** Emits what builds a binary or a bitstring. */
export function buildBinary(builder: Builder, node: BinNode, mode: Mode): Source {
  if (node.elements.length === 0) return constantOperand(builder, binary(new Uint8Array()));
  if (builder.unit.context.otp < 25) refuse(node, 'binaries can be built for OTP 25 and later only');
  const result = temporary(builder);
  withTemporaries(builder, () => {
    const segments = node.elements.flatMap(stringSegments);
    const items = segments.flatMap((element, at) => segmentOperands(builder, element, at + 1, mode));
    const [heap, live, unit] = [unsigned(0), unsigned(0), unsigned(1)];
    emit(builder, 'bs_create_bin', to(mode.fail), heap, live, unit, result, { kind: 'list', items });
  });
  return result;
}

function segmentOperands(builder: Builder, element: BinElement, number: number, mode: Mode): readonly Operand[] {
  const segment = segmentOf(element);
  const value = mode.value(builder, element.value);
  const size = sizeOperand(builder, segment, mode);
  const isUtf = segment.type.startsWith('utf');
  const unit = isUtf ? 0 : segment.unit;
  return [atomOperand(builder, typeName(segment)), unsigned(number), unsigned(unit), flagsOperand(builder, segment), value, size];
}

function typeName({ type }: Segment): string {
  return type === 'bitstring' ? 'binary' : type;
}

function sizeOperand(builder: Builder, { size, type }: Segment, mode: Mode): Source {
  if (size === 'all') return atomOperand(builder, type.startsWith('utf') ? 'undefined' : 'all');
  if (typeof size === 'number') return { kind: 'integer', value: size };
  return mode.value(builder, size as Expression);
}

function flagsOperand(builder: Builder, { endian, signed }: Segment): Source {
  const flags = [...(endian === 'big' ? [] : [atom(endian)]), ...(signed ? [atom('signed')] : [])];
  return flags.length === 0 ? NIL_OPERAND : constantOperand(builder, list(flags));
}
