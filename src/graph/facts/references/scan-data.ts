// Goes over the Code chunk once more for what its data refers to: registers are followed all the way, which only this takes. What is gathered
// belongs to functions of the code, in their order.

import type { BeamModule } from '../../../beam/module.js';
import { OPCODES, opcodeByName } from '../../../code/opcodes.js';
import { CodeScanner } from '../../../code/scanner.js';
import { properList } from '../../../term/model.js';
import { readLines } from '../code/read-lines.js';
import { followInstruction, newRegisters, write } from '../code/registers.js';
import { readData } from './code-references.js';
import type { CodeReference, DataScan } from './data-scan.js';

const FUNC_INFO = opcodeByName('func_info').number;

/** Where the number of a `line` item stands; -1 where there is none. */
const LOCATIONS = Int8Array.from({ length: 256 }, (_, number) => OPCODES[number - 1]?.roles.indexOf('location') ?? -1);

/** Returns what each function of the code refers to, in their order; throws ParseError. */
export function scanData(module: BeamModule): readonly (readonly CodeReference[])[] {
  return module.located('Code', () => scan(module, readLines(module)));
}

function scan(module: BeamModule, lines: Int32Array): readonly (readonly CodeReference[])[] {
  const functions: CodeReference[][] = [];
  const state = newScan(module);
  const { code, registers } = state;
  while (code.next()) {
    const location = LOCATIONS[code.op] as number;
    if (location >= 0) state.line = lines[(code.values[location] as number) - 1] ?? 0;
    if (code.op === FUNC_INFO) functions.push([]);
    const current = functions[functions.length - 1];
    if (current === undefined) continue;
    const made = readData(state, current);
    followInstruction(registers, code);
    if (made !== undefined) write(registers, code, made.at, made.value);
  }
  return functions;
}

function newScan(module: BeamModule): DataScan {
  const { atoms, literals, imports } = module;
  const literal = (index: number) => literals.term(index);
  const registers = newRegisters();
  registers.lengthOf = (index) => properList(literal(index))?.length ?? -1;
  return {
    code: new CodeScanner(module.reader('Code')),
    registers,
    atom: (index) => atoms.name(index),
    imported: (index) => imports[index],
    literal,
    known: [],
    starts: [],
    count: 0,
    line: 0,
  };
}
