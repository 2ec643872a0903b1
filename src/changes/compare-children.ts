// How the children of a supervisor differ between two builds. A supervisor that runs calls the new init/1 with the argument that it was started
// with, and keeps the name that it has: so both are those of the old build.

import type { BeamModule } from '../beam/module.js';
import { atom, type Term } from '../term/model.js';
import { equalTerms } from '../term/order.js';
import type {
  ChildChange,
  ChildField,
  Children,
  ChildrenChange,
  ChildSpec,
  KnownChildren,
  SupervisorFlags,
  SupervisorName,
  UnknownChildren,
} from './children/model.js';
import type { PartialTerm } from './children/partial-term.js';
import { functionsOfInit, isSupervisor, readChildren } from './children/read-children.js';
import { readStartCalls } from './children/start-calls.js';
import { hasSameReasons, listOf, sameValues } from './children/values.js';
import type { FunctionChanges } from './module-change.js';

/** Returns a module of a build; undefined where it has none of that name. */
export type ModuleLookup = (module: string) => BeamModule | undefined;

/** The other modules of the two builds. */
export interface Lookups {
  readonly old: ModuleLookup;
  readonly now: ModuleLookup;
}

/** Returns how the children differ; null where neither build is a supervisor, and where nothing differs. Throws ParseError. */
export function compareChildren(
  old: BeamModule,
  now: BeamModule,
  functions: FunctionChanges,
  lookups: Lookups | undefined,
): ChildrenChange | null {
  if (!isSupervisor(old) || !isSupervisor(now)) return null;
  const [started, startedNow] = [readStartCalls(old, { lookup: lookups?.old }), readStartCalls(now, { lookup: lookups?.now })];
  const before = readChildren(old, { lookup: lookups?.old, argument: started.argument });
  const after = readChildren(now, { lookup: lookups?.now, argument: started.argument });
  const name = nameOf(started.name, startedNow.name);
  if (before.kind === 'ignore' || after.kind === 'ignore') return null;
  if (before.kind === 'known' && after.kind === 'known') return compareKnown(name, before, after);
  if (!isInitChanged(old, now, functions)) return null;
  const [build, children] = before.kind === 'unknown' ? (['old', before] as const) : (['new', after as UnknownChildren] as const);
  return { kind: 'unknown', name, build, because: `${children.because} (${placeText(now.name, children)})` };
}

function placeText(module: string, place: Exclude<Children, { kind: 'known' | 'ignore' }>): string {
  const called = place.module === module ? place.function : `${place.module}:${place.function}`;
  return place.line === null ? called : `${called}, line ${place.line}`;
}

function nameOf(old: SupervisorName, now: SupervisorName): SupervisorName {
  if (old.kind === 'unknown' || now.kind === 'unknown' || old.name === now.name) return old.kind === 'unknown' ? old : now;
  return { kind: 'unknown', because: `it is registered as ${old.name} by the old build and as ${now.name} by the new one` };
}

/** Tells whether any function differs that init/1 may come to in its own module. */
function isInitChanged(old: BeamModule, now: BeamModule, { added, removed, changed }: FunctionChanges): boolean {
  const reached = new Set([...functionsOfInit(old), ...functionsOfInit(now)]);
  return [...added, ...removed, ...changed.map(({ name }) => name)].some((name) => reached.has(name));
}

function compareKnown(name: SupervisorName, before: KnownChildren, after: KnownChildren): ChildrenChange | null {
  const isTemplate = [before, after].some(({ flags }) => flags.strategy === 'simple_one_for_one');
  const [old, now] = [before.children, after.children];
  const find = (children: readonly ChildSpec[], id: Term): ChildSpec | undefined =>
    children.find((one) => equalTerms(one.id, id));
  const pairs = isTemplate
    ? templates(old, now)
    : old.flatMap((one): readonly Pair[] => {
        const other = find(now, one.id);
        return other === undefined ? [] : [[one, other]];
      });
  const change = {
    kind: 'known',
    name,
    added: isTemplate ? [] : now.filter(({ id }) => find(old, id) === undefined),
    removed: isTemplate ? [] : old.filter(({ id }) => find(now, id) === undefined),
    changed: pairs.flatMap(([one, other]) => compareSpecs(one, other)),
    isReordered: !isTemplate && isReordered(pairs.map(([, other]) => now.indexOf(other))),
    flags: FLAGS.filter((flag) => differ(flagValue(before.flags, flag), flagValue(after.flags, flag)) === 'changed'),
    isTemplate,
  } as const;
  const isChanged = change.added.length + change.removed.length + change.changed.length + change.flags.length > 0;
  return isChanged || change.isReordered ? change : null;
}

type Pair = readonly [ChildSpec, ChildSpec];

function templates([old]: readonly ChildSpec[], [now]: readonly ChildSpec[]): readonly Pair[] {
  return old === undefined || now === undefined ? [] : [[old, now]];
}

function isReordered(places: readonly number[]): boolean {
  return places.some((place, at) => at > 0 && place < (places[at - 1] as number));
}

const FLAGS: readonly (keyof SupervisorFlags)[] = ['strategy', 'intensity', 'period', 'autoShutdown'];
const FIELDS: readonly ChildField[] = ['start', 'restart', 'shutdown', 'type', 'modules', 'significant'];

function flagValue(flags: SupervisorFlags, flag: keyof SupervisorFlags): PartialTerm {
  return termOf(flags[flag]);
}

function compareSpecs(from: ChildSpec, to: ChildSpec): readonly ChildChange[] {
  const verdicts = FIELDS.map((field) => [field, differ(fieldValue(from, field), fieldValue(to, field))] as const);
  const of = (verdict: Verdict): readonly ChildField[] => verdicts.flatMap(([field, one]) => (one === verdict ? [field] : []));
  const [fields, unclear] = [of('changed'), of('unclear')];
  return fields.length + unclear.length === 0 ? [] : [{ id: from.id, from, to, fields, unclear }];
}

/** Returns a field as the term that a child specification has. */
export function fieldValue(spec: ChildSpec, field: ChildField): PartialTerm {
  const value = spec[field];
  if (field === 'modules' && Array.isArray(value)) return listOf((value as readonly string[]).map(termOf));
  if (field !== 'start') return termOf(value as PartialTerm | string);
  const { module, function: called, args } = spec.start;
  return { kind: 'tuple', items: [termOf(module), termOf(called), args] };
}

function termOf(value: PartialTerm | string): PartialTerm {
  return typeof value === 'string' ? atom(value) : value;
}

type Verdict = 'same' | 'changed' | 'unclear';

/** What isn't known is taken for the same where it comes from the same. */
function differ(left: PartialTerm, right: PartialTerm): Verdict {
  const same = sameValues(left, right);
  if (same !== undefined) return same ? 'same' : 'changed';
  return hasSameReasons(left, right) ? 'same' : 'unclear';
}
