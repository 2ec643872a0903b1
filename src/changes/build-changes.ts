// What changed between two builds of applications: which applications and modules there are, and how much each module changed.

import type { ModuleChange } from './module-change.js';

/** How an application differs. `conflicting`: it has the version that it had, and other modules. */
export type ApplicationChangeKind = 'added' | 'removed' | 'upgraded' | 'conflicting' | 'changed' | 'unchanged';

/** An application and its modules. */
export interface ApplicationChange {
  /** null for modules of which it isn't known what they belong to. */
  readonly application: string | null;
  readonly kind: ApplicationChangeKind;
  /** Versions; null where there is no such application or nothing tells its version. */
  readonly from: string | null;
  readonly to: string | null;
  /** Names of modules, sorted. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Modules that count as changed, by name. */
  readonly changed: readonly ModuleChange[];
  /** Modules that differ and don't count as changed, by name. */
  readonly others: readonly ModuleChange[];
  /** How many modules are the same in both builds. */
  readonly identical: number;
  /** Modules of which a build has a file that can't be read, by the names of the files, sorted: nothing else is said of them. */
  readonly unreadable: readonly string[];
}

/** A release, from its `.rel` file; versions are null where only one side has it. */
export interface ReleaseChange {
  readonly release: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly ertsFrom: string | null;
  readonly ertsTo: string | null;
}

/** What can't be upgraded as it is. */
export interface BuildConflict {
  readonly application: string;
  readonly vsn: string;
  /** One sentence. */
  readonly reason: string;
}

/** What changed between two builds. */
export interface BuildChanges {
  readonly releases: readonly ReleaseChange[];
  /** By name; modules of no application come last. */
  readonly applications: readonly ApplicationChange[];
  readonly conflicts: readonly BuildConflict[];
  /** The releases of OTP that compiled each side, where these differ. */
  readonly compilers: { readonly from: readonly string[]; readonly to: readonly string[] } | null;
}
