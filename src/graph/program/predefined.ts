// The functions that every module has though none of its code says so.

/** Tells whether a function is one of them. */
export function isPredefined(name: string, arity: number): boolean {
  return name === 'module_info' ? arity === 0 || arity === 1 : name === 'behaviour_info' && arity === 1;
}
