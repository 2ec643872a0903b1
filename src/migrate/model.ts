// The data of a migration, from the beams that it starts from to the forms that go into the new one. Plain and readonly: description is a
// function of a beam (or of a snapshot), plan a function of descriptions, forms a function of the plan, the new beam a function of these.

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

/** What one build of a module says of its state: read from a beam with debug info, or from a snapshot. */
export interface StateDescription {
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
  readonly records: ReadonlyMap<string, RecordDefinition>;
  /** Local types by `name/arity`. */
  readonly types: ReadonlyMap<string, TypeForm>;
  /** By `name/arity`, decoded when asked for; undefined where there is none. */
  readonly functionForm: (name: string, arity: number) => FunctionForm | undefined;
  /** `-state_rename([{old, new}])` and `-state_convert([{field, {M, F}}])`. */
  readonly renames: readonly (readonly [string, string])[];
  readonly conversions: readonly (readonly [string, { readonly module: string; readonly name: string }])[];
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
