// What a level makes of functions and modules. A key is a number that ascends in Erlang's order of what it stands for; which keys become
// nodes depends on the edges that are chosen.
//
//   function      key of module m: firstOf[m] + m, of its functions f: f + m + 1, so that a module comes before what it defines
//   module        the module's id; application, release: theirs; group: its place in the order of names

import { rankNames } from '../program/function-table.js';
import type { Program } from '../program/program.js';
import { DEFINED, PREDEFINED } from '../program/program.js';
import type { DependencyLevel, DependencyNode } from './dependency-graph.js';
import { groupOf, type ModuleGroup, NO_GROUP } from './groups.js';

/** The keys of a level; -1 where a function or module has no node. */
export interface NodeKeys {
  readonly size: number;
  readonly ofFunction: (id: number) => number;
  readonly ofModule: (module: number) => number;
  /** Of an application as a whole, whichever module of it is meant. */
  readonly ofApplication: (application: number) => number;
  /** Names the node of a key. */
  readonly node: (key: number) => Pick<DependencyNode, 'id' | 'app'>;
  /** 1 at the keys that are nodes without any edge: what was read. */
  readonly own: Uint8Array;
}

/** Returns the keys of a level; groups are asked for at level `group` alone. */
export function nodeKeys(program: Program, level: DependencyLevel, groups: readonly ModuleGroup[]): NodeKeys {
  switch (level) {
    case 'function':
      return functionKeys(program);
    case 'module':
      return moduleKeys(program);
    case 'application': {
      const node = (key: number) => ({ id: program.applications[key] as string, app: program.applications[key] as string });
      const keys = coarseKeys(program, program.applicationOf, program.applications.length, node);
      return { ...keys, ofApplication: (application) => application };
    }
    case 'release': {
      const table = program.applicationOf.map((app) => (app < 0 ? -1 : (program.releaseOf[app] as number)));
      const keys = coarseKeys(program, table, program.releases.length, (key) => ({
        id: program.releases[key] as string,
        app: null,
      }));
      return { ...keys, ofApplication: (application) => program.releaseOf[application] ?? -1 };
    }
    case 'group':
      return groupKeys(program, groups);
  }
}

/** Returns the application of a module, or null. */
export function applicationOfModule({ applicationOf, applications }: Program, module: number): string | null {
  return applications[applicationOf[module] as number] ?? null;
}

/** Names a function without quotes, but for a module whose name would make it mean two things. */
export function functionId({ functions }: Program, id: number): string {
  const { modules, names, moduleOf, nameOf, arityOf } = functions;
  return `${plainModule(modules[moduleOf[id] as number] as string)}:${names[nameOf[id] as number]}/${arityOf[id]}`;
}

function plainModule(name: string): string {
  return /^'|:/.test(name) ? `'${name.replace(/['\\]/g, '\\$&')}'` : name;
}

function functionKeys(program: Program): NodeKeys {
  const { modules, moduleOf, firstOf } = program.functions;
  const size = moduleOf.length + modules.length;
  const ofModule = (module: number) => (firstOf[module] as number) + module;
  const ofFunction = (id: number) => id + (moduleOf[id] as number) + 1;
  const functionOf = new Int32Array(size).fill(-1);
  const own = new Uint8Array(size);
  for (let id = 0; id < moduleOf.length; id++) {
    functionOf[ofFunction(id)] = id;
    if (((program.marks[id] as number) & (DEFINED | PREDEFINED)) !== 0) own[ofFunction(id)] = 1;
  }
  const moduleAt = new Map(modules.map((_, module) => [ofModule(module), module]));
  const node = (key: number) => {
    const id = functionOf[key] as number;
    const module = id < 0 ? (moduleAt.get(key) as number) : (moduleOf[id] as number);
    const app = applicationOfModule(program, module);
    return { id: id < 0 ? (modules[module] as string) : functionId(program, id), app };
  };
  return { size, ofFunction, ofModule, ofApplication: () => -1, node, own };
}

function moduleKeys(program: Program): NodeKeys {
  const { modules, moduleOf } = program.functions;
  const own = new Uint8Array(modules.length);
  for (const module of program.analysed) own[module] = 1;
  return {
    size: modules.length,
    ofFunction: (id) => moduleOf[id] as number,
    ofModule: (module) => module,
    ofApplication: () => -1,
    node: (key) => ({ id: modules[key] as string, app: applicationOfModule(program, key) }),
    own,
  };
}

/** Keys that are several modules each, by `table`. */
function coarseKeys(program: Program, table: Int32Array, size: number, node: NodeKeys['node']): NodeKeys {
  const { moduleOf } = program.functions;
  const own = new Uint8Array(size);
  for (const module of program.analysed) if ((table[module] as number) >= 0) own[table[module] as number] = 1;
  const ofModule = (module: number) => table[module] as number;
  const ofFunction = (id: number) => ofModule(moduleOf[id] as number);
  return { size, ofFunction, ofModule, ofApplication: () => -1, node, own };
}

function groupKeys(program: Program, groups: readonly ModuleGroup[]): NodeKeys {
  const { modules } = program.functions;
  const { sorted, ranks } = rankNames([...groups.map(({ name }) => name), NO_GROUP]);
  const table = Int32Array.from(modules, (name, module) => {
    const group = groupOf(groups, name, applicationOfModule(program, module));
    return ranks[group < 0 ? groups.length : group] as number;
  });
  return coarseKeys(program, table, sorted.length, (key) => ({ id: sorted[key] as string, app: null }));
}
