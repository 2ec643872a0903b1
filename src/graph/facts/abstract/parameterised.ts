// Parameterised modules (`-abstract(true)`), which no compiler has made since R16, but which xref knows: their functions have an argument more in
// the file than in a call, but for `new`, `instance` and `module_info`.

import type { FunctionName, ModuleFacts } from '../../module-facts.js';

/** Returns the facts with the arities that xref gives them. */
export function withOneArgumentLess(facts: ModuleFacts): ModuleFacts {
  const adjusted = <T extends FunctionName>(name: T): T => ({ ...name, arity: adjustedArity(name) });
  return {
    ...facts,
    functions: facts.functions.map(adjusted),
    exports: facts.exports.map(adjusted),
    targets: facts.targets.map((target) => (target.module === facts.module ? adjusted(target) : target)),
  };
}

function adjustedArity({ name, arity }: FunctionName): number {
  const fixed = name === 'new' || name === 'instance' || (name === 'module_info' && (arity === 0 || arity === 1));
  return fixed ? arity : arity - 1;
}
