// The modules of a run as one graph: every function, module, application and release a number in Erlang's term order, calls as sorted
// columns. It is a function of the facts alone (build-program.ts); what xref's variables say of it is in variables.ts.

import type { DeprecatedEntry, FunctionDocs, FunctionName, ModuleNotes, Reference, UnsafeEntry } from '../module-facts.js';
import type { Relation } from '../sets/relation.js';
import type { VertexSet } from '../sets/vertex-set.js';
import type { FunctionTable } from './function-table.js';

/** What is known of calls: each with its caller, or for each module only what it imports. */
export type ProgramMode = 'functions' | 'modules';

/** An application and the release that it was found in; its modules name it themselves. */
export interface ApplicationFacts {
  readonly name: string;
  readonly release: string | null;
}

/** What is said of a module's functions by attributes and documentation. */
export interface FunctionNotes {
  readonly deprecated: readonly DeprecatedEntry[];
  readonly unsafe?: readonly UnsafeEntry[] | undefined;
  readonly docs?: FunctionDocs | undefined;
}

/** A module that isn't analysed, but known to export functions: one on the library path. */
export interface LibraryFacts extends FunctionNotes {
  readonly module: string;
  readonly exports: readonly FunctionName[];
}

/** Bits of {@link Program.marks}. */
export const DEFINED = 1;
/** In the export table of an analysed module. */
export const EXPORTED = 2;
export const BUILTIN = 4;
/** Called from outside of its own module, or fully qualified. */
export const CALLED_EXTERNALLY = 8;
export const CALLED_LOCALLY = 16;
/** `module_info` or `behaviour_info` of an analysed module, and called: there, though the module has no code for it. */
export const PREDEFINED = 32;
/** Called, not analysed, and exported by a module on the library path. */
export const IN_LIBRARY = 64;

/** Bits that say how an edge calls; an edge may do it both ways. */
export const LOCAL = 1;
export const EXTERNAL = 2;
export const UNRESOLVED = 4;

/** All calls, by edge. */
export interface CallTable {
  /** Between functions. */
  readonly edges: Relation;
  /** By row of `edges`: LOCAL, EXTERNAL, UNRESOLVED. */
  readonly kinds: Uint8Array;
  /** The calls that an edge stands for are `calls[firstCall[row]]` up to `calls[firstCall[row + 1]]`. */
  readonly firstCall: Int32Array;
  readonly calls: Int32Array;
  /** By call: LOCAL or EXTERNAL. */
  readonly callKinds: Int32Array;
  /** By call, where its places begin in `lines` and `columns`; one more entry ends the last. */
  readonly firstSite: Int32Array;
  /** 0 where it isn't known. */
  readonly lines: Int32Array;
  /** 0 where it isn't known. */
  readonly columns: Int32Array;
}

/** A dependency that is no call, with ids of the program. */
export interface ProgramReference extends Omit<Reference, 'from'> {
  /** The module that depends. */
  readonly owner: number;
  /** Its function; -1 where it is the module as a whole. */
  readonly from: number;
  /** The module that it depends on; -1 where it is an application as a whole. */
  readonly toModule: number;
  /** The application that it depends on as a whole; -1 where a module is known, and where none of that name was read. */
  readonly toApplication: number;
  /** The function of that module, where the reference is data that names one (`mfa`, `child_spec`); -1 elsewhere. */
  readonly toFunction: number;
}

/** All facts of a run; ids of functions and modules are those of `functions`. */
export interface Program {
  readonly mode: ProgramMode;
  readonly functions: FunctionTable;
  /** In Erlang's order, those without a module included. */
  readonly applications: readonly string[];
  /** In Erlang's order. */
  readonly releases: readonly string[];
  /** The modules whose facts these are. */
  readonly analysed: VertexSet;
  /** By module; -1 where none is known. */
  readonly applicationOf: Int32Array;
  /** By application; -1 where it is in none. */
  readonly releaseOf: Int32Array;
  /** By function. */
  readonly marks: Uint8Array;
  /** By function: the line of its definition, 0 where that isn't known, -1 where the function isn't defined. */
  readonly lines: Int32Array;
  /** Without rows in modules mode. */
  readonly calls: CallTable;
  /** Which module imports which function; without rows in functions mode. */
  readonly imports: Relation;
  readonly onLoad: VertexSet;
  /** By module, of those analysed, in their order. */
  readonly notes: ReadonlyMap<number, ModuleNotes>;
  /** What they depend on without calling it, by module and function. */
  readonly references: readonly ProgramReference[];
  /** By module: those on the library path that something undefined was looked up in. */
  readonly library: ReadonlyMap<number, LibraryFacts>;
}

/** Returns the functions whose marks pass `test`. */
export function functionsWhere({ marks }: Program, test: (mark: number) => boolean): VertexSet {
  const passes = Uint8Array.from({ length: 256 }, (_, mark) => (test(mark) ? 1 : 0));
  let size = 0;
  for (const mark of marks) size += passes[mark] as number;
  const set = new Int32Array(size);
  let at = 0;
  for (let id = 0; at < size; id++) if (passes[marks[id] as number] === 1) set[at++] = id;
  return set;
}

/** Returns the calls of any kind in `mask`. */
export function callsOfKind({ calls }: Program, mask: number): Relation {
  const { edges, kinds } = calls;
  const sources = new Int32Array(kinds.length);
  const targets = new Int32Array(kinds.length);
  let size = 0;
  for (let row = 0; row < kinds.length; row++) {
    if (((kinds[row] as number) & mask) === 0) continue;
    sources[size] = edges.sources[row] as number;
    targets[size++] = edges.targets[row] as number;
  }
  return { sources: sources.slice(0, size), targets: targets.slice(0, size) };
}

/** Returns the lines of an edge's calls of any kind in `mask`, ascending and distinct. */
export function linesOfEdge({ calls }: Program, row: number, mask: number): Int32Array {
  const found = new Set<number>();
  for (let at = calls.firstCall[row] as number; at < (calls.firstCall[row + 1] as number); at++) {
    const call = calls.calls[at] as number;
    if (((calls.callKinds[call] as number) & mask) === 0) continue;
    const end = calls.firstSite[call + 1] as number;
    for (let site = calls.firstSite[call] as number; site < end; site++) found.add(calls.lines[site] as number);
  }
  return Int32Array.from(found).sort();
}

/** Returns the places of an edge's calls of any kind in `mask`, in order of line and column, distinct. */
export function sitesOfEdge(
  { calls }: Program,
  row: number,
  mask: number = LOCAL | EXTERNAL,
): readonly { readonly line: number; readonly column: number }[] {
  const sites = new Map<number, { line: number; column: number }>();
  for (let at = calls.firstCall[row] as number; at < (calls.firstCall[row + 1] as number); at++) {
    const call = calls.calls[at] as number;
    if (((calls.callKinds[call] as number) & mask) === 0) continue;
    for (let site = calls.firstSite[call] as number; site < (calls.firstSite[call + 1] as number); site++) {
      const [line, column] = [calls.lines[site] as number, calls.columns[site] as number];
      sites.set(line * 0x10000 + column, { line, column });
    }
  }
  return [...sites.values()].sort((left, right) => left.line - right.line || left.column - right.column);
}
