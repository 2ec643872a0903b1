// Elixir's `@deprecated`, which xref doesn't know: calls of functions that their own modules call deprecated. Macros are expanded where they
// are used, so only a call of the function behind one (`MACRO-name`) is left of them.

import { atom, tuple } from '../../term/model.js';
import { findName } from '../program/function-table.js';
import { callsOfKind, EXTERNAL, type Program } from '../program/program.js';
import { QueryError } from '../query/query-error.js';
import type { QueryAnswer } from '../query/run-query.js';
import { filterRelation } from '../sets/relation.js';

/** The name of this analysis, which is none of xref's. */
export const ELIXIR_DEPRECATED = 'elixir_deprecated_calls';

/** Returns the calls from outside, as `XC` has them, of what Elixir modules call deprecated; throws QueryError in modules mode. */
export function elixirDeprecatedCalls(program: Program): QueryAnswer {
  if (program.mode === 'modules') {
    const reason = tuple(atom('unavailable_analysis'), atom(ELIXIR_DEPRECATED));
    throw new QueryError(`${ELIXIR_DEPRECATED} needs the calls of functions, and this is modules mode`, 'xref_base', reason);
  }
  const reasons = deprecationReasons(program);
  const relation = filterRelation(callsOfKind(program, EXTERNAL), (_row, _source, target) => reasons.has(target));
  return { shape: 'edge_set', type: 'function', value: { kind: 'edges', relation }, variables: new Map() };
}

/** Returns what is said of deprecated functions of Elixir, by the function's id. */
export function deprecationReasons(program: Program): ReadonlyMap<number, string> {
  const { names, nameOf, arityOf, firstOf } = program.functions;
  const reasons = new Map<number, string>();
  for (const [module, { elixirDeprecated = [] }] of program.notes) {
    const wanted = new Map(elixirDeprecated.map(({ name, arity, reason }) => [`${findName(names, name)}/${arity}`, reason]));
    if (wanted.size === 0) continue;
    for (let id = firstOf[module] as number; id < (firstOf[module + 1] as number); id++) {
      const reason = wanted.get(`${nameOf[id]}/${arityOf[id]}`);
      if (reason !== undefined) reasons.set(id, reason);
    }
  }
  return reasons;
}
