// Parses xref's query language:
//
//   query      := (Variable ("=" | ":=") expr ",")* [expr | assignment]          the answer is the last of them
//   expr       := constants [":" Type] | Variable | pattern [":" Type] | "(" expr ")" | "(" Type ")" expr | operator expr
//               | expr infix expr
//   constants  := c | "[" c, ... "]" | "{" c, ... "}"
//   pattern    := "regexp" | part ":" part "/" part        part := atom | "regexp" | _ (the last: integer)
//
// An atom or variable is known for a constant, an operator or a part of a pattern by the token after it. xref's own parser decides that in
// the same places (it is an LALR automaton with default reductions), which is why `E E` is an invalid wildcard and no syntax error.
// Defined by lib/tools/src/xref_parser.yrl.

import { UsageError } from '../../errors.js';
import { MAX_DEPTH, MAX_QUERY_DEPTH } from '../../limits.js';
import { atom, stringTerm } from '../../term/model.js';

import { meaningError, regexpError, syntaxError } from './query-error.js';
import { translateRegexp } from './regexp.js';
import {
  type Constant,
  type ConstantType,
  type Expression,
  type ExpressionNode,
  formatExpression,
  type GraphOperator,
  type Pattern,
  PRECEDENCE,
  type RelationOperator,
  type RestrictOperator,
  type SetOperator,
  type Span,
  type Statement,
} from './syntax.js';
import { scanQuery, type Token } from './tokens.js';

/** Parses a query into its statements; all but the last are assignments. Throws QueryError. */
export function parseQuery(text: string): readonly Statement[] {
  const cursor: Cursor = { tokens: scanQuery(text), at: 0, depth: 0, height: 0 };
  const statements: Statement[] = [];
  for (;;) {
    const statement = parseStatement(cursor);
    statements.push(statement);
    if (statement.assigned === undefined || !isSymbol(peek(cursor), ',')) break;
    cursor.at++;
  }
  if (peek(cursor).kind !== 'end') throw unexpected(peek(cursor));
  return statements;
}

interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
  /** Of parentheses and operators around the place. */
  depth: number;
  /** Of the expression that was parsed last. */
  height: number;
}

function peek(cursor: Cursor, ahead = 0): Token {
  return cursor.tokens[Math.min(cursor.at + ahead, cursor.tokens.length - 1)] as Token;
}

function take(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.at++;
  return token;
}

function unexpected({ line, text, at }: Token): Error {
  return syntaxError(line, text, at);
}

function isSymbol(token: Token, ...symbols: readonly string[]): boolean {
  return token.kind === 'symbol' && symbols.includes(token.symbol);
}

function expect(cursor: Cursor, symbol: string): Token {
  const token = take(cursor);
  if (!isSymbol(token, symbol)) throw unexpected(token);
  return token;
}

function spanFrom(start: Token | Expression, cursor: Cursor): Span {
  return { start: start.at.start, end: (cursor.tokens[cursor.at - 1] as Token).at.end };
}

const INFIX: Readonly<Record<string, { readonly precedence: number; readonly operator: SetOperator | RestrictOperator | 'of' }>> =
  {
    '+': { precedence: PRECEDENCE.union, operator: 'union' },
    '-': { precedence: PRECEDENCE.difference, operator: 'difference' },
    '*': { precedence: PRECEDENCE.intersection, operator: 'intersection' },
    '|': { precedence: PRECEDENCE.restrict, operator: '|' },
    '||': { precedence: PRECEDENCE.restrict, operator: '||' },
    '|||': { precedence: PRECEDENCE.restrict, operator: '|||' },
    of: { precedence: PRECEDENCE.path, operator: 'of' },
  };

/** What may stand after an expression at the beginning of a statement, and elsewhere. */
const AFTER_STATEMENT = Object.keys(INFIX);
const AFTER_EXPRESSION = [...AFTER_STATEMENT, ')', ','];

function endsExpression(token: Token, isFirst: boolean): boolean {
  return token.kind === 'end' || isSymbol(token, ...(isFirst ? AFTER_STATEMENT : AFTER_EXPRESSION));
}

function parseStatement(cursor: Cursor): Statement {
  const first = peek(cursor);
  const operator = peek(cursor, 1);
  if (first.kind !== 'variable' || !isSymbol(operator, '=', ':=')) {
    const expression = parseInfix(cursor, 0, true);
    return { at: expression.at, assigned: undefined, expression };
  }
  cursor.at += 2;
  const expression = parseInfix(cursor, 0, false);
  const scope = isSymbol(operator, '=') ? 'query' : 'user';
  return { at: spanFrom(first, cursor), assigned: { name: first.value, scope, at: first.at }, expression };
}

/** Parses an expression whose infix operators bind tighter than `loosest` or as tight. */
function parseInfix(cursor: Cursor, loosest: number, isFirst: boolean): Expression {
  let left = parseDeeper(cursor, isFirst);
  for (;;) {
    const token = peek(cursor);
    const infix = token.kind === 'symbol' && Object.hasOwn(INFIX, token.symbol) ? INFIX[token.symbol] : undefined;
    if (infix === undefined || infix.precedence < loosest) return left;
    cursor.at++;
    const { height } = cursor;
    const right = parseInfix(cursor, infix.precedence + 1, false);
    left = { ...infixNode(infix.operator, left, right), at: spanFrom(left, cursor) };
    cursor.height = Math.max(height, cursor.height) + 1;
    // Checking and answering follow the tree down.
    if (cursor.height > MAX_DEPTH) throw new UsageError(`the query has more than ${MAX_DEPTH} operators in a row`);
  }
}

function parseDeeper(cursor: Cursor, isFirst: boolean): Expression {
  if (++cursor.depth > MAX_QUERY_DEPTH) throw new UsageError(`the query nests more than ${MAX_QUERY_DEPTH} deep`);
  cursor.height = 0;
  const expression = parsePrefix(cursor, isFirst);
  cursor.height++;
  cursor.depth--;
  return expression;
}

function infixNode(operator: SetOperator | RestrictOperator | 'of', left: Expression, right: Expression): ExpressionNode {
  switch (operator) {
    case 'of':
      return { kind: 'path', left, right };
    case '|':
    case '||':
    case '|||':
      return { kind: 'restrict', operator, left, right };
    default:
      return { kind: 'set', operator, left, right };
  }
}

/** A dispatch table by the first token. */
function parsePrefix(cursor: Cursor, isFirst: boolean): Expression {
  const token = peek(cursor);
  switch (token.kind) {
    case 'symbol':
      return parseSymbol(cursor, token.symbol);
    case 'variable':
      return parseVariable(cursor, token, isFirst);
    case 'string':
      return parseString(cursor, token);
    case 'atom':
      return parseAtom(cursor, token);
    case 'constant':
      cursor.at++;
      return declareConstants(cursor, token, 'single', [token.constant]);
    default:
      throw unexpected(token);
  }
}

function parseSymbol(cursor: Cursor, symbol: string): Expression {
  const token = take(cursor);
  switch (symbol) {
    case '#': {
      const operand = parseInfix(cursor, PRECEDENCE.count + 1, false);
      return { kind: 'count', operand, at: spanFrom(token, cursor) };
    }
    case '(':
      return parseParenthesis(cursor, token);
    case '[':
      return declareConstants(cursor, token, 'list', parseConstants(cursor, ']'));
    case '{':
      return declareConstants(cursor, token, 'tuple', parseConstants(cursor, '}'));
    default:
      throw unexpected(token);
  }
}

function parseParenthesis(cursor: Cursor, open: Token): Expression {
  const token = peek(cursor);
  if (token.kind === 'cast') {
    cursor.at++;
    expect(cursor, ')');
    const operand = parseInfix(cursor, PRECEDENCE.prefix + 1, false);
    return { kind: 'cast', type: token.type, operand, at: spanFrom(open, cursor) };
  }
  const inner = parseInfix(cursor, 0, false);
  expect(cursor, ')');
  return { ...inner, at: spanFrom(open, cursor) };
}

/** A variable, or the wildcard `_` that begins a pattern. */
function parseVariable(cursor: Cursor, token: Token & { kind: 'variable' }, isFirst: boolean): Expression {
  cursor.at++;
  if (endsExpression(peek(cursor), isFirst)) return { kind: 'variable', name: token.value, at: token.at };
  return parseFunctionPattern(cursor, token, wildcard(token));
}

function wildcard({ value, at }: { readonly value: string; readonly at: Span }): Pattern {
  if (value === '_') return { kind: 'any' };
  const message = `${value} can't stand here: only _ is a wildcard, and nothing that begins or ends an expression is next to it`;
  throw meaningError('invalid_regexp_variable', atom(value), message, at);
}

/** A regular expression that stands alone, or begins a pattern. */
function parseString(cursor: Cursor, token: Token & { kind: 'string' }): Expression {
  cursor.at++;
  const pattern = regexp(token);
  const next = peek(cursor);
  if (next.kind !== 'declaration' && !endsExpression(next, false)) return parseFunctionPattern(cursor, token, pattern);
  const type = takeDeclaration(cursor);
  const at = spanFrom(token, cursor);
  if (type === undefined) {
    throw meaningError(
      'missing_type',
      stringTerm(formatString([pattern])),
      'a regular expression needs a type, such as : Mod',
      at,
    );
  }
  return declarePattern([pattern], type, at);
}

function formatString(parts: readonly Pattern[]): string {
  return formatExpression({ kind: 'pattern', parts, type: 'Mod', isDeclared: false, at: { start: 0, end: 0 } });
}

function regexp({ value, at }: Token & { kind: 'string' }): Pattern {
  const fault = translateRegexp(value);
  if (fault.kind === 'fault') throw regexpError(value, fault.position, fault.reason, at);
  return { kind: 'regexp', source: value };
}

function takeDeclaration(cursor: Cursor): ConstantType | 'Lin' | 'LLin' | 'XLin' | 'ELin' | 'XXL' | undefined {
  const token = peek(cursor);
  if (token.kind !== 'declaration') return undefined;
  cursor.at++;
  return token.type;
}

/** Parses what follows the first part of `M:F/A`. */
function parseFunctionPattern(cursor: Cursor, first: Token, module: Pattern): Expression {
  expect(cursor, ':');
  const name = parsePart(cursor, 'name');
  expect(cursor, '/');
  const arity = parsePart(cursor, 'arity');
  const type = takeDeclaration(cursor);
  const parts = [module, name, arity];
  const at = spanFrom(first, cursor);
  if (type === undefined) return { kind: 'pattern', parts, type: 'Fun', isDeclared: false, at };
  return declarePattern(parts, type, at);
}

function declarePattern(parts: readonly Pattern[], type: string, at: Span): Expression {
  const isFitting = parts.length === 3 ? type === 'Fun' : type === 'Mod' || type === 'App' || type === 'Rel';
  const expression = { kind: 'pattern', parts, type: type as ConstantType, isDeclared: true, at } as const;
  if (!isFitting) throw typeMismatch(expression);
  return expression;
}

function typeMismatch(expression: Expression): Error {
  const message = 'the type does not fit what it is given to';
  return meaningError('type_mismatch', stringTerm(formatExpression(expression)), message, expression.at);
}

function parsePart(cursor: Cursor, what: 'name' | 'arity'): Pattern {
  const token = take(cursor);
  if (token.kind === 'string') return regexp(token);
  if (token.kind === 'variable') return wildcard(token);
  if (token.kind === 'atom' && what === 'name') return { kind: 'atom', name: token.value };
  if (token.kind === 'integer' && what === 'arity') return { kind: 'integer', value: token.value };
  throw unexpected(token);
}

const PREFIXES: Readonly<Record<string, 'relation' | 'graph'>> = {
  range: 'relation',
  domain: 'relation',
  weak: 'relation',
  strict: 'relation',
  closure: 'graph',
  components: 'graph',
  condensation: 'graph',
};

/** A constant, a prefix operator, or the module of a pattern. */
function parseAtom(cursor: Cursor, token: Token & { kind: 'atom' }): Expression {
  cursor.at++;
  const next = peek(cursor);
  if (next.kind === 'declaration' || endsExpression(next, false)) {
    const constant = { shape: 'vertex', type: undefined, vertex: token.value, at: token.at } as const;
    return declareConstants(cursor, token, 'single', [constant]);
  }
  const startsOperand = next.kind === 'symbol' ? isSymbol(next, '#', '(', '[', '{') : OPERANDS.has(next.kind);
  return startsOperand ? parseOperand(cursor, token) : parseFunctionPattern(cursor, token, { kind: 'atom', name: token.value });
}

const OPERANDS = new Set(['atom', 'variable', 'string', 'constant']);

function parseOperand(cursor: Cursor, token: Token & { kind: 'atom' }): Expression {
  const operand = parseInfix(cursor, PRECEDENCE.prefix + 1, false);
  const at = spanFrom(token, cursor);
  const operator = token.value;
  const kind = Object.hasOwn(PREFIXES, operator) ? PREFIXES[operator] : undefined;
  if (kind === 'relation') return { kind, operator: operator as RelationOperator, operand, at };
  if (kind === 'graph') return { kind, operator: operator as GraphOperator, operand, at };
  throw meaningError('invalid_operator', atom(operator), `${operator} is not an operator`, token.at);
}

/** Parses the rest of a list or tuple of constants. */
function parseConstants(cursor: Cursor, close: string): readonly Constant[] {
  const constants = [parseConstant(cursor)];
  while (isSymbol(peek(cursor), ',')) {
    cursor.at++;
    constants.push(parseConstant(cursor));
  }
  expect(cursor, close);
  return constants;
}

function parseConstant(cursor: Cursor): Constant {
  const token = take(cursor);
  if (token.kind === 'constant') return token.constant;
  if (token.kind === 'atom') return { shape: 'vertex', type: undefined, vertex: token.value, at: token.at };
  throw unexpected(token);
}

/** Gives constants the type that follows, if one does. */
function declareConstants(
  cursor: Cursor,
  first: Token,
  form: 'single' | 'list' | 'tuple',
  constants: readonly Constant[],
): Expression {
  const declared = takeDeclaration(cursor);
  const at = spanFrom(first, cursor);
  if (declared === undefined) return { kind: 'constants', form, constants, declared, at };
  const type = declared as ConstantType;
  const isName = declared === 'Mod' || declared === 'App' || declared === 'Rel';
  if (!constants.every((constant) => (constant.type === undefined ? isName : constant.type === type))) {
    throw typeMismatch({ kind: 'constants', form, constants, declared: type, at });
  }
  return { kind: 'constants', form, constants: constants.map((constant) => ({ ...constant, type })), declared: type, at };
}
