// What xref knows of variables while it goes through a function: those that surely hold a fun, and the expressions that variables were matched
// with. Both are forgotten at the end of the clause in which they were learnt, and not before.

/** Where an expression is, and what to read it by. */
export interface Place {
  readonly at: number;
  readonly context: Context;
}

/** How nodes are read. */
export interface Context {
  /** Default initialisers of a record stand where it is constructed; null where nodes stand where their annotations say. */
  readonly site: { readonly line: number; readonly column: number } | null;
  /** Whether it is a pattern: a record in a pattern runs no initialisers. */
  readonly pattern: boolean;
}

/** Of expressions, and of patterns, that stand where they are written. */
export const IN_BODY: Context = { site: null, pattern: false };
export const IN_PATTERN: Context = { site: null, pattern: true };

/** The variables known, the latest last, by the position of an atom that names them: hardly any of the names is ever read. */
export interface Scope {
  readonly funs: number[];
  readonly matched: number[];
  /** What each of these was matched with. */
  readonly places: Place[];
}

export function newScope(): Scope {
  return { funs: [], matched: [], places: [] };
}
