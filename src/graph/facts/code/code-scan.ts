// The state of a scan over the code of a module, and what it gathers.

import type { OperandCursor } from '../../../code/operand-cursor.js';
import type { CodeTargets } from './code-targets.js';

/** A function as the code has it, those that the compiler makes of funs and comprehensions among them. */
export interface ScannedFunction {
  readonly name: string;
  readonly arity: number;
  /** Label of its entry. */
  readonly entry: number;
  /** 0 where it isn't known. */
  readonly line: number;
  /** Where its calls begin in those of the scan. */
  readonly firstCall: number;
}

/**
 * All functions, and all calls in turn: target, line, target, line, ... A target is a number of {@link CodeTargets}, or negative: -1 - the
 * label of a function of the module itself. A line is 0 where it isn't known.
 */
export interface ScannedCode {
  readonly functions: readonly ScannedFunction[];
  readonly calls: readonly number[];
}

/** The state. */
export interface CodeScan {
  readonly code: OperandCursor;
  readonly targets: CodeTargets;
  /** Where the instructions since the last label or call begin. */
  blockStart: number;
  readonly functions: ScannedFunction[];
  readonly calls: number[];
  /** Of the last `line` instruction in the function; 0 where there was none. */
  line: number;
  /** Where that instruction ends; -1 where there was none. */
  lineEnd: number;
  /** Where the calls begin that get their line from the next `line` instruction: funs that are made for a call. */
  readonly unplaced: number[];
}

/** Adds a call of a function of the module, by the label of its entry. */
export function addLocalCall({ calls }: CodeScan, label: number, line: number): void {
  calls.push(-1 - label, line);
}

/** Adds a call by the number of its target; -1 is none. */
export function addTargetCall({ calls }: CodeScan, target: number, line: number): void {
  if (target >= 0) calls.push(target, line);
}
