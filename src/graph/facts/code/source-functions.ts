// The functions of the code as those of the source: what the compiler added is left out, and what it made of funs is part of the functions
// that they stand in.

import { isMadeName } from '../../../code/made-functions.js';
import { type ModuleColumns, nameAt } from '../../module-columns.js';
import { append } from '../../sets/int-column.js';
import type { ScannedCode } from './code-scan.js';
import { partsOf } from './owners.js';

/** The functions of the code, by index. */
export interface SourceFunctions {
  readonly code: ScannedCode;
  /** 1 where the compiler made it. */
  readonly made: Uint8Array;
  /** Index of the function of the source; -1 where it is none. */
  readonly indices: Int32Array;
}

/** Adds the functions of the source to the columns of the module, of which the exports are there, and tells which they are. */
export function addSourceFunctions(columns: ModuleColumns, code: ScannedCode): SourceFunctions {
  const { names, arities, lines } = code;
  const made = new Uint8Array(names.length);
  const indices = new Int32Array(names.length).fill(-1);
  const isExported = exportTest(columns);
  for (let at = 0; at < names.length; at++) {
    const number = names.values[at] as number;
    const [name, arity, line] = [columns.atoms.name(number), arities.values[at] as number, lines.values[at] as number];
    if (isMadeName(name) && !isExported(name, arity)) made[at] = 1;
    else if (!isPredefined(name, arity, line)) {
      indices[at] = append(columns.functionNames, number);
      append(columns.functionArities, arity);
      append(columns.functionLines, line);
    }
  }
  return { code, made, indices };
}

/** Calls `visit` with each function of the source, and with each function of the code that is part of it, itself the first. */
export function eachPart({ code, made, indices }: SourceFunctions, columns: ModuleColumns, visit: PartVisitor): void {
  const parts = partsOf({ code, made, nameOf: (at) => columns.atoms.name(code.names.values[at] as number) });
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] as number;
    if (index < 0) continue;
    visit(index, at);
    for (const part of parts.get(at) ?? NO_PARTS) visit(index, part);
  }
}

/** Takes the index of a function of the source, and that of a function of the code. */
export type PartVisitor = (index: number, part: number) => void;

const NO_PARTS: readonly number[] = [];

/** Returns a test of names that the compiler gives; hardly any module exports such a one. */
function exportTest(columns: ModuleColumns): (name: string, arity: number) => boolean {
  let keys: Set<string> | undefined;
  return (name, arity) => {
    keys ??= madeExports(columns);
    return keys.size > 0 && keys.has(`${name}/${arity}`);
  };
}

function madeExports(columns: ModuleColumns): Set<string> {
  const { exportNames, exportArities } = columns;
  const keys = new Set<string>();
  for (let at = 0; at < exportNames.length; at++) {
    const name = nameAt(columns, exportNames.values[at] as number);
    if (isMadeName(name)) keys.add(`${name}/${exportArities.values[at]}`);
  }
  return keys;
}

/** Those that the compiler adds; it gives them no line. */
function isPredefined(name: string, arity: number, line: number): boolean {
  return (name === 'module_info' && (arity === 0 || arity === 1)) || (name === 'behaviour_info' && arity === 1 && line === 0);
}
