// The behaviours whose callbacks must be told from elsewhere than the modules that are analysed.

import type { ModuleNotes } from '../module-facts.js';

/** Returns the behaviours that modules name and whose callbacks none of them declares, sorted. */
export function foreignBehaviours(modules: Iterable<ModuleNotes>): readonly string[] {
  const notes = [...modules];
  const declared = new Set(notes.flatMap(({ module, callbacks }) => (callbacks === undefined ? [] : [module])));
  const named = new Set(notes.flatMap(({ behaviours = [] }) => behaviours));
  return [...named].filter((behaviour) => !declared.has(behaviour)).sort();
}
