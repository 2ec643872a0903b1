// Which children a supervisor starts, from the compiled code of its init/1: no runtime is needed, nor debug info.

import type { BeamModule } from '../../beam/module.js';
import { isAtom } from '../../term/model.js';
import { type ChildrenRead, childrenFrom } from './child-spec.js';
import { type FollowOptions, openMachine, type Pass, placeIn, readWithOthers } from './follow.js';
import { formatPartial } from './format-partial.js';
import { joinValues } from './join-values.js';

import type { Children, SupervisorName } from './model.js';
import type { PartialTerm } from './partial-term.js';
import { openProgram, type Program, type ProgramFunction, reachedFrom } from './program.js';
import { readStartCalls } from './start-calls.js';
import { unknown } from './state.js';
import { isAtomValue, isPartialTuple, isUnknown, unknownIn } from './values.js';

/** What reading may make use of. */
export interface ReadChildrenOptions extends Pick<FollowOptions, 'lookup'> {
  /** What init/1 is given, one or several; by default what the module itself starts it with. */
  readonly args?: readonly PartialTerm[] | undefined;
}

const BEHAVIOURS: ReadonlySet<string> = new Set(['supervisor', 'supervisor2', 'mirrored_supervisor', 'Elixir.Supervisor']);

/** Tells whether a module's init/1 returns child specifications, by its behaviours. */
export function isSupervisor(module: BeamModule): boolean {
  const values = [...module.attribute('behaviour'), ...module.attribute('behavior')];
  return values.some((value) => isAtom(value) && BEHAVIOURS.has(value.name));
}

/** Reads the children of a supervisor; throws ParseError where its code is damaged. */
export function readChildren(module: BeamModule, options: ReadChildrenOptions = {}): Children {
  return module.located('Code', () => childrenIn(module, options));
}

function childrenIn(module: BeamModule, options: ReadChildrenOptions): Children {
  const program = openProgram(module);
  const init = program.byName.get('init/1');
  if (init?.isExported !== true) return { kind: 'unknown', because: 'there is no init/1', ...placeIn(program, init) };
  const args = options.args ?? readStartCalls(module, options).args;
  const { children } = readWithOthers(
    options,
    (pass) => childrenOf({ ...options, isAnswer }, pass, program, init, args),
    ({ why }) => why,
  );
  return children;
}

/** What supervisor doesn't take keeps it from starting, or from changing its code. */
function isAnswer(value: PartialTerm): boolean {
  return isUnknown(value) || (isPartialTuple(value) && (isUnknown(value.items[0]) || isAtomValue(value.items[0], 'ok')));
}

function childrenOf(
  options: FollowOptions,
  pass: Pass,
  program: Program,
  init: ProgramFunction,
  args: readonly PartialTerm[],
): ChildrenRead {
  const outcomes = args.map((argument) => {
    const machine = openMachine(options, pass);
    return machine.follow(machine, program, init, [argument]);
  });
  const place = placeIn(program, init);
  const values = outcomes.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const why = unknown(`the argument of init/1, of which there are ${args.length}`, place);
  const [first, ...others] = values;
  if (first !== undefined)
    return childrenFrom(
      others.reduce((value, other) => joinValues(value, other, why), first),
      place,
    );
  const reason = outcomes[0]?.raised?.reason;
  const text = reason === undefined || isUnknown(reason) ? 'an exception' : formatPartial(reason);
  return {
    children: { kind: 'unknown', because: `init/1 raises ${text}`, ...place },
    why: reason === undefined ? undefined : unknownIn(reason),
  };
}

/** Reads by what name a supervisor is registered on its node; throws ParseError where its code is damaged. */
export function readSupervisorName(module: BeamModule, options: ReadChildrenOptions = {}): SupervisorName {
  return readStartCalls(module, options).name;
}

/** Returns the functions that init/1 may come to by calls in its own module, by `name/arity`, those that the compiler made among them. */
export function functionsOfInit(module: BeamModule): ReadonlySet<string> {
  const program = module.located('Code', () => openProgram(module));
  const init = program.byName.get('init/1');
  return new Set(init === undefined ? [] : [...reachedFrom(program, [init])].map(({ name }) => name));
}
