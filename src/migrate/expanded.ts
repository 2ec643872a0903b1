// Record expressions written out as tuples, in defaults and in private copies of functions, by the definitions of the build they come from.

import { expandFunction, expandRecords } from '../compile/expand-records.js';
import type { Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import type { RecordDefinition } from '../forms/records.js';
import { walk } from '../forms/walk.js';

/** From this release on the reason of a wrong record is the value, as it is in what is written out. */
const OTP = 25;

/** Writes out the record expressions of a node by these definitions, with new variables from `counter`. Throws CompileError. */
export function expanded<N extends Expression | FunctionForm>(
  node: N,
  records: ReadonlyMap<string, RecordDefinition>,
  counter: VariableCounter,
): N {
  const expansion = { records, otp: OTP, fresh: variableSource(node, counter) };
  const made: Expression | FunctionForm =
    node.kind === 'function' ? expandFunction(node, expansion) : expandRecords(node, expansion);
  return made as N;
}

/** How many variables were made: the defaults of several fields stand in one scope. */
export interface VariableCounter {
  count: number;
}

/** The variables have names that print as such: the forms are shown to people. */
function variableSource(node: Expression | FunctionForm, counter: VariableCounter): () => string {
  const taken = new Set<string>();
  walk(node, (inner) => {
    if (inner.kind === 'var' || inner.kind === 'named_fun') taken.add(inner.name);
  });
  return () => {
    do counter.count += 1;
    while (taken.has(`Field@${counter.count}`));
    return `Field@${counter.count}`;
  };
}
