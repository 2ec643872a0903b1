// What the dependencies of one build come to, as plain data that another build's can be held against.

import { askDependencies } from '../graph/dependencies/ask.js';
import type { EdgeChoice, EdgeKind } from '../graph/dependencies/build-dependencies.js';
import { functionId } from '../graph/dependencies/node-keys.js';
import { BUILTIN, EXPORTED, EXTERNAL, IN_LIBRARY, PREDEFINED, type Program, UNRESOLVED } from '../graph/program/program.js';

/** How a node is coupled, as {@link NodeMetrics} has it. */
export interface Coupling {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly instability: number | null;
}

/** An edge between two different nodes. */
export interface KnownEdge {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly EdgeKind[];
}

/** A call of a function that isn't there, `module:name/arity` each. */
export interface UndefinedCall {
  readonly from: string;
  readonly to: string;
  /** The module that is called. */
  readonly module: string;
}

/** The dependencies of a build. */
export interface BuildDependencies {
  /** Modules that were read. */
  readonly modules: ReadonlySet<string>;
  /** By id, in Erlang's order. */
  readonly nodes: ReadonlyMap<string, Coupling>;
  /** In order of from and to. */
  readonly edges: readonly KnownEdge[];
  /** Nodes of strong components of two or more, in order. */
  readonly cycles: readonly (readonly string[])[];
  /** Of modules that were not read as well; null where calls weren't read. */
  readonly undefinedCalls: readonly UndefinedCall[] | null;
  /** Calls whose target is only known at run time; null where calls weren't read. */
  readonly unresolved: { readonly calls: number; readonly sites: number } | null;
}

const WHOLE = {
  ...{ include: [], exclude: [], collapse: [], from: [], to: [], focus: [], hops: 1, uses: [], usedBy: [] },
  ...{ reduce: false, sites: false },
};

/** Returns the dependencies of a program, between the nodes and of the kinds of the choice. */
export function readDependencies(program: Program, edges: EdgeChoice): BuildDependencies {
  const measured = askDependencies(program, { ...WHOLE, edges, view: { kind: 'metrics' } });
  const circular = askDependencies(program, { ...WHOLE, edges, view: { kind: 'cycles', fewest: 'edges' } });
  const coupling = new Map(
    (measured.metrics ?? []).map(({ id, fanIn, fanOut, instability }) => [id, { fanIn, fanOut, instability }]),
  );
  const { modules } = program.functions;
  return {
    modules: new Set(Array.from(program.analysed, (module) => modules[module] as string)),
    nodes: new Map(measured.nodes.map(({ id }) => [id, coupling.get(id) as Coupling])),
    edges: Array.from(measured.edges, ({ from, to, kinds }) => ({ from, to, kinds })).filter(({ from, to }) => from !== to),
    cycles: (circular.cycles ?? []).map(({ nodes }) => nodes),
    undefinedCalls: program.mode === 'functions' ? undefinedCalls(program) : null,
    unresolved: measured.unresolved,
  };
}

const THERE = EXPORTED | BUILTIN | PREDEFINED | IN_LIBRARY;

function undefinedCalls(program: Program): readonly UndefinedCall[] {
  const { calls, marks, functions } = program;
  const found: UndefinedCall[] = [];
  for (let row = 0; row < calls.kinds.length; row++) {
    const target = calls.edges.targets[row] as number;
    const isCall = ((calls.kinds[row] as number) & (EXTERNAL | UNRESOLVED)) === EXTERNAL;
    if (!isCall || ((marks[target] as number) & THERE) !== 0) continue;
    const module = functions.modules[functions.moduleOf[target] as number] as string;
    found.push({ from: functionId(program, calls.edges.sources[row] as number), to: functionId(program, target), module });
  }
  return found;
}
