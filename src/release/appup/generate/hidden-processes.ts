// Processes that release_handler passes over: it looks for them by the `modules` of their child specifications, those of the supervisors that run,
// which are the old ones on the way up and the new ones on the way down.
// Defined by lib/sasl/src/release_handler_1.erl; release-upgrade 4.1.

import type { BeamModule } from '../../../beam/module.js';
import type { Build } from '../../../changes/build.js';
import { isSupervisor, readChildren } from '../../../changes/children/read-children.js';
import { formatTerm } from '../../../term/format.js';
import type { AppupFault } from './model.js';

/** A child whose modules are all known. */
interface Child {
  readonly supervisor: string;
  readonly id: string;
  readonly started: string;
  readonly modules: readonly string[];
}

/** Returns a fault for each child that is started by one of the modules and has others as its `modules`; throws ParseError. */
export function findHiddenProcesses(modules: ReadonlySet<string>, old: Build, now: Build): readonly AppupFault[] {
  if (modules.size === 0) return [];
  const hidden = (build: Build, direction: 'up' | 'down'): readonly AppupFault[] =>
    childrenIn(build)
      .filter(({ started, modules: given }) => modules.has(started) && !given.includes(started))
      .map(({ supervisor, id, started, modules: given }) => {
        return { kind: 'hidden_process', module: started, supervisor, child: id, modules: given, direction };
      });
  return [...hidden(old, 'up'), ...hidden(now, 'down')];
}

/** Several applications may be upgraded by the same supervisors. */
const known = new WeakMap<Build, readonly Child[]>();

function childrenIn(build: Build): readonly Child[] {
  const before = known.get(build);
  if (before !== undefined) return before;
  const all = new Map([...build.applications.values()].flatMap(({ modules }) => [...modules]));
  const lookup = (name: string) => all.get(name);
  const found = [...all.values()].flatMap((module) => (module === undefined ? [] : childrenOf(module, lookup)));
  known.set(build, found);
  return found;
}

function childrenOf(module: BeamModule, lookup: (name: string) => BeamModule | undefined): readonly Child[] {
  if (!isSupervisor(module)) return [];
  const children = readChildren(module, { lookup });
  if (children.kind !== 'known') return [];
  return children.children.flatMap(({ id, start, modules }) => {
    if (typeof start.module !== 'string' || modules === 'dynamic' || !isNames(modules)) return [];
    return [{ supervisor: module.name, id: formatTerm(id), started: start.module, modules }];
  });
}

function isNames(modules: unknown): modules is readonly string[] {
  return Array.isArray(modules);
}
