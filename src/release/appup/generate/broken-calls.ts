// Calls that fail while a release is upgraded, since applications are upgraded one after the other: in the order of starting, in both
// directions; those that are added come before all others, those that are removed after them. DepMods can't help: they would have to name
// modules of another application, which have no instruction where that application is as it was.
// Defined by lib/sasl/src/systools_relup.erl; release-upgrade 3.2.

import type { BeamModule } from '../../../beam/module.js';
import type { Build, BuiltApplication, BuiltRelease } from '../../../changes/build.js';
import { ReleaseError } from '../../release-error.js';
import { sortApplications } from '../../sort-applications.js';
import type { AppupWarning, BrokenCall } from './model.js';
import { nameText } from './process-kind.js';

/** One application on the way from one build to the other; undefined where a build hasn't got it. */
interface Moving {
  readonly name: string;
  readonly source: BuiltApplication | undefined;
  readonly target: BuiltApplication | undefined;
}

/**
 * Returns a warning for each two applications that can't do without each other, in both directions, but for those whose appups were there
 * (`covered`) and may do anything, such as restart the emulator. Throws ParseError.
 */
export function findBrokenCalls(old: Build, now: Build, covered: ReadonlySet<string>): readonly AppupWarning[] {
  const order = startOrder(now, old);
  return (['up', 'down'] as const).flatMap((direction) => {
    const [from, to] = direction === 'up' ? [old, now] : [now, old];
    const moving = order.map((name) => ({ name, source: from.applications.get(name), target: to.applications.get(name) }));
    const changed = moving.filter(({ name, source, target }) => source?.vsn !== target?.vsn && !covered.has(name));
    const added = changed.filter(({ source }) => source === undefined);
    const removed = changed.filter(({ target }) => target === undefined);
    const upgraded = changed.filter((one) => one.source !== undefined && one.target !== undefined);
    const sequence = [...added, ...upgraded, ...removed];
    return sequence.flatMap((first, at) =>
      sequence.slice(at + 1).flatMap((second) => between(first, second, direction, (app) => old.applications.get(app)?.vsn)),
    );
  });
}

/** The order in which systools goes through the applications: that of the `.rel`, what others use first. */
function startOrder(now: Build, old: Build): readonly string[] {
  const released = releaseOf(now)?.applications.map(({ name }) => name) ?? [];
  const all = [...new Set([...now.applications.keys(), ...old.applications.keys()])].filter((name) => name !== null).sort();
  const names = [...released.filter((name) => all.includes(name)), ...all.filter((name) => !released.includes(name))];
  const sorted = names.map((name) => {
    const { app, vsn = null } = now.applications.get(name) ?? old.applications.get(name) ?? {};
    const known = (those: readonly string[] = []) => those.filter((one) => names.includes(one));
    return { name, vsn: vsn ?? '', uses: known(app?.uses), includes: known(app?.includes), optional: [] };
  });
  try {
    return sortApplications(sorted).map(({ name }) => name);
  } catch (error) {
    // Applications in a circle: systools refuses the release, and says so.
    if (error instanceof ReleaseError) return names;
    throw error;
  }
}

/** A release folder may have the `.rel` files of older releases as well. */
function releaseOf({ releases, applications }: Build): BuiltRelease | undefined {
  const isOfBuild = ({ name, vsn }: { readonly name: string; readonly vsn: string }) => {
    const built = applications.get(name);
    return built === undefined || built.vsn === vsn;
  };
  return releases.findLast((one) => one.applications.every(isOfBuild));
}

/** Looks at the time at which the first has its new code and the second hasn't. */
function between(
  first: Moving,
  second: Moving,
  direction: 'up' | 'down',
  olderVsn: (application: string) => string | null | undefined,
): readonly AppupWarning[] {
  // Both come, or go, with the release: that is no upgrade.
  if (first.source === second.source || first.target === second.target) return [];
  const early = missingCalls(first.target, second.target, second.source);
  const late = missingCalls(second.source, first.source, first.target);
  const warn = (caller: Moving, calls: readonly BrokenCall[]): readonly AppupWarning[] => {
    if (calls.length === 0) return [];
    const fault = {
      kind: 'broken_calls',
      direction,
      first: first.name,
      second: second.name,
      caller: caller.name,
      calls,
    } as const;
    return [{ application: caller.name, from: olderVsn(caller.name) ?? null, fault }];
  };
  return [...warn(first, early), ...warn(second, late)];
}

/** Calls of functions that the other application has when the caller was built, and hasn't got meanwhile. */
function missingCalls(
  caller: BuiltApplication | undefined,
  own: BuiltApplication | undefined,
  meanwhile: BuiltApplication | undefined,
): readonly BrokenCall[] {
  if (caller === undefined || own === undefined) return [];
  const calls = callsOf(caller);
  const found = [...own.modules].flatMap(([target, there]) => {
    const called = caller.modules.has(target) ? [] : (calls.get(target) ?? []);
    if (called.length === 0) return [];
    const [before, now] = [exportsOf(there), exportsOf(meanwhile?.modules.get(target))];
    return called
      .filter(({ name }) => before.has(name) && !now.has(name))
      .map(({ module, name }) => ({ module, function: `${target}:${name}` }));
  });
  return found.sort((left, right) => (`${left.module} ${left.function}` < `${right.module} ${right.function}` ? -1 : 1));
}

/** A call from a module of an application. */
interface ImportedName {
  readonly module: string;
  /** `name/arity`. */
  readonly name: string;
}

const knownCalls = new WeakMap<BuiltApplication, ReadonlyMap<string, readonly ImportedName[]>>();

/** Returns what the modules of an application import, by the module that it is imported of. */
function callsOf(application: BuiltApplication): ReadonlyMap<string, readonly ImportedName[]> {
  const before = knownCalls.get(application);
  if (before !== undefined) return before;
  const calls = new Map<string, ImportedName[]>();
  for (const [module, beam] of application.modules) {
    for (const { module: target, name, arity } of beam?.imports ?? []) {
      const call = { module, name: nameText({ name, arity }) };
      const others = calls.get(target);
      if (others === undefined) calls.set(target, [call]);
      else others.push(call);
    }
  }
  knownCalls.set(application, calls);
  return calls;
}

const NONE: ReadonlySet<string> = new Set();
const known = new WeakMap<BeamModule, ReadonlySet<string>>();

function exportsOf(module: BeamModule | undefined): ReadonlySet<string> {
  if (module === undefined) return NONE;
  const exports = known.get(module) ?? new Set(module.exports.map(nameText));
  known.set(module, exports);
  return exports;
}
