// Compares two builds: application by application by name, module by module by name.

import { BeamModule } from '../beam/module.js';
import { asParseError, ParseError } from '../errors.js';
import { type Build, type BuiltApplication, type BuiltModule, type BuiltRelease, flatten, isFlat } from './build.js';
import type { ApplicationChange, ApplicationChangeKind, BuildChanges, BuildConflict, ReleaseChange } from './build-changes.js';
import type { Lookups, ModuleLookup } from './compare-children.js';
import { compareModules } from './compare-modules.js';
import type { ModuleChange } from './module-change.js';

/** The choices of a comparison. */
export interface CompareChoices {
  /** Count each module as changed of which beam_lib:cmp/2 tells the builds apart. */
  readonly isStrict: boolean;
  /** Is told of a module that turns out to be damaged, which is left out. */
  readonly onFault: (error: ParseError) => void;
}

/** Returns what changed from one build to another. */
export function compareBuilds(old: Build, now: Build, choices: CompareChoices): BuildChanges {
  // Of a bare module nothing tells what it belongs to.
  const isByModule = isFlat(old) || isFlat(now);
  const [before, after] = isByModule ? [flatten(old), flatten(now)] : [old, now];
  const names = [...new Set([...before.applications.keys(), ...after.applications.keys()])].sort(compareNullable);
  const lookups = { old: lookupIn(before, names), now: lookupIn(after, names) };
  const applications = names.map((name) =>
    compareApplication(name, before.applications.get(name), after.applications.get(name), choices, lookups),
  );
  return {
    releases: compareReleases(old.releases, now.releases),
    applications,
    conflicts: applications.flatMap(conflictOf),
    compilers: compareCompilers(before, after),
  };
}

function compareNullable(left: string | null, right: string | null): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  return left < right ? -1 : left > right ? 1 : 0;
}

const NO_MODULES: BuiltApplication['modules'] = new Map();

function compareApplication(
  application: string | null,
  old: BuiltApplication | undefined,
  now: BuiltApplication | undefined,
  choices: CompareChoices,
  lookups: Lookups,
): ApplicationChange {
  const { modules: before = NO_MODULES } = old ?? {};
  const { modules: after = NO_MODULES } = now ?? {};
  const damaged: string[] = [];
  const onFault = (error: ParseError, module: string) => {
    damaged.push(module);
    choices.onFault(error);
  };
  const changes = [...before].flatMap(([name, module]) => compareIfBoth(name, module, after.get(name), onFault, lookups));
  const isCounted = (change: ModuleChange) => (choices.isStrict ? change.isStrict : change.level === 'code');
  const differing = changes.sort((left, right) => (left.module < right.module ? -1 : 1));
  const parts = {
    added: namesOnlyIn(after, before),
    removed: namesOnlyIn(before, after),
    changed: differing.filter(isCounted),
    others: differing.filter((change) => !isCounted(change) && change.level !== 'identical'),
    identical: differing.filter((change) => !isCounted(change) && change.level === 'identical').length,
    unreadable: [...new Set([...unreadableIn(before), ...unreadableIn(after), ...damaged])].sort(),
  };
  const [from, to] = [old?.vsn ?? null, now?.vsn ?? null];
  const isChanged = parts.added.length + parts.removed.length + parts.changed.length > 0;
  return { application, kind: kindOf(old, now, isChanged), from, to, ...parts };
}

function namesOnlyIn(modules: BuiltApplication['modules'], others: BuiltApplication['modules']): readonly string[] {
  return [...modules].flatMap(([name, module]) => (module === undefined || others.has(name) ? [] : [name])).sort();
}

function unreadableIn(modules: BuiltApplication['modules']): readonly string[] {
  return [...modules].flatMap(([name, module]) => (module === undefined ? [name] : []));
}

function kindOf(old: BuiltApplication | undefined, now: BuiltApplication | undefined, isChanged: boolean): ApplicationChangeKind {
  if (old === undefined) return 'added';
  if (now === undefined) return 'removed';
  if (old.vsn !== now.vsn) return 'upgraded';
  if (!isChanged) return 'unchanged';
  return old.vsn === null ? 'changed' : 'conflicting';
}

/** Looks for a module in all applications of a build. */
function lookupIn({ applications }: Build, names: readonly (string | null)[]): ModuleLookup {
  return (module) => {
    for (const name of names) {
      const found = applications.get(name)?.modules.get(module);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function compareIfBoth(
  name: string,
  old: BuiltModule,
  now: BuiltModule,
  onFault: (error: ParseError, module: string) => void,
  lookups: Lookups,
): readonly ModuleChange[] {
  if (old === undefined || now === undefined) return [];
  try {
    return [compareModules(undecoded(old), undecoded(now), lookups)];
  } catch (error) {
    const fault = asParseError(error);
    if (!(fault instanceof ParseError)) throw fault;
    onFault(fault.inFile(now.file), name);
    return [];
  }
}

/** Returns the module without what was decoded of it: else all debug info of both builds would be kept. */
export function undecoded({ bytes, container, options }: BeamModule): BeamModule {
  return new BeamModule(bytes, container, options);
}

/** systools asks for no appup of an application that has the version that it had, and unpacking a release keeps the files that are there. */
function conflictOf({ application, kind, to, added, removed, changed }: ApplicationChange): readonly BuildConflict[] {
  if (kind !== 'conflicting' || application === null || to === null) return [];
  const parts = [count(changed.length, 'changed'), count(added.length, 'added'), count(removed.length, 'removed')].flat();
  return [{ application, vsn: to, reason: `the same version ${to} in both builds, with other modules (${parts.join(', ')})` }];
}

function count(number: number, what: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${what}`];
}

function compareReleases(before: readonly BuiltRelease[], after: readonly BuiltRelease[]): readonly ReleaseChange[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))].sort();
  return names.map((release) => {
    const [old, now] = [before.findLast(({ name }) => name === release), after.findLast(({ name }) => name === release)];
    const [from, to] = [old?.vsn ?? null, now?.vsn ?? null];
    return { release, from, to, ertsFrom: old?.erts ?? null, ertsTo: now?.erts ?? null };
  });
}

/** Returns the releases of OTP that compiled each side, and null where they are the same. */
export function compareCompilers(before: Build, after: Build): BuildChanges['compilers'] {
  const [from, to] = [compilersOf(before), compilersOf(after)];
  return from.join() === to.join() ? null : { from, to };
}

function compilersOf({ applications }: Build): readonly string[] {
  const modules = [...applications.values()].flatMap((application) => [...application.modules.values()]);
  return [...new Set(modules.flatMap((module) => (module === undefined ? [] : compilerOf(module))))].sort();
}

/** A module that is damaged has none; what is wrong with it is said elsewhere. */
function compilerOf(module: BeamModule): readonly string[] {
  try {
    const { release, exact } = module.compiledBy;
    return [exact ? String(release) : `at least ${release}`];
  } catch (error) {
    if (error instanceof ParseError) return [];
    throw error;
  }
}
