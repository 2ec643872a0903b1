// Which supervisors and children an entry's calls are about, held against what the supervisors' code says: the name that they are registered
// by, and the ids of their children. What isn't known passes.
//
// A call of a name that nobody is registered by exits, and the install fails; of a child that isn't there it returns an error, which counts as
// success (release-upgrade 4.5).
// Defined by the manual page supervisor(3) of stdlib.

import type { BeamModule } from '../../../beam/module.js';
import type { BuiltApplication } from '../../../changes/build.js';
import { isSupervisor, readChildren, readSupervisorName } from '../../../changes/children/read-children.js';
import { readStartCalls } from '../../../changes/children/start-calls.js';
import { isKnownTerm } from '../../../changes/children/values.js';
import { ParseError } from '../../../errors.js';
import { formatTerm } from '../../../term/format.js';
import { isAtom, type Term } from '../../../term/model.js';
import { equalTerms } from '../../../term/order.js';
import type { ModuleFinder } from '../generate/process-kind.js';
import { type ChildCall, childCalls } from './check-children.js';
import { restartsAll } from './check-modules.js';
import type { EntryFacts, EntryFault } from './entry.js';

/** Checks the names in the calls, and that what a supervisor's update brings and takes away is started and stopped. */
export function checkChildNames(facts: EntryFacts): readonly EntryFault[] {
  const calls = childCalls(facts.instructions);
  const supervisors = calls.length === 0 ? [] : supervisorsOf(facts);
  return [...calls.flatMap((call) => checkCall(call, supervisors, facts)), ...notCalled(facts, calls)];
}

/** A supervisor of the application at both ends of the way. */
interface Supervisor {
  readonly module: string;
  /** The names that it may be registered by; null where that isn't known. */
  readonly names: readonly string[] | null;
  readonly from: readonly Term[] | null;
  readonly to: readonly Term[] | null;
}

function supervisorsOf({ way, from, to, find }: EntryFacts): readonly Supervisor[] {
  const modules = new Set([...supervisorNames(from), ...supervisorNames(to)]);
  return [...modules].map((module) => {
    const [start, end] = [from?.modules.get(module), to?.modules.get(module)];
    const builds = [start, end].filter((one) => one !== undefined);
    const older = (way === 'up' ? start : end) ?? builds[0];
    return { module, names: namesOf(builds, find), from: childIds(start, older, find), to: childIds(end, older, find) };
  });
}

function supervisorNames(application: BuiltApplication | null): readonly string[] {
  return [...(application?.modules ?? [])].flatMap(([name, module]) =>
    module !== undefined && orNothing(() => isSupervisor(module)) ? [name] : [],
  );
}

function namesOf(builds: readonly BeamModule[], find: ModuleFinder): readonly string[] | null {
  const names = builds.map((module) => orNothing(() => readSupervisorName(module, { lookup: find })));
  const known = names.flatMap((name) => (name?.kind === 'known' ? [name.name] : []));
  return known.length < names.length ? null : known;
}

/** A running supervisor calls init/1 with the argument that the older build started it with. null where an id depends on more than code. */
function childIds(module: BeamModule | undefined, older: BeamModule | undefined, lookup: ModuleFinder): readonly Term[] | null {
  if (module === undefined || older === undefined) return null;
  const children = orNothing(() => {
    return readChildren(module, { lookup, args: readStartCalls(older, { lookup }).args });
  });
  if (children?.kind !== 'known' || children.flags.strategy === 'simple_one_for_one') return null;
  const ids = children.children.map(({ id }) => id);
  return ids.every(isKnownTerm) ? ids : null;
}

/** A module that is damaged is told of elsewhere. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

function checkCall(call: ChildCall, supervisors: readonly Supervisor[], facts: EntryFacts): readonly EntryFault[] {
  const { supervisor, id, instruction, function: name } = call;
  // One that is registered for many nodes, or a process, isn't of this application for sure.
  if (!isAtom(supervisor) || supervisors.length === 0) return [];
  const found = supervisors.find(({ names }) => names?.includes(supervisor.name));
  if (found === undefined) {
    const isUnclear = supervisors.some(({ names }) => names === null) || facts.isRegisteredElsewhere(supervisor.name);
    const registered = [...new Set(supervisors.flatMap(({ names }) => names ?? []))].join(', ');
    const message = `no supervisor is registered as ${formatTerm(supervisor)}, so that the install fails; ${facts.application} has ${registered}`;
    return isUnclear ? [] : [{ code: 'unknown-supervisor', severity: 'error', message, instruction }];
  }
  const [ids, when] = name === 'restart_child' ? [found.to, 'then'] : [found.from, 'before'];
  if (ids === null || ids.some((one) => equalTerms(one, id))) return [];
  const message = `${found.module} has no child ${formatTerm(id)} ${when}, and the call's error counts as success; it has ${listed(ids)}`;
  return [{ code: 'unknown-child', severity: 'warning', module: found.module, message, instruction }];
}

function listed(ids: readonly Term[]): string {
  return ids.length === 0 ? 'none' : ids.map((id) => formatTerm(id)).join(', ');
}

/** Children that come and aren't started, or that go and aren't stopped. */
function notCalled({ way, old, instructions, application }: EntryFacts, calls: readonly ChildCall[]): readonly EntryFault[] {
  if (old === null || old.change === null || restartsAll(instructions, application)) return [];
  const isCalled = (name: ChildCall['function'], id: Term) =>
    calls.some((call) => call.function === name && equalTerms(call.id, id));
  return old.change.changed.flatMap(({ module, children }) => {
    if (children?.kind !== 'known' || children.isTemplate) return [];
    const [come, go] = way === 'up' ? [children.added, children.removed] : [children.removed, children.added];
    const fault = (code: string, message: string): EntryFault => ({ code, severity: 'warning', module, message });
    return [
      ...come
        .filter(({ id }) => !isCalled('restart_child', id))
        .map(({ id }) =>
          fault('child-not-started', `the child ${formatTerm(id)} of ${module} is new, and no restart_child starts it`),
        ),
      ...go
        .filter(({ id }) => !isCalled('terminate_child', id))
        .map(({ id }) =>
          fault('child-not-stopped', `the child ${formatTerm(id)} of ${module} goes, and no terminate_child stops it`),
        ),
    ];
  });
}
