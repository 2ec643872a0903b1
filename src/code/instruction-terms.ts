// Instructions as terms, in the shapes that the `beam_disasm` of a release has: `{move,{x,1},{y,0}}`, `{test,is_nil,{f,5},[{x,0}]}`,
// `{call,2,{lists,member,2}}`.

import { atom, type Term, tuple } from '../term/model.js';
import type { Instruction } from './instructions.js';
import { OPCODES, type OpcodeName } from './opcodes.js';
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
    const shape = release.shapes.get(name) ?? COMMON_SHAPES.get(name) ?? plain;
    const flags = FLAGS.get(name);
    if (flags !== undefined) terms[flags] = flagsTerm(release, operands[flags], terms[flags] as Term);
    return shape({ name, operands, terms, tables, term, raw, label } as unknown as Subject);
  };
}

/** Which operand of an instruction is its flags. */
const FLAGS: ReadonlyMap<OpcodeName, number> = new Map(
  OPCODES.filter(({ roles }) => roles.includes('flags')).map(({ name, roles }) => [name, roles.indexOf('flags')]),
);

function flagsTerm(release: ReleaseShapes, operand: Operand | undefined, term: Term): Term {
  if (operand?.kind !== 'unsigned') return term;
  return tuple(atom('field_flags'), release.flags(Number(operand.value)));
}
