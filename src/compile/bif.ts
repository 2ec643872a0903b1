// Guard BIFs and operators, which are instructions of their own: `bif` for those that never allocate, `gc_bif` for the others.
//   bif0 import dst     bif1 fail import src dst     gc_bif2 fail live import src src dst          Defined by beam_ssa_codegen.erl.

import type { Label } from '../beam/chunks/entries.js';
import { guardBuiltins } from '../code/builtins.js';
import type { OpcodeName } from '../code/opcodes.js';
import type { YRegister } from '../code/operands.js';
import { type Builder, emit, type Source, to, unsigned } from './builder.js';

/** Operators by arity, which are functions of `erlang` too. */
const OPERATORS: ReadonlyMap<number, ReadonlySet<string>> = new Map([
  [1, new Set('+ - not bnot'.split(' '))],
  [2, new Set('+ - * / div rem band bor bxor bsl bsr and or xor == /= =< < >= > =:= =/='.split(' '))],
]);

/** Those that allocate nothing, beside type tests and what compares or combines booleans. */
const WITHOUT_HEAP: ReadonlySet<string> = new Set([
  ...'hd/1 tl/1 self/0 node/0 node/1 element/2 is_map_key/2 map_get/2 tuple_size/1 min/2 max/2'.split(' '),
  ...'not/1 and/2 or/2 xor/2 ==/2 /=/2 =</2 </2 >=/2 >/2 =:=/2 =/=/2'.split(' '),
]);

/** Tells whether `erlang:name/arity` is an operator that is an instruction. */
export function isOperator(name: string, arity: number): boolean {
  return OPERATORS.get(arity)?.has(name) === true;
}

/** Tells whether a guard of that release may call `erlang:name/arity`: a guard BIF or an operator. */
export function isGuardFunction(otp: number, name: string, arity: number): boolean {
  return isOperator(name, arity) || guardBuiltins(otp).get(name)?.has(arity) === true;
}

const BY_ARITY: readonly OpcodeName[] = ['bif0', 'bif1', 'bif2', 'bif3'];
const WITH_HEAP: readonly OpcodeName[] = ['gc_bif1', 'gc_bif1', 'gc_bif2', 'gc_bif3'];

/** Emits the instruction of a guard BIF or an operator. */
export function emitBif(builder: Builder, name: string, args: readonly Source[], fail: Label, result: YRegister): void {
  const arity = args.length;
  const index = unsigned(builder.unit.context.tables.import('erlang', name, arity));
  const isPlain = name.startsWith('is_') || WITHOUT_HEAP.has(`${name}/${arity}`);
  if (arity === 0) emit(builder, 'bif0', index, result);
  else if (isPlain) emit(builder, BY_ARITY[arity] as OpcodeName, to(fail), index, ...args, result);
  else emit(builder, WITH_HEAP[arity] as OpcodeName, to(fail), unsigned(0), index, ...args, result);
}
