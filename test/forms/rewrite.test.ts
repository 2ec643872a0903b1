import { describe, expect, it } from 'vitest';
import { atomNode, caseOf, clause, listNode, localCall, tupleNode, variable } from '../../src/forms/build.js';
import type { Expression } from '../../src/forms/expression-model.js';
import { rewrite } from '../../src/forms/rewrite.js';

const b = (name: string): Expression => (name === 'a' ? atomNode('b') : atomNode(name));

function swapped(node: Expression): Expression {
  return rewrite(node, (inner) => (inner.kind === 'atom' && inner.name === 'a' ? atomNode('b') : inner));
}

describe('rewrite', () => {
  it('replaces nodes at any depth, in patterns, guards, bodies and lists', () => {
    const tree = (name: string): Expression =>
      caseOf(
        localCall(name, tupleNode(b(name), listNode([b(name), tupleNode(b(name))], variable('T')))),
        clause([b(name)], [b(name), variable('X')], [[b(name)], [variable('Y'), b(name)]]),
      );
    const made = swapped(rewrite(tree('c'), (inner) => (inner.kind === 'atom' ? atomNode('a') : inner)));
    expect(made).toEqual(rewrite(tree('c'), (inner) => (inner.kind === 'atom' ? atomNode('b') : inner)));
    expect(made).not.toEqual(tree('c'));
  });

  it('gives back the very node where nothing is replaced', () => {
    const node = tupleNode(variable('X'), listNode([variable('Y')]));
    expect(swapped(node)).toBe(node);
  });

  it('takes lists of any length', () => {
    const long = listNode(Array.from({ length: 100_000 }, () => atomNode('a')));
    let count = 0;
    for (let cell = swapped(long); cell.kind === 'cons'; cell = cell.tail)
      if (cell.head.kind === 'atom' && cell.head.name === 'b') count++;
    expect(count).toBe(100_000);
  });

  it('replaces inner nodes before outer ones', () => {
    const seen: string[] = [];
    rewrite(tupleNode(atomNode('a'), tupleNode(atomNode('b'))), (node) => {
      seen.push(node.kind === 'atom' ? node.name : node.kind);
      return node;
    });
    expect(seen).toEqual(['a', 'b', 'tuple', 'tuple']);
  });
});
