// References with the numbers of what they refer to: first those of the index, then, when all functions are known, the ids of the program.

import { type FunctionIndex, findName, indexFunction, indexModule } from './function-table.js';
import type { CollectedReference } from './named-in-data.js';
import type { ProgramReference } from './program.js';

/** A reference with the numbers that the index has for its ends; -1 where there is none. */
export interface IndexedReference extends CollectedReference {
  readonly toModule: number;
  readonly toFunction: number;
}

/** Gives the ends of a reference their numbers. */
export function indexReference(index: FunctionIndex, collected: CollectedReference): IndexedReference {
  const { kind, module, name, arity } = collected.reference;
  if (module === null) return { ...collected, toModule: -1, toFunction: -1 };
  const namesFunction = (kind === 'mfa' || kind === 'child_spec') && name !== null && arity !== null;
  const toFunction = namesFunction ? indexFunction(index, module, name, arity) : -1;
  return { ...collected, toModule: indexModule(index, module), toFunction };
}

/** Gives the ends of references their ids, of which `ids` and `modules` say what became of each number, and sorts them by the first end. */
export function orderReferences(
  references: readonly IndexedReference[],
  ids: Int32Array,
  modules: Int32Array,
  applications: readonly string[],
): readonly ProgramReference[] {
  const made = references.map(({ module, from, toModule, toFunction, reference }): ProgramReference => {
    const ends = { owner: modules[module] as number, from: ids[from] ?? -1 };
    const toApplication = reference.application === undefined ? -1 : findName(applications, reference.application);
    return { ...reference, ...ends, toModule: modules[toModule] ?? -1, toApplication, toFunction: ids[toFunction] ?? -1 };
  });
  // Within a function they stay in the order in which they were read.
  return made.sort((left, right) => left.owner - right.owner || left.from - right.from);
}
