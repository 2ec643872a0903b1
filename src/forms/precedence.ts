// How tightly the parts of Erlang's grammar bind: what an expression needs around it to be an operand of another. The levels are those of
// the grammar's own rules, and where releases differ the stricter one is taken, so the text parses in all: a map expression may be the
// operand of a prefix operator since OTP 24 only, and what stands after a colon reads more of what follows since OTP 28.
//
// Defined by lib/stdlib/src/erl_parse.yrl.

import type { Expression } from './expression-model.js';
import type { Type } from './type-model.js';

/** Levels of expressions; a higher one binds tighter. */
export const LEVEL = {
  /** Any expression, `catch` too. */
  any: 0,
  match: 100,
  orelse: 150,
  andalso: 160,
  comparison: 200,
  listOp: 300,
  add: 400,
  multiply: 500,
  prefix: 600,
  /** `#{...}` and `M#{...}`. */
  map: 650,
  /** Calls and records. */
  call: 700,
  remote: 800,
  /** What needs no parentheses anywhere. */
  primary: 900,
  /** Nothing: always in parentheses. */
  none: 1000,
} as const;

/** Where a binary operator stands, and the lowest levels of its operands. */
export interface OperatorLevels {
  readonly level: number;
  readonly left: number;
  readonly right: number;
}

const leftAssociative = (level: number, tighter: number): OperatorLevels => ({ level, left: level, right: tighter });
const rightAssociative = (level: number, tighter: number): OperatorLevels => ({ level, left: tighter, right: level });
const notAssociative = (level: number, tighter: number): OperatorLevels => ({ level, left: tighter, right: tighter });

const comparison = notAssociative(LEVEL.comparison, LEVEL.listOp);
const listOp = rightAssociative(LEVEL.listOp, LEVEL.add);
const add = leftAssociative(LEVEL.add, LEVEL.multiply);
const multiply = leftAssociative(LEVEL.multiply, LEVEL.prefix);

/** `=` and `?=`. */
export const matchLevels = rightAssociative(LEVEL.match, LEVEL.orelse);

/** The binary operators of expressions. */
export const binaryOperators: ReadonlyMap<string, OperatorLevels> = new Map([
  ['!', matchLevels],
  ['orelse', rightAssociative(LEVEL.orelse, LEVEL.andalso)],
  ['andalso', rightAssociative(LEVEL.andalso, LEVEL.comparison)],
  ...['==', '/=', '=<', '<', '>=', '>', '=:=', '=/='].map((name) => [name, comparison] as const),
  ...['++', '--'].map((name) => [name, listOp] as const),
  ...['+', '-', 'bor', 'bxor', 'bsl', 'bsr', 'or', 'xor'].map((name) => [name, add] as const),
  ...['*', '/', 'div', 'rem', 'band', 'and'].map((name) => [name, multiply] as const),
]);

/** The prefix operators, of expressions and of types. */
export const prefixOperators: ReadonlySet<string> = new Set(['+', '-', 'bnot', 'not']);

/** Tells whether a number is written with a sign, which the parser takes for an operator. */
export function isNegative(value: number | bigint): boolean {
  return value < 0 || Object.is(value, -0);
}

/** Returns the level of an expression; an operator that doesn't exist gets the lowest. */
export function levelOf(node: Expression): number {
  switch (node.kind) {
    case 'catch':
      return LEVEL.any;
    case 'match':
    case 'maybe_match':
      return LEVEL.match;
    case 'op':
      return binaryOperators.get(node.operator)?.level ?? LEVEL.any;
    case 'prefix_op':
      return LEVEL.prefix;
    case 'integer':
    case 'float':
    case 'char':
      return isNegative(node.value) ? LEVEL.prefix : LEVEL.primary;
    case 'map':
    case 'map_update':
      return LEVEL.map;
    case 'call':
    case 'record':
    case 'record_update':
    case 'record_access':
    case 'record_index':
      return LEVEL.call;
    case 'remote':
      return LEVEL.remote;
    default:
      return LEVEL.primary;
  }
}

const DATA: ReadonlySet<Expression['kind']> = new Set([
  ...([
    'var',
    'atom',
    'integer',
    'float',
    'char',
    'string',
    'nil',
    'cons',
    'tuple',
    'bin',
    'map',
    'record',
    'record_index',
  ] as const),
]);

/** Tells whether the grammar takes the expression as a pattern in the head of a function, a fun or a handler (since OTP 24). */
export function isHeadPattern(node: Expression): boolean {
  switch (node.kind) {
    case 'match':
      return isHeadPattern(node.pattern) && isHeadPattern(node.value);
    case 'op':
      // What binds looser than a comparison, `!` and `andalso`, makes no pattern.
      return levelOf(node) >= LEVEL.comparison && isHeadPattern(node.left) && isHeadPattern(node.right);
    case 'prefix_op':
      return isHeadPattern(node.operand);
    default:
      return DATA.has(node.kind);
  }
}

/** Levels of types. */
export const TYPE_LEVEL = { any: 0, union: 100, range: 200, add: 300, multiply: 400, prefix: 500, primary: 600 } as const;

const typeAdd = leftAssociative(TYPE_LEVEL.add, TYPE_LEVEL.multiply);
const typeMultiply = leftAssociative(TYPE_LEVEL.multiply, TYPE_LEVEL.prefix);

/** The binary operators of types. */
export const typeOperators: ReadonlyMap<string, OperatorLevels> = new Map([
  ...['+', '-', 'bor', 'bxor', 'bsl', 'bsr', 'or', 'xor'].map((name) => [name, typeAdd] as const),
  ...['*', '/', 'div', 'rem', 'band', 'and'].map((name) => [name, typeMultiply] as const),
]);

/** Returns the level of a type. */
export function typeLevelOf(node: Type): number {
  switch (node.kind) {
    case 'ann_type':
      return TYPE_LEVEL.any;
    case 'op':
      return typeOperators.get(node.operator)?.level ?? TYPE_LEVEL.any;
    case 'prefix_op':
      return TYPE_LEVEL.prefix;
    case 'integer':
    case 'char':
      return isNegative(node.value) ? TYPE_LEVEL.prefix : TYPE_LEVEL.primary;
    case 'type':
      if (node.name === 'union' && node.args.length > 1) return TYPE_LEVEL.union;
      return node.name === 'range' && node.args.length === 2 ? TYPE_LEVEL.range : TYPE_LEVEL.primary;
    default:
      return TYPE_LEVEL.primary;
  }
}
