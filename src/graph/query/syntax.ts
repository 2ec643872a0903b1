// The syntax tree of xref's query language, and expressions as text: as xref writes them in its errors.
//
//   200 + -   300 *   400 #   500 | || |||   600 of   700 (Type) and prefix operators        from the loosest to the tightest

import { formatAtom } from '../../term/format-token.js';

/** A piece of the query: offsets in UTF-16 units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Types that constants have. */
export type ConstantType = 'Fun' | 'Mod' | 'App' | 'Rel';

/** Types that an expression can be cast to. */
export type CastType = ConstantType | 'Lin' | 'LLin' | 'XLin' | 'ELin' | 'XXL';

export const CAST_TYPES: ReadonlySet<string> = new Set(['Rel', 'App', 'Mod', 'Fun', 'Lin', 'LLin', 'XLin', 'ELin', 'XXL']);

/** A function as it is written; the arity is -1 where a call's isn't known. */
export interface FunctionVertex {
  readonly module: string;
  readonly name: string;
  readonly arity: number;
}

/** A function, or the name of a module, application or release. */
export type Vertex = FunctionVertex | string;

/** `type` is undefined for a name that no type is given for. */
export type Constant = { readonly type: ConstantType | undefined; readonly at: Span } & (
  | { readonly shape: 'vertex'; readonly vertex: Vertex }
  | { readonly shape: 'edge'; readonly from: Vertex; readonly to: Vertex }
);

/** A part of a regular expression `M:F/A`, or the whole of one for modules, applications or releases. */
export type Pattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'atom'; readonly name: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'regexp'; readonly source: string };

/** Operators on sets of one type. */
export type SetOperator = 'union' | 'intersection' | 'difference';
export type RestrictOperator = '|' | '||' | '|||';
export type RelationOperator = 'range' | 'domain' | 'weak' | 'strict';
export type GraphOperator = 'closure' | 'components' | 'condensation';

/** An expression and where it is. */
export type Expression = { readonly at: Span } & ExpressionNode;

export type ExpressionNode =
  /** `c`, `[c, ...]` or `{c, ...}`; `declared` where `: Type` follows. */
  | {
      readonly kind: 'constants';
      readonly form: 'single' | 'list' | 'tuple';
      readonly constants: readonly Constant[];
      readonly declared: ConstantType | undefined;
    }
  | { readonly kind: 'variable'; readonly name: string }
  /** One pattern for names; three for module, function and arity. */
  | { readonly kind: 'pattern'; readonly parts: readonly Pattern[]; readonly type: ConstantType; readonly isDeclared: boolean }
  | { readonly kind: 'cast'; readonly type: CastType; readonly operand: Expression }
  | { readonly kind: 'relation'; readonly operator: RelationOperator; readonly operand: Expression }
  | { readonly kind: 'graph'; readonly operator: GraphOperator; readonly operand: Expression }
  | { readonly kind: 'count'; readonly operand: Expression }
  | { readonly kind: 'set'; readonly operator: SetOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'restrict'; readonly operator: RestrictOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'path'; readonly left: Expression; readonly right: Expression };

/** An assignment, or the expression that ends a query. */
export interface Statement {
  readonly at: Span;
  /** `=` lasts as long as the query, `:=` outlives it. */
  readonly assigned: { readonly name: string; readonly scope: 'query' | 'user'; readonly at: Span } | undefined;
  readonly expression: Expression;
}

const OPERATOR_TEXT = { union: '+', intersection: '*', difference: '-' } as const;

/** Precedences of the operators that stand between two expressions. */
export const PRECEDENCE = {
  union: 200,
  difference: 200,
  intersection: 300,
  count: 400,
  restrict: 500,
  path: 600,
  prefix: 700,
} as const;

/** Formats an expression as xref does: `XC || (U + B)`. */
export function formatExpression(expression: Expression): string {
  return format(expression, 0);
}

/** Formats an assignment or expression as xref does. */
export function formatStatement({ assigned, expression }: Statement): string {
  if (assigned === undefined) return formatExpression(expression);
  return `${assigned.name}${assigned.scope === 'user' ? ' := ' : ' = '}${format(expression, 100)}`;
}

export function formatVertex(vertex: Vertex): string {
  if (typeof vertex === 'string') return formatAtom(vertex);
  return `${formatAtom(vertex.module)}:${formatAtom(vertex.name)}/${vertex.arity}`;
}

export function formatConstant(constant: Constant): string {
  if (constant.shape === 'vertex') return formatVertex(constant.vertex);
  return `${formatVertex(constant.from)} -> ${formatVertex(constant.to)}`;
}

/** A dispatch table by kind; `outer` is the precedence of what the expression stands in. */
function format(expression: Expression, outer: number): string {
  const wrap = (precedence: number, text: string) => (outer > precedence ? `(${text})` : text);
  switch (expression.kind) {
    case 'constants': {
      const { form, constants, declared } = expression;
      const text = constants.map(formatConstant).join(', ');
      const enclosed = form === 'list' ? `[${text}]` : form === 'tuple' ? `{${text}}` : text;
      return declared === undefined ? enclosed : wrap(PRECEDENCE.prefix, `${enclosed} : ${declared}`);
    }
    case 'variable':
      return expression.name;
    case 'pattern': {
      const [module, name, arity] = expression.parts.map(formatPattern);
      const text = name === undefined ? `${module}` : `${module}:${name}/${arity}`;
      return expression.isDeclared ? wrap(PRECEDENCE.prefix, `${text} : ${expression.type}`) : text;
    }
    case 'cast':
      return wrap(PRECEDENCE.prefix, `(${expression.type}) ${format(expression.operand, PRECEDENCE.prefix)}`);
    case 'relation':
    case 'graph':
      return wrap(PRECEDENCE.prefix, `${expression.operator} ${format(expression.operand, PRECEDENCE.prefix)}`);
    case 'count':
      return wrap(PRECEDENCE.count, `# ${format(expression.operand, PRECEDENCE.count)}`);
    case 'set':
      return infix(PRECEDENCE[expression.operator], OPERATOR_TEXT[expression.operator], expression);
    case 'restrict':
      return infix(PRECEDENCE.restrict, expression.operator, expression);
    case 'path':
      return infix(PRECEDENCE.path, 'of', expression);
  }

  function infix(
    precedence: number,
    text: string,
    { left, right }: { readonly left: Expression; readonly right: Expression },
  ): string {
    return wrap(precedence, `${format(left, precedence)} ${text} ${format(right, precedence + 50)}`);
  }
}

function formatPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'any':
      return '_';
    case 'atom':
      return pattern.name;
    case 'integer':
      return String(pattern.value);
    case 'regexp':
      return `"${pattern.source}"`;
  }
}
