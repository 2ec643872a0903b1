// The code of a module in the form of the compiler's own `.S` files, with everything resolved: imports, literals, lambdas and the places of
// lines. The instructions are those of the newest release's `beam_disasm`, whatever compiled the module.
//
//   {function, size, 1, 8}.
//     {label,7}.
//       {line,[{location,"shop_cart.erl",21}]}.
//       {func_info,{atom,shop_cart},{atom,size},1}.

import type { BeamModule, LocalFunction } from '../beam/module.js';
import { NEWEST_OTP } from '../beam/release.js';
import { ParseError } from '../errors.js';
import { MAX_LISTING_CHARACTERS } from '../limits.js';
import { formatTerm } from '../term/format.js';
import { atom, list, stringTerm, type Term, tuple } from '../term/model.js';
import { disassembleModule } from './disassemble.js';
import { instructionTerms } from './instruction-terms.js';
import type { Instruction } from './instructions.js';
import type { OpcodeName } from './opcodes.js';
import type { Operand } from './operands.js';
import { type CodeTables, functionName, mapInstructions, openTables } from './tables.js';

/** One instruction as text. */
export interface ListedInstruction {
  /** Of its opcode, from the first byte of the Code chunk's data. */
  readonly offset: number;
  readonly name: OpcodeName;
  /** An Erlang term without a full stop, such as `{move,{x,1},{x,0}}`. */
  readonly text: string;
}

/** One function. */
export interface ListedFunction extends Omit<LocalFunction, 'label'> {
  /** The label of its entry. */
  readonly entry: number;
  readonly exported: boolean;
  readonly instructions: readonly ListedInstruction[];
}

/** The code of a module. */
export interface Listing {
  readonly module: string;
  /** Highest label plus one, as the header says. */
  readonly labels: number;
  readonly functions: readonly ListedFunction[];
}

/** Lists the code of a module; throws ParseError where it can't be disassembled, or a number in it is beyond its table. */
export function listCode(module: BeamModule): Listing {
  const code = disassembleModule(module);
  const tables = openTables(module, code);
  const toTerm = instructionTerms(tables, NEWEST_OTP);
  const exported = new Set(module.exports.map(({ label }) => label));
  let characters = 0;
  const show = (instruction: Instruction): ListedInstruction => {
    const { name, offset, operands } = instruction;
    const text = formatTerm(name === 'line' ? lineTerm(tables, operands[0]) : toTerm(instruction));
    characters += text.length;
    if (characters > MAX_LISTING_CHARACTERS) {
      throw new ParseError({ code: 'limit', reason: `a listing of more than ${MAX_LISTING_CHARACTERS} characters` });
    }
    return { offset, name, text };
  };
  const functions = code.functions.map((body, index) => ({
    name: functionName(tables, body, index),
    arity: body.arity,
    entry: body.entry,
    exported: exported.has(body.entry),
    instructions: mapInstructions(module, body.instructions, index, show),
  }));
  return { module: module.name, labels: code.header.labelCount, functions };
}

/** `{line,[{location,"m.erl",7}]}`; unlike in `beam_disasm`, the module's own file always has a name. */
function lineTerm(tables: CodeTables, operand: Operand | undefined): Term {
  const place = operand?.kind === 'unsigned' ? tables.location(Number(operand.value)) : undefined;
  if (place === undefined) return tuple(atom('line'), list([]));
  const file = place.file ?? `${tables.module.name}.erl`;
  return tuple(atom('line'), list([tuple(atom('location'), stringTerm(file), place.line)]));
}

/** Formats a listing as the text of a `.S` file. */
export function formatListing({ module, labels, functions }: Listing): string {
  const exports = functions.filter(({ exported }) => exported).map(({ name, arity }) => `{${formatName(name)},${arity}}`);
  const head = `{module, ${formatName(module)}}.\n\n{exports, [${exports.join(',')}]}.\n\n{labels, ${labels}}.\n`;
  return head + functions.map(formatFunction).join('');
}

function formatFunction({ name, arity, entry, instructions }: ListedFunction): string {
  const quoted = formatName(name);
  const lines = instructions.map((instruction) => `${instruction.name === 'label' ? '  ' : '    '}${instruction.text}.\n`);
  return `\n\n%% ${quoted}/${arity}\n{function, ${quoted}, ${arity}, ${entry}}.\n${lines.join('')}`;
}

function formatName(name: string): string {
  return formatTerm(atom(name));
}
