// Visits nodes: forms, expressions, clauses, types. It knows only what all nodes have in common, an annotation, so a new kind of node needs
// nothing here. Nodes come in the order of the source, and a loop keeps the stack flat.

import type * as expressions from './expression-model.js';
import type * as forms from './form-model.js';
import type * as types from './type-model.js';

/** Whatever has a kind and an annotation. */
export type Node =
  | Exclude<forms.Form, forms.MessageForm | forms.UnknownForm>
  | forms.FieldNode
  | expressions.Qualifier
  | expressions.Clause
  | expressions.ElseNode
  | expressions.MapField
  | expressions.BinElement
  | expressions.RecordField
  | types.Type
  | types.MapFieldType
  | types.QualifiedNode
  | types.FieldType
  | types.Product
  | types.AnyProduct
  | types.Constraint;

/** Returns the nodes right below, in the order of the source. */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (const [name, value] of Object.entries(node)) if (name !== 'anno') collect(value, children);
  return children;
}

/** A field holds a node, lists of nodes (guards: lists of lists), or something else: a name, a number, a term. */
function collect(value: unknown, children: Node[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, children);
  else if (isNode(value)) children.push(value);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'anno' in value;
}

/** Calls `visit` with the node and with all nodes below it, outer ones first; where it returns false, what is below is left out. */
export function walk(root: Node, visit: (node: Node) => unknown): void {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (visit(node) !== false) for (const child of childrenOf(node).toReversed()) pending.push(child);
  }
}
