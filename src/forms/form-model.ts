// Forms as typed objects: what a module's abstract code is a list of. Attributes whose values the compiler reads as nodes (records, types,
// specs) have a kind of their own; every other attribute keeps its value as a term, as the format does.
//
// Defined by erts/doc/guides "The Abstract Format", section Module Declarations and Forms.

import type { Term } from '../term/model.js';
import type { Anno } from './anno.js';
import type { Clause, Expression } from './expression-model.js';
import type { AtomNode, BoundedFunType, FunType, Type } from './type-model.js';

/** `-name(Value).` */
export interface AttributeForm {
  readonly kind: 'attribute';
  readonly anno: Anno;
  readonly name: string;
  readonly value: Term;
}

/** `-record(name, {Fields}).`, or `-record #name{Fields}.` of a native record (OTP 29). */
export interface RecordForm {
  readonly kind: 'record_form' | 'native_record_form';
  readonly anno: Anno;
  readonly name: string;
  readonly fields: readonly FieldNode[];
}

/** `name = Default :: Type` in the declaration of a record. */
export interface FieldNode {
  readonly kind: 'field';
  readonly anno: Anno;
  readonly name: AtomNode;
  readonly default?: Expression;
  readonly type?: Type;
}

/** The types of a record's fields as compilers before OTP 19 kept them, beside the record without types. */
export interface RecordTypeForm {
  readonly kind: 'record_type_form';
  readonly anno: Anno;
  readonly name: string;
  readonly fields: readonly FieldNode[];
}

/** `-type name(Parameters) :: Type.`; also `-opaque` and, since OTP 28, `-nominal`. */
export interface TypeForm {
  readonly kind: 'type_form';
  readonly anno: Anno;
  readonly attribute: string;
  readonly name: string;
  readonly type: Type;
  /** Variables. */
  readonly parameters: readonly Type[];
}

/** `-spec name(A) -> B; (C) -> D.`; also `-callback`. */
export interface SpecForm {
  readonly kind: 'spec_form';
  readonly anno: Anno;
  readonly attribute: string;
  /** Where the spec names its module: `-spec module:name(...)`. */
  readonly module?: string;
  readonly name: string;
  readonly arity: number;
  readonly types: readonly (FunType | BoundedFunType)[];
}

/** A function. */
export interface FunctionForm {
  readonly kind: 'function';
  readonly anno: Anno;
  readonly name: string;
  readonly arity: number;
  readonly clauses: readonly Clause[];
}

/** The end of the file. */
export interface EofForm {
  readonly kind: 'eof';
  readonly anno: Anno;
}

/** `{error, Reason}` or `{warning, Reason}`: what the preprocessor or a transform had to say. */
export interface MessageForm {
  readonly kind: 'error' | 'warning';
  readonly reason: Term;
}

/** A form of no known shape. */
export interface UnknownForm {
  readonly kind: 'unknown';
  readonly term: Term;
}

/** A form. */
export type Form =
  | AttributeForm
  | RecordForm
  | RecordTypeForm
  | TypeForm
  | SpecForm
  | FunctionForm
  | EofForm
  | MessageForm
  | UnknownForm;
