// The instructions for the children of a supervisor whose specifications changed. Updating a supervisor gives it the new specifications and
// starts and stops nobody:
//
//   removed    {apply, {supervisor, terminate_child, [Name, Id]}}, {apply, {supervisor, delete_child, [Name, Id]}}     before all else
//   added      {apply, {supervisor, restart_child, [Name, Id]}}                                                       after all else
//
// Before all else, since a child whose module is purged under it dies, and its supervisor with it. restart_child, since the update has made the
// specification known, without a process. On the way down the two change places.
// Defined by lib/stdlib/src/supervisor.erl; release-upgrade 4.3 and 4.5.

import { formatTerm } from '../../../term/format.js';
import { atom, list, type Term, tuple } from '../../../term/model.js';
import { tagged } from '../../release-error.js';
import type { AppupFault } from './model.js';
import type { BothWays } from './module-steps.js';

/** What changed in the children of a supervisor. */
export type SupervisorChange =
  | {
      readonly kind: 'known';
      readonly name: SupervisorName;
      readonly added: readonly { readonly id: Term }[];
      readonly removed: readonly { readonly id: Term }[];
      readonly changed: readonly { readonly id: Term; readonly fields: readonly string[] }[];
      /** Whether it is simple_one_for_one, whose children have no ids. */
      readonly isTemplate: boolean;
    }
  | { readonly kind: 'unknown'; readonly name: SupervisorName; readonly because: string };

type SupervisorName = { readonly kind: 'known'; readonly name: string } | { readonly kind: 'unknown'; readonly because: string };

/** What comes before and after the instructions for modules, and what is wrong. */
export interface ChildrenSteps {
  readonly first: BothWays;
  readonly last: BothWays;
  readonly faults: readonly AppupFault[];
}

const NOTHING: BothWays = { up: [], down: [] };

/** Returns the instructions for the children of one supervisor. */
export function childrenSteps(module: string, change: SupervisorChange, restartsChanged: boolean): ChildrenSteps {
  if (change.kind === 'unknown') return faulty({ kind: 'children_unknown', module, because: change.because });
  if (change.isTemplate) return { first: NOTHING, last: NOTHING, faults: [] };
  const { name, added, removed, changed } = change;
  const started = changed.filter(({ fields }) => fields.includes('start')).map(({ id }) => id);
  const restarted = restartsChanged ? started : [];
  const waiting = started.filter((id) => !restarted.includes(id)).map((id) => formatTerm(id));
  const faults: readonly AppupFault[] = waiting.length === 0 ? [] : [{ kind: 'children_changed', module, children: waiting }];
  if (added.length + removed.length + restarted.length === 0) return { first: NOTHING, last: NOTHING, faults };
  if (name.kind === 'unknown') {
    return faulty({ kind: 'supervisor_unnamed', module, because: name.because }, ...faults);
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

function faulty(...faults: readonly AppupFault[]): ChildrenSteps {
  return { first: NOTHING, last: NOTHING, faults };
}

function call(name: string, supervisor: Term, id: Term): Term {
  return tagged('apply', tuple(atom('supervisor'), atom(name), list([supervisor, id])));
}
