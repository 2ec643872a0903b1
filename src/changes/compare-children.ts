// How the children of a supervisor differ between two builds. A supervisor that runs calls the new init/1 with the argument that it was started
// with, and keeps the name that it has: so both are those of the old build.

import type { BeamModule } from '../beam/module.js';
import { atom, type Term } from '../term/model.js';
import { formatPartial, hasSameOrigin } from './children/format-partial.js';
import type {
  ChildChange,
  ChildField,
  ChildrenChange,
  ChildSpec,
  KnownChildren,
  PartialChildSpec,
  SupervisorFlags,
  SupervisorName,
  UnknownChildren,
} from './children/model.js';
import type { CodePlace, PartialTerm } from './children/partial-term.js';
import { functionsOfInit, isSupervisor, readChildren } from './children/read-children.js';
import { sameValues } from './children/same-values.js';
import { readStartCalls } from './children/start-calls.js';
import { isKnownTerm, listOf, unknownIn } from './children/values.js';
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
  const before = readChildren(old, { lookup: lookups?.old, args: started.args });
  const after = readChildren(now, { lookup: lookups?.now, args: started.args });
  const name = nameOf(started.name, startedNow.name);
  if (before.kind === 'ignore' || after.kind === 'ignore') return null;
  const isSameCode = !isInitChanged(old, now, functions);
  if (before.kind === 'known' && after.kind === 'known') return compareKnown(name, before, after, isSameCode);
  if (isSameCode) return null;
  const [build, children] = before.kind === 'unknown' ? (['old', before] as const) : (['new', after as UnknownChildren] as const);
  return { kind: 'unknown', name, build, because: `${children.because} (${placeText(now.name, children)})` };
}

function placeText(module: string, place: CodePlace): string {
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

function compareKnown(
  name: SupervisorName,
  before: KnownChildren,
  after: KnownChildren,
  isSameCode: boolean,
): ChildrenChange | null {
  const isTemplate = [before, after].some(({ flags }) => flags.strategy === 'simple_one_for_one');
  const flags = FLAGS.filter((flag) => differ(termOf(before.flags[flag]), termOf(after.flags[flag])) === 'changed');
  const pairs = isTemplate ? templates(before.children, after.children) : pairsById(before.children, after.children);
  const alone = (children: readonly PartialChildSpec[], side: 0 | 1): readonly PartialChildSpec[] =>
    isTemplate ? [] : children.filter((one) => pairs.every((pair) => pair[side] !== one));
  const [added, removed] = [alone(after.children, 1), alone(before.children, 0)];
  const changed = pairs.flatMap((pair) => compareSpecs(pair, isTemplate, isSameCode));
  const isOtherOrder =
    !isTemplate && !pairs.flat().some(isConditional) && isReordered(pairs.map(([, other]) => after.children.indexOf(other)));
  if (added.length + removed.length + changed.length + flags.length === 0 && !isOtherOrder) return null;
  const unnamed = [...removed, ...changed.map(({ from }) => from)].find(hasUnknownId) ?? added.find(hasUnknownId);
  if (unnamed !== undefined && !isTemplate) return unnamedChild(name, unnamed, added.includes(unnamed) ? 'new' : 'old');
  const known = { added: added as readonly ChildSpec[], removed: removed as readonly ChildSpec[], changed };
  return { kind: 'known', name, ...known, isReordered: isOtherOrder, flags, isTemplate };
}

function isConditional({ condition }: PartialChildSpec): boolean {
  return condition !== null;
}

function hasUnknownId({ id }: PartialChildSpec): boolean {
  return !isKnownTerm(id);
}

/** Nobody can name such a child to its supervisor. */
function unnamedChild(name: SupervisorName, { id }: PartialChildSpec, build: 'old' | 'new'): ChildrenChange {
  const why = unknownIn(id);
  const place = why === undefined ? '' : ` (${placeText(why.place.module, why.place)})`;
  return { kind: 'unknown', name, build, because: `the id ${formatPartial(id)} depends on ${why?.because ?? 'a fun'}${place}` };
}

type Pair = readonly [PartialChildSpec, PartialChildSpec];

function templates([old]: readonly PartialChildSpec[], [now]: readonly PartialChildSpec[]): readonly Pair[] {
  return old === undefined || now === undefined ? [] : [[old, now]];
}

function pairsById(before: readonly PartialChildSpec[], after: readonly PartialChildSpec[]): readonly Pair[] {
  return before.flatMap((one): readonly Pair[] => {
    const other = after.find(({ id }) => hasSameOrigin(id, one.id));
    return other === undefined ? [] : [[one, other]];
  });
}

function isReordered(places: readonly number[]): boolean {
  return places.some((place, at) => at > 0 && place < (places[at - 1] as number));
}

const FLAGS: readonly (keyof SupervisorFlags)[] = ['strategy', 'intensity', 'period', 'autoShutdown'];
const FIELDS: readonly ChildField[] = ['start', 'restart', 'shutdown', 'type', 'modules', 'significant', 'condition'];

/** What which_children has for children of a template. */
const NO_ID = atom('undefined');

/** What isn't known is the same where the same code makes it. */
function compareSpecs([from, to]: Pair, isTemplate: boolean, isSameCode: boolean): readonly ChildChange[] {
  const verdicts = FIELDS.map((field) => [field, compareField(from, to, field)] as const);
  const of = (verdict: Verdict): readonly ChildField[] => verdicts.flatMap(([field, one]) => (one === verdict ? [field] : []));
  const [fields, unclear] = [of('changed'), isSameCode ? [] : of('unclear')];
  return fields.length + unclear.length === 0 ? [] : [{ id: isTemplate ? NO_ID : (from.id as Term), from, to, fields, unclear }];
}

function compareField(from: PartialChildSpec, to: PartialChildSpec, field: ChildField): Verdict {
  if (field !== 'condition') return differ(fieldValue(from, field), fieldValue(to, field));
  const [old, now] = [from.condition, to.condition];
  if (old === null || now === null) return old === now ? 'same' : 'changed';
  return hasSameOrigin(old, now) ? 'same' : 'unclear';
}

/** Returns a field as the term that a child specification has. */
export function fieldValue(spec: PartialChildSpec, field: Exclude<ChildField, 'condition'>): PartialTerm {
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
  if (hasSameOrigin(left, right)) return 'same';
  return sameValues(left, right) === false ? 'changed' : 'unclear';
}
