// Which children a supervisor starts, from the compiled code of its init/1: no runtime is needed, nor debug info.

import type { BeamModule } from '../../beam/module.js';
import { isAtom } from '../../term/model.js';
import { childrenFrom } from './child-spec.js';
import { type FollowOptions, openMachine } from './follow.js';
import { formatPartial } from './format-partial.js';
import type { Children, SupervisorName } from './model.js';
import type { PartialTerm } from './partial-term.js';
import { openProgram, reachedFrom } from './program.js';
import { readStartCalls } from './start-calls.js';
import { isUnknown } from './values.js';

/** What reading may make use of. */
export interface ReadChildrenOptions extends Pick<FollowOptions, 'lookup'> {
  /** What init/1 is given; by default what the module itself starts it with. */
  readonly argument?: PartialTerm | undefined;
}

const BEHAVIOURS: ReadonlySet<string> = new Set(['supervisor', 'supervisor2', 'mirrored_supervisor', 'Elixir.Supervisor']);

/** Tells whether a module's init/1 returns child specifications, by its behaviours. */
export function isSupervisor(module: BeamModule): boolean {
  const values = [...module.attribute('behaviour'), ...module.attribute('behavior')];
  return values.some((value) => isAtom(value) && BEHAVIOURS.has(value.name));
}

/** Reads the children of a supervisor; throws ParseError where its code, or that of a module that it calls, is damaged. */
export function readChildren(module: BeamModule, options: ReadChildrenOptions = {}): Children {
  const program = openProgram(module);
  const init = program.byName.get('init/1');
  const place = { module: program.module, function: 'init/1', line: null };
  if (init?.isExported !== true) return { kind: 'unknown', because: 'there is no init/1', ...place };
  const argument = options.argument ?? readStartCalls(module, options).argument;
  const machine = openMachine(options);
  const { value, raised } = machine.follow(machine, program, init, [argument]);
  if (value !== undefined) return childrenFrom(value, place);
  const reason = raised === undefined ? 'nothing' : formatPartial(raised.reason);
  return { kind: 'unknown', because: `init/1 raises ${isUnknown(raised?.reason) ? 'an exception' : reason}`, ...place };
}

/** Reads by what name a supervisor is registered on its node; throws ParseError where its code is damaged. */
export function readSupervisorName(module: BeamModule, options: ReadChildrenOptions = {}): SupervisorName {
  return readStartCalls(module, options).name;
}

/** Returns the functions that init/1 may come to by calls in its own module, by `name/arity`, those that the compiler made among them. */
export function functionsOfInit(module: BeamModule): ReadonlySet<string> {
  const program = openProgram(module);
  const init = program.byName.get('init/1');
  return new Set(init === undefined ? [] : [...reachedFrom(program, [init])].map(({ name }) => name));
}
