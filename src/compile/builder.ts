// One function while its code is made: instructions so far, registers, variables in scope. Two operands are only known at the end: the
// size of the stack frame, and with it the registers of the tags of try and catch.

import type { Label } from '../beam/chunks/entries.js';
import type { OpcodeName } from '../code/opcodes.js';
import type { AtomOperand, Integer, LabelOperand, LiteralOperand, Operand, XRegister, YRegister } from '../code/operands.js';
import type { Expression } from '../forms/expression-model.js';
import type { Term } from '../term/model.js';
import { newRegisters, type Registers, releaseTemporaries, takeTemporary } from './registers.js';
import { newScope, type Scope } from './scope.js';
import type { CompileContext } from './tables.js';

/** Where a value is: a y register, or the constant that it is. */
export type Source = Integer | AtomOperand | LiteralOperand | YRegister;

/** An operand before the size of the frame is known. */
export type DraftOperand = Operand | { readonly kind: 'frame' } | { readonly kind: 'tag'; readonly depth: number };

/** An instruction before the size of the frame is known. */
export interface DraftInstruction {
  readonly name: OpcodeName;
  readonly operands: readonly DraftOperand[];
}

/** A function that is still to be made. */
export interface Job {
  readonly name: string;
  readonly arity: number;
  readonly entry: Label;
  /** The function of the source that it is or belongs to, as `name/arity`. */
  readonly root: string;
  /** Emits the code; the arguments are in the first y registers. */
  readonly build: (builder: Builder) => void;
}

/** How the compilers of one construct reach those of all others. */
export interface Compilers {
  /** Emits what computes an expression and returns where the value is. */
  readonly value: (builder: Builder, node: Expression) => Source;
  /** Emits what computes an expression and returns its value from the function. */
  readonly tail: (builder: Builder, node: Expression) => void;
}

/** One run of the compiler. */
export interface Unit {
  readonly context: CompileContext;
  /** Entry labels of the functions of the run, by `name/arity`. */
  readonly entries: ReadonlyMap<string, Label>;
  readonly compilers: Compilers;
  /** Functions that funs and comprehensions became, to be made next. */
  readonly pending: Job[];
  /** How many lambdas each function of the source has so far. */
  readonly lambdaCounts: Map<string, number>;
  /** The terms of constant expressions, undefined for the others. */
  readonly constants: WeakMap<Expression, { readonly term: Term | undefined }>;
  /** Free variables of funs and comprehensions. */
  readonly mentions: WeakMap<object, ReadonlySet<string>>;
}

/** A function while its code is made. */
export interface Builder {
  readonly unit: Unit;
  readonly job: Job;
  /** Label of func_info: where control goes when no clause fits, without a frame. */
  readonly start: Label;
  readonly registers: Registers;
  readonly code: DraftInstruction[];
  /** Code for failures, which comes after all else. */
  readonly deferred: (() => void)[];
  readonly usedLabels: Set<Label>;
  scope: Scope;
}

/** Returns the builder of a function whose arguments are in its first y registers. */
export function newBuilder(unit: Unit, job: Job): Builder {
  const registers = newRegisters();
  registers.count = job.arity;
  const start = unit.context.tables.label();
  return { unit, job, start, registers, code: [], deferred: [], usedLabels: new Set(), scope: newScope() };
}

/** Appends an instruction. */
export function emit(builder: Builder, name: OpcodeName, ...operands: readonly DraftOperand[]): void {
  for (const operand of operands) if (operand.kind === 'label') builder.usedLabels.add(operand.value);
  builder.code.push({ name, operands });
}

/** Returns a new label. */
export function newLabel(builder: Builder): Label {
  return builder.unit.context.tables.label();
}

/** Defines a label here. */
export function place(builder: Builder, label: Label): void {
  emit(builder, 'label', unsigned(label));
}

/** Appends what runs where control jumps to the label, after all other code; nothing if no instruction names the label. */
export function deferAt(builder: Builder, label: Label, build: () => void): void {
  builder.deferred.push(() => {
    if (!builder.usedLabels.has(label)) return;
    place(builder, label);
    build();
  });
}

/** Returns the operand of a count, an index or a size. */
export function unsigned(value: number): Operand {
  return { kind: 'unsigned', value };
}

/** Returns the operand of a label; 0 is none. */
export function to(label: Label): LabelOperand {
  return { kind: 'label', value: label };
}

/** Returns the operand of an x register. */
export function x(register: number): XRegister {
  return { kind: 'x', value: register };
}

/** Returns the operand of a y register. */
export function y(register: number): YRegister {
  return { kind: 'y', value: register };
}

/** The empty list as an operand. */
export const NIL_OPERAND: AtomOperand = { kind: 'atom', value: 0 };

/** Returns the operand of an atom. */
export function atomOperand(builder: Builder, name: string): AtomOperand {
  return { kind: 'atom', value: builder.unit.context.tables.atom(name) };
}

/** Returns the operand of any term. */
export function constantOperand(builder: Builder, term: Term): Source {
  if (typeof term === 'number' || typeof term === 'bigint') return { kind: 'integer', value: term };
  if (term.kind === 'atom') return atomOperand(builder, term.name);
  if (term.kind === 'nil') return NIL_OPERAND;
  return { kind: 'literal', value: builder.unit.context.tables.literal(term) };
}

/** Takes a y register for a value that is needed until its expression is done. */
export function temporary(builder: Builder): YRegister {
  return y(takeTemporary(builder.registers));
}

/** Runs `build` and gives back the temporaries that it took. */
export function withTemporaries<T>({ registers }: Builder, build: () => T): T {
  const mark = registers.temporaries.length;
  const made = build();
  releaseTemporaries(registers, mark);
  return made;
}

/** Appends a move, unless the value is there already. */
export function move(builder: Builder, from: Source | XRegister, target: XRegister | YRegister): void {
  if (from.kind !== target.kind || from.value !== target.value) emit(builder, 'move', from, target);
}

/** Returns a y register that has the value. */
export function inRegister(builder: Builder, source: Source): YRegister {
  if (source.kind === 'y') return source;
  const register = temporary(builder);
  move(builder, source, register);
  return register;
}

/** Appends the move of x0, where calls leave their results, to a temporary, and returns that. */
export function keepResult(builder: Builder): YRegister {
  const register = temporary(builder);
  move(builder, x(0), register);
  return register;
}

/** Appends the return of a value. */
export function returnValue(builder: Builder, source: Source): void {
  move(builder, source, x(0));
  emit(builder, 'deallocate', { kind: 'frame' });
  emit(builder, 'return');
}
