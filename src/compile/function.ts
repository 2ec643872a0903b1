// A whole function: func_info, the frame with all its registers initialised, the arguments moved to y registers, and the code.
//
//   label start, func_info module name arity, label entry, allocate frame arity, init_yregs, move x y ..., code

import type { CodeFunction, Instruction } from '../code/instructions.js';
import type { Operand } from '../code/operands.js';
import {
  type Builder,
  type DraftInstruction,
  type DraftOperand,
  emit,
  type Job,
  move,
  newBuilder,
  place,
  type Unit,
  unsigned,
  x,
  y,
} from './builder.js';
import { CompileError } from './compile-error.js';
import { MAX_Y_REGISTERS } from './registers.js';

/** A function with its code, ready to be entered in a module. */
export interface CompiledFunction {
  readonly name: string;
  readonly arity: number;
  /** Label of calls. */
  readonly entry: number;
  readonly code: CodeFunction;
}

/** Makes the code of one function. */
export function buildFunction(unit: Unit, job: Job): CompiledFunction {
  const builder = newBuilder(unit, job);
  job.build(builder);
  for (let at = 0; at < builder.deferred.length; at++) builder.deferred[at]?.();
  const { count, deepest } = builder.registers;
  const frame = count + deepest;
  if (frame > MAX_Y_REGISTERS) {
    throw new CompileError('function', `needs ${frame} registers, and there are ${MAX_Y_REGISTERS}`, undefined, job.root);
  }
  const body = builder.code.splice(0);
  emitStart(builder, frame);
  const instructions = [...builder.code, ...body].map((draft) => fill(draft, frame));
  const { tables } = unit.context;
  const [module, name] = [tables.atom(unit.context.module), tables.atom(job.name)];
  const { arity, entry } = job;
  return { name: job.name, arity, entry, code: { module, name, arity, entry, instructions } };
}

function emitStart(builder: Builder, frame: number): void {
  const { job, unit, start } = builder;
  const { tables, otp } = unit.context;
  place(builder, start);
  const [module, name] = [unit.context.module, job.name].map((text) => ({ kind: 'atom', value: tables.atom(text) }) as const);
  emit(builder, 'func_info', module as DraftOperand, name as DraftOperand, unsigned(job.arity));
  place(builder, job.entry);
  emit(builder, 'allocate', unsigned(frame), unsigned(job.arity));
  const items = Array.from({ length: frame - job.arity }, (_, at) => y(job.arity + at));
  if (otp < 24) for (const register of items) emit(builder, 'move', { kind: 'atom', value: 0 }, register);
  else if (items.length > 0) emit(builder, 'init_yregs', { kind: 'list', items });
  for (let at = 0; at < job.arity; at++) move(builder, x(at), y(at));
}

function fill({ name, operands }: DraftInstruction, frame: number): Instruction {
  return { name, operands: operands.map((operand) => fillOperand(operand, frame)), offset: -1 };
}

function fillOperand(operand: DraftOperand, frame: number): Operand {
  if (operand.kind === 'frame') return unsigned(frame);
  return operand.kind === 'tag' ? y(frame - 1 - operand.depth) : operand;
}
