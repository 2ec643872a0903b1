// Goes over the Code chunk once: which functions there are, and what each of them calls.
//
//   label, line, func_info M F A, label ENTRY, ...      begins a function; the line is that of its definition
//   call, call_last, call_only                          own functions, by the label of their entry
//   call_ext, call_ext_last, call_ext_only              others; apply and spawn also call what they are given
//   bif0 ... bif3, gc_bif1 ... gc_bif3, send            BIFs
//   make_fun2, make_fun3, call_fun2                     functions that implement funs
//   apply, apply_last, call_fun                         what is only known at run time
//   any operand that is a literal                       external funs in it
//
// The compiler puts a `line` instruction before each call that can fail with its caller on the stack, and leaves it out where it would say
// what the last one said. So there is none for the last call of a function of the module, and none in guards: their lines aren't known.

import { decodeLambdaLabels } from '../../../beam/chunks/lambdas.js';
import { TAG_U, TAG_X } from '../../../beam/compact-term.js';
import type { BeamModule } from '../../../beam/module.js';
import { OPCODES, type Opcode, opcodeByName } from '../../../code/opcodes.js';
import { OperandCursor } from '../../../code/operand-cursor.js';
import { append } from '../../sets/int-column.js';
import { addLocalCall, addTargetCall, beginScannedCode, type CodeScan, type ScannedCode } from './code-scan.js';
import type { CodeTargets } from './code-targets.js';
import { addFunCall, addGivenCalls, addNamedCall } from './given-calls.js';
import { type LiteralFuns, openLiteralFuns } from './literal-funs.js';
import { readLines } from './read-lines.js';
import type { Registers } from './registers.js';
import { registersBefore } from './replay.js';

/** What is done at an instruction, by opcode; all but these are passed over. */
const PASS = 0;
const LABEL = 1;
const FUNCTION = 2;
const LINE = 3;
const CALL = 4;
const LAST_CALL = 5;
const EXTERNAL_CALL = 6;
const BIF = 7;
const SEND = 8;
const APPLY = 9;
const FUN_CALL = 10;
const KNOWN_FUN_CALL = 11;
const FUN = 12;

const STEPS = Uint8Array.from({ length: 256 }, (_, number) => {
  const opcode = OPCODES[number - 1];
  return opcode === undefined ? PASS : stepOf(opcode);
});

/** The position of the operand that the step is about, among those of the instruction. */
const PLACES = Uint8Array.from({ length: 256 }, (_, number) => {
  const roles = OPCODES[number - 1]?.roles ?? [];
  const step = STEPS[number];
  const role =
    step === LINE ? 'location' : step === EXTERNAL_CALL || step === BIF ? 'import' : step === FUN ? 'lambda' : 'target';
  return Math.max(0, roles.indexOf(role));
});

function stepOf({ name, roles }: Opcode): number {
  if (roles.includes('location')) return LINE;
  if (roles.includes('import')) return name.startsWith('call_ext') ? EXTERNAL_CALL : BIF;
  switch (name) {
    case 'label':
      return LABEL;
    case 'func_info':
      return FUNCTION;
    case 'call':
      return CALL;
    case 'call_last':
    case 'call_only':
      return LAST_CALL;
    case 'send':
      return SEND;
    case 'apply':
    case 'apply_last':
      return APPLY;
    case 'call_fun':
      return FUN_CALL;
    case 'call_fun2':
      return KNOWN_FUN_CALL;
    case 'make_fun2':
    case 'make_fun3':
      return FUN;
    default:
      return PASS;
  }
}

const LABEL_OPCODE = opcodeByName('label').number;

/** What the steps look up besides. */
interface Tables {
  readonly lines: Int32Array;
  /** Labels of the functions that implement funs. */
  readonly lambdas: Uint32Array;
  readonly funs: LiteralFuns;
}

/** Scans a module's code; throws ParseError. */
export function scanCode(module: BeamModule, targets: CodeTargets): ScannedCode {
  const tables = { lines: readLines(module), lambdas: readLambdas(module), funs: openLiteralFuns(module) };
  const reader = module.reader('Code');
  const code = new OperandCursor(reader, tables.funs.marked);
  const scan: CodeScan = {
    code,
    targets,
    blockStart: code.pos,
    found: beginScannedCode(reader.end),
    line: 0,
    lineEnd: -1,
    unplaced: [],
  };
  while (code.nextOf(STEPS)) {
    if (code.seen.length > 0) addLiterals(scan, tables.funs);
    takeStep(scan, tables, STEPS[code.op] as number);
    if (code.seen.length > 0) addLiterals(scan, tables.funs);
  }
  if (code.seen.length > 0) addLiterals(scan, tables.funs);
  return scan.found;
}

function readLambdas(module: BeamModule): Uint32Array {
  return module.chunk('FunT') === undefined
    ? new Uint32Array(0)
    : module.located('FunT', () => decodeLambdaLabels(module.reader('FunT')));
}

/** A dispatch table. */
function takeStep(scan: CodeScan, tables: Tables, step: number): void {
  const { code } = scan;
  switch (step) {
    case LABEL:
      code.skip(1);
      scan.blockStart = code.pos;
      forgetUnplaced(scan);
      return;
    case FUNCTION:
      beginFunction(scan);
      return;
    case LINE:
      scan.line = tables.lines[readPlace(code) - 1] ?? 0;
      scan.lineEnd = code.pos;
      if (scan.unplaced.length > 0) placeFuns(scan, scan.line);
      return;
    case CALL:
      addLocalCall(scan, readPlace(code), scan.line);
      endCall(scan, scan.line);
      return;
    case LAST_CALL:
      addLocalCall(scan, readPlace(code), 0);
      endCall(scan, 0);
      return;
    case EXTERNAL_CALL:
      callImport(scan);
      return;
    case BIF:
      callBif(scan);
      return;
    case SEND:
      addTargetCall(scan, scan.targets.external('erlang', '!', 2), scan.line);
      endCall(scan, scan.line);
      return;
    case FUN:
      makeFun(scan, tables, readPlace(code));
      return;
    default:
      callUnknown(scan, tables, step);
  }
}

/** Reads the operand that the step is about and moves past the others. */
function readPlace(code: OperandCursor): number {
  const place = PLACES[code.op] as number;
  code.skip(place);
  code.read();
  const { value } = code;
  code.skip(code.arity - place - 1);
  return value;
}

/** Returns the line of the instruction whose opcode has just been read; 0 where there is no `line` right before it. */
function freshLine({ code, line, lineEnd }: CodeScan): number {
  return lineEnd === code.pos - 1 ? line : 0;
}

/** Moves on to the label after `func_info`, which is the entry. */
function beginFunction(scan: CodeScan): void {
  const { code, found } = scan;
  const line = freshLine(scan);
  code.skip(1);
  code.read();
  const name = code.value;
  code.read();
  const arity = code.value;
  let entry = 0;
  if (code.next() && code.op === LABEL_OPCODE) {
    code.read();
    entry = code.value;
  } else code.skip(code.arity);
  append(found.names, name);
  append(found.arities, arity);
  append(found.entries, entry);
  append(found.lines, line);
  append(found.firstCalls, found.callTargets.length);
  scan.blockStart = code.pos;
  forgetUnplaced(scan);
}

/** To set a length takes longer than to see that there is nothing to do. */
function forgetUnplaced({ unplaced }: CodeScan): void {
  if (unplaced.length > 0) unplaced.length = 0;
}

/** Funs are made for the call that follows, and its line is theirs; that stands before or was the same as the last. */
function placeFuns({ found, unplaced }: CodeScan, line: number): void {
  for (const at of unplaced) found.callLines.values[at] = line;
  unplaced.length = 0;
}

function endCall(scan: CodeScan, line: number): void {
  if (scan.unplaced.length > 0) placeFuns(scan, line);
  scan.blockStart = scan.code.pos;
}

function addLiterals(scan: CodeScan, funs: LiteralFuns): void {
  const { code, found, targets, unplaced } = scan;
  for (const index of code.seen) {
    for (const { module, name, arity } of funs.funsIn(index)) {
      const target = targets.external(module.name, name.name, arity);
      if (target >= 0) unplaced.push(found.callTargets.length);
      addTargetCall(scan, target, 0);
    }
  }
  code.seen.length = 0;
}

function callImport(scan: CodeScan): void {
  const { code, targets, line } = scan;
  const start = code.pos - 1;
  const index = readPlace(code);
  addTargetCall(scan, targets.imported(index), line);
  const given = targets.givenTo(index);
  if (given !== undefined) addGivenCalls(scan, registersOf(scan, start), given);
  endCall(scan, scan.line);
}

function callBif(scan: CodeScan): void {
  const line = freshLine(scan);
  addTargetCall(scan, scan.targets.imported(readPlace(scan.code)), line);
}

function makeFun(scan: CodeScan, { lambdas }: Tables, index: number): void {
  const label = lambdas[index];
  if (label !== undefined) scan.unplaced.push(addLocalCall(scan, label, 0));
}

/** Calls what isn't known before the program runs. */
function callUnknown(scan: CodeScan, tables: Tables, step: number): void {
  const { code } = scan;
  const start = code.pos - 1;
  code.read();
  const { kind, value } = code;
  if (step === KNOWN_FUN_CALL) {
    code.read();
    const arity = code.value;
    code.read();
    const place = code.kind === TAG_X ? code.value : -1;
    // From OTP 25 on the first operand says which function it must be, where the compiler knows.
    if (kind === TAG_U) makeFun(scan, tables, value);
    else addFunCall(scan, registersOf(scan, start), place, arity);
  } else {
    code.skip(code.arity - 1);
    const registers = registersOf(scan, start);
    if (step === APPLY) addNamedCall(scan, registers, value, value);
    else addFunCall(scan, registers, value, value);
  }
  endCall(scan, scan.line);
}

/** Returns what registers hold before the instruction at `end`. */
function registersOf({ code, targets, blockStart }: CodeScan, end: number): Registers {
  return registersBefore(code, blockStart, end, targets.lengthOf);
}
