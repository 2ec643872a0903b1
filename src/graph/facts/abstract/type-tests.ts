// Type tests, which xref never counts as calls, in their present names and in those of guards of old. Defined by
// lib/stdlib/src/erl_internal.erl (type_test/2).

const NEW_TESTS: Readonly<Record<string, readonly number[]>> = {
  is_atom: [1],
  is_binary: [1],
  is_bitstring: [1],
  is_boolean: [1],
  is_float: [1],
  is_function: [1, 2],
  is_integer: [1],
  is_list: [1],
  is_map: [1],
  is_number: [1],
  is_pid: [1],
  is_port: [1],
  is_record: [2, 3],
  is_reference: [1],
  is_tuple: [1],
};

const OLD_TESTS: ReadonlyMap<string, number> = new Map([
  ['atom', 1],
  ['binary', 1],
  ['float', 1],
  ['function', 1],
  ['integer', 1],
  ['list', 1],
  ['number', 1],
  ['pid', 1],
  ['port', 1],
  ['record', 2],
  ['reference', 1],
  ['tuple', 1],
]);

const newTests: ReadonlyMap<string, readonly number[]> = new Map(Object.entries(NEW_TESTS));

/** Tells whether a function of `erlang` is a type test in that release. */
export function isTypeTest(otp: number, name: string, arity: number): boolean {
  if (name === 'is_record' && arity === 1) return otp >= 29;
  return newTests.get(name)?.includes(arity) === true || OLD_TESTS.get(name) === arity;
}

/** Returns the present name of a test in a guard, or the name itself. */
export function presentTestName(name: string, arity: number): string {
  return OLD_TESTS.get(name) === arity ? `is_${name}` : name;
}

/** Tells whether that is the name of a test of old, which an expression can only call as a function. */
export function isOldTestName(name: string): boolean {
  return OLD_TESTS.has(name);
}
