// The data of a migration, from the beams that it starts from to the forms that go into the new one. Plain and readonly: description is a
// function of a beam (or of a snapshot), plan a function of descriptions, forms a function of the plan, the new beam a function of these.

import type { Expression } from '../forms/expression-model.js';
import type { FunctionForm, TypeForm } from '../forms/form-model.js';
import type { RecordDefinition } from '../forms/records.js';
import type { Term } from '../term/model.js';

/** The callbacks that a process's state is handed to when its code changes. */
export interface CallbackKind {
  /** `code_change` or `system_code_change`. */
  readonly name: string;
  readonly arity: 3 | 4;
  /** 0-based positions of the state and of Extra among the arguments, and of OldVsn. */
  readonly state: number;
  readonly extra: number;
  readonly oldVsn: number;
  /** Whether the result is `{ok, StateName, Data}` rather than `{ok, State}`. */
  readonly result: 'ok_state' | 'ok_name_data';
  /** Whether a thrown term is a result for who calls it (all but gen_event). */
  readonly thrownIsResult: boolean;
}

/** A field that has another name in newer builds; `record` is absent where the record of the state is meant. */
export interface FieldRename {
  readonly record?: string;
  readonly old: string;
  readonly new: string;
}

/** A field whose value `module:name/1` converts on the way up; `record` is absent where the record of the state is meant. */
export interface FieldConversion {
  readonly record?: string;
  readonly field: string;
  readonly module: string;
  readonly name: string;
}

/** What one build of a module says of its state: read from a beam with debug info, or from a snapshot. */
export interface StateDescription {
  readonly kind: 'state';
  /** What told of the records: only native ones are in `Recs`, and only a snapshot lacks what no record needs. */
  readonly source: 'abstract_code' | 'Recs' | 'snapshot';
  readonly module: string;
  /** File (or member of an archive, or place in a snapshot) that it was read from. */
  readonly file: string;
  /** As release_handler normalises the `vsn` attribute (release-upgrade, 4.2); undefined where there is none. */
  readonly vsn: Term | undefined;
  /** MD5 of the module, in hexadecimal digits. */
  readonly md5: string;
  /** Names of `-state_record`; more than one is refused. */
  readonly stateRecords: readonly string[];
  readonly behaviours: readonly string[];
  /** `name/arity`. */
  readonly exports: ReadonlySet<string>;
  /** Modules of imported functions by `name/arity`. */
  readonly imports: ReadonlyMap<string, string>;
  readonly records: ReadonlyMap<string, RecordDefinition>;
  /** Names of native records that other modules may use. */
  readonly exportedRecords: ReadonlySet<string>;
  /** Local types by `name/arity`. */
  readonly types: ReadonlyMap<string, TypeForm>;
  /** By `name/arity`, decoded when asked for; undefined where there is none. */
  readonly functionForm: (name: string, arity: number) => FunctionForm | undefined;
  /** `-state_rename([{old, new}])`, or `{record, old, new}`. */
  readonly renames: readonly FieldRename[];
  /** `-state_convert([{field, {M, F}}])`, or `{record, field, {M, F}}`. */
  readonly conversions: readonly FieldConversion[];
}

/** Why there is no migration. */
export type RefusalCode =
  | 'no_attributes'
  | 'no_debug_info'
  | 'encrypted'
  | 'elixir'
  | 'no_state_record'
  | 'several_state_records'
  | 'record_not_found'
  | 'supervisor'
  | 'application'
  | 'no_callback'
  | 'several_callbacks'
  | 'other_module'
  | 'ambiguous'
  | 'unknown_field'
  | 'not_exported'
  | 'unsupported';

/** A migration that can't be made: `reason` is one sentence without the file's name. */
export interface Refusal {
  readonly kind: 'refused';
  readonly module: string;
  readonly file: string;
  readonly code: RefusalCode;
  readonly reason: string;
}

/** Nothing to do: no record that the state reaches changed since any of the older builds. */
export interface Unchanged {
  readonly kind: 'unchanged';
  readonly module: string;
  readonly file: string;
  readonly record: string;
}

/** What to plan beyond what the module says itself. */
export interface PlanOptions {
  /** The state record, where the attribute isn't there or isn't to be heeded. */
  readonly record?: string | undefined;
  /** A behaviour whose callback is meant (`gen_statem`), `system`, or the callback itself: `code_change/4`. */
  readonly callback?: string | undefined;
  readonly renames?: readonly FieldRename[] | undefined;
}

/** The shape of a record in one build. */
export interface Layout {
  readonly tag: string;
  readonly native: boolean;
  /** Whether a native record is exported, which its instances say; false for tuples. */
  readonly exported: boolean;
  readonly fields: readonly string[];
}

/** Records (by their names in the new build) that a field's value may be or have in a list, in the order in which they are converted. */
export interface Nested {
  readonly direct: readonly string[];
  readonly list: readonly string[];
}

/** An expression with the build that its records and functions are those of: `to`, or a position in `from`. */
export interface Default {
  readonly build: 'to' | number;
  readonly expression: Expression | undefined;
}

/** Where a field's value comes from; `from` is a 0-based position among the fields of the other layout. */
export type FieldSource =
  | { readonly kind: 'copied'; readonly from: number; readonly nested: Nested }
  | { readonly kind: 'converted'; readonly from: number; readonly module: string; readonly name: string }
  | { readonly kind: 'default'; readonly value: Default };

/** How to get the older record back, for these versions: builds of one layout may differ in defaults. */
export interface DownVariant {
  readonly vsns: readonly Term[];
  readonly layout: Layout;
  /** A source for each field of the old layout. */
  readonly fields: readonly FieldSource[];
}

/** Builds in which a record has the same layout. */
export interface LayoutGroup {
  readonly layout: Layout;
  /** Whether it is the layout of the new build, and nothing of it has to be converted but what is nested. */
  readonly isNew: boolean;
  /** Positions in `from`. */
  readonly builds: readonly number[];
  readonly vsns: readonly Term[];
  /** A source for each field of the new layout. */
  readonly up: readonly FieldSource[];
  /** None where only the new build has the layout. */
  readonly down: readonly DownVariant[];
}

/** A record that has to be converted, or that has such records in its fields. */
export interface RecordPlan {
  /** Its name in the new build. */
  readonly name: string;
  readonly layout: Layout;
  /** The group of the new layout is the last. */
  readonly groups: readonly LayoutGroup[];
}

/** What becomes of the user's own callback. */
export type UserCallback = 'absent' | 'called' | 'private';

/** All that there is to say about one migration before a byte is written. */
export interface MigrationPlan {
  readonly kind: 'migration';
  readonly to: StateDescription;
  readonly from: readonly StateDescription[];
  readonly callback: CallbackKind;
  readonly user: UserCallback;
  /** Whether Extra gets `{old_state, State}`. */
  readonly extendsExtra: boolean;
  /** The record of the state is the first. */
  readonly records: readonly RecordPlan[];
  readonly report: MigrationReport;
}

/** A field with its default as Erlang text. */
export interface AddedField {
  readonly field: string;
  readonly default: string;
}

/** What becomes of one record of one older build. */
export interface RecordReport {
  readonly record: string;
  readonly from: { readonly file: string; readonly vsn: Term | undefined; readonly record: string };
  /** Whether only what is nested in it changed. */
  readonly sameLayout: boolean;
  readonly copied: readonly string[];
  readonly renamed: readonly { readonly old: string; readonly new: string }[];
  readonly added: readonly AddedField[];
  /** Fields whose data is lost on the way up. */
  readonly dropped: readonly string[];
  readonly converted: readonly { readonly field: string; readonly by: string }[];
  readonly nested: readonly { readonly field: string; readonly records: readonly string[] }[];
  readonly down: {
    readonly added: readonly AddedField[];
    /** Fields whose data is lost on the way down. */
    readonly dropped: readonly string[];
  };
  /** Renames that are likely: `-state_rename` or `--rename` does them. */
  readonly proposals: readonly RenameProposal[];
}

/** A field that is gone and one that has come, and what they have in common. */
export interface RenameProposal {
  readonly old: string;
  readonly new: string;
  readonly because: readonly ('place' | 'type' | 'default')[];
}

/** What a person should look at. */
export interface MigrationWarning {
  readonly code:
    | 'type_changed'
    | 'not_converted'
    | 'remote_type'
    | 'callback_not_exported'
    | 'down_by_hand'
    | 'converted_upward_only'
    | 'rename_unused'
    | 'conversion_unused'
    | 'vsn_shared';
  readonly record?: string;
  readonly field?: string;
  readonly text: string;
}

/** The plan for people and programs. */
export interface MigrationReport {
  readonly module: string;
  readonly file: string;
  readonly record: string;
  /** `code_change/3`. */
  readonly callback: string;
  readonly user: UserCallback;
  readonly extendsExtra: boolean;
  readonly records: readonly RecordReport[];
  readonly warnings: readonly MigrationWarning[];
}

/** What goes into the new beam. */
export interface MigrationForms {
  /** New functions in the order in which they are appended. The callback itself is one of them. */
  readonly functions: readonly FunctionForm[];
  /** The user's callback that is kept under another name; absent where there was none. */
  readonly renamed?: { readonly name: string; readonly arity: number; readonly to: string; readonly exported: boolean };
  /** The generated callback, which has to be exported. */
  readonly callback: { readonly name: string; readonly arity: number };
  /** Records that the functions name, under the names that they have in `functions`; most often none, since they are written as tuples. */
  readonly records: ReadonlyMap<string, RecordDefinition>;
  /** The layouts that it converts from: kept in the marker, so that a second run can tell whether there is something to do. */
  readonly sources: readonly { readonly vsn: Term | undefined; readonly md5: string }[];
  /** Whatever else distinguishes one migration from another (options, layouts), as a term for the marker. */
  readonly identity: Term;
}
