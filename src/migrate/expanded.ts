// Record expressions written out as tuples, in defaults and in private copies of functions, by the definitions of the build they come from.

import { expandFunction, expandRecords } from '../compile/expand-records.js';
import type { Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import type { RecordDefinition } from '../forms/records.js';
import { walk } from '../forms/walk.js';

/** From this release on the reason of a wrong record is the value, as it is in what is written out. */
const OTP = 25;

/**
 * Writes out the record expressions of a node by these definitions; new variables are none of `taken`, and join them. Throws CompileError for
 * what they don't define.
 */
export function expanded<N extends Expression | FunctionForm>(
  node: N,
  records: ReadonlyMap<string, RecordDefinition>,
  taken: Set<string>,
): N {
  const expansion = { records, otp: OTP, fresh: variableSource(node, taken) };
  const made: Expression | FunctionForm =
    node.kind === 'function' ? expandFunction(node, expansion) : expandRecords(node, expansion);
  return made as N;
}

/** The variables have names that print as such: the forms are shown to people. */
function variableSource(node: Expression | FunctionForm, taken: Set<string>): () => string {
  walk(node, (inner) => {
    if (inner.kind === 'var' || inner.kind === 'named_fun') taken.add(inner.name);
  });
  return () => {
    let count = 1;
    while (taken.has(`Field@${count}`)) count++;
    taken.add(`Field@${count}`);
    return `Field@${count}`;
  };
}
