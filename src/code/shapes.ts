// The shapes in which `beam_disasm` shows instructions. Most are plain, the name and the operands in file order; this file has those that
// aren't and are the same in all releases, shapes-by-release.ts the others. Found by giving every opcode to the beam_disasm of OTP 25,
// 27 and 29. What a release can't show (obsolete opcodes, operands of the wrong kind) gets the shape that is nearest.

import { atom, list, type Term, tuple } from '../term/model.js';
import type { OpcodeName } from './opcodes.js';
import type { OperandTerms } from './operand-terms.js';
import { type Operand, operandIndex } from './operands.js';
import type { CodeTables } from './tables.js';

/** What a shape is made of: an instruction, its operands as terms, and the means to make others. */
export interface Subject extends OperandTerms {
  readonly name: OpcodeName;
  /** As many as the opcode's arity; a shape takes no more than its opcode has, which is why the types say that there are enough. */
  readonly operands: Eight<Operand>;
  readonly terms: Eight<Term>;
  readonly tables: CodeTables;
}

type Eight<T> = readonly [T, T, T, T, T, T, T, T];

/** Makes the term of an instruction. */
export type Shape = (subject: Subject) => Term;

/** Shapes by opcode. */
export type Shapes = ReadonlyMap<OpcodeName, Shape>;

/** Returns the shapes of a table that is written as an object. */
export function shapesOf(table: { readonly [Name in OpcodeName]?: Shape }): Shapes {
  return new Map(Object.entries(table) as [OpcodeName, Shape][]);
}

const TEST = atom('test');
const BIF = atom('bif');
const GC_BIF = atom('gc_bif');
const NOFAIL = atom('nofail');
const EXTFUNC = atom('extfunc');
const STRING = atom('string');

/** `{move,{x,1},{x,0}}`, or `return`. */
export const plain: Shape = ({ name, terms }) => (terms.length > 0 ? tuple(atom(name), ...terms) : atom(name));

/** `{test,is_eq,{f,1},[{x,0},nil]}`. */
export const test: Shape = ({ name, terms: [fail, ...rest] }) => tuple(TEST, atom(name), fail, list(rest));

/** `{test,Name,{f,1},{x,0},{list,[...]}}`: the arguments aren't in a list. */
export const flatTest =
  (shown: string): Shape =>
  ({ terms }) =>
    tuple(TEST, atom(shown), ...terms);

/** `{call,1,{m,f,1}}`; `{f,Label}` in place of the function where the label isn't an entry. */
const call: Shape = ({ name, tables, operands, terms: [arity, target, ...rest] }) => {
  const label = operands[1].kind === 'label' ? operands[1].value : 0;
  const callee = tables.functionAt(label);
  return tuple(atom(name), arity, callee === undefined ? target : localFunction(tables, callee.name, callee.arity), ...rest);
};

/** `{call_ext,1,{extfunc,m,f,1}}`. */
const callExternal: Shape = ({ name, tables, operands, terms: [arity, , ...rest] }) => {
  const callee = tables.import(operandIndex(operands[1]));
  return tuple(atom(name), arity, tuple(EXTFUNC, atom(callee.module), atom(callee.name), callee.arity), ...rest);
};

/** `{bif,self,nofail,[],{x,0}}`. */
const guardBif0: Shape = ({ tables, operands, terms }) => tuple(BIF, bifName(tables, operands[0]), NOFAIL, list([]), terms[1]);

/** `{bif,hd,{f,0},[{x,0}],{x,0}}`. */
const guardBif: Shape = ({ tables, operands, terms: [fail, , ...rest] }) =>
  tuple(BIF, bifName(tables, operands[1]), fail, ...argumentsAndResult(rest));

/** `{gc_bif,'+',{f,0},2,[{x,0},{x,1}],{x,0}}`. */
const gcBif: Shape = ({ tables, operands, terms: [fail, live, , ...rest] }) =>
  tuple(GC_BIF, bifName(tables, operands[2]), fail, live, ...argumentsAndResult(rest));

/** `{Tag,fadd,{f,0},[{fr,0},{fr,1}],{fr,0}}`. */
export const arithmetic =
  (tag: string): Shape =>
  ({ name, terms: [fail, ...rest] }) =>
    tuple(atom(tag), atom(name), fail, ...argumentsAndResult(rest));

/** `{bs_add,{f,0},[{x,0},{x,1},8],{x,0}}`. */
const bsAdd: Shape = ({ name, terms: [fail, ...rest] }) => tuple(atom(name), fail, ...argumentsAndResult(rest));

/** `{make_fun3,{m,'-f/0-fun-0-',1},0,1234567,{x,0},{list,[]}}`: index and uniq of the lambda, then dst and environment. */
const makeFun3: Shape = ({ name, tables, operands, terms: [, ...rest] }) => {
  const lambda = tables.lambda(operandIndex(operands[0]));
  return tuple(atom(name), localFunction(tables, lambda.name, lambda.arity), lambda.index, lambda.uniq, ...rest);
};

const makeFun2: Shape = ({ name, tables, operands }) => {
  const { name: implementation, arity, index, uniq, free } = tables.lambda(operandIndex(operands[0]));
  return tuple(atom(name), localFunction(tables, implementation, arity), index, uniq, free);
};

/** `{bs_put_string,2,{string,"ab"}}`. */
const putString: Shape = ({ name, tables, operands, terms: [size, , ...rest] }) => {
  const bytes = tables.string(operandIndex(operands[1]), operandIndex(operands[0]));
  return tuple(atom(name), size, tuple(STRING, list([...bytes])), ...rest);
};

/** `{put_record,{f,0},Id,Src,Dst,{list,[...]}}`: without the live count. */
const putRecord: Shape = ({ name, terms: [fail, id, src, dst, , ...rest] }) => tuple(atom(name), fail, id, src, dst, ...rest);

const TESTS = [
  'is_lt',
  'is_ge',
  'is_eq',
  'is_ne',
  'is_eq_exact',
  'is_ne_exact',
  'is_integer',
  'is_float',
  'is_number',
  'is_atom',
  'is_pid',
  'is_reference',
  'is_port',
  'is_nil',
  'is_binary',
  'is_list',
  'is_nonempty_list',
  'is_tuple',
  'is_function',
  'is_boolean',
  'is_function2',
  'is_bitstr',
  'is_map',
  'is_tagged_tuple',
  'test_arity',
  'bs_start_match2',
  'bs_get_integer2',
  'bs_get_float2',
  'bs_get_binary2',
  'bs_skip_bits2',
  'bs_test_tail2',
  'bs_test_unit',
  'bs_get_utf8',
  'bs_skip_utf8',
  'bs_get_utf16',
  'bs_skip_utf16',
  'bs_get_utf32',
  'bs_skip_utf32',
] as const satisfies readonly OpcodeName[];

/** The shapes that aren't plain and hold for all releases, unless shapes-by-release.ts has another. */
export const COMMON_SHAPES: Shapes = shapesOf({
  ...Object.fromEntries(TESTS.map((name) => [name, test])),
  has_map_fields: flatTest('has_map_fields'),
  is_any_native_record: flatTest('is_record'),
  is_native_record: flatTest('is_record'),
  is_record_accessible: flatTest('is_record_accessible'),
  get_record_field: flatTest('get_record_field'),
  put_record: putRecord,
  call,
  call_last: call,
  call_only: call,
  call_ext: callExternal,
  call_ext_last: callExternal,
  call_ext_only: callExternal,
  bif0: guardBif0,
  bif1: guardBif,
  bif2: guardBif,
  bif3: guardBif,
  gc_bif1: gcBif,
  gc_bif2: gcBif,
  gc_bif3: gcBif,
  bs_add: bsAdd,
  make_fun2: makeFun2,
  make_fun3: makeFun3,
  put_string: putString,
  bs_put_string: putString,
});

function localFunction(tables: CodeTables, name: string, arity: number): Term {
  return tuple(atom(tables.module.name), atom(name), arity);
}

function bifName(tables: CodeTables, operand: Operand): Term {
  return atom(tables.import(operandIndex(operand)).name);
}

function argumentsAndResult(terms: readonly Term[]): readonly [Term, Term] {
  return [list(terms.slice(0, -1)), terms.at(-1) as Term];
}
