// The functions of a module as its Code chunk has them, with the places that an edit needs; found in one pass that keeps no instruction.

import type { CodeHeader } from '../../beam/layout.js';
import type { BeamModule } from '../../beam/module.js';
import { opcodeByName } from '../../code/opcodes.js';
import { OperandCursor } from '../../code/operand-cursor.js';

/** One function. */
export interface FoundFunction {
  readonly name: string;
  readonly arity: number;
  readonly entry: number;
  /** Where the operand of its func_info lies that names it: indices in the data of the Code chunk. */
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** What the Code chunk has. */
export interface FoundCode {
  readonly header: CodeHeader;
  readonly functions: readonly FoundFunction[];
  /** All labels that are defined. */
  readonly labels: ReadonlySet<number>;
  /** More than any label, defined or declared. */
  readonly labelCount: number;
  /** Index of int_code_end in the data of the chunk. */
  readonly end: number;
}

const LABEL = opcodeByName('label').number;
const FUNC_INFO = opcodeByName('func_info').number;

/** Finds the functions; throws ParseError. */
export function findFunctions(module: BeamModule): FoundCode {
  const header = module.codeHeader;
  return module.located('Code', () => {
    const reader = module.reader('Code');
    const cursor = new OperandCursor(reader);
    const functions: FoundFunction[] = [];
    const labels = new Set<number>();
    let head: Omit<FoundFunction, 'entry'> | undefined;
    while (cursor.next()) {
      const { op } = cursor;
      if (op === FUNC_INFO) head = readHead(module, cursor);
      else if (op === LABEL) {
        cursor.read();
        labels.add(cursor.value);
        if (head !== undefined) functions.push({ ...head, entry: cursor.value });
      } else cursor.skip(cursor.arity);
      if (op !== FUNC_INFO) {
        if (head !== undefined && op !== LABEL) reader.fail('malformed', 'func_info without a label after it', cursor.pos);
        head = undefined;
      }
    }
    return { header, functions, labels, labelCount: countLabels(header, labels), end: cursor.pos - 1 };
  });
}

function readHead(module: BeamModule, cursor: OperandCursor): Omit<FoundFunction, 'entry'> {
  cursor.skip(1);
  const nameStart = cursor.pos;
  cursor.read();
  const name = module.atom(cursor.value);
  const nameEnd = cursor.pos;
  cursor.read();
  return { name, arity: cursor.value, nameStart, nameEnd };
}

function countLabels({ labelCount }: CodeHeader, labels: ReadonlySet<number>): number {
  let count = labelCount;
  for (const label of labels) count = Math.max(count, label + 1);
  return count;
}
