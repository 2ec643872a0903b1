// Types as typed objects, and the nodes that types share with expressions. The format writes nearly every type as `{type, A, Name, Args}`;
// those whose arguments are plain types are `type` here, the others have a kind of their own.
//
// Defined by erts/doc/guides "The Abstract Format", section Types.

import type { Anno } from './anno.js';

/** A variable; `_` too. */
export interface VarNode {
  readonly kind: 'var';
  readonly anno: Anno;
  readonly name: string;
}

/** `name`. */
export interface AtomNode {
  readonly kind: 'atom';
  readonly anno: Anno;
  readonly name: string;
}

/** `42`. The parser makes no negative ones (`-1` is an operator applied to 1); transforms do. */
export interface IntegerNode {
  readonly kind: 'integer';
  readonly anno: Anno;
  readonly value: number | bigint;
}

/** `$a`, as a code point. */
export interface CharNode {
  readonly kind: 'char';
  readonly anno: Anno;
  readonly value: number;
}

/** `Left + Right` in a type, of integers. */
export interface TypeOp {
  readonly kind: 'op';
  readonly anno: Anno;
  readonly operator: string;
  readonly left: Type;
  readonly right: Type;
}

/** `- Operand` in a type, of an integer. */
export interface TypePrefixOp {
  readonly kind: 'prefix_op';
  readonly anno: Anno;
  readonly operator: string;
  readonly operand: Type;
}

/** `Name :: Type`. */
export interface AnnotatedType {
  readonly kind: 'ann_type';
  readonly anno: Anno;
  readonly variable: Type;
  readonly type: Type;
}

/** `module:name(Args)`; module and name are atoms. */
export interface RemoteType {
  readonly kind: 'remote_type';
  readonly anno: Anno;
  readonly module: Type;
  readonly name: Type;
  readonly args: readonly Type[];
}

/** `name(Args)` of a type that a module defines. */
export interface UserType {
  readonly kind: 'user_type';
  readonly anno: Anno;
  readonly name: string;
  readonly args: readonly Type[];
}

/**
 * `name(Args)` of a predefined type; also `union`, `range` (two integers), `list`, `nonempty_list`, `nil`, and `binary` with two integers for
 * `<<_:M, _:_*N>>`.
 */
export interface PredefinedType {
  readonly kind: 'type';
  readonly anno: Anno;
  readonly name: string;
  readonly args: readonly Type[];
}

/** `{A, B}`, or `tuple()` for any. */
export interface TupleType {
  readonly kind: 'tuple_type';
  readonly anno: Anno;
  readonly elements: readonly Type[] | 'any';
}

/** `#{K => V}`, or `map()` for any. */
export interface MapType {
  readonly kind: 'map_type';
  readonly anno: Anno;
  readonly fields: readonly MapFieldType[] | 'any';
}

/** `K => V` (assoc) or `K := V` (exact) in a type. */
export interface MapFieldType {
  readonly kind: 'map_field_assoc_type' | 'map_field_exact_type';
  readonly anno: Anno;
  readonly key: Type;
  readonly value: Type;
}

/** `#name{Fields}`; the name is an atom, or a pair of atoms for a native record of another module. */
export interface RecordType {
  readonly kind: 'record_type';
  readonly anno: Anno;
  readonly name: AtomNode | QualifiedNode;
  readonly fields: readonly FieldType[];
}

/** `module:name` of a native record, which the format writes as a tuple of two atoms. */
export interface QualifiedNode {
  readonly kind: 'qualified';
  readonly anno: Anno;
  readonly module: AtomNode;
  readonly name: AtomNode;
}

/** `field :: Type`; the field is an atom. */
export interface FieldType {
  readonly kind: 'field_type';
  readonly anno: Anno;
  readonly field: AtomNode;
  readonly type: Type;
}

/** `fun()`. */
export interface AnyFunType {
  readonly kind: 'any_fun_type';
  readonly anno: Anno;
}

/** `fun((Parameters) -> Result)`, and the type of a spec's clause. */
export interface FunType {
  readonly kind: 'fun_type';
  readonly anno: Anno;
  readonly parameters: Product | AnyProduct;
  readonly result: Type;
}

/** The parameters of a function's type. */
export interface Product {
  readonly kind: 'product';
  readonly anno: Anno;
  readonly types: readonly Type[];
}

/** `...` as the parameters of a function's type. */
export interface AnyProduct {
  readonly kind: 'any_product';
  readonly anno: Anno;
}

/** `FunType when Constraints`, in a spec. */
export interface BoundedFunType {
  readonly kind: 'bounded_fun_type';
  readonly anno: Anno;
  readonly type: FunType;
  readonly constraints: readonly Constraint[];
}

/** `Variable :: Type`, which the format writes as `is_subtype(Variable, Type)`. */
export interface Constraint {
  readonly kind: 'constraint';
  readonly anno: Anno;
  readonly name: AtomNode;
  readonly variable: Type;
  readonly type: Type;
}

/** A type. */
export type Type =
  | VarNode
  | AtomNode
  | IntegerNode
  | CharNode
  | TypeOp
  | TypePrefixOp
  | AnnotatedType
  | RemoteType
  | UserType
  | PredefinedType
  | TupleType
  | MapType
  | RecordType
  | AnyFunType
  | FunType
  | BoundedFunType;
