// The flat layouts of the BEAM file, described with binary-parser: a row of fixed-width big-endian fields each. The only importer of
// that library, which reads past the end of its input without a word: callers check the declared sizes against what is left first.
//
//   form    "FOR1" u32 size "BEAM"          Code   u32 subSize, set, opcodeMax, labels, functions
//   table   u32 count, count x row          Line   u32 version, flags, instructions, items, names
//
// Chunk headers (container.ts) are read by hand: there are a dozen in each file, and one parse costs most of a microsecond.
//
// Defined by lib/compiler/src/beam_asm.erl and erts/emulator/beam/beam_file.c.

import { Parser } from 'binary-parser';
import type { Reader } from '../bytes/reader.js';

/** One row of ImpT: atom indices and arity. */
export interface ImportRow {
  readonly module: number;
  readonly name: number;
  readonly arity: number;
}

/** One row of ExpT and LocT. */
export interface EntryRow {
  readonly name: number;
  readonly arity: number;
  readonly label: number;
}

/** One row of FunT. */
export interface LambdaRow extends EntryRow {
  readonly index: number;
  readonly free: number;
  readonly uniq: number;
}

/** The header of a form: `FOR1`, size, `BEAM`; ids as u32. */
export interface FormHeader {
  readonly magic: number;
  readonly size: number;
  readonly type: number;
}

/** The header of the Code chunk, in units of instructions, labels and functions. */
export interface CodeHeader {
  /** Bytes of header after this field: 16 or more. */
  readonly subSize: number;
  readonly instructionSet: number;
  readonly opcodeMax: number;
  /** Highest label plus one. */
  readonly labelCount: number;
  readonly functionCount: number;
}

/** The header of the Line chunk. */
export interface LineHeader {
  readonly version: number;
  readonly flags: number;
  readonly instructionCount: number;
  readonly itemCount: number;
  readonly nameCount: number;
}

const start = () => new Parser().endianness('big');
const words = (...names: readonly string[]) => names.reduce((parser, name) => parser.uint32(name), start());
const table = (row: Parser) => start().uint32('count').array('rows', { type: row, length: 'count' });

/** A layout: its parser, and the bytes that a whole one takes. */
export interface Layout<T> {
  readonly parser: Parser;
  readonly size: number;
  readonly shape?: T;
}

export const FORM_HEADER: Layout<FormHeader> = { parser: words('magic', 'size', 'type'), size: 12 };
export const CODE_HEADER: Layout<CodeHeader> = {
  parser: words('subSize', 'instructionSet', 'opcodeMax', 'labelCount', 'functionCount'),
  size: 20,
};
export const LINE_HEADER: Layout<LineHeader> = {
  parser: words('version', 'flags', 'instructionCount', 'itemCount', 'nameCount'),
  size: 20,
};

/** A counted table: the parser of count and rows, and the bytes of one row. */
export const IMPORT_ROWS: Layout<ImportRow> = { parser: table(words('module', 'name', 'arity')), size: 12 };
export const ENTRY_ROWS: Layout<EntryRow> = { parser: table(words('name', 'arity', 'label')), size: 12 };
export const LAMBDA_ROWS: Layout<LambdaRow> = {
  parser: table(words('name', 'arity', 'label', 'index', 'free', 'uniq')),
  size: 24,
};

/** Reads one header and moves the reader past it. */
export function readLayout<T>(reader: Reader, layout: Layout<T>): T {
  return layout.parser.parse(reader.bytes(layout.size)) as T;
}

/** Reads a counted table to the end of the reader; throws ParseError unless the rows fill it exactly. */
export function readTable<T>(reader: Reader, layout: Layout<T>, rows: string): readonly T[] {
  const data = reader.data.subarray(reader.pos, reader.end);
  const count = reader.u32();
  reader.checkCount(count, layout.size, rows);
  reader.skip(count * layout.size);
  reader.expectEnd();
  return (layout.parser.parse(data) as { readonly rows: readonly T[] }).rows;
}
