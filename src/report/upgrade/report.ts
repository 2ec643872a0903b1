// What `upgrade` answers, and what its renderers have in common.

import type { BuildChanges } from '../../changes/build-changes.js';
import type { GeneratedAppups } from '../../release/appup/generate/model.js';
import type { Relup } from '../../release/relup/make-relup.js';
import type { MigratedModule } from '../migration.js';

/** A release that is upgraded from or to. */
export interface UpgradedRelease {
  /** As it was named. */
  readonly path: string;
  readonly name: string;
  readonly vsn: string;
  readonly erts: string;
}

/** What a step says that a person should look at; the application is null where it is about none, or about several. */
export interface UpgradeRemark {
  readonly step: 'diff' | 'inject' | 'appup' | 'relup' | 'release' | 'tar';
  readonly application: string | null;
  readonly text: string;
}

/** A file that is made. */
export interface UpgradeFile {
  readonly path: string;
  readonly what: 'tar' | 'relup' | 'appup' | 'report';
  /** Of an appup. */
  readonly application?: string;
}

/** What `upgrade` answers. */
export interface UpgradeReport {
  readonly now: UpgradedRelease;
  readonly olds: readonly UpgradedRelease[];
  /** For each older release. */
  readonly changes: readonly BuildChanges[];
  /** Modules that declare a state. */
  readonly modules: readonly MigratedModule[];
  readonly generated: Pick<GeneratedAppups, 'appups'>;
  /** null where none could be made. */
  readonly relup: Relup | null;
  /** How many members the tar has; null where there is none. */
  readonly members: number | null;
  /** What is written, or would be. */
  readonly files: readonly UpgradeFile[];
  readonly warnings: readonly UpgradeRemark[];
  /** Why there is no upgrade. */
  readonly errors: readonly UpgradeRemark[];
}

/** Returns a remark as one line, with the application that it is about. */
export function remarkText({ application, text }: UpgradeRemark): string {
  return application === null ? text : `${application}: ${text}`;
}

/** Returns the modules that have a migration in them then. */
export function migratedModules({ modules }: Pick<UpgradeReport, 'modules'>): readonly MigratedModule[] {
  return modules.filter(({ migration }) => migration !== null);
}
