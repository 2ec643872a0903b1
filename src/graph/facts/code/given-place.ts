// Functions that call what they are given, as far as xref knows them, by the registers of their arguments.

/** Where what is called is: the register of the fun, or that of the module, after which come those of the name and of the arguments. */
export interface GivenPlace {
  readonly fun?: number;
  readonly module?: number;
  /** Register of the list of arguments; absent where there are none. */
  readonly args?: number;
}

const PLACES: ReadonlyMap<string, GivenPlace> = new Map<string, GivenPlace>([
  ['erlang:apply/2', { fun: 0, args: 1 }],
  ['erlang:apply/3', { module: 0, args: 2 }],
  ...['spawn', 'spawn_link'].flatMap((name): [string, GivenPlace][] => [
    [`erlang:${name}/1`, { fun: 0 }],
    [`erlang:${name}/2`, { fun: 1 }],
    [`erlang:${name}/3`, { module: 0, args: 2 }],
    [`erlang:${name}/4`, { module: 1, args: 3 }],
  ]),
  ['erlang:spawn_opt/2', { fun: 0 }],
  ['erlang:spawn_opt/3', { fun: 1 }],
  ['erlang:spawn_opt/4', { module: 0, args: 2 }],
  ['erlang:spawn_opt/5', { module: 1, args: 3 }],
  ['erts_debug:apply/4', { module: 0, args: 2 }],
]);

/** Returns where a function has what it calls in turn; undefined where it calls nothing. */
export function givenPlace(module: string, name: string, arity: number): GivenPlace | undefined {
  // This is asked of every import, and the first letters answer for most.
  return name.startsWith('apply') || name.startsWith('spawn') ? PLACES.get(`${module}:${name}/${arity}`) : undefined;
}
