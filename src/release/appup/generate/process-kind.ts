// What kind of process runs a module's code, which decides how its code is replaced: by its behaviours, and by theirs where they are modules of
// the build (gen_server2 and whatever else stands between a module and OTP).

import type { BeamModule } from '../../../beam/module.js';
import { knownCallbacks } from '../../../graph/analyses/known-behaviours.js';
import { callbackFacts } from '../../../graph/facts/callback-facts.js';
import type { FunctionName } from '../../../graph/module-facts.js';
import { callbackOfBehaviour, isSupervisorBehaviour } from '../../../migrate/kinds.js';
import { isAtom } from '../../../term/model.js';

/** What is known of a module's processes. */
export interface ProcessKind {
  /** The behaviour that makes it a supervisor. */
  readonly supervisor: string | undefined;
  /** The behaviour that makes it another process. */
  readonly process: string | undefined;
  /** The callbacks that convert a state, as its behaviours call them: `code_change/3`; none where they aren't known. */
  readonly wanted: ReadonlySet<string>;
}

/** Finds a module of the build by name. */
export type ModuleFinder = (name: string) => BeamModule | undefined;

/** What converts a state, whatever the behaviour. */
export const CODE_CHANGES: ReadonlySet<string> = new Set(['code_change/3', 'code_change/4', 'system_code_change/4']);

/** Returns what kind of process the module is for; throws ParseError. */
export function processKind(module: BeamModule, find: ModuleFinder): ProcessKind {
  const wanted = new Set<string>();
  let [supervisor, process]: (string | undefined)[] = [];
  const seen = new Set(behavioursOf(module));
  // Those that are added are gone through as well.
  for (const name of seen) {
    const { isSupervisor, callbacks, parents } = meaningOf(name, find);
    if (isSupervisor) supervisor ??= name;
    else if (callbacks.length > 0) process ??= name;
    for (const callback of callbacks) wanted.add(callback);
    for (const parent of parents) seen.add(parent);
  }
  return { supervisor, process, wanted };
}

/** What a behaviour makes of a module: a supervisor, a process whose state these callbacks convert, or what its own behaviours make of it. */
interface Meaning {
  readonly isSupervisor: boolean;
  readonly callbacks: readonly string[];
  readonly parents: readonly string[];
}

function meaningOf(name: string, find: ModuleFinder): Meaning {
  const [isSupervisor, callback] = [isSupervisorBehaviour(name), callbackOfBehaviour(name)];
  if (isSupervisor || callback !== undefined) {
    return { isSupervisor, callbacks: callback === undefined ? [] : [callback], parents: [] };
  }
  const parent = find(name);
  const declared = (parent && callbackFacts(parent).callbacks) ?? knownCallbacks(name) ?? [];
  if (parent !== undefined && isSupervisorCopy(parent, declared)) return { isSupervisor: true, callbacks: [], parents: [] };
  const callbacks = declared.map(nameText).filter((one) => CODE_CHANGES.has(one));
  return { isSupervisor, callbacks, parents: callbacks.length > 0 || parent === undefined ? [] : behavioursOf(parent) };
}

/** Returns the behaviours that a module names. */
export function behavioursOf(module: BeamModule): readonly string[] {
  const values = [...module.attribute('behaviour'), ...module.attribute('behavior')];
  return values.flatMap((value) => (isAtom(value) ? [value.name] : []));
}

/** A copy of OTP's supervisor is a gen_server itself, and what its callback modules have is one callback. */
function isSupervisorCopy(behaviour: BeamModule, callbacks: readonly FunctionName[]): boolean {
  const exported = new Set(behaviour.exports.map(nameText));
  return (
    callbacks.some((one) => nameText(one) === 'init/1') &&
    !callbacks.some((one) => one.name.startsWith('handle_')) &&
    ['which_children/1', 'terminate_child/2', 'start_child/2'].every((name) => exported.has(name))
  );
}

/** Returns `name/arity`. */
export function nameText({ name, arity }: FunctionName): string {
  return `${name}/${arity}`;
}
