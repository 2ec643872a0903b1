// Sources that together hold every construct that compile/ takes, with arguments (`-args`) that tell their clauses apart.

/** A module. */
export interface CompiledSource {
  /** The first release that knows its constructs. */
  readonly since: number;
  readonly source: string;
}

const of = (since: number, name: string, functions: string): CompiledSource => ({
  since,
  source: `-module(${name}).\n${functions}\n`,
});

/** The sources. */
export const COMPILED_SOURCES: readonly CompiledSource[] = [
  of(
    25,
    'literals',
    `
atom() -> a.
quoted() -> 'Quoted atom'.
integer() -> 42.
negative() -> -7.
big() -> 123456789012345678901234567890.
negative_big() -> -123456789012345678901234567890.
float() -> 1.5.
zero() -> {0.0, -0.0}.
char() -> $a.
string() -> "text".
wide() -> "\\x{1f600}".
nil() -> [].
list() -> [1, a, "b", [c | d]].
tuple() -> {1, {}, {a, {b}}}.
built(X) -> {X, [X], [X, 1 | X], [1, 2, X, 3, 4]}.
nested(X) -> {a, {b, X, [c, {X}]}, "end"}.
`,
  ),
];
