// What the data in code refers to. The compiler makes literals of what is constant; what is built at run time has its constant parts among
// the operands, and the registers tell the rest:
//
//   move {literal, {lists, map, 2}} x0                    a literal
//   put_tuple2 x1 [{atom, M}, {atom, F}, x2]              {M, F, Args}, where x2 has a list of a known length
//   put_map_assoc f0 x0 x1 1 [{atom, start}, x1]          a child specification, whose start x1 is
//   put_map_assoc f0 x0 x1 1 [{atom, '__struct__'}, {atom, M}]      a struct; see code-records.ts

import { TAG_I } from '../../../beam/compact-term.js';
import { type OpcodeName, opcodeByName } from '../../../code/opcodes.js';
import { KIND_LITERAL } from '../../../code/scanner.js';
import { IS_ATOM, IS_LITERAL, listLength, read, registerValue, UNKNOWN } from '../code/registers.js';
import {
  addStruct,
  atomAt,
  type MadeValue,
  readComparison,
  readElements,
  readRecordName,
  readRecordTest,
  readSelection,
} from './code-records.js';
import { type CodeReference, type DataScan, IS_START } from './data-scan.js';
import {
  CHILD_TYPES,
  childReference,
  functionReference,
  isArity,
  mayBeModule,
  namedFunction,
  RESTARTS,
  referencesInTerm,
} from './data-shapes.js';
import { givenModule } from './given-modules.js';
import { checkPlaces } from './reference-log.js';

const number = (name: OpcodeName) => opcodeByName(name).number;
const PUT_TUPLE2 = number('put_tuple2');
const PUT_MAP_ASSOC = number('put_map_assoc');
const PUT_MAP_EXACT = number('put_map_exact');
const GET_MAP_ELEMENTS = number('get_map_elements');
const IS_EQ_EXACT = number('is_eq_exact');
const IS_NE_EXACT = number('is_ne_exact');
const BIF2 = number('bif2');
const SELECT_VAL = number('select_val');
const IS_NATIVE_RECORD = number('is_native_record');
const PUT_RECORD = number('put_record');
const GET_RECORD_FIELD = number('get_record_field');
const CALL_EXT = number('call_ext');
const CALL_EXT_LAST = number('call_ext_last');
const CALL_EXT_ONLY = number('call_ext_only');

/** Where the items of the list of `put_map_assoc` begin. */
const MAP_ITEMS = 5;

/** Adds what the instruction that was read last refers to, and returns what it makes, to be remembered once it has been followed. */
export function readData(scan: DataScan, found: CodeReference[]): MadeValue | undefined {
  const { code } = scan;
  switch (code.op) {
    case PUT_TUPLE2:
      addLiterals(scan, found, 0);
      return readTuple(scan, found);
    case PUT_MAP_ASSOC:
    case PUT_MAP_EXACT:
      readMap(scan, found);
      return undefined;
    case GET_MAP_ELEMENTS:
      return readElements(scan);
    case IS_EQ_EXACT:
    case IS_NE_EXACT:
      // Literals that are compared with are patterns, mostly.
      readComparison(scan, found, 1);
      return undefined;
    case BIF2:
      addLiterals(scan, found, 2);
      readComparison(scan, found, 2);
      return undefined;
    case SELECT_VAL:
      readSelection(scan, found);
      return undefined;
    case CALL_EXT:
    case CALL_EXT_LAST:
    case CALL_EXT_ONLY:
      readCall(scan, found);
      return undefined;
    case IS_NATIVE_RECORD:
      readRecordTest(scan, found);
      return undefined;
    case PUT_RECORD:
      readRecordName(scan, found, 1);
      addLiterals(scan, found, 2);
      return undefined;
    case GET_RECORD_FIELD:
      readRecordName(scan, found, 2);
      return undefined;
    default:
      addLiterals(scan, found, 0);
      return undefined;
  }
}

/** Adds what the literals among the operands from `first` on refer to. */
function addLiterals(scan: DataScan, found: CodeReference[], first: number): void {
  const { code } = scan;
  for (let at = first; at < code.size; at++) {
    if (code.kinds[at] === KIND_LITERAL) addLiteral(scan, found, code.values[at] as number);
  }
}

function addLiteral(scan: DataScan, found: CodeReference[], index: number): void {
  scan.known[index] ??= referencesInTerm(scan.literal(index));
  const known = scan.known[index] ?? [];
  if (known.length === 0) return;
  scan.count += known.length;
  checkPlaces(scan.count);
  for (const referred of known) found.push({ referred, line: scan.line });
}

function readTuple(scan: DataScan, found: CodeReference[]): MadeValue | undefined {
  const count = scan.code.values[1];
  if (count === 6 && isOneOf(scan, 4, RESTARTS) && isOneOf(scan, 6, CHILD_TYPES)) addChild(scan, found, 3);
  if (count !== 3) return undefined;
  const { code, line } = scan;
  const [module, name] = [atomAt(scan, 2), atomAt(scan, 3)];
  if (module === undefined || name === undefined) return undefined;
  const hasArity = code.kinds[4] === TAG_I;
  const arity = hasArity ? (code.values[4] as number) : lengthIn(scan, read(scan.registers, code, 4));
  if (hasArity && !isArity(arity ?? -1)) return undefined;
  const entry = arity === null || !mayBeModule(module) ? undefined : { referred: functionReference(module, name, arity), line };
  if (entry !== undefined) found.push(entry);
  if (hasArity) return undefined;
  scan.starts.push({ module, name, arity, entry });
  return { at: 0, value: registerValue(IS_START, scan.starts.length - 1) };
}

function isOneOf(scan: DataScan, at: number, names: ReadonlySet<string>): boolean {
  return names.has(atomAt(scan, at) ?? '');
}

function lengthIn({ registers }: DataScan, value: number): number | null {
  const length = listLength(registers, value);
  return length < 0 ? null : length;
}

/** Adds a child whose start is an operand; returns whether it is one. */
function addChild(scan: DataScan, found: CodeReference[], at: number): boolean {
  const { line, registers, code } = scan;
  const value = read(registers, code, at);
  if (value % 8 === IS_LITERAL) {
    const start = namedFunction(scan.literal(value >> 3));
    if (start?.last !== 'list') return false;
    found.push({ referred: childReference(start.module, start.name, start.arity), line });
    return true;
  }
  const start = value % 8 === IS_START ? scan.starts[value >> 3] : undefined;
  if (start === undefined) return false;
  const referred = childReference(start.module, start.name, start.arity);
  if (start.entry === undefined) found.push({ referred, line });
  else start.entry.referred = referred;
  return true;
}

function readMap(scan: DataScan, found: CodeReference[]): void {
  const { code } = scan;
  for (let at = 0; at < MAP_ITEMS; at++) {
    if (code.kinds[at] === KIND_LITERAL) addLiteral(scan, found, code.values[at] as number);
  }
  for (let at = MAP_ITEMS; at + 1 < code.size; at += 2) {
    const key = atomAt(scan, at);
    if (key === 'start' && addChild(scan, found, at + 1)) continue;
    if (key === '__struct__') addStruct(scan, found, at + 1);
    for (const part of [at, at + 1]) {
      if (code.kinds[part] === KIND_LITERAL) addLiteral(scan, found, code.values[part] as number);
    }
  }
}

/** Adds what a function is given to call. */
function readCall(scan: DataScan, found: CodeReference[]): void {
  const { code, registers, line } = scan;
  const target = scan.imported(code.values[1] as number);
  const given = target === undefined ? undefined : givenModule(target.module, target.name, target.arity);
  if (given === undefined) return;
  const atomIn = (at: number) => {
    const value = registers.x[at] ?? UNKNOWN;
    return value % 8 === IS_ATOM ? scan.atom(value >> 3) : undefined;
  };
  const module = atomIn(given.module);
  if (module === undefined) return;
  const name = given.named ? atomIn(given.module + 1) : null;
  if (name === undefined) return;
  const arity = name === null ? null : lengthIn(scan, registers.x[given.module + 2] ?? UNKNOWN);
  found.push({ referred: { kind: 'mfa', module, name, arity, confidence: 'inferred' }, line });
}
