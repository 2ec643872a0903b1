// Where the functions of a Code chunk begin, found ahead of the rows: a call may stand before what it calls, and the name of a function
// after its first label.

import type { Reader } from '../../bytes/reader.js';
import { opcodeByName } from '../../code/opcodes.js';
import { CodeScanner } from '../../code/scanner.js';
import { asParseError, ParseError } from '../../errors.js';

/** What stands at the beginning of a function: `label`, perhaps `line`, `func_info`, `label`. */
export interface FunctionHead {
  /** Of the first label, from the first byte of the chunk's data. */
  readonly offset: number;
  /** Index of the atom. */
  readonly name: number;
  readonly arity: number;
  /** The label of calls; undefined where none follows. */
  readonly entry: number | undefined;
}

const LABEL = opcodeByName('label').number;
const LINE = opcodeByName('line').number;
const FUNC_INFO = opcodeByName('func_info').number;

/** Finds the functions of a Code chunk, up to where it is broken. */
export function findFunctionHeads(reader: Reader): readonly FunctionHead[] {
  const heads: FunctionHead[] = [];
  try {
    scanHeads(new CodeScanner(reader), heads);
  } catch (error) {
    if (!(asParseError(error) instanceof ParseError)) throw error;
  }
  return heads;
}

function scanHeads(scanner: CodeScanner, heads: FunctionHead[]): void {
  let first: number | undefined;
  for (let before = 0; scanner.next(); before = scanner.op) {
    const { op, offset, values } = scanner;
    const head = heads.at(-1);
    if (op === LABEL && before === FUNC_INFO && head !== undefined) heads[heads.length - 1] = { ...head, entry: values[0] };
    if (op === LABEL) first = offset;
    else if (op === FUNC_INFO)
      heads.push({ offset: first ?? offset, name: values[1] as number, arity: values[2] as number, entry: undefined });
    if (op !== LABEL && !(op === LINE && before === LABEL)) first = undefined;
  }
}
