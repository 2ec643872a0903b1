// What must hold between the code and the module's other chunks for a loader to take it. The loader checks some of it and takes the whole
// node down over other parts (a label that is exported or jumped to and never defined), so whoever writes code asks here first. Whether
// registers are live and hold what the code claims isn't checked: that is beam_validator's work, and no loader does it either.

import { decodeEntries } from '../beam/chunks/entries.js';
import type { EntryRow, ImportRow, LambdaRow } from '../beam/layout.js';
import type { BeamModule } from '../beam/module.js';
import { asParseError, ParseError } from '../errors.js';
import { MAX_ARITY } from '../limits.js';
import { definedLabels, highestOpcode } from './assemble.js';
import { type Checker, checkInstruction, fail } from './check-instruction.js';
import { disassembleModule } from './disassemble.js';
import type { Code, CodeFunction } from './instructions.js';
import { atInstruction, type CodeTables, openTables } from './tables.js';

/** Options of {@link validateCode}. */
export interface ValidateOptions {
  /** Report the opcodes, too, that the loader of this OTP release refuses. */
  readonly otp?: number | undefined;
  /** How many faults to report at most; 100 by default. */
  readonly limit?: number | undefined;
}

/** Returns the faults of a module's code: one for each instruction at most. A module that can't be disassembled has that one fault. */
export function validateCode(module: BeamModule, options: ValidateOptions = {}): readonly ParseError[] {
  const faults: ParseError[] = [];
  const { limit = 100 } = options;
  try {
    for (const fault of findFaults(module, options.otp)) {
      faults.push(fault);
      if (faults.length >= limit) break;
    }
  } catch (error) {
    const fault = asParseError(error);
    if (!(fault instanceof ParseError)) throw fault;
    faults.push(fault);
  }
  return faults;
}

function* findFaults(module: BeamModule, otp: number | undefined): Generator<ParseError> {
  const code = disassembleModule(module);
  const tables = openTables(module, code);
  const labels = definedLabels(code.functions);
  yield* findHeaderFaults(tables, code);
  yield* findTableFaults(tables, labels);
  const checker: Checker = { tables, labels, seen: new Set(), labelCount: code.header.labelCount, otp };
  for (const [functionIndex, { instructions }] of code.functions.entries()) {
    for (const [index, instruction] of instructions.entries()) {
      const error = errorOf(() => checkInstruction(checker, instruction));
      if (error !== undefined) yield atInstruction(error, module, instruction, functionIndex, index);
    }
  }
}

/** Checks what headers declare against what is there. */
function* findHeaderFaults({ module, lines }: CodeTables, { header, functions }: Code): Generator<ParseError> {
  const fault = (id: string, declared: number, there: number, things: string) =>
    new ParseError({
      code: 'range',
      reason: `${declared} ${things} declared, ${there} there`,
      path: [id, 'header'],
      file: module.file,
    });
  const highest = highestOpcode(functions);
  if (header.functionCount !== functions.length) yield fault('Code', header.functionCount, functions.length, 'functions');
  if (header.opcodeMax < highest) yield fault('Code', header.opcodeMax, highest, 'as highest opcode');
  const places = countPlaces(functions);
  if (lines !== undefined && lines.instructionCount < places) yield fault('Line', lines.instructionCount, places, 'places');
}

/** Counts the instructions that the loader makes rows of its own line table from. */
function countPlaces(functions: readonly CodeFunction[]): number {
  let count = 0;
  for (const { instructions } of functions) {
    for (const { name } of instructions) if (name === 'line' || name === 'executable_line' || name === 'debug_line') count += 1;
  }
  return count;
}

/** Checks the rows of the tables that have labels and atoms. */
function* findTableFaults(tables: CodeTables, labels: ReadonlySet<number>): Generator<ParseError> {
  const { module } = tables;
  const implementations = new Set<number>();
  const rows = [
    ...module.importRows.map((row, at) => ['ImpT', at, () => checkImport(tables, row)] as const),
    ...rowsOf(module, 'ExpT').map((row, at) => ['ExpT', at, () => checkEntry(tables, labels, row)] as const),
    ...rowsOf(module, 'LocT').map((row, at) => ['LocT', at, () => checkEntry(tables, labels, row)] as const),
    ...module.lambdas.map((row, at) => ['FunT', at, () => checkLambda(tables, labels, implementations, row)] as const),
  ];
  for (const [id, at, check] of rows) {
    const error = errorOf(check);
    if (error !== undefined) yield error.inside(`row ${at}`).inside(id).inFile(module.file);
  }
}

function rowsOf(module: BeamModule, id: 'ExpT' | 'LocT'): readonly EntryRow[] {
  return module.decode(id, decodeEntries) ?? [];
}

function checkImport(tables: CodeTables, { module, name, arity }: ImportRow): void {
  tables.atom(module);
  tables.atom(name);
  checkArity(arity);
}

function checkEntry(tables: CodeTables, labels: ReadonlySet<number>, { name, arity, label }: EntryRow): void {
  tables.atom(name);
  checkArity(arity);
  if (!labels.has(label)) fail('range', `label ${label} is defined nowhere`);
}

function checkLambda(tables: CodeTables, labels: ReadonlySet<number>, seen: Set<number>, row: LambdaRow): void {
  checkEntry(tables, labels, row);
  if (row.free > row.arity) fail('range', `${row.free} free variables in an arity of ${row.arity}`);
  if (seen.has(row.label)) fail('malformed', `label ${row.label} implements two lambdas`);
  seen.add(row.label);
}

function checkArity(arity: number | bigint): void {
  if (arity > MAX_ARITY) fail('range', `arity ${arity} is over ${MAX_ARITY}`);
}

/** Returns the ParseError that `check` throws, if it does. */
function errorOf(check: () => void): ParseError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
}
