// Erlang terms as plain readonly data. Integers are JS numbers while these are exact and bigints beyond, so 1 and 1.0 can't be
// confused: a float is an object of its own.
//
//   42, -1            number   an integer with |n| <= 2^53-1, always (never a bigint: one value, one form)
//   2n ** 64n         bigint   any other integer
//   {kind:'float'}    1.0      {kind:'atom'} ok        {kind:'tuple'} {a,b}     {kind:'list'} [a,b|tail]
//   {kind:'nil'} []   {kind:'bitstring'} <<1,2:4>>     {kind:'map'} #{k => v}   pid, port, reference, export, fun, record
//
// Defined by erts/doc/guides "External Term Format"; see etf-decode.ts for the bytes.

import { MAX_INTERNED_ATOMS } from '../limits.js';

/** Any Erlang term. */
export type Term =
  | number
  | bigint
  | Atom
  | Float
  | Tuple
  | Nil
  | List
  | Bitstring
  | MapTerm
  | Pid
  | Port
  | Reference
  | ExportFun
  | LocalFun
  | NativeRecord;

/** An atom. */
export interface Atom {
  readonly kind: 'atom';
  /** The characters, unquoted. */
  readonly name: string;
}

/** A float; integers are JS numbers and bigints. */
export interface Float {
  readonly kind: 'float';
  /** Finite; -0.0 is kept. */
  readonly value: number;
}

/** A tuple. */
export interface Tuple {
  readonly kind: 'tuple';
  readonly items: readonly Term[];
}

/** The empty list. */
export interface Nil {
  readonly kind: 'nil';
}

/** A list of at least one item. Strings are lists of integers, as in Erlang. */
export interface List {
  readonly kind: 'list';
  readonly items: readonly Term[];
  /** NIL for a proper list; never itself a List (cons cells are merged). */
  readonly tail: Term;
}

/** A bitstring; a binary where `bits` is 8. */
export interface Bitstring {
  readonly kind: 'bitstring';
  readonly bytes: Uint8Array;
  /** Bits used of the last byte, the most significant first: 1..8, and 8 where `bytes` is empty. Unused bits are 0. */
  readonly bits: number;
}

/** A map with its pairs in the order of the file; keys are distinct by exact equality. */
export interface MapTerm {
  readonly kind: 'map';
  readonly pairs: readonly (readonly [Term, Term])[];
}

/** A process identifier. */
export interface Pid {
  readonly kind: 'pid';
  readonly node: Atom;
  readonly id: number;
  readonly serial: number;
  readonly creation: number;
}

/** A port identifier. */
export interface Port {
  readonly kind: 'port';
  readonly node: Atom;
  readonly id: bigint;
  readonly creation: number;
}

/** A reference. */
export interface Reference {
  readonly kind: 'reference';
  readonly node: Atom;
  readonly creation: number;
  /** 32-bit words in the order of the encoding. */
  readonly ids: readonly number[];
}

/** `fun M:F/A`. */
export interface ExportFun {
  readonly kind: 'export';
  readonly module: Atom;
  readonly name: Atom;
  readonly arity: number;
}

/** A fun with its environment, as `term_to_binary` writes it; never a literal of a module. */
export interface LocalFun {
  readonly kind: 'fun';
  readonly module: Atom;
  readonly arity: number;
  /** 16 bytes: the MD5 of the module. */
  readonly uniq: Uint8Array;
  readonly index: number;
  readonly oldIndex: number;
  readonly oldUniq: number;
  readonly pid: Pid;
  readonly free: readonly Term[];
}

/** A native record (OTP 29): `#Module:Name{Field = Value}`. */
export interface NativeRecord {
  readonly kind: 'record';
  readonly module: Atom;
  readonly name: Atom;
  readonly exported: boolean;
  /** In declaration order. */
  readonly fields: readonly (readonly [Atom, Term])[];
}

/** The empty list, the only value of its type. */
export const NIL: Nil = Object.freeze({ kind: 'nil' });

let interned = new Map<string, Atom>();

/**
 * Returns the atom of that name. Atoms are interned, which saves memory; since the table starts afresh when it is full, compare
 * atoms by `name` or with {@link isAtom}, not by identity.
 */
export function atom(name: string): Atom {
  const known = interned.get(name);
  if (known !== undefined) return known;
  if (interned.size >= MAX_INTERNED_ATOMS) interned = new Map();
  const made: Atom = { kind: 'atom', name };
  interned.set(name, made);
  return made;
}

/** Returns the canonical integer: a number where that is exact, a bigint elsewhere. */
export function integer(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value;
  const narrow = Number(value);
  return Number.isSafeInteger(narrow) ? narrow : value;
}

/** Returns a float; `value` must be finite. */
export function float(value: number): Float {
  return { kind: 'float', value };
}

/** Returns the tuple of these items. */
export function tuple(...items: readonly Term[]): Tuple {
  return { kind: 'tuple', items };
}

/** Returns a list; cons cells are merged and the empty one is NIL, so there is one form for each list. */
export function list(items: readonly Term[], tail: Term = NIL): Term {
  if (items.length === 0) return tail;
  if (isList(tail)) return { kind: 'list', items: [...items, ...tail.items], tail: tail.tail };
  return { kind: 'list', items, tail };
}

/** Returns the list of the code points of `text`. */
export function stringTerm(text: string): Term {
  return list(Array.from(text, (character) => character.codePointAt(0) as number));
}

/** Returns a binary of these bytes, which aren't copied. */
export function binary(bytes: Uint8Array): Bitstring {
  return { kind: 'bitstring', bytes, bits: 8 };
}

/** Returns a map of these pairs, whose keys must be distinct. */
export function map(pairs: readonly (readonly [Term, Term])[]): MapTerm {
  return { kind: 'map', pairs };
}

function isObject(term: Term): term is Exclude<Term, number | bigint> {
  return typeof term === 'object';
}

/** Tells whether `term` is an atom, and the one of that name where a name is given. */
export function isAtom(term: Term | undefined, name?: string): term is Atom {
  return term !== undefined && isObject(term) && term.kind === 'atom' && (name === undefined || term.name === name);
}

/** Tells whether `term` is a tuple, and of that size where one is given. */
export function isTuple(term: Term | undefined, size?: number): term is Tuple {
  return term !== undefined && isObject(term) && term.kind === 'tuple' && (size === undefined || term.items.length === size);
}

/** Tells whether `term` is a list with at least one item. */
export function isList(term: Term | undefined): term is List {
  return term !== undefined && isObject(term) && term.kind === 'list';
}

/** Tells whether `term` is an integer of any size. */
export function isInteger(term: Term | undefined): term is number | bigint {
  return typeof term === 'number' || typeof term === 'bigint';
}

/** Tells whether `term` is a bitstring of whole bytes. */
export function isBinary(term: Term | undefined): term is Bitstring {
  return term !== undefined && isObject(term) && term.kind === 'bitstring' && term.bits === 8;
}

/** Returns the items of a proper list (none for `[]`), and undefined for anything else. */
export function properList(term: Term | undefined): readonly Term[] | undefined {
  if (term === undefined || !isObject(term)) return undefined;
  if (term.kind === 'nil') return [];
  return term.kind === 'list' && isObject(term.tail) && term.tail.kind === 'nil' ? term.items : undefined;
}

/** Returns the text of a list of code points, and undefined for anything else. */
export function textOf(term: Term | undefined): string | undefined {
  const items = properList(term);
  if (items === undefined) return undefined;
  for (const item of items) if (typeof item !== 'number' || item < 0 || item > 0x10ffff) return undefined;
  // A string that grows character by character is kept as a tree, of many times the size.
  let text = '';
  for (let at = 0; at < items.length; at += TEXT_STEP) {
    text += String.fromCodePoint(...(items.slice(at, at + TEXT_STEP) as number[]));
  }
  return text;
}

/** So many arguments any machine takes. */
const TEXT_STEP = 4096;
