// Processes that release_handler passes over: it looks for them by the `modules` of their child specifications, those of the supervisors that run,
// which are the old ones on the way up and the new ones on the way down.
// Defined by lib/sasl/src/release_handler_1.erl; release-upgrade 4.1.

import type { Build } from '../../../changes/build.js';
import { formatPartial } from '../../../changes/children/format-partial.js';
import { isSupervisor, readChildren } from '../../../changes/children/read-children.js';
import type { AppupFault } from './model.js';
import { hasAtom } from './named-atoms.js';

/** Returns a fault for each child that is started by one of the modules and has others as its `modules`; throws ParseError. */
export function findHiddenProcesses(modules: ReadonlySet<string>, old: Build, now: Build): readonly AppupFault[] {
  return modules.size === 0 ? [] : [...hiddenIn(old, modules, 'up'), ...hiddenIn(now, modules, 'down')];
}

function hiddenIn({ applications }: Build, wanted: ReadonlySet<string>, direction: 'up' | 'down'): readonly AppupFault[] {
  const all = new Map([...applications.values()].flatMap(({ modules }) => [...modules]));
  const lookup = (name: string) => all.get(name);
  return [...all.values()].flatMap((module): readonly AppupFault[] => {
    // Following init/1 takes long: only where it may come to one of them.
    if (module === undefined || !isSupervisor(module) || !hasAtom(module, wanted)) return [];
    const children = readChildren(module, { lookup });
    if (children.kind !== 'known') return [];
    return children.children.flatMap(({ id, start, modules }): readonly AppupFault[] => {
      if (typeof start.module !== 'string' || !wanted.has(start.module) || !isNames(modules) || modules.includes(start.module))
        return [];
      const [supervisor, child] = [module.name, formatPartial(id)];
      return [{ kind: 'hidden_process', module: start.module, supervisor, child, modules, direction }];
    });
  });
}

function isNames(modules: unknown): modules is readonly string[] {
  return Array.isArray(modules);
}
