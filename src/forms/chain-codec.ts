// Expressions that form chains: the cells of a list and the operands of operators. Generated code has lists and chains of operators that
// are longer than the stack is deep, so loops follow them, where all other nodes are read and written by recursion.

import { atom, isAtom, isTuple, type Term, type Tuple, tuple } from '../term/model.js';
import { atomName, type Codec, checkDepth } from './codec.js';
import type { ConsNode, Expression, OpNode } from './expression-model.js';

/** Reads a list or an operation, by `expression` what is in it; returns undefined for any other node. Throws ParseError. */
export function readChain(term: Term, depth: number, expression: Codec<Expression>): Expression | undefined {
  const isList = isNode(term, 'cons', 4);
  if (!isList && !isNode(term, 'op', 5)) return undefined;
  checkDepth(depth);
  const inner = (item: Term): Expression => expression.read(item, depth + 1);
  return isList ? readList(term, inner) : readOperation(term, inner);
}

/** Returns the term of a list or an operation, undefined for any other node. */
export function writeChain(node: Expression, expression: Codec<Expression>): Term | undefined {
  if (node.kind === 'cons') return writeList(node, (item) => expression.write(item));
  return node.kind === 'op' ? writeOperation(node, (item) => expression.write(item)) : undefined;
}

function isNode(term: Term, tag: string, size: number): term is Tuple {
  return isTuple(term, size) && isAtom(term.items[0], tag);
}

function readList(term: Term, inner: (term: Term) => Expression): Expression {
  const cells: { readonly anno: Term; readonly head: Expression }[] = [];
  let rest = term;
  while (isNode(rest, 'cons', 4)) {
    const [, anno, head, tail] = rest.items as readonly [Term, Term, Term, Term];
    cells.push({ anno, head: inner(head) });
    rest = tail;
  }
  let read = inner(rest);
  for (const { anno, head } of cells.reverse()) read = { kind: 'cons', anno, head, tail: read };
  return read;
}

function writeList(node: ConsNode, inner: (node: Expression) => Term): Term {
  const cells: ConsNode[] = [];
  let rest: Expression = node;
  for (; rest.kind === 'cons'; rest = rest.tail) cells.push(rest);
  let written = inner(rest);
  for (const { anno, head } of cells.reverse()) written = tuple(atom('cons'), anno, inner(head), written);
  return written;
}

/** An operator, its operands apart. */
interface Operation<T> {
  readonly anno: Term;
  readonly operator: string;
  readonly left: T;
  readonly right: T;
}

/** How to go through operations over T that become R. */
interface Fold<T, R> {
  /** Returns the parts of an operation, undefined for an operand. */
  readonly split: (value: T) => Operation<T> | undefined;
  readonly operand: (value: T) => R;
  readonly join: (operation: Operation<R>) => R;
}

/** Goes through a tree of operators, left operands first. */
function foldOperation<T, R>(root: T, { split, operand, join }: Fold<T, R>): R {
  const pending: ({ readonly todo: T } | { readonly joining: Operation<T> })[] = [{ todo: root }];
  const done: R[] = [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('joining' in next) {
      const [left, right] = done.splice(-2) as [R, R];
      done.push(join({ ...next.joining, left, right }));
      continue;
    }
    const operation = split(next.todo);
    if (operation === undefined) done.push(operand(next.todo));
    else pending.push({ joining: operation }, { todo: operation.right }, { todo: operation.left });
  }
  return done[0] as R;
}

function readOperation(term: Term, operand: (term: Term) => Expression): Expression {
  return foldOperation<Term, Expression>(term, {
    split: (value) => {
      if (!isNode(value, 'op', 5)) return undefined;
      const [, anno, operator, left, right] = value.items as readonly [Term, Term, Term, Term, Term];
      return { anno, operator: atomName.read(operator, 0), left, right };
    },
    operand,
    join: (operation) => ({ kind: 'op', ...operation }),
  });
}

function writeOperation(node: OpNode, operand: (node: Expression) => Term): Term {
  return foldOperation<Expression, Term>(node, {
    split: (value) => (value.kind === 'op' ? value : undefined),
    operand,
    join: ({ anno, operator, left, right }) => tuple(atom('op'), anno, atom(operator), left, right),
  });
}
