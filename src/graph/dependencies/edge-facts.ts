// What the edges of a graph stand for: kinds, distinct functions, call sites. Numbers are counted for every edge, sites are only listed for
// those that are shown with them.

import type { Confidence } from '../module-facts.js';
import { type Program, type ProgramReference, sitesOfEdge } from '../program/program.js';
import { EDGE_KINDS, type EdgeKind } from './build-dependencies.js';
import type { DependencyGraph } from './dependency-graph.js';
import { functionId } from './node-keys.js';

/** The numbers of an edge. */
export interface EdgeCounts {
  /** Distinct functions of `to` that are called (or imported, in modules mode). */
  readonly functions: number;
  /** Places in the source that make the edge; 1 for a dependency whose places aren't known. */
  readonly sites: number;
  readonly kinds: readonly EdgeKind[];
}

/** A place in the source that makes an edge. */
export interface EdgeSite {
  readonly kind: EdgeKind;
  readonly confidence: Confidence;
  /** `module:name/arity`, or the module where it is that as a whole. */
  readonly from: string;
  /** A function or type as `module:name/arity`, a record as `module:name` (of a header, as `application:name`), or the module. */
  readonly to: string;
  /** The source file as the compiler knew it, else the beam. */
  readonly file: string;
  /** From 1; null where it isn't known. */
  readonly line: number | null;
  /** From 1; null where it isn't known. */
  readonly column: number | null;
}

/** Returns what counts an edge, by its row. */
export function edgeCounter(program: Program, graph: DependencyGraph): (row: number) => EdgeCounts {
  // A function counts once for an edge: the last count that met it is remembered.
  const seen = new Int32Array(program.functions.moduleOf.length);
  let count = 0;
  return (row) => countEdge(program, graph, row, seen, ++count);
}

function countEdge(program: Program, graph: DependencyGraph, row: number, seen: Int32Array, count: number): EdgeCounts {
  const targets = program.mode === 'modules' ? program.imports.targets : program.calls.edges.targets;
  let functions = 0;
  let sites = 0;
  let mask = 0;
  for (let at = graph.firstFact[row] as number; at < (graph.firstFact[row + 1] as number); at++) {
    const fact = graph.facts[at] as number;
    sites += countSites(program, fact);
    mask |= fact < 0 ? 1 << EDGE_KINDS.indexOf(kindOf(program, fact)) : CALL_BIT;
    if (fact < 0) continue;
    const target = targets[fact] as number;
    if (seen[target] === count) continue;
    seen[target] = count;
    functions++;
  }
  return { functions, sites, kinds: kindsOfMask(mask) };
}

const CALL_ONLY: readonly EdgeKind[] = ['call'];
const CALL_BIT = 1 << EDGE_KINDS.indexOf('call');

function kindsOfMask(mask: number): readonly EdgeKind[] {
  return mask === CALL_BIT ? CALL_ONLY : EDGE_KINDS.filter((_, at) => (mask & (1 << at)) !== 0);
}

function kindOf({ references }: Program, fact: number): EdgeKind {
  return references[-1 - fact]?.kind as EdgeKind;
}

function countSites({ mode, calls, references }: Program, fact: number): number {
  if (fact < 0) return Math.max(1, references[-1 - fact]?.sites.length as number);
  if (mode === 'modules') return 1;
  let sites = 0;
  for (let at = calls.firstCall[fact] as number; at < (calls.firstCall[fact + 1] as number); at++) {
    const call = calls.calls[at] as number;
    sites += (calls.firstSite[call + 1] as number) - (calls.firstSite[call] as number);
  }
  return Math.max(1, sites);
}

/** Lists the sites of an edge, in order of their functions and places; in modules mode there is one for each function, without a line. */
export function sitesOfRow(program: Program, graph: DependencyGraph, row: number): readonly EdgeSite[] {
  const facts = graph.facts.subarray(graph.firstFact[row], graph.firstFact[row + 1]);
  // References have negative numbers, and come after calls.
  const calls = Array.from(facts.filter((fact) => fact >= 0));
  const references = Array.from(facts.filter((fact) => fact < 0)).reverse();
  return [...calls.flatMap((fact) => callSites(program, fact)), ...references.flatMap((fact) => referenceSites(program, fact))];
}

/** Lists the sites of one fact of an edge: a row of the program's calls (imports, in modules mode), or `-1 - i` for the reference at `i`. */
export function sitesOfFact(program: Program, fact: number): readonly EdgeSite[] {
  return fact < 0 ? referenceSites(program, fact) : callSites(program, fact);
}

function callSites(program: Program, row: number): readonly EdgeSite[] {
  const { functions, imports, calls, mode } = program;
  const call = { kind: 'call', confidence: 'exact' } as const;
  if (mode === 'modules') {
    const module = imports.sources[row] as number;
    const ends = { from: functions.modules[module] as string, to: functionId(program, imports.targets[row] as number) };
    return [{ ...call, ...ends, file: fileOf(program, module), line: null, column: null }];
  }
  const source = calls.edges.sources[row] as number;
  const ends = { from: functionId(program, source), to: functionId(program, calls.edges.targets[row] as number) };
  const file = fileOf(program, functions.moduleOf[source] as number);
  return placed(sitesOfEdge(program, row)).map((site) => ({ ...call, ...ends, file, ...site }));
}

function referenceSites(program: Program, fact: number): readonly EdgeSite[] {
  const reference = program.references[-1 - fact];
  if (reference === undefined) return [];
  const { kind, confidence, owner, from, sites } = reference;
  const modules = program.functions.modules;
  const source = from < 0 ? (modules[owner] as string) : functionId(program, from);
  const target = targetText(reference);
  const file = fileOf(program, owner);
  return placed(sites).map((site) => ({ kind, confidence, from: source, to: target, file, ...site }));
}

function targetText({ module, application, name, arity }: ProgramReference): string {
  if (name === null) return module ?? application ?? '';
  return `${module ?? application}:${name}${arity === null ? '' : `/${arity}`}`;
}

function fileOf({ notes }: Program, module: number): string {
  const note = notes.get(module);
  return note?.sourceFile ?? note?.file ?? '';
}

/** What is known of a place: one without any where no place is known. */
function placed(
  sites: readonly { readonly line: number; readonly column: number }[],
): readonly Pick<EdgeSite, 'line' | 'column'>[] {
  if (sites.length === 0) return [{ line: null, column: null }];
  return sites.map(({ line, column }) => ({ line: line || null, column: column || null }));
}
