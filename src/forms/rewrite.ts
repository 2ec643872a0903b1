// Makes a tree like another with some nodes replaced. As in walk.ts, all that is known of a node is that it has an annotation.

import type { Node } from './walk.js';

/** Returns the node with every node of it, inner ones first, replaced by what `replace` returns for it. Throws RangeError for too deep ones. */
export function rewrite<N extends Node>(node: N, replace: (node: Node) => Node): N {
  return replace(rewriteChildren(node, replace)) as N;
}

function rewriteChildren(node: Node, replace: (node: Node) => Node): Node {
  if (node.kind === 'cons') return rewriteCons(node, replace);
  const changed: Record<string, unknown> = {};
  let isChanged = false;
  for (const [name, value] of Object.entries(node)) {
    const made = name === 'anno' ? value : rewriteValue(value, replace);
    if (made !== value) isChanged = true;
    changed[name] = made;
  }
  // Each field holds what it held, or what `replace` says stands for it.
  return isChanged ? (changed as unknown as Node) : node;
}

/** A list nests as deep as it is long. */
function rewriteCons(node: Node & { readonly kind: 'cons' }, replace: (node: Node) => Node): Node {
  const cells = [node];
  for (let { tail } = node; tail.kind === 'cons'; tail = tail.tail) cells.push(tail);
  let tail = rewrite((cells.at(-1) as typeof node).tail, replace);
  for (let at = cells.length - 1; at > 0; at--) tail = replace(cell(cells[at] as typeof node, tail)) as typeof tail;
  return cell(node, tail);

  function cell(old: typeof node, newTail: typeof node.tail): typeof node {
    const head = rewrite(old.head, replace);
    return head === old.head && newTail === old.tail ? old : { ...old, head, tail: newTail };
  }
}

function rewriteValue(value: unknown, replace: (node: Node) => Node): unknown {
  if (Array.isArray(value)) {
    const made = value.map((item) => rewriteValue(item, replace));
    return made.some((item, at) => item !== value[at]) ? made : value;
  }
  const isNode = typeof value === 'object' && value !== null && 'anno' in value;
  return isNode ? rewrite(value as Node, replace) : value;
}
