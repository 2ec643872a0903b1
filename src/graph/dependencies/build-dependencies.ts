// A program to the graph of one level, with the kinds of dependencies that are asked for: calls as the reader of each module found them (in
// modules mode what it imports), and references by kind and confidence.

import type { Confidence, ReferenceKind } from '../module-facts.js';
import { DEFINED, type Program, type ProgramReference, UNRESOLVED } from '../program/program.js';
import { append, itemsOf, newColumn } from '../sets/int-column.js';
import {
  type DependencyGraph,
  type DependencyLevel,
  type DependencyNode,
  groupFacts,
  type PlacedFacts,
} from './dependency-graph.js';
import type { ModuleGroup } from './groups.js';
import { type NodeKeys, nodeKeys } from './node-keys.js';

/** How one thing depends on another: by calling it, or as a {@link ReferenceKind} says. */
export type EdgeKind = 'call' | ReferenceKind;

/** A record, so that a kind that is new can't be forgotten. */
const ALL_KINDS = {
  call: true,
  behaviour: true,
  type: true,
  transform: true,
  record: true,
  struct: true,
  protocol: true,
  mfa: true,
  child_spec: true,
} as const satisfies Record<EdgeKind, true>;

/** All of them, in the order of docs. */
export const EDGE_KINDS = Object.keys(ALL_KINDS) as readonly EdgeKind[];

/** From the surest. */
export const CONFIDENCES: readonly Confidence[] = ['exact', 'literal', 'inferred'];

/** What becomes an edge. */
export interface EdgeChoice {
  readonly level: DependencyLevel;
  readonly kinds: ReadonlySet<EdgeKind>;
  readonly minConfidence: Confidence;
  /** Whether calls of what is only known at run time lead to nodes of their own, such as `$M_EXPR`. */
  readonly unresolved: boolean;
  /** The groups of level `group`. */
  readonly groups: readonly ModuleGroup[];
}

/** Builds the graph of all that was read. */
export function buildDependencies(program: Program, choice: EdgeChoice): DependencyGraph {
  const keys = nodeKeys(program, choice.level, choice.groups);
  const placed = placeFacts(program, keys, choice);
  const used = keys.own.slice();
  for (const key of placed.sources) used[key] = 1;
  for (const key of placed.targets) used[key] = 1;
  const defined = countDefined(program, keys);
  const table = new Int32Array(keys.size).fill(-1);
  const nodes: DependencyNode[] = [];
  for (let key = 0; key < keys.size; key++) {
    if (used[key] === 0) continue;
    table[key] = nodes.length;
    const isRead = keys.own[key] === 1 && program.mode === 'functions';
    nodes.push({ ...keys.node(key), functions: isRead ? (defined[key] as number) : null });
  }
  const { edges, firstFact, facts } = groupFacts(placed);
  const numbered = (key: number) => table[key] as number;
  return {
    level: choice.level,
    nodes,
    edges: { sources: edges.sources.map(numbered), targets: edges.targets.map(numbered) },
    firstFact,
    facts,
  };
}

/** Returns how many functions are defined, by key. */
function countDefined({ marks }: Program, keys: NodeKeys): Int32Array {
  const counts = new Int32Array(keys.size);
  for (let id = 0; id < marks.length; id++) {
    const key = ((marks[id] as number) & DEFINED) === 0 ? -1 : keys.ofFunction(id);
    if (key >= 0) counts[key] = (counts[key] as number) + 1;
  }
  return counts;
}

function placeFacts(program: Program, keys: NodeKeys, choice: EdgeChoice): PlacedFacts {
  const [sources, targets, facts] = [newColumn(), newColumn(), newColumn()];
  const place = (source: number, target: number, fact: number) => {
    if (source < 0 || target < 0) return;
    append(sources, source);
    append(targets, target);
    append(facts, fact);
  };
  if (choice.kinds.has('call')) placeCalls(program, keys, choice, place);
  placeReferences(program, keys, choice, place);
  return { sources: itemsOf(sources), targets: itemsOf(targets), facts: itemsOf(facts) };
}

type Place = (source: number, target: number, fact: number) => void;

function placeCalls(program: Program, keys: NodeKeys, choice: EdgeChoice, place: Place): void {
  const { calls, imports, mode } = program;
  if (mode === 'modules') {
    for (let row = 0; row < imports.sources.length; row++) {
      place(keys.ofModule(imports.sources[row] as number), keys.ofFunction(imports.targets[row] as number), row);
    }
    return;
  }
  const isHidden = hiddenTargets(program, choice);
  for (let row = 0; row < calls.kinds.length; row++) {
    const target = calls.edges.targets[row] as number;
    if (((calls.kinds[row] as number) & UNRESOLVED) !== 0 && isHidden(target)) continue;
    place(keys.ofFunction(calls.edges.sources[row] as number), keys.ofFunction(target), row);
  }
}

/** Of unresolved calls: a module may be known where the function isn't. */
function hiddenTargets({ functions }: Program, { level, unresolved }: EdgeChoice): (target: number) => boolean {
  if (unresolved) return () => false;
  if (level === 'function') return () => true;
  return (target) => functions.modules[functions.moduleOf[target] as number] === '$M_EXPR';
}

function placeReferences(program: Program, keys: NodeKeys, choice: EdgeChoice, place: Place): void {
  const least = CONFIDENCES.indexOf(choice.minConfidence);
  program.references.forEach((reference, at) => {
    const { kind, confidence, owner, from } = reference;
    if (!choice.kinds.has(kind) || CONFIDENCES.indexOf(confidence) > least) return;
    const source = from < 0 ? keys.ofModule(owner) : keys.ofFunction(from);
    place(source, targetOf(keys, reference), -1 - at);
  });
}

/** Returns how many distinct calls, and places of them, have a target that is only known at run time. */
export function countUnresolved({ calls }: Program): { readonly calls: number; readonly sites: number } {
  let count = 0;
  let sites = 0;
  for (let row = 0; row < calls.kinds.length; row++) {
    if (((calls.kinds[row] as number) & UNRESOLVED) === 0) continue;
    count++;
    for (let at = calls.firstCall[row] as number; at < (calls.firstCall[row + 1] as number); at++) {
      const call = calls.calls[at] as number;
      sites += (calls.firstSite[call + 1] as number) - (calls.firstSite[call] as number);
    }
  }
  return { calls: count, sites };
}

function targetOf(keys: NodeKeys, { toFunction, toModule, toApplication }: ProgramReference): number {
  if (toFunction >= 0) return keys.ofFunction(toFunction);
  if (toModule >= 0) return keys.ofModule(toModule);
  return toApplication < 0 ? -1 : keys.ofApplication(toApplication);
}
