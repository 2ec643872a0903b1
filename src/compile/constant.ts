// Constant expressions: those whose value is known without running anything, which become operands or rows of LitT.

import type { Expression } from '../forms/expression-model.js';
import { foldPrefix } from '../term/fold-operator.js';
import { atom, float, integer, list, NIL, stringTerm, type Term, tuple } from '../term/model.js';
import type { Unit } from './builder.js';

/** Returns the term that an expression of atoms, numbers, strings, tuples and lists always gives, or undefined. */
export function constantOf(unit: Unit, node: Expression): Term | undefined {
  const known = unit.constants.get(node);
  if (known !== undefined) return known.term;
  const term = compute(unit, node);
  unit.constants.set(node, { term });
  return term;
}

function compute(unit: Unit, node: Expression): Term | undefined {
  switch (node.kind) {
    case 'atom':
      return atom(node.name);
    case 'integer':
      return integer(node.value);
    case 'char':
      return node.value;
    case 'float':
      return float(node.value);
    case 'string':
      return stringTerm(node.text);
    case 'nil':
      return NIL;
    case 'tuple':
      return combine(unit, node.elements, (items) => tuple(...items));
    case 'cons':
      return constantList(unit, node);
    case 'prefix_op':
      return combine(unit, [node.operand], ([operand]) => foldPrefix(node.operator, operand as Term));
    default:
      return undefined;
  }
}

function combine(
  unit: Unit,
  nodes: readonly Expression[],
  build: (terms: readonly Term[]) => Term | undefined,
): Term | undefined {
  const terms: Term[] = [];
  for (const node of nodes) {
    const term = constantOf(unit, node);
    if (term === undefined) return undefined;
    terms.push(term);
  }
  return build(terms);
}

/** A long list nests as deep as it is long. */
function constantList(unit: Unit, node: Expression): Term | undefined {
  const heads: Term[] = [];
  let rest = node;
  for (; rest.kind === 'cons'; rest = rest.tail) {
    const head = constantOf(unit, rest.head);
    if (head === undefined) return undefined;
    heads.push(head);
  }
  const tail = constantOf(unit, rest);
  return tail === undefined ? undefined : list(heads, tail);
}
