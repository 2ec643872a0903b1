// `Recs` (OTP 29): the native records that the module defines. It lies here and not in beam/chunks because its entries are written as
// instructions, with operands.
//   u32 version (0), u32 records, u32 fields of all records, then for each record the opcode 5 (call_last) and three operands:
//   a:Name  a:true|false (exported)  list[a:field, default, ...]        default: u:0 for none, else i, a or literal
// Defined by lib/compiler/src/beam_asm.erl and erts/emulator/beam/beam_file.c.

import type { AtomIndex } from '../beam/chunks/atoms.js';
import type { BeamModule } from '../beam/module.js';
import type { Reader } from '../bytes/reader.js';
import { Writer } from '../bytes/writer.js';
import { within } from '../errors.js';
import { NIL, type Term } from '../term/model.js';
import { readOperand, writeOperand } from './operand-codec.js';
import type { Operand } from './operands.js';

const FAKE_OPCODE = 5;

/** A field as the file has it: the operand of its default, or undefined for none. */
export interface NativeFieldRow {
  readonly name: AtomIndex;
  readonly default: Operand | undefined;
}

/** One record as the file has it, by atom indices. */
export interface NativeRecordRow {
  readonly name: AtomIndex;
  /** The atom `true` or `false`. */
  readonly exported: AtomIndex;
  /** In the order of the declaration. */
  readonly fields: readonly NativeFieldRow[];
}

/** A native record with its names and defaults resolved. */
export interface NativeRecordDefinition {
  readonly name: string;
  readonly exported: boolean;
  readonly fields: readonly { readonly name: string; readonly default: Term | undefined }[];
}

/** Decodes the chunk; a version but 0, which the loader refuses, throws ParseError `unsupported`. */
export function decodeNativeRecords(reader: Reader): readonly NativeRecordRow[] {
  const version = reader.u32();
  if (version !== 0) reader.fail('unsupported', `Recs chunk of version ${version}`, 0);
  const count = reader.u32();
  const fields = reader.u32();
  reader.checkCount(count, 4, 'native records');
  const rows = Array.from({ length: count }, (_, at) => within(`record ${at}`, () => readRow(reader)));
  const found = rows.reduce((sum, row) => sum + row.fields.length, 0);
  if (found !== fields) reader.fail('malformed', `${found} fields where the header says ${fields}`);
  reader.expectEnd();
  return rows;
}

function readRow(reader: Reader): NativeRecordRow {
  const start = reader.pos;
  if (reader.u8() !== FAKE_OPCODE) reader.fail('malformed', 'a native record that does not begin with opcode 5', start);
  const name = readAtom(reader);
  const exported = readAtom(reader);
  const list = readOperand(reader);
  if (list.kind !== 'list' || list.items.length % 2 !== 0)
    return reader.fail('malformed', 'fields that are no list of pairs', start);
  const fields = Array.from({ length: list.items.length / 2 }, (_, at) => {
    const field = list.items[at * 2] as Operand;
    const value = list.items[at * 2 + 1] as Operand;
    if (field.kind !== 'atom') return reader.fail('malformed', `the name of field ${at + 1} is no atom`, start);
    return { name: field.value, default: value.kind === 'unsigned' && value.value === 0 ? undefined : value };
  });
  return { name, exported, fields };
}

function readAtom(reader: Reader): AtomIndex {
  const start = reader.pos;
  const operand = readOperand(reader);
  return operand.kind === 'atom' ? operand.value : reader.fail('malformed', `${operand.kind} where an atom belongs`, start);
}

/** Encodes the chunk: the mirror of {@link decodeNativeRecords}. */
export function encodeNativeRecords(rows: readonly NativeRecordRow[]): Uint8Array {
  const fields = rows.reduce((sum, row) => sum + row.fields.length, 0);
  const writer = new Writer(64).u32(0).u32(rows.length).u32(fields);
  for (const row of rows) {
    writer.u8(FAKE_OPCODE);
    writeOperand(writer, { kind: 'atom', value: row.name });
    writeOperand(writer, { kind: 'atom', value: row.exported });
    const items = row.fields.flatMap((field): Operand[] => [
      { kind: 'atom', value: field.name },
      field.default ?? { kind: 'unsigned', value: 0 },
    ]);
    writeOperand(writer, { kind: 'list', items });
  }
  return writer.finish();
}

/** Reads the native records of a module, resolved; none where it has no such chunk. Throws ParseError. */
export function readNativeRecords(module: BeamModule): readonly NativeRecordDefinition[] {
  const rows = module.decode('Recs', decodeNativeRecords) ?? [];
  return module.located('Recs', () =>
    rows.map((row) => ({
      name: module.atoms.name(row.name),
      exported: module.atoms.name(row.exported) === 'true',
      fields: row.fields.map((field) => ({
        name: module.atoms.name(field.name),
        default: field.default === undefined ? undefined : defaultTerm(module, field.default),
      })),
    })),
  );
}

function defaultTerm(module: BeamModule, operand: Operand): Term {
  if (operand.kind === 'integer') return operand.value;
  if (operand.kind === 'literal') return module.literals.term(operand.value);
  if (operand.kind === 'atom') return operand.value === 0 ? NIL : module.atoms.atom(operand.value);
  return module.reader('Recs').fail('malformed', `${operand.kind} as the default of a field`);
}
