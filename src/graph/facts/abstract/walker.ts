// What the parts of the walk over expressions know of each other: the state, and the way back into the general walk.

import type { Target } from '../call-log.js';
import type { CallTargets } from './call-targets.js';
import type { FormCursor } from './form-cursor.js';
import type { RecordTable } from './record-table.js';
import type { ReleaseRules } from './release-rules.js';
import type { Context, Place, Scope } from './scope.js';

/** What the attributes of a module say about reading its functions. */
export interface ModuleSettings {
  readonly rules: ReleaseRules;
  readonly targets: CallTargets;
  /** Whether calls of BIFs are wanted. */
  readonly builtins: boolean;
  readonly records: RecordTable;
  /** Names of native records, of this module or imported. */
  readonly nativeRecords: Set<string>;
  /** Whether an access to a field tests the record (not with the option `no_strict_record_tests`). */
  strictTests: boolean;
  /** Whether every update takes the record apart. */
  takesUpdatesApart: boolean;
}

/** An access to a field in a guard, which xref sees as a test that comes before the guard. */
export interface GuardAccess {
  /** Equal for accesses to the same record. */
  readonly key: string;
  readonly line: number;
  readonly column: number;
}

/** The cursor that goes over expressions. */
export interface Walker extends FormCursor {
  readonly settings: ModuleSettings;
  readonly scope: Scope;
  context: Context;
  /** Whether records expand as in guards: in guards, and in the filters of comprehensions that could be guards. */
  inGuard: boolean;
  /** Whether calls count together with BIFs only: in the guards of clauses. */
  guard: boolean;
  /** The accesses to fields in this guard test that no test precedes yet, the latest last. */
  accesses: readonly GuardAccess[];
  /** The keys of the records that are tested already. */
  checked: readonly string[];

  /** Walks over the next node, whatever it is. */
  walk(): void;
  /** Walks over that many nodes. */
  walkNodes(count: number): void;
  /** Walks over a list of nodes. */
  walkList(): void;
  /** Walks over a list of clauses, each with a scope of its own. */
  walkClauses(): void;
  /** Walks over the next node in another context. */
  walkIn(context: Context): void;
  /** Walks over a node elsewhere, without moving. */
  walkAt(place: Place): void;
  /** Runs a part of the walk that may come back to itself; throws ParseError `limit` where that goes too deep. */
  nest<T>(part: () => T): T;
  /** Counts bytes that are read once more; throws ParseError `limit` where they are out of all proportion. */
  reread(bytes: number): void;
  /** Sets `line` and `column` to the place in the source that the annotation at that position names. */
  readSite(anno: number): void;
  /** Adds a call where the annotation at that position says; null is none. */
  addAt(target: Target | null, anno: number): void;
  /** Adds a call at the present `line` and `column`. */
  addHere(target: Target | null): void;
}
