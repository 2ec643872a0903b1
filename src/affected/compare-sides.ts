// Which modules differ between two builds, by name, and whether others can see it.

import type { BeamModule } from '../beam/module.js';
import { undecoded } from '../changes/compare-builds.js';
import { compareChunks } from '../changes/compare-chunks.js';
import { asParseError, ParseError } from '../errors.js';
import { compareInterface, type InterfaceChange } from './module-interface.js';
import { compareStates, readModuleState } from './module-state.js';

/** A module of a side. */
export interface SideModule {
  readonly app: string | null;
  /** undefined for one that can't be read. */
  readonly module: BeamModule | undefined;
}

/** The modules of a build by name. */
export type Side = ReadonlyMap<string, SideModule>;

/**
 * What became of a module. `lines`: nothing differs but the lines and files that macros put into its code; `unreadable`: a build has a file of
 * it that can't be read, so that anything may have changed.
 */
export type ModuleFate = 'added' | 'removed' | 'changed' | 'lines' | 'unreadable';

/** A module that differs. */
export interface DifferentModule {
  readonly module: string;
  readonly app: string | null;
  readonly fate: ModuleFate;
  /** How what others see of it differs; null where it isn't in both builds, or can't be read. */
  readonly surface: InterfaceChange | null;
}

/** Returns the modules that differ, by name; `onFault` is told of one that turns out to be damaged. */
export function compareSides(old: Side, now: Side, onFault: (error: ParseError) => void): readonly DifferentModule[] {
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    const [before, after] = [old.get(name), now.get(name)];
    const { fate, surface } = fateOf(before, after, onFault);
    return fate === 'same' ? [] : [{ module: name, app: (after ?? before)?.app ?? null, fate, surface }];
  });
}

interface Fate {
  readonly fate: ModuleFate | 'same';
  readonly surface: InterfaceChange | null;
}

function fateOf(old: SideModule | undefined, now: SideModule | undefined, onFault: (error: ParseError) => void): Fate {
  if ((old !== undefined && old.module === undefined) || (now !== undefined && now.module === undefined))
    return plain('unreadable');
  if (old?.module === undefined) return plain('added');
  if (now?.module === undefined) return plain('removed');
  try {
    return compareBoth(undecoded(old.module), undecoded(now.module));
  } catch (error) {
    const fault = asParseError(error);
    if (!(fault instanceof ParseError)) throw fault;
    onFault(fault.inFile(now.module.file));
    return plain('unreadable');
  }
}

function plain(fate: Fate['fate']): Fate {
  return { fate, surface: null };
}

function compareBoth(old: BeamModule, now: BeamModule): Fate {
  const { hasOtherCode, hasOtherAttributes } = compareChunks(old, now);
  if (!hasOtherCode && !hasOtherAttributes) return plain('same');
  const [before, after] = [readModuleState(old), readModuleState(now)];
  const difference = compareStates(before, after);
  if (difference === 'none') return plain('same');
  if (difference === 'lines') return plain('lines');
  return { fate: 'changed', surface: compareInterface(before.surface, after.surface) };
}
