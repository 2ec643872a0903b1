// Compares two builds of a module. Most modules of two builds have the same code byte for byte, which is looked at first; where they haven't,
// the normal forms are compared function by function.

import type { BeamModule } from '../beam/module.js';
import { authorNames } from '../code/normal-form/injection-mark.js';
import { mayHoldLines } from '../code/normal-form/line-literals.js';
import { functionComparer, type NormalCode, type NormalFunction, normaliseCode } from '../code/normal-form/normal-code.js';
import { type NormalInterface, normaliseInterface } from '../code/normal-form/normal-module.js';
import { isAtom, properList, type Term } from '../term/model.js';
import { equalTerms } from '../term/order.js';
import { compareChildren, type Lookups } from './compare-children.js';
import { compareChunks } from './compare-chunks.js';
import { compareRecords, declaredRecords } from './compare-records.js';
import { compareState } from './compare-state.js';
import type { ChangedFunction, FunctionChanges, ModuleChange, NameChanges } from './module-change.js';

const NO_NAMES: NameChanges = { added: [], removed: [] };
const NO_FUNCTIONS: FunctionChanges = { ...NO_NAMES, changed: [] };

/**
 * Returns what changed from one build of a module to another; throws ParseError where one of them is damaged. `lookups` are the other modules
 * of the builds, which the children of a supervisor may depend on.
 */
export function compareModules(old: BeamModule, now: BeamModule, lookups?: Lookups): ModuleChange {
  const chunks = compareChunks(old, now);
  const unchanged: ModuleChange = {
    module: now.name,
    level: chunks.different.length === 0 ? 'identical' : 'other',
    isStrict: chunks.isStrict,
    chunks: chunks.different,
    lineLiteralsOnly: false,
    functions: NO_FUNCTIONS,
    exports: NO_NAMES,
    behaviours: NO_NAMES,
    attributes: [],
    records: [],
    state: null,
    children: null,
  };
  if (!chunks.hasOtherCode && !chunks.hasOtherAttributes) return unchanged;
  const functions = chunks.hasOtherCode ? compareFunctions(old, now) : NO_FUNCTIONS;
  const surface = compareInterfaces(normaliseInterface(old), normaliseInterface(now), hasAttributes(old) && hasAttributes(now));
  const hasOtherFunctions = functions.changed.length + functions.added.length + functions.removed.length > 0;
  if (!hasOtherFunctions && !surface.isChanged) return unchanged;
  const [before, after] = [declaredRecords(old), declaredRecords(now)];
  const { isChanged, ...parts } = surface;
  return {
    ...unchanged,
    level: 'code',
    lineLiteralsOnly: !isChanged && isLineLiteralsOnly(functions),
    functions,
    ...parts,
    records: before === undefined || after === undefined ? null : compareRecords(before.records, after.records),
    state: compareState(old, now, before, after),
    children: compareChildren(old, now, functions, lookups),
  };
}

function isLineLiteralsOnly({ added, removed, changed }: FunctionChanges): boolean {
  return added.length + removed.length === 0 && changed.every(({ lineLiteralsOnly }) => lineLiteralsOnly);
}

/** Compares the functions of two builds by their normal forms. */
function compareFunctions(old: BeamModule, now: BeamModule): FunctionChanges {
  const [before, after] = [normalCode(old, false), normalCode(now, false)];
  const [named, namedNow] = [namedFunctions(before), namedFunctions(after)];
  const differing = differences(before, after);
  const changed = differing.length === 0 ? [] : withClass(differing, old, now);
  return { ...compareNames([...named.keys()], [...namedNow.keys()]), changed };
}

function normalCode(module: BeamModule, isWithoutLines: boolean): NormalCode {
  return normaliseCode(module, { nameOf: authorNames(module), isWithoutLines });
}

function namedFunctions({ functions }: NormalCode): ReadonlyMap<string, NormalFunction> {
  return new Map(functions.flatMap((one) => (one.isNamed ? [[`${one.name}/${one.arity}`, one] as const] : [])));
}

/** Returns the names of the functions that both have and that differ, sorted. */
function differences(before: NormalCode, after: NormalCode): readonly string[] {
  const isSame = functionComparer(before, after);
  const functions = namedFunctions(after);
  const differing = [...namedFunctions(before)].filter(([name, one]) => {
    const other = functions.get(name);
    return other !== undefined && !isSame(one, other);
  });
  return differing.map(([name]) => name).sort();
}

function withClass(names: readonly string[], old: BeamModule, now: BeamModule): readonly ChangedFunction[] {
  if (!mayHoldLines(old) || !mayHoldLines(now)) return names.map((name) => ({ name, lineLiteralsOnly: false }));
  const inMore = new Set(differences(normalCode(old, true), normalCode(now, true)));
  return names.map((name) => ({ name, lineLiteralsOnly: !inMore.has(name) }));
}

/** Returns the names that only one of two lists has, sorted. */
export function compareNames(before: readonly string[], after: readonly string[]): NameChanges {
  const [old, now] = [new Set(before), new Set(after)];
  return {
    added: after.filter((name) => !old.has(name)).sort(),
    removed: before.filter((name) => !now.has(name)).sort(),
  };
}

interface InterfaceChanges extends Pick<ModuleChange, 'exports' | 'behaviours' | 'attributes'> {
  readonly isChanged: boolean;
}

/** Stripping a file takes its attributes away, with which it is no other module. */
function hasAttributes(module: BeamModule): boolean {
  return module.chunk('Attr') !== undefined;
}

function compareInterfaces(before: NormalInterface, after: NormalInterface, areKnown: boolean): InterfaceChanges {
  const exports = compareNames(before.exports, after.exports);
  const names = new Set(areKnown ? [...before.attributes.keys(), ...after.attributes.keys()] : []);
  const attributes = [...names].filter((name) => !isSame(before.attributes.get(name), after.attributes.get(name))).sort();
  const hasOtherRecords = !equalTerms(before.nativeRecords, after.nativeRecords);
  return {
    exports,
    behaviours: areKnown ? compareNames(behavioursOf(before), behavioursOf(after)) : NO_NAMES,
    attributes,
    isChanged: hasOtherRecords || exports.added.length + exports.removed.length + attributes.length > 0,
  };
}

function isSame(left: Term | undefined, right: Term | undefined): boolean {
  return left !== undefined && right !== undefined && equalTerms(left, right);
}

function behavioursOf({ attributes }: NormalInterface): readonly string[] {
  const values = ['behaviour', 'behavior'].flatMap((name) => properList(attributes.get(name)) ?? []);
  return values.flatMap((value) => (isAtom(value) ? [value.name] : []));
}
