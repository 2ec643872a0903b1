// The variables that an expression can see, and where they are. Erlang has one scope a clause: what case, if and begin bind can be used
// after them if every clause binds it, and is unsafe if only some do (erl_lint.erl).

/** A variable: in a y register, or unsafe, since it is bound in some clauses only or where an exception may come before. */
export type Binding = { readonly kind: 'bound'; readonly register: number } | { readonly kind: 'unsafe'; readonly where: string };

/** The variables by name. */
export type Scope = Map<string, Binding>;

/** Returns a scope without variables, or a copy of one. */
export function newScope(from?: ReadonlyMap<string, Binding>): Scope {
  return new Map(from);
}

/** Returns the names that are in `scope` and aren't in `before`. */
export function boundSince(scope: ReadonlyMap<string, Binding>, before: ReadonlyMap<string, Binding>): readonly string[] {
  return [...scope.keys()].filter((name) => !before.has(name));
}

/** Returns `before` with all names that are new in `after` as unsafe. */
export function withUnsafe(before: Scope, after: ReadonlyMap<string, Binding>, where: string): Scope {
  const scope = newScope(before);
  for (const name of boundSince(after, before)) scope.set(name, { kind: 'unsafe', where });
  return scope;
}
