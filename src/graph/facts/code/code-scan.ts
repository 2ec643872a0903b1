// The state of a scan over the code of a module, and what it gathers.

import type { LambdaRow } from '../../../beam/layout.js';
import type { CodeScanner } from '../../../code/scanner.js';
import type { Term } from '../../../term/model.js';
import type { CallLog, Edge } from '../call-log.js';
import type { Referred } from '../references/reference-log.js';
import type { CodeTargets } from './code-targets.js';
import type { Registers } from './registers.js';

/** A function as the code has it, those that the compiler makes of funs and comprehensions among them. */
export interface ScannedFunction {
  readonly name: string;
  readonly arity: number;
  /** Label of its entry. */
  readonly entry: number;
  /** 0 where it isn't known. */
  readonly line: number;
  /** Calls of other modules' functions. */
  readonly edges: Edge[];
  /** Label and line of each call of an own function, in turn. */
  readonly localCalls: number[];
  /** Labels of the functions that implement the funs that it makes. */
  readonly lambdas: number[];
  /** What its data refers to; none where that isn't asked for. */
  readonly references: CodeReference[];
}

/** A reference and its line; 0 where that isn't known. */
export interface CodeReference {
  referred: Referred;
  readonly line: number;
}

/** What is known of the data of a module. */
export interface CodeData {
  literal(index: number): Term;
  /** By literal, what it refers to. */
  readonly known: (readonly Referred[] | undefined)[];
  /** The tuples `{M, F, Args}` that were built, by row. */
  readonly starts: BuiltStart[];
  /** How many references there are. */
  count: number;
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
export interface CodeScan {
  readonly code: CodeScanner;
  readonly targets: CodeTargets;
  readonly registers: Registers;
  readonly log: CallLog;
  readonly functions: ScannedFunction[];
  readonly lambdaRows: readonly LambdaRow[];
  /** Undefined where references aren't asked for. */
  readonly data: CodeData | undefined;
  /** The line that the last `line` instruction names. */
  line: number;
}
