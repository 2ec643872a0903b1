// Calls one by one, each with all that its target says: easier to write and to compare than facts, where calls share their targets.

import type { Call, CallSite, CallTarget, ModuleFacts } from '../../src/graph/module-facts.js';

export interface ExpandedCall extends CallTarget {
  readonly from: number;
  readonly sites: readonly CallSite[];
}

/** Returns the calls of a module with their targets. */
export function expandedCalls({ targets, calls }: ModuleFacts): readonly ExpandedCall[] {
  return calls.map(({ from, target, sites }) => {
    const places = Array.from({ length: sites.length / 2 }, (_, at): CallSite => {
      return { line: sites[at * 2] as number, column: sites[at * 2 + 1] as number };
    });
    return { ...(targets[target] as CallTarget), from, sites: places };
  });
}

/** Returns such calls as facts, each with a target of its own. */
export function callFacts(calls: readonly ExpandedCall[]): Pick<ModuleFacts, 'targets' | 'calls'> {
  return {
    targets: calls,
    calls: calls.map(({ from, sites }, target): Call => {
      return { from, target, sites: sites.flatMap(({ line, column }) => [line, column]) };
    }),
  };
}
