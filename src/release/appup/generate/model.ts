// What appups are made of, and what is said of them.

import type { Build, BuiltApplication } from '../../../changes/build.js';
import type { BuildChanges, BuildConflict } from '../../../changes/build-changes.js';
import type { ParseError } from '../../../errors.js';
import type { Term } from '../../../term/model.js';
import type { Appup, AppupEntry } from '../model.js';
import type { Purge, Timeout } from './module-choices.js';

/** What is asked for, beside the builds. */
export interface GenerateChoices {
  /** Names of applications; all that are upgraded where it is absent. */
  readonly applications?: readonly string[] | undefined;
  /** Count each module as changed of which beam_lib:cmp/2 tells the builds apart. */
  readonly isStrict: boolean;
  readonly purge: (module: string) => Purge;
  readonly timeout: (module: string) => Timeout;
  /** Whether children whose specification starts them in another way are stopped and started again. */
  readonly restartsChanged: boolean;
  /** Applications that are restarted whole. */
  readonly restarted: ReadonlySet<string>;
  /** Modules that will be given a code_change before the release is made. */
  readonly injected: ReadonlySet<string>;
  /** By application, what there is already. */
  readonly existing: ReadonlyMap<string, ExistingAppup>;
  /** Whether entries that were written by hand are made anew as well. */
  readonly replacesAll: boolean;
  /** By application, what goes before and after. */
  readonly scripts: ReadonlyMap<string, AppupScripts>;
  /** Is told of a module that turns out to be damaged. */
  readonly onFault: (error: ParseError) => void;
}

/** An appup that is there, and the versions of its entries that were made before. */
export interface ExistingAppup {
  readonly appup: Appup;
  readonly made: ReadonlySet<string>;
}

/** Instructions that a person wrote, for the versions that patterns name. */
export interface AppupScript {
  readonly file: string;
  /** The pattern of the new version. */
  readonly vsn: string;
  readonly up: readonly ScriptEntry[];
  readonly down: readonly ScriptEntry[];
}

/** The instructions for the older versions that a pattern names. */
export interface ScriptEntry {
  readonly pattern: string;
  readonly instructions: readonly Term[];
}

/** `APP.appup.pre.src` and `APP.appup.post.src`. */
export interface AppupScripts {
  readonly pre?: AppupScript | undefined;
  readonly post?: AppupScript | undefined;
}

/** What is asked for. */
export interface GenerateRequest {
  /** The last one first, or in any order: entries come in it. */
  readonly olds: readonly Build[];
  readonly now: Build;
  readonly choices: GenerateChoices;
}

/** What the new appup has of one older version. */
export interface GeneratedEntry {
  readonly from: string;
  /** The instructions; null where an entry that was there counts. */
  readonly up: readonly Term[] | null;
  readonly down: readonly Term[] | null;
}

/** The appup of one application. */
export interface GeneratedAppup {
  readonly application: string;
  /** All of it: what was made and what was kept. */
  readonly appup: Appup;
  readonly entries: readonly GeneratedEntry[];
  /** Entries that were there and stay. */
  readonly kept: { readonly up: readonly AppupEntry[]; readonly down: readonly AppupEntry[] };
  /** The versions whose entries were made, now or before. */
  readonly made: readonly string[];
}

/** The answer. */
export interface GeneratedAppups {
  /** By name. */
  readonly appups: readonly GeneratedAppup[];
  /** What was compared, for each older build. */
  readonly changes: readonly BuildChanges[];
  /** What no appup can upgrade: applications with the version that they had and other modules, modules of two applications. */
  readonly conflicts: readonly BuildConflict[];
  readonly warnings: readonly AppupWarning[];
}

/** A call that fails while one application is upgraded and the other isn't yet. */
export interface BrokenCall {
  readonly module: string;
  /** `module:name/arity`. */
  readonly function: string;
}

/** What is wrong, and with what. */
export type AppupFault =
  /** Nothing converts the state of the module's processes; the record is null where no attribute names it. */
  | { readonly kind: 'state_unhandled'; readonly module: string; readonly record: string }
  | { readonly kind: 'state_unknown'; readonly module: string; readonly record: string | null }
  /** Records that may be part of the state; no attribute says which is. */
  | { readonly kind: 'records_changed'; readonly module: string; readonly records: readonly string[] }
  | { readonly kind: 'wrong_callback'; readonly module: string; readonly behaviour: string; readonly wanted: string }
  /** A supervisor that is another process as well. */
  | { readonly kind: 'two_kinds'; readonly module: string; readonly behaviours: readonly string[] }
  | { readonly kind: 'not_listed'; readonly modules: readonly string[]; readonly in: string }
  | { readonly kind: 'no_beam'; readonly modules: readonly string[]; readonly in: string }
  | { readonly kind: 'children_unknown'; readonly module: string; readonly because: string }
  | { readonly kind: 'supervisor_unnamed'; readonly module: string; readonly because: string }
  | { readonly kind: 'children_changed'; readonly module: string; readonly children: readonly string[] }
  /** Whether these are started otherwise is only known at run time. */
  | { readonly kind: 'children_unclear'; readonly module: string; readonly children: readonly string[] }
  /** It becomes simple_one_for_one, or was that. */
  | { readonly kind: 'strategy_changed'; readonly module: string }
  /** The supervisor's child is a process of `module`, and the modules that release_handler looks for it by are others. */
  | {
      readonly kind: 'hidden_process';
      readonly module: string;
      readonly supervisor: string;
      readonly child: string;
      readonly modules: readonly string[];
      readonly direction: 'up' | 'down';
    }
  /** `first` is upgraded before `second`, and meanwhile calls from `caller` fail. */
  | {
      readonly kind: 'broken_calls';
      readonly direction: 'up' | 'down';
      readonly first: string;
      readonly second: string;
      readonly caller: string;
      readonly calls: readonly BrokenCall[];
    }
  | { readonly kind: 'by_hand'; readonly module: string; readonly direction: 'up' | 'down' }
  | { readonly kind: 'script_unused'; readonly file: string }
  | { readonly kind: 'other_version'; readonly vsn: string }
  | { readonly kind: 'older_differ' };

/** What to look at before the upgrade. */
export interface AppupWarning {
  readonly application: string;
  /** The older version; null where it is none's. */
  readonly from: string | null;
  readonly fault: AppupFault;
}

/** An application of two builds, upgraded. */
export interface UpgradedApplication {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly old: BuiltApplication;
  readonly now: BuiltApplication;
}
