// What differs between the `beam_disasm` of one OTP release and the next, all of it: the table RELEASES at the end. Found by trying 25, 27
// and 29; the changes between them were merged for 26 (erlang/otp #6447, #6451, #6452, #6469: the shapes of `.S` files in place of
// those that HiPE wanted) and for 29 (#10520: places instead of numbers of lines). Types differ too: see type-terms.ts.

import { atom, list, stringTerm, type Term, textOf, tuple } from '../term/model.js';
import { createBin, createBinTagged, match, matchField, matchString, startMatch3, stringOperand } from './bitstring-shapes.js';
import { operandIndex } from './operands.js';
import { arithmetic, type Shape, type Shapes, shapesOf } from './shapes.js';
import type { CodeTables } from './tables.js';

/** The conventions of the `beam_disasm` of a range of releases. */
export interface ReleaseShapes {
  /** The first release of the range. */
  readonly from: number;
  /** Shapes of instructions that aren't the common ones. */
  readonly shapes: Shapes;
  /** The number of a flags operand inside `{field_flags,_}`. */
  readonly flags: (flags: number) => Term;
  /** Whether in all functions but the first `line` and `label` before func_info change places. */
  readonly swapsLineAndLabel: boolean;
}

const X0 = tuple(atom('x'), 0);
const F0 = tuple(atom('f'), 0);

/** `{bs_get_tail,{x,1},{x,0},{u,2}}`: numbers with their tags. */
const tagged: Shape = ({ name, operands, raw }) => tuple(atom(name), ...operands.map(raw));

/** `{raise,{f,0},[Trace,Reason],{x,0}}`, from 26 on `{bif,raise,...}`. */
const raise =
  (...tag: readonly string[]): Shape =>
  ({ operands: [trace, reason], raw }) =>
    tuple(...tag.map(atom), F0, list([raw(trace), raw(reason)]), X0);

/** `{call_fun2,{f,5},1,{x,0}}`: the label of a lambda in place of its index; safe and unsafe are atoms. */
const callFun2: Shape = ({ name, tables, operands: [tag], terms: [first, ...rest], label }) =>
  tuple(atom(name), tag.kind === 'unsigned' ? label(tables.lambda(operandIndex(tag)).label) : first, ...rest);

/** `{call_fun2,{u,0},1,{x,0}}`. */
const callFun2Tagged: Shape = ({ name, operands: [tag, , src], terms: [, arity], raw }) =>
  tuple(atom(name), raw(tag), arity, raw(src));

/** `{line,[{location,"m.erl",7}]}`, `{line,[]}` for an unknown place. */
const location: Shape = ({ name, tables, operands: [index] }) => {
  const place = tables.location(operandIndex(index));
  return tuple(atom(name), list(place === undefined ? [] : [tuple(atom('location'), fileTerm(tables, place.file), place.line)]));
};

/** The name of the module's own file comes from the compile info, where that has it. */
function fileTerm({ module }: CodeTables, file: string | undefined): Term {
  const source = file ?? textOf(module.compileInfoValue('source')) ?? '';
  return stringTerm(file ?? source.slice(source.lastIndexOf('/') + 1));
}

function flagNames(flags: number): Term {
  const names = [flags & 2 ? 'little' : '', flags & 4 ? 'signed' : '', flags & 16 ? 'native' : ''];
  return list(names.filter((name) => name !== '').map(atom));
}

const SHAPES_FROM_26 = {
  fadd: arithmetic('bif'),
  fsub: arithmetic('bif'),
  fmul: arithmetic('bif'),
  fdiv: arithmetic('bif'),
  fnegate: arithmetic('bif'),
  raise: raise('bif', 'raise'),
  bs_match_string: matchString(stringOperand),
  bs_get_integer2: matchField,
  bs_get_float2: matchField,
  bs_get_binary2: matchField,
  bs_start_match3: startMatch3,
  bs_create_bin: createBin,
  bs_match: match,
  call_fun2: callFun2,
};

/** The newest first. */
const RELEASES: readonly ReleaseShapes[] = [
  {
    from: 29,
    shapes: shapesOf({ ...SHAPES_FROM_26, line: location }),
    flags: flagNames,
    swapsLineAndLabel: false,
  },
  {
    from: 26,
    shapes: shapesOf(SHAPES_FROM_26),
    flags: flagNames,
    swapsLineAndLabel: true,
  },
  {
    from: 0,
    shapes: shapesOf({
      fadd: arithmetic('arithfbif'),
      fsub: arithmetic('arithfbif'),
      fmul: arithmetic('arithfbif'),
      fdiv: arithmetic('arithfbif'),
      fnegate: arithmetic('arithfbif'),
      raise: raise('raise'),
      bs_match_string: matchString((bytes) => bytes),
      bs_start_match3: tagged,
      bs_start_match4: tagged,
      bs_get_tail: tagged,
      bs_get_position: tagged,
      bs_create_bin: createBinTagged,
      call_fun2: callFun2Tagged,
    }),
    flags: (flags) => flags,
    swapsLineAndLabel: true,
  },
];

/** Returns the conventions of a release. */
export function shapesOfRelease(otp: number): ReleaseShapes {
  return RELEASES.find(({ from }) => otp >= from) as ReleaseShapes;
}
