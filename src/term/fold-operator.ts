// Arithmetic on constants, as patterns may have it (`1 bsl 8 - 1`, `-1`). Defined by lib/stdlib/src/erl_eval.erl, partial_eval/1.

import { float, integer, isInteger, type Term } from './model.js';

/** Bits of the largest shift that is computed here. */
const MAX_SHIFT = 4096n;

const INTEGER_OPERATORS: Readonly<Record<string, (left: bigint, right: bigint) => bigint | undefined>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  div: (left, right) => (right === 0n ? undefined : left / right),
  rem: (left, right) => (right === 0n ? undefined : left % right),
  band: (left, right) => left & right,
  bor: (left, right) => left | right,
  bxor: (left, right) => left ^ right,
  bsl: (left, right) => shift(left, right),
  bsr: (left, right) => shift(left, -right),
};

const FLOAT_OPERATORS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
};

/** Returns what the operator gives for two numbers, undefined where that isn't a number or isn't computed here. */
export function foldOperator(operator: string, left: Term, right: Term): Term | undefined {
  if (isInteger(left) && isInteger(right) && operator !== '/') {
    const folded = INTEGER_OPERATORS[operator]?.(BigInt(left), BigInt(right));
    return folded === undefined ? undefined : integer(folded);
  }
  const [leftNumber, rightNumber] = [numberOf(left), numberOf(right)];
  if (leftNumber === undefined || rightNumber === undefined) return undefined;
  const folded = FLOAT_OPERATORS[operator]?.(leftNumber, rightNumber);
  return folded === undefined || !Number.isFinite(folded) ? undefined : float(folded);
}

/** Returns what a prefix operator gives for a number. */
export function foldPrefix(operator: string, operand: Term): Term | undefined {
  if (operator === '+') return numberOf(operand) === undefined ? undefined : operand;
  if (operator === 'bnot') return isInteger(operand) ? integer(~BigInt(operand)) : undefined;
  if (operator !== '-') return undefined;
  if (isInteger(operand)) return integer(-BigInt(operand));
  const value = numberOf(operand);
  return value === undefined ? undefined : float(-value);
}

function numberOf(term: Term): number | undefined {
  if (typeof term === 'number') return term;
  if (typeof term === 'bigint') return Number(term);
  return term.kind === 'float' ? term.value : undefined;
}

function shift(value: bigint, by: bigint): bigint | undefined {
  if (by > MAX_SHIFT) return undefined;
  return by >= 0n ? value << by : value >> -by;
}
