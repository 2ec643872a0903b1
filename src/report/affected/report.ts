// What `deps affected` answers, beside what is affected itself.

import type { Affected, ReachedSuite } from '../../affected/affected.js';
import type { TestCommand } from '../../affected/test-commands.js';
import type { BuildChanges } from '../../changes/build-changes.js';
import type { EdgeKind } from '../../graph/dependencies/build-dependencies.js';
import type { BuildCoverage } from '../diff/report.js';

/** A suite with its source. */
export interface PlacedSuite extends ReachedSuite {
  /** Relative to the folder where tests are run; null where it isn't known. */
  readonly file: string | null;
}

/** An answer. */
export interface AffectedReport extends Omit<Affected, 'suites'> {
  readonly base: string;
  readonly head: string;
  readonly compilers: BuildChanges['compilers'];
  /** The kinds of dependencies that were followed. */
  readonly edges: readonly EdgeKind[];
  /** null: however far. */
  readonly depth: number | null;
  readonly suites: {
    /** How many there are. */
    readonly known: number;
    readonly reached: readonly PlacedSuite[];
    readonly commands: readonly TestCommand[];
  };
  readonly coverage: { readonly base: BuildCoverage; readonly head: BuildCoverage };
}
