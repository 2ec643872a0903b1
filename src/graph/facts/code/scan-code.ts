// Goes over the Code chunk once: which functions there are, and what each of them calls.
//
//   label, line, func_info M F A, label ENTRY, ...      begins a function; the line is that of its definition
//   call, call_last, call_only                          own functions, by the label of their entry
//   call_ext, call_ext_last, call_ext_only              others; apply and spawn also call what they are given
//   bif0 ... bif3, gc_bif1 ... gc_bif3, send            BIFs
//   make_fun2, make_fun3, call_fun2                     functions that implement funs
//   apply, apply_last, call_fun                         what is only known at run time
//   any operand that is a literal                       external funs in it

import { TAG_U } from '../../../beam/compact-term.js';
import type { BeamModule } from '../../../beam/module.js';
import { OPCODES, type Opcode, opcodeByName } from '../../../code/opcodes.js';
import { CodeScanner, KIND_LITERAL } from '../../../code/scanner.js';
import { addCall, newCallLog } from '../call-log.js';
import { newCodeData, readData } from '../references/code-references.js';
import type { CodeScan, ScannedFunction } from './code-scan.js';
import type { CodeTargets } from './code-targets.js';
import { addFunCall, addGivenCalls, addNamedCall } from './given-calls.js';
import { followInstruction, IS_FUN, IS_LIST, newRegisters, valueOf, write } from './registers.js';

const FUNC_INFO = opcodeByName('func_info').number;
const LABEL = opcodeByName('label').number;
const PUT_LIST = opcodeByName('put_list').number;
const MAKE_FUN3 = opcodeByName('make_fun3').number;

/** Where the number of a `line` item stands; -1 where there is none. */
const LOCATIONS = Int8Array.from({ length: 256 }, (_, number) => OPCODES[number - 1]?.roles.indexOf('location') ?? -1);

type Step = (scan: CodeScan, current: ScannedFunction) => void;

/** What the instructions call, by opcode. */
const STEPS: readonly (Step | undefined)[] = Array.from({ length: 256 }, (_, number) => {
  const opcode = OPCODES[number - 1];
  return opcode && stepOf(opcode);
});

function stepOf({ name, roles }: Opcode): Step | undefined {
  if (/^call(_last|_only)?$/.test(name)) return stepLocalCall;
  if (roles.includes('import')) return stepImport(roles.indexOf('import'), name.startsWith('call_ext'));
  if (/^make_fun[23]$/.test(name)) return stepLambda;
  switch (name) {
    case 'send':
      return ({ targets, log, line }) => addCall(log, targets.external('erlang', '!', 2), line, 0);
    case 'apply':
    case 'apply_last':
      return (scan) => addNamedCall(scan, arityOf(scan), arityOf(scan) + 1, arityOf(scan));
    case 'call_fun':
      return (scan) => addFunCall(scan, arityOf(scan), arityOf(scan));
    case 'call_fun2':
      return stepFunCall;
    default:
      return undefined;
  }
}

/** Scans a module's code, and its data too where `withReferences`; throws ParseError. */
export function scanCode(module: BeamModule, targets: CodeTargets, withReferences: boolean): readonly ScannedFunction[] {
  const scan: CodeScan = {
    code: new CodeScanner(module.reader('Code')),
    targets,
    registers: newRegisters(),
    log: newCallLog(),
    functions: [],
    lambdaRows: module.lambdas,
    data: withReferences ? newCodeData(module) : undefined,
    line: 0,
  };
  while (scan.code.next()) readInstruction(scan);
  for (const edge of scan.log.edges) (scan.functions[edge.from] as ScannedFunction).edges.push(edge);
  return scan.functions;
}

function readInstruction(scan: CodeScan): void {
  const { code, functions, targets, registers } = scan;
  const { op } = code;
  const location = LOCATIONS[op] as number;
  if (location >= 0) scan.line = targets.lineOf(code.values[location] as number);
  if (op === FUNC_INFO) beginFunction(scan);
  const current = functions[functions.length - 1];
  if (current === undefined) return;
  for (let at = 0; at < code.size; at++) if (code.kinds[at] === KIND_LITERAL) addLiteral(scan, code.values[at] as number);
  STEPS[op]?.(scan, current);
  const made = scan.data === undefined ? undefined : readData(scan, scan.data, current.references);
  followInstruction(registers, code);
  if (op === PUT_LIST && code.kinds[1] === KIND_LITERAL) writeList(scan);
  if (made !== undefined) write(registers, code, made.at, made.value);
  if (op === MAKE_FUN3) write(registers, code, 1, valueOf(IS_FUN, 0));
}

/** Of a list whose end is a literal the length is known as well. */
function writeList({ code, registers, targets }: CodeScan): void {
  const length = targets.lengthOf(code.values[1] as number);
  if (length >= 0) write(registers, code, 2, valueOf(IS_LIST, length + 1));
}

/** Moves on to the label after `func_info`, which is the entry. */
function beginFunction(scan: CodeScan): void {
  const { code, functions, targets, log, line } = scan;
  const name = targets.atom(code.values[1] as number);
  const arity = code.values[2] as number;
  const entry = code.next() && code.op === LABEL ? (code.values[0] as number) : 0;
  log.from = functions.length;
  functions.push({ name, arity, entry, line, edges: [], localCalls: [], lambdas: [], references: [] });
}

function addLiteral({ targets, log, line }: CodeScan, index: number): void {
  for (const target of targets.funsIn(index)) addCall(log, target, line, 0);
}

function arityOf({ code }: CodeScan): number {
  return code.values[0] as number;
}

function stepLocalCall({ code, line }: CodeScan, current: ScannedFunction): void {
  current.localCalls.push(code.values[1] as number, line);
}

function stepImport(at: number, called: boolean): Step {
  return (scan) => {
    const { code, targets, log, line } = scan;
    const target = targets.imported(code.values[at] as number);
    if (target === undefined) return;
    addCall(log, target, line, 0);
    if (called && target.module === 'erlang') addGivenCalls(scan, target.name, target.arity);
  };
}

function stepLambda({ code, lambdaRows }: CodeScan, current: ScannedFunction): void {
  const row = lambdaRows[code.values[0] as number];
  if (row !== undefined) current.lambdas.push(row.label);
}

/** From OTP 25 on the operand says which function it must be, where the compiler knows. */
function stepFunCall(scan: CodeScan, current: ScannedFunction): void {
  const { code } = scan;
  if (code.kinds[0] === TAG_U) stepLambda(scan, current);
  else addFunCall(scan, code.values[2] as number, code.values[1] as number);
}
