// The instructions for the children of a supervisor whose specifications changed. Updating a supervisor gives it the new specifications and
// starts and stops nobody:
//
//   removed    {apply, {supervisor, terminate_child, [Name, Id]}}, {apply, {supervisor, delete_child, [Name, Id]}}     before all else
//   added      {apply, {supervisor, restart_child, [Name, Id]}}                                                       after all else
//
// Before all else, since a child whose module is purged under it dies, and its supervisor with it. restart_child, since the update has made the
// specification known, without a process. On the way down the two change places.
// Defined by lib/stdlib/src/supervisor.erl; release-upgrade 4.3 and 4.5.

import type { ChildField, ChildrenChange, KnownChildrenChange } from '../../../changes/children/model.js';
import { formatTerm } from '../../../term/format.js';
import { atom, list, type Term, tuple } from '../../../term/model.js';
import { tagged } from '../../release-error.js';
import type { AppupFault } from './model.js';
import type { BothWays } from './module-steps.js';

/** What comes before and after the instructions for modules, and what is wrong. */
export interface ChildrenSteps {
  readonly first: BothWays;
  readonly last: BothWays;
  readonly faults: readonly AppupFault[];
}

const NOTHING: BothWays = { up: [], down: [] };

/** Returns the instructions for the children of one supervisor. */
export function childrenSteps(module: string, change: ChildrenChange, restartsChanged: boolean): ChildrenSteps {
  if (change.kind === 'unknown') return { ...NO_STEPS, faults: [{ kind: 'children_unknown', module, because: change.because }] };
  const { name, added, removed, isTemplate } = change;
  const started = startedOtherwise(change, 'fields');
  const restarted = restartsChanged && !isTemplate ? started : [];
  const faults = childrenFaults(module, change, started.length > restarted.length ? started : []);
  if (isTemplate || added.length + removed.length + restarted.length === 0) return { ...NO_STEPS, faults };
  if (name.kind === 'unknown') {
    return { ...NO_STEPS, faults: [{ kind: 'supervisor_unnamed', module, because: name.because }, ...faults] };
  }
  const supervisor = atom(name.name);
  const [come, go] = [added.map(({ id }) => id), removed.map(({ id }) => id)];
  const stop = (gone: readonly Term[]) => [
    ...[...gone].reverse().flatMap((id) => [call('terminate_child', supervisor, id), call('delete_child', supervisor, id)]),
    ...[...restarted].reverse().map((id) => call('terminate_child', supervisor, id)),
  ];
  const start = (here: readonly Term[]) => [...restarted, ...here].map((id) => call('restart_child', supervisor, id));
  return { first: { up: stop(go), down: stop(come) }, last: { up: start(come), down: start(go) }, faults };
}

const NO_STEPS = { first: NOTHING, last: NOTHING };

/** Other changes count for the children that are there already. */
function startedOtherwise({ changed }: KnownChildrenChange, which: 'fields' | 'unclear'): readonly Term[] {
  const isStart = (field: ChildField) => field === 'start';
  return changed.filter((child) => child[which].some(isStart)).map(({ id }) => id);
}

function childrenFaults(module: string, change: KnownChildrenChange, waiting: readonly Term[]): readonly AppupFault[] {
  const unclear = startedOtherwise(change, 'unclear');
  const texts = (ids: readonly Term[]) => ids.map((id) => formatTerm(id));
  return [
    ...(waiting.length === 0 ? [] : [{ kind: 'children_changed' as const, module, children: texts(waiting) }]),
    ...(unclear.length === 0 ? [] : [{ kind: 'children_unclear' as const, module, children: texts(unclear) }]),
    ...(change.isTemplate && change.flags.includes('strategy') ? [{ kind: 'strategy_changed' as const, module }] : []),
  ];
}

function call(name: string, supervisor: Term, id: Term): Term {
  return tagged('apply', tuple(atom('supervisor'), atom(name), list([supervisor, id])));
}
