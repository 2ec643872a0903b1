// Operands as text: `x0`, `f12`, `ok`, a literal's term, a row of a table by its name. Unlike code/listing.ts, which stops at a number
// that is outside of its table, this shows whatever the bytes say.

import type { Operand } from '../../code/operands.js';
import { binary } from '../../term/model.js';
import { integerText, termText } from './erlang-text.js';
import type { Lookups } from './lookups.js';

/** Returns an operand as text; `role` is what opcodes.ts calls it, and says what an unsigned number counts. A dispatch table. */
export function operandText(operand: Operand, names: Lookups, role = ''): string {
  switch (operand.kind) {
    case 'unsigned':
      return unsignedText(operand.value, names, role);
    case 'atom':
      return names.atom(operand.value);
    case 'x':
    case 'y':
    case 'fr':
      return `${operand.kind}${operand.value}`;
    case 'label':
      return names.entry(operand.value) ?? `f${operand.value}`;
    case 'literal':
      return names.literal(operand.value);
    case 'typed':
      return `${operand.register.kind}${operand.register.value}::(${names.type(operand.type)})`;
    case 'allocation':
      return `{${operand.items.map(({ kind, count }) => `${kind} ${count}`).join(', ')}}`;
    case 'list':
      return `[${operand.items.map((item) => operandText(item, names)).join(', ')}]`;
    case 'character':
      return `$${operand.value}`;
    default:
      return integerText(operand.value);
  }
}

function unsignedText(value: number | bigint, names: Lookups, role: string): string {
  const index = Number(value);
  switch (role) {
    case 'import':
      return names.import(index);
    case 'lambda':
      return names.lambda(index);
    case 'location':
      return names.location(index);
    default:
      return integerText(value);
  }
}

/** Returns bytes of the string table as Erlang text, with their place in it. */
export function stringText(offset: Operand | undefined, bytes: number, names: Lookups): string {
  if (offset?.kind !== 'unsigned') return offset === undefined ? '' : operandText(offset, names);
  const at = Number(offset.value);
  return `${termText(binary(names.string(at, bytes)))} at ${at}`;
}
