// What a supervisor's init/1 returns, as far as its compiled code tells without being run.
//
//   {ok, {Flags, [ChildSpec]}} | ignore
//   Flags       #{strategy, intensity, period, auto_shutdown} | {Strategy, Intensity, Period}
//   ChildSpec   #{id, start, restart, significant, shutdown, type, modules} | {Id, Start, Restart, Shutdown, Type, Modules}
//
// Defined by lib/stdlib/src/supervisor.erl.

import type { Term } from '../../term/model.js';
import type { CodePlace, PartialTerm, Unknown } from './partial-term.js';

/** Which children a supervisor starts. */
export type Children = KnownChildren | IgnoredChildren | UnknownChildren;

/** The children, in the order in which they are started; in one of the orders where some aren't always there. */
export interface KnownChildren {
  readonly kind: 'known';
  readonly flags: SupervisorFlags;
  /** Of simple_one_for_one the one template. */
  readonly children: readonly PartialChildSpec[];
}

/** init/1 returns `ignore`: no supervisor is started, and one that runs keeps the children that it has. */
export interface IgnoredChildren {
  readonly kind: 'ignore';
}

/** What stopped the reading. */
export interface UnknownChildren extends CodePlace {
  readonly kind: 'unknown';
  /** One sentence without a full stop. */
  readonly because: string;
}

/** How a supervisor goes about failures; what only a running system knows stands as Unknown. */
export interface SupervisorFlags {
  readonly strategy: string | Unknown;
  readonly intensity: PartialTerm;
  readonly period: PartialTerm;
  readonly autoShutdown: PartialTerm;
}

/** A child; what only a running system knows stands as Unknown. */
export interface PartialChildSpec {
  readonly id: PartialTerm;
  readonly start: ChildStart;
  /** permanent | transient | temporary, or what a library's own supervisor takes, such as {permanent, Delay}. */
  readonly restart: PartialTerm;
  /** brutal_kill | infinity | milliseconds. */
  readonly shutdown: PartialTerm;
  readonly type: 'worker' | 'supervisor' | Unknown;
  /** The modules that release_handler finds the child by. */
  readonly modules: readonly string[] | 'dynamic' | Unknown;
  readonly significant: PartialTerm;
  /** What decides whether there is such a child; null where there always is. */
  readonly condition: Unknown | null;
}

/** A child whose id is known. */
export interface ChildSpec extends PartialChildSpec {
  readonly id: Term;
}

/** The function that starts a child. */
export interface ChildStart {
  readonly module: string | Unknown;
  readonly function: string | Unknown;
  /** A list, where all is known. */
  readonly args: PartialTerm;
}

/** The fields of {@link ChildSpec} but its id. */
export type ChildField = Exclude<keyof PartialChildSpec, 'id'>;

/** The name by which a supervisor is registered on its node. */
export type SupervisorName =
  | { readonly kind: 'known'; readonly name: string }
  | { readonly kind: 'unknown'; readonly because: string };

/** What changed between the children of two builds. */
export type ChildrenChange = KnownChildrenChange | UnknownChildrenChange;

interface NamedChange {
  /** The name that it is registered by in the new build. */
  readonly name: SupervisorName;
}

/** Children by id, and how each differs. */
export interface KnownChildrenChange extends NamedChange {
  readonly kind: 'known';
  readonly added: readonly ChildSpec[];
  readonly removed: readonly ChildSpec[];
  readonly changed: readonly ChildChange[];
  /** Whether those that both have are started in another order; false where some aren't always there. */
  readonly isReordered: boolean;
  /** Names of the flags that differ. */
  readonly flags: readonly (keyof SupervisorFlags)[];
  /** Whether either build is simple_one_for_one: there is one template, which has no id that counts, and none of it is started. */
  readonly isTemplate: boolean;
}

/** A child that both builds have. */
export interface ChildChange {
  /** `undefined` for a template. */
  readonly id: Term;
  readonly from: PartialChildSpec;
  readonly to: PartialChildSpec;
  /** Names of what differs in its specification. */
  readonly fields: readonly ChildField[];
  /** Names of what may differ, since parts are only known at run time. */
  readonly unclear: readonly ChildField[];
}

/** A build whose children can't be known, and what stopped it. */
export interface UnknownChildrenChange extends NamedChange {
  readonly kind: 'unknown';
  /** One sentence without a full stop, with the place. */
  readonly because: string;
  readonly build: 'old' | 'new';
}
