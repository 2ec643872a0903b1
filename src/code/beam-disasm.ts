// The terms that `beam_disasm:file/1` returns for a module, `beamtool disasm --format erl`:
//
//   {beam_file, Module, [{Name, Arity, Label}], [{Attribute, Values}], CompileInfo, [{function, Name, Arity, Entry, [Instruction]}]}
//
// The shapes are those of the release that compiled the module, unless another is asked for.

import type { BeamModule } from '../beam/module.js';
import { atom, list, NIL, type Term, tuple } from '../term/model.js';
import { compareTerms } from '../term/order.js';
import { disassembleModule } from './disassemble.js';
import { instructionTerms } from './instruction-terms.js';
import type { CodeFunction, Instruction } from './instructions.js';
import { shapesOfRelease } from './shapes-by-release.js';
import { functionName, mapInstructions, openTables } from './tables.js';

/** Options of {@link beamDisasm}. */
export interface BeamDisasmOptions {
  /** The OTP release whose shapes to use; the one that compiled the module by default. */
  readonly otp?: number | undefined;
}

/** Returns the whole term for a module. Throws ParseError where the module can't be disassembled. */
export function beamDisasm(module: BeamModule, options: BeamDisasmOptions = {}): Term {
  const otp = options.otp ?? module.compiledBy.release;
  return tuple(
    atom('beam_file'),
    atom(module.name),
    exportTerms(module),
    list(module.attributes.map(({ name, values }) => tuple(atom(name), list(values)))),
    module.term('CInf') ?? NIL,
    list(functionTerms(module, otp)),
  );
}

function exportTerms(module: BeamModule): Term {
  const exports = module.exports.map(({ name, arity, label }) => tuple(atom(name), arity, label));
  return list(exports.sort(compareTerms));
}

/** Returns `{function, Name, Arity, Entry, Instructions}` for each function. */
function functionTerms(module: BeamModule, otp: number): readonly Term[] {
  const code = disassembleModule(module);
  const tables = openTables(module, code);
  const toTerm = instructionTerms(tables, otp);
  const { swapsLineAndLabel } = shapesOfRelease(otp);
  return code.functions.map((body, index) => {
    const instructions = swapsLineAndLabel && index > 0 ? swapHead(body) : body.instructions;
    const terms = mapInstructions(module, instructions, index, toTerm);
    return tuple(atom('function'), atom(functionName(tables, body, index)), body.arity, body.entry, list(terms));
  });
}

/** Lets `label` and `line` before func_info change places. */
function swapHead({ instructions }: CodeFunction): readonly Instruction[] {
  const [first, second, ...rest] = instructions;
  return first?.name === 'label' && second?.name === 'line' ? [second, first, ...rest] : instructions;
}
