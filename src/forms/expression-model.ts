// Expressions of the abstract format as typed objects; type-model.ts has the types and form-model.ts the forms. A node's `kind` is the tag of
// the abstract format, or says more where the format uses a tag twice (`{map, A, Fields}` is `map`, `{map, A, Map, Fields}` is
// `map_update`). Patterns and guards are expressions, as in the format.
//
// Defined by erts/doc/guides "The Abstract Format"; what newer compilers add was seen in the output of OTP 25, 27 and 29.

import type { Anno } from './anno.js';
import type { AtomNode, CharNode, IntegerNode, VarNode } from './type-model.js';

/** `1.0`; -0.0 is kept. */
export interface FloatNode {
  readonly kind: 'float';
  readonly anno: Anno;
  readonly value: number;
}

/** `"text"`. */
export interface StringNode {
  readonly kind: 'string';
  readonly anno: Anno;
  readonly text: string;
}

/** `[]`. */
export interface NilNode {
  readonly kind: 'nil';
  readonly anno: Anno;
}

/** `[Head | Tail]`: one cell, so that a list of n items is n of these and a `nil`. */
export interface ConsNode {
  readonly kind: 'cons';
  readonly anno: Anno;
  readonly head: Expression;
  readonly tail: Expression;
}

/** `{A, B}`. */
export interface TupleNode {
  readonly kind: 'tuple';
  readonly anno: Anno;
  readonly elements: readonly Expression[];
}

/** `#{K => V}`. */
export interface MapNode {
  readonly kind: 'map';
  readonly anno: Anno;
  readonly fields: readonly MapField[];
}

/** `M#{K => V}`. */
export interface MapUpdate {
  readonly kind: 'map_update';
  readonly anno: Anno;
  readonly map: Expression;
  readonly fields: readonly MapField[];
}

/** `K => V` (assoc) or `K := V` (exact). */
export interface MapField {
  readonly kind: 'map_field_assoc' | 'map_field_exact';
  readonly anno: Anno;
  readonly key: Expression;
  readonly value: Expression;
}

/** `<<A, B>>`. */
export interface BinNode {
  readonly kind: 'bin';
  readonly anno: Anno;
  readonly elements: readonly BinElement[];
}

/** `Value:Size/type-type`. */
export interface BinElement {
  readonly kind: 'bin_element';
  readonly anno: Anno;
  readonly value: Expression;
  readonly size: Expression | 'default';
  readonly types: readonly BinType[] | 'default';
}

/** A type, sign or endianness by its name, or `unit:N`. */
export type BinType = string | { readonly unit: number };

/** `Pattern = Value`. */
export interface MatchNode {
  readonly kind: 'match';
  readonly anno: Anno;
  readonly pattern: Expression;
  readonly value: Expression;
}

/** `Pattern ?= Value`, in the body of a `maybe`. */
export interface MaybeMatch {
  readonly kind: 'maybe_match';
  readonly anno: Anno;
  readonly pattern: Expression;
  readonly value: Expression;
}

/** `Left + Right`, with any operator: `andalso`, `orelse` and `!` among them. */
export interface OpNode {
  readonly kind: 'op';
  readonly anno: Anno;
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** `- Operand`; also `+`, `not` and `bnot`. */
export interface PrefixOp {
  readonly kind: 'prefix_op';
  readonly anno: Anno;
  readonly operator: string;
  readonly operand: Expression;
}

/** `Callee(Args)`; the callee of a remote call is a {@link RemoteNode}. */
export interface CallNode {
  readonly kind: 'call';
  readonly anno: Anno;
  readonly callee: Expression;
  readonly args: readonly Expression[];
}

/** `Module:Name`. */
export interface RemoteNode {
  readonly kind: 'remote';
  readonly anno: Anno;
  readonly module: Expression;
  readonly name: Expression;
}

/** `catch Expression`. */
export interface CatchNode {
  readonly kind: 'catch';
  readonly anno: Anno;
  readonly expression: Expression;
}

/** `begin Body end`. */
export interface BlockNode {
  readonly kind: 'block';
  readonly anno: Anno;
  readonly body: readonly Expression[];
}

/** `if Clauses end`; the clauses have no patterns. */
export interface IfNode {
  readonly kind: 'if';
  readonly anno: Anno;
  readonly clauses: readonly Clause[];
}

/** `case Expression of Clauses end`. */
export interface CaseNode {
  readonly kind: 'case';
  readonly anno: Anno;
  readonly expression: Expression;
  readonly clauses: readonly Clause[];
}

/** `receive Clauses end`. */
export interface ReceiveNode {
  readonly kind: 'receive';
  readonly anno: Anno;
  readonly clauses: readonly Clause[];
}

/** `receive Clauses after Timeout -> Body end`. */
export interface ReceiveAfter {
  readonly kind: 'receive_after';
  readonly anno: Anno;
  readonly clauses: readonly Clause[];
  readonly timeout: Expression;
  readonly body: readonly Expression[];
}

/** `try Body of Clauses catch Handlers after After end`. A handler has one pattern, a tuple {Class, Reason, Stacktrace}. */
export interface TryNode {
  readonly kind: 'try';
  readonly anno: Anno;
  readonly body: readonly Expression[];
  readonly clauses: readonly Clause[];
  readonly handlers: readonly Clause[];
  readonly after: readonly Expression[];
}

/** `maybe Body end`. */
export interface MaybeNode {
  readonly kind: 'maybe';
  readonly anno: Anno;
  readonly body: readonly Expression[];
}

/** `maybe Body else Clauses end`. */
export interface MaybeElse {
  readonly kind: 'maybe_else';
  readonly anno: Anno;
  readonly body: readonly Expression[];
  readonly otherwise: ElseNode;
}

/** The `else Clauses` of a `maybe`. */
export interface ElseNode {
  readonly kind: 'else';
  readonly anno: Anno;
  readonly clauses: readonly Clause[];
}

/** `fun Clauses end`. */
export interface FunNode {
  readonly kind: 'fun';
  readonly anno: Anno;
  readonly clauses: readonly Clause[];
}

/** `fun Name Clauses end`; `name` is a variable's. */
export interface NamedFun {
  readonly kind: 'named_fun';
  readonly anno: Anno;
  readonly name: string;
  readonly clauses: readonly Clause[];
}

/** `fun name/arity`. */
export interface LocalFunNode {
  readonly kind: 'local_fun';
  readonly anno: Anno;
  readonly name: string;
  readonly arity: number;
}

/** `fun Module:Name/Arity`, each a constant or a variable. */
export interface RemoteFunNode {
  readonly kind: 'remote_fun';
  readonly anno: Anno;
  readonly module: Expression;
  readonly name: Expression;
  readonly arity: Expression;
}

/** `fun module:name/arity` as transforms of old wrote it: with bare terms where the parser puts nodes. */
export interface BareRemoteFun {
  readonly kind: 'bare_remote_fun';
  readonly anno: Anno;
  readonly module: string;
  readonly name: string;
  readonly arity: number;
}

/** The record that an expression names: its name, that of a native record of another module (`#m:r{}`), or null for `#_{}`. */
export type RecordName = string | { readonly module: string; readonly name: string } | null;

/** `#name{Fields}`. */
export interface RecordNode {
  readonly kind: 'record';
  readonly anno: Anno;
  readonly name: RecordName;
  readonly fields: readonly RecordField[];
}

/** `Record#name{Fields}`. */
export interface RecordUpdate {
  readonly kind: 'record_update';
  readonly anno: Anno;
  readonly record: Expression;
  readonly name: RecordName;
  readonly fields: readonly RecordField[];
}

/** `Record#name.field`; `field` is an atom. */
export interface RecordAccess {
  readonly kind: 'record_access';
  readonly anno: Anno;
  readonly record: Expression;
  readonly name: RecordName;
  readonly field: Expression;
}

/** `#name.field`: the position of the field in the tuple. */
export interface RecordIndex {
  readonly kind: 'record_index';
  readonly anno: Anno;
  readonly name: string;
  readonly field: Expression;
}

/** `field = Value`, where `field` is an atom, or the variable `_` for all others. */
export interface RecordField {
  readonly kind: 'record_field';
  readonly anno: Anno;
  readonly field: Expression;
  readonly value: Expression;
}

/** `[Template || Qualifiers]`; several templates since OTP 29. */
export interface ListComprehension {
  readonly kind: 'lc';
  readonly anno: Anno;
  readonly template: Expression | readonly Expression[];
  readonly qualifiers: readonly Qualifier[];
}

/** `<<Template || Qualifiers>>`. */
export interface BinaryComprehension {
  readonly kind: 'bc';
  readonly anno: Anno;
  readonly template: Expression;
  readonly qualifiers: readonly Qualifier[];
}

/** `#{K => V || Qualifiers}` (OTP 26); several templates since OTP 29. */
export interface MapComprehension {
  readonly kind: 'mc';
  readonly anno: Anno;
  readonly template: MapField | readonly MapField[];
  readonly qualifiers: readonly Qualifier[];
}

/** Generators over lists and binaries: `<-`, `<:-` (strict, OTP 28), `<=`, `<:=`. */
export interface Generator {
  readonly kind: 'generate' | 'generate_strict' | 'b_generate' | 'b_generate_strict';
  readonly anno: Anno;
  readonly pattern: Expression;
  readonly source: Expression;
}

/** Generators over maps: `K := V <- Map`, `K := V <:- Map`. */
export interface MapGenerator {
  readonly kind: 'm_generate' | 'm_generate_strict';
  readonly anno: Anno;
  readonly pattern: MapField;
  readonly source: Expression;
}

/** `Generator && Generator` (OTP 28). */
export interface ZipGenerator {
  readonly kind: 'zip';
  readonly anno: Anno;
  readonly generators: readonly (Generator | MapGenerator)[];
}

/** A generator, or an expression as a filter. */
export type Qualifier = Generator | MapGenerator | ZipGenerator | Expression;

/** `Patterns when Guards -> Body`. The guards are alternatives, each a list of tests that must all hold. */
export interface Clause {
  readonly kind: 'clause';
  readonly anno: Anno;
  readonly patterns: readonly Expression[];
  readonly guards: readonly (readonly Expression[])[];
  readonly body: readonly Expression[];
}

/** An expression, a pattern or a guard test. */
export type Expression =
  | VarNode
  | AtomNode
  | IntegerNode
  | FloatNode
  | CharNode
  | StringNode
  | NilNode
  | ConsNode
  | TupleNode
  | MapNode
  | MapUpdate
  | BinNode
  | MatchNode
  | MaybeMatch
  | OpNode
  | PrefixOp
  | CallNode
  | RemoteNode
  | CatchNode
  | BlockNode
  | IfNode
  | CaseNode
  | ReceiveNode
  | ReceiveAfter
  | TryNode
  | MaybeNode
  | MaybeElse
  | FunNode
  | NamedFun
  | LocalFunNode
  | RemoteFunNode
  | BareRemoteFun
  | RecordNode
  | RecordUpdate
  | RecordAccess
  | RecordIndex
  | ListComprehension
  | BinaryComprehension
  | MapComprehension;
