// What the numbers in operands stand for: rows of the module's other chunks, looked up one at a time. A number beyond its table throws
// ParseError `range` without a place; whoever walks the instructions knows the place (see `atInstruction`).

import { decodeLines, type LineTable } from '../beam/chunks/lines.js';
import { decodeTypes, type TypeEntry, type TypeTable } from '../beam/chunks/types.js';
import type { LambdaRow } from '../beam/layout.js';
import type { BeamModule, LocalFunction, RemoteFunction } from '../beam/module.js';
import type { Reader } from '../bytes/reader.js';
import { ParseError, type ParseErrorCode, within } from '../errors.js';
import { MAX_STRING_BYTES } from '../limits.js';
import type { Term } from '../term/model.js';
import type { Code, CodeFunction, Instruction } from './instructions.js';

/** A place in a source file. */
export interface Location {
  /** As the line table has it; undefined for the module's own file, which then is `MODULE.erl` in an unknown folder. */
  readonly file: string | undefined;
  readonly line: number;
}

/** The function that implements a fun: a row of FunT with its name read. */
export interface Lambda extends Omit<LambdaRow, 'name'> {
  readonly name: string;
}

/** Looks up what operands stand for. */
export interface CodeTables {
  readonly module: BeamModule;
  /** The name of an atom, from 1. */
  atom(index: number): string;
  /** A function of another module or a BIF, from 0. */
  import(index: number): RemoteFunction;
  /** The implementation of a fun, from 0. */
  lambda(index: number): Lambda;
  /** A constant term, from 0. */
  literal(index: number): Term;
  /** Bytes of the string table. */
  string(offset: number, size: number): Uint8Array;
  /** The place of a `line` operand; undefined for 0, and for all where the module has no line table that loaders read. */
  location(index: number): Location | undefined;
  /** What is known of a typed register, from 0; undefined where the module has no type table that loaders read. */
  type(index: number): TypeEntry | undefined;
  readonly types: TypeTable | undefined;
  readonly lines: LineTable | undefined;
  /** The function whose entry a label is; undefined for a label inside a function. */
  functionAt(label: number): LocalFunction | undefined;
}

/** Opens the tables of a module; `code` is its own code. Throws ParseError where a table is damaged. */
export function openTables(module: BeamModule, code: Code): CodeTables {
  const { atoms, importRows, lambdas, literals, strings } = module;
  const lines = readIfSupported(module, 'Line', decodeLines);
  const types = readIfSupported(module, 'Type', decodeTypes);
  const atom = (index: number): string => (index >= 1 && index <= atoms.count ? atoms.name(index) : outside('atom', index));
  let stringBytes = 0;
  const functions = new Map(code.functions.map((body) => [body.entry, body] as const));
  return {
    module,
    atom,
    import: (index) => {
      const row = importRows[index] ?? outside('import', index);
      return { module: atom(row.module), name: atom(row.name), arity: row.arity };
    },
    lambda: (index) => {
      const row = lambdas[index] ?? outside('lambda', index);
      return { ...row, name: atom(row.name) };
    },
    literal: (index) => (index < literals.count ? literals.term(index) : outside('literal', index)),
    string: (offset, size) => {
      stringBytes += size;
      if (stringBytes > MAX_STRING_BYTES) fail('limit', `strings of more than ${MAX_STRING_BYTES} bytes in all`);
      return offset + size <= strings.length ? strings.subarray(offset, offset + size) : outside('string', offset);
    },
    location: (index) => {
      if (index === 0 || lines === undefined) return undefined;
      const { file, line } = lines.items[index - 1] ?? outside('line', index);
      return { file: lines.names[file - 1], line };
    },
    lines,
    types,
    type: (index) => types && (types.entries[index] ?? outside('type', index)),
    functionAt: (label) => {
      const body = functions.get(label);
      return body && { name: atom(body.name), arity: body.arity, label };
    },
  };
}

function outside(table: string, index: number): never {
  return fail('range', `${table} ${index} isn't in its table`);
}

function fail(code: ParseErrorCode, reason: string): never {
  throw new ParseError({ code, reason });
}

/** Decodes a chunk that loaders ignore where its version is unknown to them. */
function readIfSupported<T>(module: BeamModule, id: string, decode: (reader: Reader) => T): T | undefined {
  try {
    return module.decode(id, decode);
  } catch (error) {
    if (error instanceof ParseError && error.code === 'unsupported') return undefined;
    throw error;
  }
}

/** Returns the name of a function of the module's own code; `index` counts from 0. */
export function functionName(tables: CodeTables, { name }: CodeFunction, index: number): string {
  return tables.module.located('Code', () => within(`function ${index}`, () => tables.atom(name)));
}

/** Maps the instructions of one function, and gives a ParseError that `map` throws its place. */
export function mapInstructions<T>(
  module: BeamModule,
  instructions: readonly Instruction[],
  functionIndex: number,
  map: (instruction: Instruction) => T,
): readonly T[] {
  return instructions.map((instruction, index) => {
    try {
      return map(instruction);
    } catch (error) {
      throw error instanceof ParseError ? atInstruction(error, module, instruction, functionIndex, index) : error;
    }
  });
}

/** Gives an error of one of {@link CodeTables} its place: the instruction; `functionIndex` and `index` count from 0. */
export function atInstruction(
  { code, reason, offset, space, path, file }: ParseError,
  module: BeamModule,
  instruction: Instruction,
  functionIndex: number,
  index: number,
): ParseError {
  const origin = module.reader('Code').origin;
  const place = offset === undefined ? { offset: origin.base + instruction.offset, space: origin.space } : { offset, space };
  const steps = ['Code', `function ${functionIndex}`, `instruction ${index}`, ...path];
  return new ParseError({ code, reason, ...place, path: steps, file: file ?? module.file });
}
