// Structs of Elixir and native records of other modules (OTP 29) in the instructions that make and match them:
//
//   get_map_elements f1 x0 [{atom, '__struct__'}, x1]   is_eq_exact f1 x1 {atom, M}     select_val x1 f1 [{atom, M}, f2, ...]
//   is_native_record f1 x0 {atom, M} {atom, Name}       put_record f0 {literal, {M, Name}} ...   get_record_field f0 x0 {literal, {M, Name}} ...

import { TAG_A } from '../../../beam/compact-term.js';
import { KIND_LITERAL } from '../../../code/scanner.js';
import { isAtom, isTuple } from '../../../term/model.js';
import { read, registerValue } from '../code/registers.js';
import { type CodeReference, type DataScan, IS_STRUCT } from './data-scan.js';
import { structReference } from './data-shapes.js';

/** A value that an instruction leaves in the register of an operand. */
export interface MadeValue {
  readonly at: number;
  readonly value: number;
}

/** Returns the atom that an operand is; undefined where it is none. */
export function atomAt({ code, atom }: DataScan, at: number): string | undefined {
  // Atom 0 is the empty list.
  return code.kinds[at] === TAG_A && code.values[at] !== 0 ? atom(code.values[at] as number) : undefined;
}

/** Finds the register that `get_map_elements` reads `__struct__` into. */
export function readElements(scan: DataScan): MadeValue | undefined {
  for (let at = 3; at + 1 < scan.code.size; at += 2) {
    if (atomAt(scan, at) === '__struct__') return { at: at + 1, value: registerValue(IS_STRUCT, 0) };
  }
  return undefined;
}

/** Adds the struct that a comparison of two operands is for, the first at `at`. */
export function readComparison(scan: DataScan, found: CodeReference[], at: number): void {
  if (isStruct(scan, at)) addStruct(scan, found, at + 1);
  if (isStruct(scan, at + 1)) addStruct(scan, found, at);
}

/** Adds the structs that `select_val` chooses between. */
export function readSelection(scan: DataScan, found: CodeReference[]): void {
  if (!isStruct(scan, 0)) return;
  for (let at = 3; at < scan.code.size; at += 2) addStruct(scan, found, at);
}

function isStruct({ code, registers }: DataScan, at: number): boolean {
  return read(registers, code, at) % 8 === IS_STRUCT;
}

/** Adds the struct whose module an operand names. */
export function addStruct(scan: DataScan, found: CodeReference[], at: number): void {
  const module = atomAt(scan, at);
  if (module !== undefined) found.push({ referred: structReference(module, 'exact'), line: scan.line });
}

/** Adds the native record that a test names. */
export function readRecordTest(scan: DataScan, found: CodeReference[]): void {
  addRecord(scan, found, atomAt(scan, 2), atomAt(scan, 3));
}

/** Adds the native record that an operand names; one of the module itself is an atom alone. */
export function readRecordName(scan: DataScan, found: CodeReference[], at: number): void {
  const { code } = scan;
  const name = code.kinds[at] === KIND_LITERAL ? scan.literal(code.values[at] as number) : undefined;
  if (!isTuple(name, 2)) return;
  const [module, record] = name.items;
  if (isAtom(module) && isAtom(record)) addRecord(scan, found, module.name, record.name);
}

function addRecord({ line, atom }: DataScan, found: CodeReference[], module?: string, name?: string): void {
  if (module === undefined || name === undefined || module === atom(1)) return;
  found.push({ referred: { kind: 'record', module, name, arity: null, confidence: 'exact' }, line });
}
