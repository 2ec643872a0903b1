// What the data in code refers to. The compiler makes literals of what is constant; what is built at run time has its constant parts among
// the operands, and the registers tell the rest:
//
//   move {literal, {lists, map, 2}} x0                    a literal
//   put_tuple2 x1 [{atom, M}, {atom, F}, x2]              {M, F, Args}, where x2 has a list of a known length
//   put_map_assoc f0 x0 x1 1 [{atom, start}, x1]          a child specification, whose start x1 is
//   put_map_assoc f0 x0 x1 1 [{atom, '__struct__'}, {atom, M}]      get_map_elements f1 x0 [{atom, '__struct__'}, x1]; is_eq_exact f1 x1 {atom, M}

import { TAG_A, TAG_I } from '../../../beam/compact-term.js';
import type { BeamModule } from '../../../beam/module.js';
import { type OpcodeName, opcodeByName } from '../../../code/opcodes.js';
import { KIND_LITERAL } from '../../../code/scanner.js';
import type { CodeData, CodeReference, CodeScan } from '../code/code-scan.js';
import { IS_ATOM, IS_LIST, IS_LITERAL, IS_START, IS_STRUCT, read, valueOf as registerValue, UNKNOWN } from '../code/registers.js';
import {
  CHILD_TYPES,
  childReference,
  functionReference,
  isArity,
  mayBeModule,
  namedFunction,
  RESTARTS,
  referencesInTerm,
  structReference,
} from './data-shapes.js';
import { givenModule } from './given-modules.js';

/** A value that an instruction leaves in the register of an operand. */
export interface MadeValue {
  readonly at: number;
  readonly value: number;
}

export function newCodeData(module: BeamModule): CodeData {
  return { literal: (index) => module.literals.term(index), known: [], starts: [] };
}

const number = (name: OpcodeName) => opcodeByName(name).number;
const PUT_TUPLE2 = number('put_tuple2');
const PUT_MAP_ASSOC = number('put_map_assoc');
const PUT_MAP_EXACT = number('put_map_exact');
const GET_MAP_ELEMENTS = number('get_map_elements');
const IS_EQ_EXACT = number('is_eq_exact');
const IS_NE_EXACT = number('is_ne_exact');
const SELECT_VAL = number('select_val');
const CALL_EXT = number('call_ext');
const CALL_EXT_LAST = number('call_ext_last');
const CALL_EXT_ONLY = number('call_ext_only');

/** Where the items of the list of `put_map_assoc` begin. */
const MAP_ITEMS = 5;

/** Adds what the instruction that was read last refers to, and returns what it makes, to be remembered once it has been followed. */
export function readData(scan: CodeScan, data: CodeData, found: CodeReference[]): MadeValue | undefined {
  const { code } = scan;
  switch (code.op) {
    case PUT_TUPLE2:
      addLiterals(scan, data, found, 0);
      return readTuple(scan, data, found);
    case PUT_MAP_ASSOC:
    case PUT_MAP_EXACT:
      readMap(scan, data, found);
      return undefined;
    case GET_MAP_ELEMENTS:
      return readElements(scan);
    case IS_EQ_EXACT:
    case IS_NE_EXACT:
      // Literals that are compared with are patterns, mostly.
      readComparison(scan, found);
      return undefined;
    case SELECT_VAL:
      readSelection(scan, found);
      return undefined;
    case CALL_EXT:
    case CALL_EXT_LAST:
    case CALL_EXT_ONLY:
      readCall(scan, found);
      return undefined;
    default:
      addLiterals(scan, data, found, 0);
      return undefined;
  }
}

/** Adds what the literals among the operands from `first` on refer to. */
function addLiterals(scan: CodeScan, data: CodeData, found: CodeReference[], first: number): void {
  const { code } = scan;
  for (let at = first; at < code.size; at++) {
    if (code.kinds[at] === KIND_LITERAL) addLiteral(scan, data, found, code.values[at] as number);
  }
}

function addLiteral({ line }: CodeScan, data: CodeData, found: CodeReference[], index: number): void {
  data.known[index] ??= referencesInTerm(data.literal(index));
  for (const referred of data.known[index] ?? []) found.push({ referred, line });
}

function readTuple(scan: CodeScan, data: CodeData, found: CodeReference[]): MadeValue | undefined {
  const count = scan.code.values[1];
  if (count === 6 && isOneOf(scan, 4, RESTARTS) && isOneOf(scan, 6, CHILD_TYPES)) addChild(scan, data, found, 3);
  if (count !== 3) return undefined;
  const { code, targets, line } = scan;
  if (code.kinds[2] !== TAG_A || code.kinds[3] !== TAG_A || code.values[2] === 0 || code.values[3] === 0) return undefined;
  const module = targets.atom(code.values[2] as number);
  const name = targets.atom(code.values[3] as number);
  const hasArity = code.kinds[4] === TAG_I;
  const arity = hasArity ? (code.values[4] as number) : lengthIn(scan, read(scan.registers, code, 4));
  if (hasArity && !isArity(arity ?? -1)) return undefined;
  const entry = arity === null || !mayBeModule(module) ? undefined : { referred: functionReference(module, name, arity), line };
  if (entry !== undefined) found.push(entry);
  if (hasArity) return undefined;
  data.starts.push({ module, name, arity, entry });
  return { at: 0, value: registerValue(IS_START, data.starts.length - 1) };
}

function isOneOf({ code, targets }: CodeScan, at: number, names: ReadonlySet<string>): boolean {
  return code.kinds[at] === TAG_A && code.values[at] !== 0 && names.has(targets.atom(code.values[at] as number));
}

function lengthIn({ targets }: CodeScan, value: number): number | null {
  if (value % 8 === IS_LIST) return value >> 3;
  const length = value % 8 === IS_LITERAL ? targets.lengthOf(value >> 3) : -1;
  return length < 0 ? null : length;
}

/** Adds a child whose start is an operand; returns whether it is one. */
function addChild(scan: CodeScan, data: CodeData, found: CodeReference[], at: number): boolean {
  const { line, registers, code } = scan;
  const value = read(registers, code, at);
  if (value % 8 === IS_LITERAL) {
    const start = namedFunction(data.literal(value >> 3));
    if (start?.last !== 'list') return false;
    found.push({ referred: childReference(start.module, start.name, start.arity), line });
    return true;
  }
  const start = value % 8 === IS_START ? data.starts[value >> 3] : undefined;
  if (start === undefined) return false;
  const referred = childReference(start.module, start.name, start.arity);
  if (start.entry === undefined) found.push({ referred, line });
  else start.entry.referred = referred;
  return true;
}

function readMap(scan: CodeScan, data: CodeData, found: CodeReference[]): void {
  const { code, targets, line } = scan;
  for (let at = 0; at < MAP_ITEMS; at++) {
    if (code.kinds[at] === KIND_LITERAL) addLiteral(scan, data, found, code.values[at] as number);
  }
  for (let at = MAP_ITEMS; at + 1 < code.size; at += 2) {
    const key = isAtomAt(scan, at) ? targets.atom(code.values[at] as number) : undefined;
    if (key === 'start' && addChild(scan, data, found, at + 1)) continue;
    if (key === '__struct__' && isAtomAt(scan, at + 1)) {
      found.push({ referred: structReference(targets.atom(code.values[at + 1] as number), 'exact'), line });
    }
    for (const part of [at, at + 1]) {
      if (code.kinds[part] === KIND_LITERAL) addLiteral(scan, data, found, code.values[part] as number);
    }
  }
}

function isAtomAt({ code }: CodeScan, at: number): boolean {
  return code.kinds[at] === TAG_A && code.values[at] !== 0;
}

/** Finds the register that `__struct__` is read into. */
function readElements(scan: CodeScan): MadeValue | undefined {
  const { code, targets } = scan;
  for (let at = 3; at + 1 < code.size; at += 2) {
    if (isAtomAt(scan, at) && targets.atom(code.values[at] as number) === '__struct__') {
      return { at: at + 1, value: registerValue(IS_STRUCT, 0) };
    }
  }
  return undefined;
}

function readComparison(scan: CodeScan, found: CodeReference[]): void {
  const { code, registers } = scan;
  for (const [left, right] of [
    [1, 2],
    [2, 1],
  ] as const) {
    if (read(registers, code, left) % 8 === IS_STRUCT && isAtomAt(scan, right)) addStruct(scan, found, right);
  }
}

function readSelection(scan: CodeScan, found: CodeReference[]): void {
  const { code, registers } = scan;
  if (read(registers, code, 0) % 8 !== IS_STRUCT) return;
  for (let at = 3; at < code.size; at += 2) if (isAtomAt(scan, at)) addStruct(scan, found, at);
}

function addStruct({ code, targets, line }: CodeScan, found: CodeReference[], at: number): void {
  found.push({ referred: structReference(targets.atom(code.values[at] as number), 'exact'), line });
}

/** Adds what a function is given to call. */
function readCall(scan: CodeScan, found: CodeReference[]): void {
  const { code, targets, registers, line } = scan;
  const target = targets.imported(code.values[1] as number);
  const given = target === undefined ? undefined : givenModule(target.module, target.name, target.arity);
  if (given === undefined) return;
  const atomIn = (at: number) => {
    const value = registers.x[at] ?? UNKNOWN;
    return value % 8 === IS_ATOM ? targets.atom(value >> 3) : undefined;
  };
  const module = atomIn(given.module);
  if (module === undefined) return;
  const name = given.named ? atomIn(given.module + 1) : null;
  if (name === undefined) return;
  const arity = name === null ? null : lengthIn(scan, registers.x[given.module + 2] ?? UNKNOWN);
  found.push({ referred: { kind: 'mfa', module, name, arity, confidence: 'inferred' }, line });
}
