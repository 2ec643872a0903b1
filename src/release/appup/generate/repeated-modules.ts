// Modules that two applications of one build have: no release can be made of these, and nothing tells which of the two is meant.

import type { Build } from '../../../changes/build.js';
import type { BuildConflict } from '../../../changes/build-changes.js';

/** Returns a conflict for each module that a second application has as well. */
export function repeatedModules({ applications }: Build): readonly BuildConflict[] {
  const first = new Map<string, string>();
  return [...applications.values()].flatMap(({ name, vsn, modules }) => {
    if (name === null) return [];
    const found: BuildConflict[] = [];
    for (const [module, beam] of modules) {
      const before = first.get(module);
      const file = beam?.file === undefined ? '' : ` (${beam.file})`;
      if (before === undefined) first.set(module, `${name}${file}`);
      else found.push({ application: name, vsn: vsn ?? '', reason: `${module}${file} is a module of ${before} as well` });
    }
    return found;
  });
}
