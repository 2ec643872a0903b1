// An entry of an appup as the checks see it, and what they say of it.

import type { BuiltApplication } from '../../../changes/build.js';
import type { ModuleFinder } from '../generate/process-kind.js';
import type { Instruction } from './instruction.js';
import type { OlderApplication, Severity, Way } from './model.js';

/** An entry on one way, and what is known at both ends of it. */
export interface EntryFacts {
  readonly way: Way;
  readonly application: string;
  readonly instructions: readonly Instruction[];
  readonly from: BuiltApplication | null;
  readonly to: BuiltApplication | null;
  /** The older end of the way; null where no older build has this entry. */
  readonly old: OlderApplication | null;
  /** Returns the other application of the new or an older build that has a module. */
  readonly ownerOf: (module: string) => string | undefined;
  /** Finds a module of the new build, or else of an older one. */
  readonly find: ModuleFinder;
  /** Tells whether a supervisor of another application is registered by a name. */
  readonly isRegisteredElsewhere: (name: string) => boolean;
}

/** A finding without what is known of its place; without an instruction it is about the entry. */
export interface EntryFault {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly module?: string;
  readonly instruction?: Instruction;
}
