// The functions of the code as those of the source: what the compiler added is left out, and what it made of funs is part of the functions
// that they stand in.

import type { AtomTable } from '../../../beam/chunks/atoms.js';
import { isMadeName } from '../../../code/made-functions.js';
import type { ModuleColumns } from '../../module-columns.js';
import { numberAtom } from '../../names.js';
import { append, fillColumn, type IntColumn, newColumn } from '../../sets/int-column.js';
import type { ScannedCode } from './code-scan.js';

/** The functions of the code, by index; lent as the columns are. */
export interface SourceFunctions {
  readonly code: ScannedCode;
  /** Names as numbers of the columns; -1 where the compiler made the function. */
  readonly names: IntColumn;
  /** Indices of the function of the source; -1 where it is none. */
  readonly indices: IntColumn;
  /** The names of those that the compiler made, by index. */
  readonly made: ReadonlyMap<number, string>;
}

// Made once, for one module after the other.
const names = newColumn();
const indices = newColumn();

/** Adds the functions of the source to the columns of the module, of which the exports are there; throws ParseError. */
export function addSourceFunctions(columns: ModuleColumns, code: ScannedCode, atoms: AtomTable): SourceFunctions {
  const { length } = code.names;
  fillColumn(names, length, -1);
  fillColumn(indices, length, -1);
  const made = new Map<number, string>();
  const isExported = exportTest(columns);
  for (let at = 0; at < length; at++) {
    const atom = code.names.values[at] as number;
    const arity = code.arities.values[at] as number;
    const madeName = madeNameOf(atoms, atom);
    if (madeName !== undefined && !isExported(madeName, arity)) made.set(at, madeName);
    else {
      const name = numberAtom(columns.names, atoms, atom);
      names.values[at] = name;
      indices.values[at] = addFunction(columns, name, arity, code.lines.values[at] as number);
    }
  }
  return { code, names, indices, made };
}

const DASH = 45;

/** Returns the name where it is one that the compiler gives; the first character says so of most without making a string. */
function madeNameOf(atoms: AtomTable, atom: number): string | undefined {
  const start = atoms.start(atom);
  if (start === undefined || atoms.end(atom) === start || atoms.bytes[start] !== DASH) return undefined;
  const name = atoms.name(atom);
  return isMadeName(name) ? name : undefined;
}

/** Adds a function and returns its index; -1 where it isn't one of the source. */
function addFunction(columns: ModuleColumns, name: number, arity: number, line: number): number {
  if (isPredefined(columns.names.texts[name] as string, arity, line)) return -1;
  append(columns.functionArities, arity);
  append(columns.functionLines, line);
  return append(columns.functionNames, name);
}

/** Returns a test of names that the compiler gives; hardly any module exports such a one. */
function exportTest(columns: ModuleColumns): (name: string, arity: number) => boolean {
  let keys: Set<string> | undefined;
  return (name, arity) => {
    keys ??= madeExports(columns);
    return keys.size > 0 && keys.has(`${name}/${arity}`);
  };
}

function madeExports({ names, exportNames, exportArities }: ModuleColumns): Set<string> {
  const keys = new Set<string>();
  for (let at = 0; at < exportNames.length; at++) {
    const name = names.texts[exportNames.values[at] as number] as string;
    if (isMadeName(name)) keys.add(`${name}/${exportArities.values[at]}`);
  }
  return keys;
}

/** Those that the compiler adds; it gives them no line. */
function isPredefined(name: string, arity: number, line: number): boolean {
  return (name === 'module_info' && (arity === 0 || arity === 1)) || (name === 'behaviour_info' && arity === 1 && line === 0);
}
