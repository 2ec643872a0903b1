// Whether a process may have its state in a module: a module of plain functions has none that an upgrade would have to convert, also where a
// later build makes a process of it.

/** What sys, proc_lib and OTP's behaviours call in the module of a process. */
const CALLBACKS = ['init/1', 'code_change/3', 'code_change/4', 'system_code_change/4', 'system_continue/3'] as const;

/** Tells whether a module with these behaviours, state records and exports (`name/arity`) may be that of a process. */
export function mayBeProcess(
  behaviours: readonly unknown[],
  stateRecords: readonly unknown[],
  exports: ReadonlySet<string>,
): boolean {
  return behaviours.length > 0 || stateRecords.length > 0 || CALLBACKS.some((name) => exports.has(name));
}
