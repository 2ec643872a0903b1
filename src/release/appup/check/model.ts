// What is wrong with an appup, and what it is held against.

import type { BuiltApplication } from '../../../changes/build.js';
import type { ApplicationChange } from '../../../changes/build-changes.js';
import type { Term } from '../../../term/model.js';
import type { ReleaseError } from '../../release-error.js';
import type { ModuleFinder } from '../generate/process-kind.js';
import type { Appup } from '../model.js';

/**
 * How much it matters. error: no relup can be made, or installing it fails; warning: it can be installed, and something is left undone or
 * lost; info: to be known.
 */
export type Severity = 'error' | 'warning' | 'info';

/** What is wrong at one place. */
export interface AppupFinding {
  /** Of what systools has an error or a warning for, its name for it, as `undef-module`; docs/json.md lists the others. */
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  /** The entry and the instruction, outermost first: `up from "1.0"`, `instruction 2`. */
  readonly place: readonly string[];
  /** null where it concerns a release. */
  readonly application: string | null;
  readonly module: string | null;
  readonly why: FindingReason;
}

/** What is said of it: by systools, or by us as a sentence without a full stop. */
export type FindingReason =
  | { readonly kind: 'error'; readonly error: ReleaseError }
  | { readonly kind: 'warning'; readonly term: Term }
  | { readonly kind: 'further'; readonly message: string };

/** The way that an entry is for. */
export type Way = 'up' | 'down';

/** The application at an older version. */
export interface OlderApplication {
  readonly vsn: string;
  readonly application: BuiltApplication;
  /** What changed since; null where it can't be told. */
  readonly change: ApplicationChange | null;
}

/** An appup and what is known of its application. */
export interface CheckedAppup {
  readonly file: string;
  readonly application: string;
  readonly appup: Appup;
  /** The application that it lies beside; null where there is nothing beside it. */
  readonly now: BuiltApplication | null;
  readonly olds: readonly OlderApplication[];
  /** Returns the other application of the new or an older build that has a module. */
  readonly ownerOf: (module: string) => string | undefined;
  /** Finds a module of the new build, or else of an older one. */
  readonly find: ModuleFinder;
  /** Tells whether a supervisor of another application is registered by a name. */
  readonly isRegisteredElsewhere: (name: string) => boolean;
}
