// Instructions as terms, in the shapes that the `beam_disasm` of a release has: `{move,{x,1},{y,0}}`, `{test,is_nil,{f,5},[{x,0}]}`,
// `{call,2,{lists,member,2}}`.

import { atom, type Term, tuple } from '../term/model.js';
import type { Instruction } from './instructions.js';
import { OPCODES, type Opcode, type OpcodeName } from './opcodes.js';
import { operandTerms } from './operand-terms.js';
import type { Operand } from './operands.js';
import { COMMON_SHAPES, plain, type Subject } from './shapes.js';
import { type ReleaseShapes, shapesOfRelease } from './shapes-by-release.js';
import type { CodeTables } from './tables.js';

/** Returns what makes the term of one of the module's instructions; that throws ParseError for a number that is beyond its table. */
export function instructionTerms(tables: CodeTables, otp: number): (instruction: Instruction) => Term {
  const { term, raw, label } = operandTerms(tables, otp);
  const release = shapesOfRelease(otp);
  return ({ name, operands }) => {
    const terms = operands.map(term);
    const flags = FLAGS.get(name);
    if (flags !== undefined) terms[flags] = flagsTerm(operands[flags] as Operand, terms[flags] as Term, release);
    const source = SOURCES.get(name);
    if (source !== undefined && operands[source]?.kind === 'integer') terms[source] = raw(operands[source]);
    const shape = release.shapes.get(name) ?? COMMON_SHAPES.get(name) ?? plain;
    return shape({ name, operands, terms, tables, term, raw, label } as unknown as Subject);
  };
}

/** Returns which operand of each opcode has a role. */
function operandsWithRole(role: string, opcodes: readonly Opcode[]): ReadonlyMap<OpcodeName, number> {
  return new Map(opcodes.filter(({ roles }) => roles.includes(role)).map(({ name, roles }) => [name, roles.indexOf(role)]));
}

/** Which operand is the flags of a bitstring field. */
const FLAGS = operandsWithRole('flags', OPCODES);

function flagsTerm(operand: Operand, term: Term, release: ReleaseShapes): Term {
  return operand.kind === 'unsigned' ? tuple(atom('field_flags'), release.flags(Number(operand.value))) : term;
}

/** Instructions that need a register to read from; an integer there stays as it was read. */
const READS_REGISTER: ReadonlySet<OpcodeName> = new Set([
  'bs_set_position',
  'bs_start_match2',
  'bs_start_match3',
  'bs_start_match4',
  'get_hd',
  'get_list',
  'get_map_elements',
  'get_record_elements',
  'get_tl',
  'has_map_fields',
  'put_map_assoc',
  'put_map_exact',
  'select_tuple_arity',
  'select_val',
]);

/** Which operand is the source of these. */
const SOURCES = operandsWithRole(
  'src',
  OPCODES.filter(({ name }) => READS_REGISTER.has(name)),
);
