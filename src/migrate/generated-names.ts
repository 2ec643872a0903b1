// The names of what is generated. All have an @, which no person writes by chance; a module that has such a name already was injected, or is
// refused.

const MAX_NAME_CHARACTERS = 200;

/** Returns the name under which the user's callback is kept. */
export function userName(callback: string): string {
  return `${callback}@user`;
}

/** Returns the name of the function that converts a record; `place` is its position in the plan, for names that would be too long. */
export function converterName(direction: 'up' | 'down', record: string, place: number): string {
  return `beamtool@${direction}@${short(record, place)}`;
}

/** Returns the name of the function that converts a list of records. */
export function listConverterName(direction: 'up' | 'down', record: string, place: number): string {
  return `${converterName(direction, record, place)}@list`;
}

/** Returns the name of the private copy of a function; `build` is `to` or a position among the older builds. */
export function copyName(build: 'to' | number, name: string, place: number): string {
  return `beamtool@${build === 'to' ? 'copy' : `old${build + 1}`}@${short(name, place)}`;
}

/** The function that appends the old state to Extra. */
export const EXTRA_FUNCTION = 'beamtool@extra';

/** The function that returns `{Module, Name, Fields}` of a native record. */
export const NATIVE_FUNCTION = 'beamtool@native';

function short(name: string, place: number): string {
  return [...name].length <= MAX_NAME_CHARACTERS ? name : `${place + 1}`;
}

/** Returns a variable for each field, readable where the field's name is, none of which is in `taken`. */
export function fieldVariables(fields: readonly string[], taken: ReadonlySet<string>): readonly string[] {
  const used = new Set(taken);
  return fields.map((field, at) => {
    const plain = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(field) ? camelCase(field) : `Field${at + 1}`;
    const name = firstFree(plain, used);
    used.add(name);
    return name;
  });
}

/** Returns `name`, or the first of `name2`, `name3` and so on that is free. */
export function firstFree(name: string, used: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; used.has(free); number++) free = `${name}${number}`;
  return free;
}

function camelCase(field: string): string {
  return field.replace(/(^|_)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase()).replace(/^(?=\d)/, 'N');
}
