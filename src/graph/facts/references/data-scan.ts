// The state of a scan over the code of a module for what its data refers to, and what it gathers.

import type { RemoteFunction } from '../../../beam/module.js';
import type { CodeScanner } from '../../../code/scanner.js';
import type { Term } from '../../../term/model.js';
import type { Registers } from '../code/registers.js';
import type { Referred } from './reference-log.js';

/** Values of registers besides those of code/registers.ts: `{M, F, Args}`, a row of the table of starts. */
export const IS_START = 5;
/** The value of `__struct__`. */
export const IS_STRUCT = 6;

/** A reference and its line; 0 where that isn't known. */
export interface CodeReference {
  referred: Referred;
  readonly line: number;
}

/** `{M, F, Args}`. */
export interface BuiltStart {
  readonly module: string;
  readonly name: string;
  readonly arity: number | null;
  /** Of the tuple as data in itself. */
  readonly entry: CodeReference | undefined;
}

/** The state. */
export interface DataScan {
  readonly code: CodeScanner;
  readonly registers: Registers;
  /** Name of an atom, from 1. */
  readonly atom: (index: number) => string;
  /** Row of the import table, from 0; undefined where there is none. */
  readonly imported: (index: number) => RemoteFunction | undefined;
  readonly literal: (index: number) => Term;
  /** By literal, what it refers to. */
  readonly known: (readonly Referred[] | undefined)[];
  /** The tuples `{M, F, Args}` that were built, by row. */
  readonly starts: BuiltStart[];
  /** How many references there are. */
  count: number;
  /** The line that the last `line` instruction names. */
  line: number;
}
