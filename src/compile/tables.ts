// What compiled code needs of the module that it becomes a part of: rows of its tables, which are found or added, and labels. Whoever edits
// a beam implements it over the tables of that beam (../migrate/inject); tests implement it over empty ones.

import type { FunctionForm } from '../forms/form-model.js';
import type { RecordDefinition } from '../forms/records.js';
import type { Term } from '../term/model.js';

/** A lambda to be entered into FunT. */
export interface NewLambda {
  /** Of the implementing function: `-name/arity-fun-N-` for one that was written as a `fun`. */
  readonly name: string;
  /** Of the implementing function, free variables included. */
  readonly arity: number;
  readonly label: number;
  readonly free: number;
}

/** Tables to which rows can be added; each method returns the row's index as operands have it. */
export interface ModuleTables {
  /** From 1. */
  atom(name: string): number;
  /** A row of LitT, from 0. */
  literal(term: Term): number;
  /** A row of ImpT, from 0. */
  import(module: string, name: string, arity: number): number;
  /** A row of FunT, from 0; a lambda whose label has a row already is found, not added. */
  lambda(lambda: NewLambda): number;
  /** Offset in StrT of these bytes. */
  string(bytes: Uint8Array): number;
  /** A label that nothing else has. */
  label(): number;
}

/** What functions are compiled in the light of. */
export interface CompileContext {
  /** The module that they become a part of. */
  readonly module: string;
  /** The OTP release whose opcodes are used, 20 or later; those that later loaders refuse are avoided where there is a choice. */
  readonly otp: number;
  readonly tables: ModuleTables;
  /** The records that expressions name. */
  readonly records: ReadonlyMap<string, RecordDefinition>;
  /** Entry label of a function that is in the module already and may be called; undefined for any other. */
  readonly existing: (name: string, arity: number) => number | undefined;
  /** Functions that calls without a module may mean though they are BIFs of `erlang` too, as `name/arity` (no_auto_import). */
  readonly shadowed?: ReadonlySet<string>;
  /** Modules of the functions that are imported, by `name/arity`. */
  readonly imported?: ReadonlyMap<string, string>;
}

/** The functions to compile; they may call each other. */
export type FunctionForms = readonly FunctionForm[];
