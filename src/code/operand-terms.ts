// Operands as the terms that `.S` files and `beam_disasm` have: `{x,0}`, `{atom,ok}`, `{literal,"abc"}`, `{f,7}`, a bare number where the
// instruction says what it counts. Found by giving every kind of operand to the beam_disasm of OTP 25, 27 and 29.

import { atom, float, list, type Term, tuple } from '../term/model.js';
import type { Operand } from './operands.js';
import type { CodeTables } from './tables.js';
import { typeTerm } from './type-terms.js';

/** Makes the terms of one module's operands; throws ParseError for a number that is beyond its table. */
export interface OperandTerms {
  term(operand: Operand): Term;
  /** The form in which OTP 25 leaves some operands: `{u,2}` and `{i,-1}` for numbers, anything else as `term` has it. */
  raw(operand: Operand): Term;
  /** `{f,7}`; a label that isn't an operand, such as the one of a lambda. */
  label(label: number): Term;
}

const TAGS = {
  unsigned: atom('u'),
  integer: atom('integer'),
  atom: atom('atom'),
  x: atom('x'),
  y: atom('y'),
  label: atom('f'),
  character: atom('h'),
  fr: atom('fr'),
  literal: atom('literal'),
  float: atom('float'),
  list: atom('list'),
  allocation: atom('alloc'),
  typed: atom('tr'),
} as const satisfies Record<Operand['kind'], Term>;

const RAW_INTEGER = atom('i');
const NIL_OPERAND = atom('nil');

/** Makes terms as the `beam_disasm` of that release has them. */
export function operandTerms(tables: CodeTables, otp: number): OperandTerms {
  const atomTerm = remember((index) => (index === 0 ? NIL_OPERAND : tuple(TAGS.atom, atom(tables.atom(index)))));
  const x = remember((value) => tuple(TAGS.x, value));
  const y = remember((value) => tuple(TAGS.y, value));
  const label = remember((value) => tuple(TAGS.label, value));
  const literal = remember((index) => literalTerm(tables.literal(index)));
  const type = remember((index) => typeTerm(tables.types, tables.type(index), otp));
  const term = (operand: Operand): Term => {
    switch (operand.kind) {
      case 'unsigned':
        return operand.value;
      case 'atom':
        return atomTerm(operand.value);
      case 'x':
        return x(operand.value);
      case 'y':
        return y(operand.value);
      case 'label':
        return label(operand.value);
      case 'literal':
        return literal(operand.value);
      case 'float':
        return tuple(TAGS.float, float(operand.value));
      case 'list':
        return tuple(TAGS.list, list(operand.items.map(term)));
      case 'allocation':
        return tuple(TAGS.allocation, list(operand.items.map(({ kind, count }) => tuple(atom(kind), count))));
      case 'typed':
        return tuple(TAGS.typed, term(operand.register), type(operand.type));
      default:
        return tuple(TAGS[operand.kind], operand.value);
    }
  };
  const raw = (operand: Operand): Term => {
    if (operand.kind === 'unsigned') return tuple(TAGS.unsigned, operand.value);
    if (operand.kind === 'integer') return tuple(RAW_INTEGER, operand.value);
    return operand.kind === 'allocation' ? tuple(TAGS.unsigned, term(operand)) : term(operand);
  };
  return { term, raw, label };
}

function literalTerm(value: Term): Term {
  const isFloat = typeof value === 'object' && value.kind === 'float';
  return tuple(isFloat ? TAGS.float : TAGS.literal, value);
}

/** Makes each term once: a module has few distinct operands. */
function remember(make: (value: number) => Term): (value: number) => Term {
  const known = new Map<number, Term>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const made = make(value);
    known.set(value, made);
    return made;
  };
}
