// What changed between two builds of a module.

import type { ChildrenChange } from './children/model.js';

/** How much a module changed: in what it does, in other chunks alone, or not at all. */
export type ChangeLevel = 'code' | 'other' | 'identical';

/** Names that one side has and the other hasn't, sorted. */
export interface NameChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A function that both builds have. */
export interface ChangedFunction {
  /** `name/arity`. */
  readonly name: string;
  /** Whether nothing differs but the lines and files that macros put into literals (?LOG_INFO, ?assert, ?FILE). */
  readonly lineLiteralsOnly: boolean;
}

/** Functions by `name/arity`, sorted; those that the compiler made are part of those that use them. */
export interface FunctionChanges extends NameChanges {
  readonly changed: readonly ChangedFunction[];
}

/** A record whose definition differs. */
export interface RecordChange {
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Names of its fields in their order; null where there is no such record. */
  readonly from: readonly string[] | null;
  readonly to: readonly string[] | null;
  /** Fields that both have, with another default. */
  readonly defaults: readonly string[];
  /** Fields that both have, with another type. */
  readonly types: readonly string[];
}

/** What becomes of the state of a process when its code changes. */
export interface StateChange {
  /** The record that `-state_record` names. */
  readonly record: string;
  /**
   * kept: the record and those in its fields are laid out as before; migrated: they aren't, and beamtool injected a migration from the old
   * build; unhandled: they aren't, and nothing that beamtool knows of converts them; unknown: there is no debug info that tells.
   */
  readonly status: 'kept' | 'migrated' | 'unhandled' | 'unknown';
  /** The callback that the author exports, such as `code_change/3`: what it does isn't known. */
  readonly callback: string | null;
}

/** What changed between two builds of a module. */
export interface ModuleChange {
  readonly module: string;
  readonly level: ChangeLevel;
  /** Whether beam_lib:cmp/2 tells the files apart: any chunk but `CInf` differs. */
  readonly isStrict: boolean;
  /** Ids of the chunks that differ or that one side hasn't. */
  readonly chunks: readonly string[];
  /** Whether nothing differs but the lines and files in functions' literals. */
  readonly lineLiteralsOnly: boolean;
  readonly functions: FunctionChanges;
  readonly exports: NameChanges;
  readonly behaviours: NameChanges;
  /** Names of attributes with other values. */
  readonly attributes: readonly string[];
  /** By name; null where a build has no debug info that tells. */
  readonly records: readonly RecordChange[] | null;
  /** null where neither build names a state record. */
  readonly state: StateChange | null;
  /** null where a build is no supervisor, and where nothing differs. */
  readonly children: ChildrenChange | null;
}
