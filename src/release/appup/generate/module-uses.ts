// Which modules a module needs: those that it calls or makes funs of, its behaviours, the children that it specifies, and functions that it
// names as data. All of it is read from the code, so that it makes no difference whether there is debug info.

import type { BeamModule } from '../../../beam/module.js';
import { readFacts } from '../../../graph/facts/read-facts.js';
import type { ReferenceKind } from '../../../graph/module-facts.js';

const KINDS: ReadonlySet<ReferenceKind> = new Set(['behaviour', 'child_spec', 'mfa']);

const known = new WeakMap<BeamModule, ReadonlySet<string>>();

/** Returns the modules that a module needs while it runs, itself perhaps among them; throws ParseError. */
export function usedModules(module: BeamModule): ReadonlySet<string> {
  const before = known.get(module);
  if (before !== undefined) return before;
  const context = { file: module.file ?? '', app: null, builtins: false, imports: false, callbacks: false, references: true };
  const { targets, references = [] } = module.located('Code', () => readFacts(module, context, 'code').facts);
  const used = new Set(targets.filter(({ kind }) => kind === 'external').map((target) => target.module));
  for (const { kind, confidence, module: target } of references) {
    if (target !== null && confidence !== 'inferred' && KINDS.has(kind)) used.add(target);
  }
  known.set(module, used);
  return used;
}
