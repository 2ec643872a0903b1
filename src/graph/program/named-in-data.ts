// Which of the functions that data seems to name there are: `{error, reason, 1}` is no function, `{lists, sort, 1}` is one where `lists` is
// analysed, or on the library path, and exports it. References that data makes on other grounds count whatever is there.

import type { FunctionName, Reference } from '../module-facts.js';
import { type IntColumn, itemsOf } from '../sets/int-column.js';
import type { FunctionIndex } from './function-table.js';
import type { LibraryFacts } from './program.js';

/** A reference while a program is built. */
export interface CollectedReference {
  /** Numbers of the index: the module, and its function or -1. */
  readonly module: number;
  readonly from: number;
  readonly reference: Reference;
}

/** Returns the modules, analysed or not, that have to be known to tell which of the references count; distinct. */
export function modulesInData(references: readonly CollectedReference[]): ReadonlySet<string> {
  return new Set(references.flatMap(({ reference: { kind, module } }) => (kind === 'mfa' && module !== null ? [module] : [])));
}

/** Returns the references that count, of modules whose exported functions are in `exported`, or which are on the library path. */
export function referencesThatCount(
  references: readonly CollectedReference[],
  index: FunctionIndex,
  exported: IntColumn,
  library: readonly LibraryFacts[],
): readonly CollectedReference[] {
  if (references.length === 0) return references;
  const wanted = modulesInData(references);
  const exports: Exports = new Map();
  for (const { module, exports: functions } of library) {
    if (wanted.has(module)) for (const each of functions) addExport(exports, module, each);
  }
  addIndexed(exports, index, exported, wanted);
  return references.filter(({ reference }) => reference.kind !== 'mfa' || isThere(reference, exports));
}

/** By module, its exports as `name/arity` and as `name`. */
type Exports = Map<string, Set<string>>;

function isThere({ module, name, arity }: Reference, exports: Exports): boolean {
  const known = exports.get(module ?? '');
  return known !== undefined && (name === null || known.has(arity === null ? name : `${name}/${arity}`));
}

function addExport(exports: Exports, module: string, { name, arity }: FunctionName): void {
  const known = exports.get(module) ?? new Set();
  exports.set(module, known.add(name).add(`${name}/${arity}`));
}

function addIndexed(exports: Exports, index: FunctionIndex, exported: IntColumn, wanted: ReadonlySet<string>): void {
  const modules = [...index.modules.keys()];
  const names = index.names.texts;
  for (const number of itemsOf(exported)) {
    const module = modules[index.moduleOf.values[number] as number] as string;
    if (!wanted.has(module)) continue;
    const name = names[index.nameOf.values[number] as number] as string;
    addExport(exports, module, { name, arity: index.arityOf.values[number] as number });
  }
}
