// A module's code as it is followed: instructions in one row, with what labels, imports and literals stand for. Decoded once for a module.

import type { BeamModule } from '../../beam/module.js';
import { disassembleModule } from '../../code/disassemble.js';
import type { CodeFunction, Instruction } from '../../code/instructions.js';
import type { Operand } from '../../code/operands.js';
import { type CodeTables, openTables } from '../../code/tables.js';

/** A function of the module's own. */
export interface ProgramFunction {
  /** `name/arity`. */
  readonly name: string;
  readonly entry: number;
  readonly arity: number;
  readonly isExported: boolean;
  /** Where its instructions begin and end in {@link Program.instructions}. */
  readonly start: number;
  readonly end: number;
}

/** A module's code. */
export interface Program {
  readonly module: string;
  readonly tables: CodeTables;
  readonly instructions: readonly Instruction[];
  readonly functions: readonly ProgramFunction[];
  /** Where a label stands in {@link Program.instructions}. */
  readonly labels: ReadonlyMap<number, number>;
  readonly byEntry: ReadonlyMap<number, ProgramFunction>;
  readonly byName: ReadonlyMap<string, ProgramFunction>;
}

const programs = new WeakMap<BeamModule, Program>();

/** Opens a module's code; throws ParseError where it is damaged. */
export function openProgram(module: BeamModule): Program {
  const known = programs.get(module);
  if (known !== undefined) return known;
  const made = buildProgram(module);
  programs.set(module, made);
  return made;
}

function buildProgram(module: BeamModule): Program {
  const code = disassembleModule(module);
  const tables = openTables(module, code);
  const exported = new Set(module.exports.map(({ label }) => label));
  const instructions = code.functions.flatMap((one) => one.instructions);
  let start = 0;
  const functions = code.functions.map((one: CodeFunction): ProgramFunction => {
    const end = start + one.instructions.length;
    const name = `${tables.atom(one.name)}/${one.arity}`;
    const made = { name, entry: one.entry, arity: one.arity, isExported: exported.has(one.entry), start, end };
    start = end;
    return made;
  });
  const labels = new Map(
    instructions.flatMap((one, at) => (one.name === 'label' ? [[numberOf(one.operands[0]), at] as const] : [])),
  );
  return {
    module: module.name,
    tables,
    instructions,
    functions,
    labels,
    byEntry: new Map(functions.map((one) => [one.entry, one])),
    byName: new Map(functions.map((one) => [one.name, one])),
  };
}

/** Returns the number of an operand that is one, such as a label, a register or an index; -1 for any other. */
export function numberOf(operand: Operand | undefined): number {
  if (operand === undefined || operand.kind === 'list' || operand.kind === 'allocation') return -1;
  if (operand.kind === 'typed') return operand.register.value;
  return typeof operand.value === 'number' ? operand.value : -1;
}

/** Returns the functions that one calls or makes a fun of, the compiler's own among them. */
export function namedFunctions(program: Program, { start, end }: ProgramFunction): readonly ProgramFunction[] {
  const found = new Set<ProgramFunction>();
  for (const { name, operands } of program.instructions.slice(start, end)) {
    const label = targetOf(program, name, operands);
    const target = label === undefined ? undefined : program.byEntry.get(label);
    if (target !== undefined) found.add(target);
  }
  return [...found];
}

function targetOf({ tables }: Program, name: string, operands: readonly Operand[]): number | undefined {
  if (name === 'call' || name === 'call_only' || name === 'call_last') return numberOf(operands[1]);
  if (name === 'make_fun2' || name === 'make_fun3') return tables.lambda(numberOf(operands[0])).label;
  return undefined;
}

/** Returns the functions that can be reached from some, these included. */
export function reachedFrom(program: Program, roots: readonly ProgramFunction[]): ReadonlySet<ProgramFunction> {
  const reached = new Set(roots);
  for (const one of reached) for (const next of namedFunctions(program, one)) reached.add(next);
  return reached;
}
