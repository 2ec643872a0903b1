// Which modules a module needs: those that it calls or makes funs of, its behaviours, the children that it starts as a supervisor, and
// functions that it names as data. All of it is read from the code, so that it makes no difference whether there is debug info.

import type { BeamModule } from '../../../beam/module.js';
import { isSupervisor, readChildren } from '../../../changes/children/read-children.js';
import { readFacts } from '../../../graph/facts/read-facts.js';
import type { ReferenceKind } from '../../../graph/module-facts.js';
import type { ModuleFinder } from './process-kind.js';

const KINDS: ReadonlySet<ReferenceKind> = new Set(['behaviour', 'child_spec', 'mfa']);

const known = new WeakMap<BeamModule, ReadonlySet<string>>();

/** Returns the modules that a module needs while it runs, itself perhaps among them; `find` has those of its build. Throws ParseError. */
export function usedModules(module: BeamModule, find: ModuleFinder): ReadonlySet<string> {
  const before = known.get(module);
  if (before !== undefined) return before;
  const context = { file: module.file ?? '', app: null, builtins: false, imports: false, callbacks: false, references: true };
  const { targets, references = [] } = module.located('Code', () => readFacts(module, context, 'code').facts);
  const used = new Set(targets.filter(({ kind }) => kind === 'external').map((target) => target.module));
  for (const { kind, module: target } of references) {
    if (target !== null && KINDS.has(kind)) used.add(target);
  }
  for (const child of childModules(module, find)) used.add(child);
  known.set(module, used);
  return used;
}

/** Following init/1 finds children that no specification in the code names. */
function childModules(module: BeamModule, lookup: ModuleFinder): readonly string[] {
  const children = isSupervisor(module) ? readChildren(module, { lookup }) : undefined;
  if (children?.kind !== 'known') return [];
  return children.children.flatMap(({ start, modules }) => {
    const started = typeof start.module === 'string' ? [start.module] : [];
    return Array.isArray(modules) ? [...started, ...(modules as readonly string[])] : started;
  });
}
