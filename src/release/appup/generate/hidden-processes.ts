// Processes that release_handler passes over: it looks for them by the `modules` of their child specifications, those of the supervisors that run,
// which are the old ones on the way up and the new ones on the way down.
// Defined by lib/sasl/src/release_handler_1.erl; release-upgrade 4.1.

import type { BeamModule } from '../../../beam/module.js';
import type { Build } from '../../../changes/build.js';
import { formatPartial } from '../../../changes/children/format-partial.js';
import type { Children } from '../../../changes/children/model.js';
import { isSupervisor, readChildren } from '../../../changes/children/read-children.js';
import type { AppupFault } from './model.js';
import { hasAtom } from './named-atoms.js';

/** Returns a fault for each child that is started by one of the modules and has others as its `modules`; throws ParseError. */
export function findHiddenProcesses(modules: ReadonlySet<string>, old: Build, now: Build): readonly AppupFault[] {
  return modules.size === 0 ? [] : [...hiddenIn(old, modules, 'up'), ...hiddenIn(now, modules, 'down')];
}

function hiddenIn(build: Build, wanted: ReadonlySet<string>, direction: 'up' | 'down'): readonly AppupFault[] {
  const { supervisors, childrenOf } = supervisionOf(build);
  return supervisors.flatMap((module): readonly AppupFault[] => {
    // Following init/1 takes long: only where it may come to one of them.
    if (!hasAtom(module, wanted)) return [];
    const children = childrenOf(module);
    if (children.kind !== 'known') return [];
    return children.children.flatMap(({ id, start, modules }): readonly AppupFault[] => {
      if (typeof start.module !== 'string' || !wanted.has(start.module) || !isNames(modules) || modules.includes(start.module))
        return [];
      const [supervisor, child] = [module.name, formatPartial(id)];
      return [{ kind: 'hidden_process', module: start.module, supervisor, child, modules, direction }];
    });
  });
}

/** The supervisors of a build, and what each is found to start when it is first asked. */
interface Supervision {
  readonly supervisors: readonly BeamModule[];
  readonly childrenOf: (supervisor: BeamModule) => Children;
}

/** Each upgraded application asks for them. */
const known = new WeakMap<Build, Supervision>();

function supervisionOf(build: Build): Supervision {
  const before = known.get(build);
  if (before !== undefined) return before;
  const all = new Map([...build.applications.values()].flatMap(({ modules }) => [...modules]));
  const lookup = (name: string) => all.get(name);
  const read = new Map<BeamModule, Children>();
  const childrenOf = (supervisor: BeamModule) => {
    const children = read.get(supervisor) ?? readChildren(supervisor, { lookup });
    read.set(supervisor, children);
    return children;
  };
  const supervision = { supervisors: [...all.values()].filter((one) => one !== undefined).filter(isSupervisor), childrenOf };
  known.set(build, supervision);
  return supervision;
}

function isNames(modules: unknown): modules is readonly string[] {
  return Array.isArray(modules);
}
