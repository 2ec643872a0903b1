// Tuples and lists, where not all of their items are constants. The items are computed from left to right before anything is built.

import type { ConsNode, Expression, TupleNode } from '../forms/expression-model.js';
import { type Builder, constantOperand, emit, type Source, temporary, unsigned, withTemporaries } from './builder.js';
import { constantOf } from './constant.js';
import type { Mode } from './mode.js';

/** Returns where the values of the expressions are; they are computed in their order. */
export function sourcesOf(builder: Builder, nodes: readonly Expression[], mode: Mode): readonly Source[] {
  return nodes.map((node) => mode.value(builder, node));
}

/** Emits what builds a tuple. */
export function buildTuple(builder: Builder, node: TupleNode, mode: Mode): Source {
  const result = temporary(builder);
  withTemporaries(builder, () => {
    const items = sourcesOf(builder, node.elements, mode);
    emit(builder, 'test_heap', unsigned(items.length + 1), unsigned(0));
    emit(builder, 'put_tuple2', result, { kind: 'list', items });
  });
  return result;
}

/** Emits what builds a list; the longest constant end of it is a literal. */
export function buildList(builder: Builder, node: ConsNode, mode: Mode): Source {
  const result = temporary(builder);
  withTemporaries(builder, () => {
    const heads: Expression[] = [];
    let rest: Expression = node;
    for (; rest.kind === 'cons'; rest = rest.tail) {
      const constant = constantOf(builder.unit, rest);
      if (constant !== undefined) break;
      heads.push(rest.head);
    }
    const items = sourcesOf(builder, heads, mode);
    const constant = constantOf(builder.unit, rest);
    let tail = constant === undefined ? mode.value(builder, rest) : constantOperand(builder, constant);
    emit(builder, 'test_heap', unsigned(2 * items.length), unsigned(0));
    for (const item of items.toReversed()) {
      emit(builder, 'put_list', item, tail, result);
      tail = result;
    }
  });
  return result;
}
