// stub
import type { Expression } from '../forms/expression-model.js';
import type { Builder, Source } from './builder.js';
import { refuse } from './compile-error.js';

export function comprehension(_builder: Builder, node: Expression): Source {
  return refuse(node, `${node.kind} can't be compiled`);
}
