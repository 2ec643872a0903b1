// The state of a scan over the code of a module, and what it gathers.

import type { OperandCursor } from '../../../code/operand-cursor.js';
import { append, emptyColumn, type IntColumn, newColumn } from '../../sets/int-column.js';
import type { CodeTargets } from './code-targets.js';

/** What a scan gathers: the functions of the code, those that the compiler makes of funs and comprehensions among them, and their calls. */
export interface ScannedCode {
  /** Bytes of the code. */
  codeSize: number;
  /** Atoms. */
  readonly names: IntColumn;
  readonly arities: IntColumn;
  /** Labels of entries. */
  readonly entries: IntColumn;
  /** 0 where it isn't known. */
  readonly lines: IntColumn;
  /** Where the calls of each function begin, those of one after those of the other. */
  readonly firstCalls: IntColumn;
  /** Numbers of {@link CodeTargets}, or negative: -1 - the label of a function of the module itself. */
  readonly callTargets: IntColumn;
  /** 0 where it isn't known. */
  readonly callLines: IntColumn;
}

/** Made once: a scan begins by emptying it. */
const scanned: ScannedCode = {
  codeSize: 0,
  names: newColumn(),
  arities: newColumn(),
  entries: newColumn(),
  lines: newColumn(),
  firstCalls: newColumn(),
  callTargets: newColumn(),
  callLines: newColumn(),
};

const COLUMNS = ['names', 'arities', 'entries', 'lines', 'firstCalls', 'callTargets', 'callLines'] as const;

/** Returns an empty place for what a scan gathers; what the scan before gathered is gone. */
export function beginScannedCode(codeSize: number): ScannedCode {
  scanned.codeSize = codeSize;
  for (const column of COLUMNS) emptyColumn(scanned[column]);
  return scanned;
}

/** Returns where the calls of a function end. */
export function endOfCalls({ firstCalls, callTargets }: ScannedCode, index: number): number {
  return index + 1 < firstCalls.length ? (firstCalls.values[index + 1] as number) : callTargets.length;
}

/** The state. */
export interface CodeScan {
  readonly code: OperandCursor;
  readonly targets: CodeTargets;
  /** Where the instructions since the last label or call begin. */
  blockStart: number;
  readonly found: ScannedCode;
  /** Of the last `line` instruction in the function; 0 where there was none. */
  line: number;
  /** Where that instruction ends; -1 where there was none. */
  lineEnd: number;
  /** The calls that get their line from the next `line` instruction: funs that are made for a call. */
  readonly unplaced: number[];
}

/** No function begins at a greater label: each takes bytes of the code. */
const GREATEST_LABEL = 0x7fff_fffe;

/** Adds a call of a function of the module, by the label of its entry, and returns its position. */
export function addLocalCall({ found }: CodeScan, label: number, line: number): number {
  append(found.callLines, line);
  return append(found.callTargets, -1 - Math.min(label, GREATEST_LABEL));
}

/** Adds a call by the number of its target; -1 is none. */
export function addTargetCall({ found }: CodeScan, target: number, line: number): void {
  if (target < 0) return;
  append(found.callLines, line);
  append(found.callTargets, target);
}
