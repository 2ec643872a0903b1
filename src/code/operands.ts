// The model of operands. A row of another chunk is a number here; tables.ts says what it stands for. operand-codec.ts reads and writes them.

import type { AtomIndex } from '../beam/chunks/atoms.js';
import type { Label } from '../beam/chunks/entries.js';
import type { LiteralIndex } from '../beam/chunks/literals.js';
import type { TypeIndex } from '../beam/chunks/types.js';
import { ParseError } from '../errors.js';

/** What all operands may carry. */
interface Encoded {
  /**
   * The operand's bytes in the file, kept only where they aren't the shortest, which is what `writeOperand` writes by itself.
   * They are ignored once they no longer say what the other fields say.
   */
  readonly encoding?: Uint8Array;
}

interface Scalar<Kind extends string, Value> extends Encoded {
  readonly kind: Kind;
  readonly value: Value;
}

/** A plain number: arity, index, size, live count, or the label that `label` defines. Exact at any size. */
export type Unsigned = Scalar<'unsigned', number | bigint>;
/** An integer term, exact at any size. */
export type Integer = Scalar<'integer', number | bigint>;
/** A row of the atom table, from 1; 0 is the empty list. */
export type AtomOperand = Scalar<'atom', AtomIndex>;
export type XRegister = Scalar<'x', number>;
export type YRegister = Scalar<'y', number>;
/** A place to jump to; 0 is none: fail with an exception. */
export type LabelOperand = Scalar<'label', Label>;
/** Tag h, a character; no compiler wrote it for a long time. */
export type Character = Scalar<'character', number>;
export type FloatRegister = Scalar<'fr', number>;
/** A row of LitT, from 0. */
export type LiteralOperand = Scalar<'literal', LiteralIndex>;
/** A float inside the code, R16 and earlier; finite. */
export type OldFloat = Scalar<'float', number>;

/** Operands in a row, always the last operand of its instruction and never in another list; pairs lie flat. */
export interface OperandList extends Encoded {
  readonly kind: 'list';
  readonly items: readonly Operand[];
}

/** How much heap to make sure of. */
export interface AllocationList extends Encoded {
  readonly kind: 'allocation';
  /** At most three. */
  readonly items: readonly Allocation[];
}

export interface Allocation {
  readonly kind: 'words' | 'floats' | 'funs';
  readonly count: number;
}

/** A register and what the compiler knows of its contents (OTP 25 and later). */
export interface TypedRegister extends Encoded {
  readonly kind: 'typed';
  readonly register: XRegister | YRegister;
  /** A row of the Type chunk, from 0. */
  readonly type: TypeIndex;
}

/** One operand as the file has it. */
export type Operand =
  | Unsigned
  | Integer
  | AtomOperand
  | XRegister
  | YRegister
  | LabelOperand
  | Character
  | FloatRegister
  | LiteralOperand
  | OldFloat
  | OperandList
  | AllocationList
  | TypedRegister;

/** Returns the number of an operand that counts something; throws ParseError for any other. */
export function operandIndex(operand: Operand): number {
  if (operand.kind === 'unsigned' && typeof operand.value === 'number') return operand.value;
  throw new ParseError({ code: 'malformed', reason: `an operand of the kind ${operand.kind} where an index is needed` });
}
