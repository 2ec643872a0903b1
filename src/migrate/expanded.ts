// Record expressions written out as tuples, in expressions and in whole functions.

import { expandFunction, expandRecords } from '../compile/expand-records.js';
import type { Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import type { RecordDefinition } from '../forms/records.js';

/** Writes out the record expressions of a node by these definitions. */
export function expanded<N extends Expression | FunctionForm>(node: N, records: ReadonlyMap<string, RecordDefinition>): N {
  if (node.kind === 'function') return expandFunction(node, { records, otp: OLDEST_OTP }) as N;
  let count = 0;
  return expandRecords(node as Expression, { records, otp: OLDEST_OTP, fresh: () => `Field@${count++}` }) as N;
}

const OLDEST_OTP = 25;
