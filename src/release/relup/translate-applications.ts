// Instructions about whole applications, and add_module, as instructions about modules:
//
//   {add_application, A, Type}      add_module for each module, then application:start/2 or load/1, or nothing for `none`
//   {remove_application, A}         application:stop/1, remove each module, purge all, application:unload/1
//   {restart_application, A}        stop, remove and purge those of the old release, add those of the new one, start as its type says
//   {add_module, M, Deps}           {load_module, M, brutal_purge, brutal_purge, Deps}
//
// Defined by lib/sasl/src/systools_rc.erl.

import { type Atom, atom, NIL, type Term, tuple } from '../../term/model.js';
import { atomList, type ReleaseApplication } from '../model.js';
import { tagged } from '../release-error.js';
import { applyApplication, BRUTAL, inPlaceOf, type Step, stepError, tupleOf } from './step.js';

/** The applications of the release that is gone to, and of the one that is left. */
export interface BothReleases {
  readonly to: readonly ReleaseApplication[];
  readonly from: readonly ReleaseApplication[];
}

/** Translates what is after the point of no return; throws ReleaseError for applications that aren't there. */
export function translateApplications(script: readonly Step[], releases: BothReleases): readonly Step[] {
  return script.flatMap((step) => inPlaceOf(step, translate(step, releases))).map(loadAdded);
}

/** Returns the instruction with what is missing in short forms of updates and modules filled in. */
export function normalizeStep(step: Step): Step {
  const items = tupleOf(step, 'update', 'add_module', 'delete_module')?.items;
  if (items === undefined) return step;
  const [name, module, ...rest] = items as readonly [Atom, Term, ...Term[]];
  if (name.name !== 'update') return { ...step, term: tuple(name, module, rest[0] ?? NIL) };
  const missing = [atom('dynamic'), atom('default')].slice(0, 8 - items.length);
  return { ...step, term: tuple(name, module, ...missing, ...rest) };
}

function translate(step: Step, { to, from }: BothReleases): readonly Term[] {
  const [name, subject, type] = tupleOf(step, 'add_application', 'remove_application', 'restart_application')?.items ?? [];
  if (name === undefined) return [step.term];
  const app = subject as Atom;
  const find = (apps: readonly ReleaseApplication[]) => {
    const found = apps.find((one) => one.name === app.name);
    if (found === undefined) throw stepError('no_such_application', step, app);
    return found;
  };
  switch ((name as Atom).name) {
    case 'add_application':
      return [...addModules(find(to)), ...start(app, type as Atom)];
    case 'remove_application':
      if (to.some((one) => one.name === app.name)) throw stepError('removed_application_present', step, app);
      return [...stopAndRemove(app, find(from)), applyApplication('unload', app)];
    default: {
      const stopped = stopAndRemove(app, find(from));
      return [...stopped, ...addModules(find(to)), ...start(app, atom(find(to).type))];
    }
  }
}

function addModules({ modules }: ReleaseApplication): readonly Term[] {
  return modules.map((module) => tagged('add_module', atom(module), NIL));
}

function start(app: Atom, type: Atom): readonly Term[] {
  if (type.name === 'none') return [];
  return [type.name === 'load' ? applyApplication('load', app) : applyApplication('start', app, type)];
}

function stopAndRemove(app: Atom, { modules }: ReleaseApplication): readonly Term[] {
  const removed = modules.map((module) => tagged('remove', tuple(atom(module), BRUTAL, BRUTAL)));
  return [applyApplication('stop', app), ...removed, tagged('purge', atomList(modules))];
}

function loadAdded(step: Step): Step {
  const [, module, deps] = tupleOf(step, 'add_module')?.items ?? [];
  if (module === undefined) return step;
  return { ...step, term: tagged('load_module', module, BRUTAL, BRUTAL, deps ?? NIL) };
}
