// The rows of `Recs` and `DbgB`, whose entries are written as instructions of a fake opcode: native records, and the variables that the
// beam debugger shows.

import type { Reader } from '../../bytes/reader.js';
import { readListLength, readOperand } from '../../code/operand-codec.js';
import type { Operand } from '../../code/operands.js';
import { counted } from '../counted.js';
import type { Lookups } from './lookups.js';
import { operandText } from './operands.js';
import { type DumpRow, row, u32Row } from './row.js';

const CALL = 4;
const CALL_LAST = 5;

/** Reads Recs as rows; throws ParseError. */
export function* nativeRecordRows(reader: Reader, names: Lookups): Generator<DumpRow> {
  yield u32Row(reader, (version) => `version ${version}`);
  const count = reader.u32();
  yield row(reader, reader.pos - 4, counted(count, 'native record'));
  yield u32Row(reader, (fields) => `${counted(fields, 'field')} in all`);
  reader.checkCount(count, 4, 'native records');
  for (let index = 0; index < count; index++) {
    const start = readOpcode(reader, CALL_LAST);
    const name = readOperand(reader);
    const exported = readOperand(reader);
    const length = readLength(reader);
    const scope = operandText(exported, names) === 'true' ? 'exported' : 'local';
    yield row(reader, start, `record ${operandText(name, names)}, ${scope}, list of ${length}`);
    yield* pairRows(reader, length, (field, value) => {
      const none = value.kind === 'unsigned' && value.value === 0;
      return `${operandText(field, names)}${none ? '' : ` = ${operandText(value, names)}`}`;
    });
  }
}

/** Reads DbgB as rows; throws ParseError. */
export function* debugLineRows(reader: Reader, names: Lookups): Generator<DumpRow> {
  const version = reader.u32();
  yield row(reader, reader.pos - 4, `version ${version}`);
  if (version > 1) reader.fail('unsupported', `DbgB chunk of version ${version}`, reader.pos - 4);
  const count = reader.u32();
  yield row(reader, reader.pos - 4, counted(count, 'item'));
  yield u32Row(reader, (operands) => `${counted(operands, 'operand')} in all lists`);
  for (let index = 0; reader.left > 0; ) {
    const start = readOpcode(reader, CALL);
    const key = readOperand(reader);
    if (version === 0) {
      const length = readLength(reader);
      yield row(reader, start, `item ${++index}: ${frameText(key, names)}, list of ${length}`);
      yield* variableRows(reader, length, names);
    } else {
      const kind = key.kind === 'unsigned' ? key.value : undefined;
      if (kind === 0) index++;
      yield* debugRows(reader, start, kind, index, names);
    }
  }
}

/** Reads the second operand of a row of version 1; `kind` says what it is. */
function* debugRows(
  reader: Reader,
  start: number,
  kind: number | bigint | undefined,
  index: number,
  names: Lookups,
): Generator<DumpRow> {
  const length = readListLength(reader);
  if (length === undefined) {
    const value = readOperand(reader);
    yield row(reader, start, kind === 0 ? `item ${index}: ${frameText(value, names)}` : operandText(value, names));
  } else if (kind === 1) {
    yield row(reader, start, `variables, list of ${length}`, 1);
    yield* variableRows(reader, length, names);
  } else {
    yield row(reader, start, `${kind === 2 ? 'calls' : 'unknown'}, list of ${length}`, 1);
    yield* callRows(reader, length, names);
  }
}

function frameText(operand: Operand, names: Lookups): string {
  if (operand.kind === 'atom' && operand.value === 0) return 'no frame';
  return operand.kind === 'unsigned' ? `frame of ${operand.value}` : operandText(operand, names);
}

function variableRows(reader: Reader, length: number, names: Lookups): Generator<DumpRow> {
  return pairRows(reader, length, (name, place) => `${operandText(name, names)} in ${operandText(place, names)}`);
}

function* pairRows(reader: Reader, length: number, say: (left: Operand, right: Operand) => string): Generator<DumpRow> {
  for (let left = length; left > 1; left -= 2) {
    const start = reader.pos;
    const first = readOperand(reader);
    const second = readOperand(reader);
    yield row(reader, start, say(first, second), 2);
  }
  if (length % 2 !== 0) reader.fail('malformed', `pairs in a list of ${length}`);
}

/** A call is `arity module name`, `arity+256 name` within the module, or the name of the variable that holds a fun. */
function* callRows(reader: Reader, length: number, names: Lookups): Generator<DumpRow> {
  for (let left = length; left > 0; ) {
    const start = reader.pos;
    const first = readOperand(reader);
    const arity = first.kind === 'unsigned' ? Number(first.value) : undefined;
    const size = Math.min(left, arity === undefined ? 1 : arity < LOCAL ? 3 : 2);
    const rest = Array.from({ length: size - 1 }, () => operandText(readOperand(reader), names));
    const callee = rest.join(':');
    yield row(reader, start, arity === undefined ? operandText(first, names) : `${callee}/${arity % LOCAL}`, 2);
    left -= size;
  }
}

/** What the arity of a call within the module is raised by. */
const LOCAL = 256;

/** Reads the opcode that each entry begins with, and returns where it stands. */
function readOpcode(reader: Reader, expected: number): number {
  const start = reader.pos;
  const opcode = reader.u8();
  if (opcode !== expected) reader.fail('malformed', `opcode ${opcode} where ${expected} belongs`, start);
  return start;
}

function readLength(reader: Reader): number {
  return readListLength(reader) ?? reader.fail('malformed', 'no list where one belongs');
}
