// xref's predefined variables as sets and relations of a program. Each is made when it is first asked for and kept. With Def the functions
// defined, Exp the export tables, Lib what modules on the library path export of what is called:
//
//   X1 = Def * Exp + what is called of module_info and behaviour_info of analysed modules      X  = X1 + Lib      L = Def - Exp
//   XU = range XC    LU = range LC    V = L + X1 + XU    F = L + X    UU = (L + X1) - LU - XU
//   B  = BIFs of XU - (L + X1) - Lib                     U  = XU - (L + X1) - Lib - B
//
// In modules mode the variables of calls don't exist, and XU is what modules import. DC, DC_1, DC_2, US, US_1 and US_2 are those of
// OTP 29. Defined by the reference manual of xref and lib/tools/src/xref_base.erl.

import { imageOfSet, mapRelation, type Relation, relationOf } from '../sets/relation.js';
import { marksOf, subtractSets, unionSets, type VertexSet } from '../sets/vertex-set.js';
import { interCalls } from './inter-calls.js';
import { deprecatedFunctions, documentedFunctions, unsafeFunctions } from './notes.js';
import {
  BUILTIN,
  CALLED_EXTERNALLY,
  CALLED_LOCALLY,
  callsOfKind,
  DEFINED,
  EXPORTED,
  EXTERNAL,
  functionsWhere,
  IN_LIBRARY,
  LOCAL,
  PREDEFINED,
  type Program,
  type ProgramMode,
  UNRESOLVED,
} from './program.js';

/** What the vertices are, from the special to the general. */
export type Level = 'function' | 'module' | 'application' | 'release';

/** The value of a variable: ids of `level`. */
export type VariableValue =
  | { readonly kind: 'vertices'; readonly level: Level; readonly set: VertexSet; readonly modules?: () => VertexSet }
  | { readonly kind: 'edges'; readonly level: Level; readonly relation: Relation };

interface Definition {
  readonly level: Level;
  readonly kind: 'vertices' | 'edges';
  /** Where the variable exists; everywhere if absent. */
  readonly mode?: ProgramMode;
}

const CALL_VARIABLE = { level: 'function', kind: 'edges', mode: 'functions' } as const;
const FUNCTION_VARIABLE = { level: 'function', kind: 'vertices', mode: 'functions' } as const;
const NAME_VARIABLE = { level: 'function', kind: 'vertices' } as const;
const MODULE_VARIABLE = { level: 'module', kind: 'vertices' } as const;

const DEFINITIONS = {
  E: CALL_VARIABLE,
  LC: CALL_VARIABLE,
  XC: CALL_VARIABLE,
  UC: CALL_VARIABLE,
  EE: CALL_VARIABLE,
  V: FUNCTION_VARIABLE,
  L: FUNCTION_VARIABLE,
  F: FUNCTION_VARIABLE,
  LU: FUNCTION_VARIABLE,
  UU: FUNCTION_VARIABLE,
  OL: FUNCTION_VARIABLE,
  X: NAME_VARIABLE,
  B: NAME_VARIABLE,
  U: NAME_VARIABLE,
  XU: NAME_VARIABLE,
  DF: NAME_VARIABLE,
  DF_1: NAME_VARIABLE,
  DF_2: NAME_VARIABLE,
  DF_3: NAME_VARIABLE,
  US: NAME_VARIABLE,
  US_1: NAME_VARIABLE,
  US_2: NAME_VARIABLE,
  DC: NAME_VARIABLE,
  DC_1: NAME_VARIABLE,
  DC_2: NAME_VARIABLE,
  M: MODULE_VARIABLE,
  AM: MODULE_VARIABLE,
  LM: MODULE_VARIABLE,
  UM: MODULE_VARIABLE,
  A: { level: 'application', kind: 'vertices' },
  R: { level: 'release', kind: 'vertices' },
  ME: { level: 'module', kind: 'edges' },
  AE: { level: 'application', kind: 'edges' },
  RE: { level: 'release', kind: 'edges' },
} as const satisfies Record<string, Definition>;

type SetName = { [Name in VariableName]: (typeof DEFINITIONS)[Name]['kind'] extends 'vertices' ? Name : never }[VariableName];
type RelationName = Exclude<VariableName, SetName>;

/** The name of a predefined variable. */
export type VariableName = keyof typeof DEFINITIONS;

/** All of them. */
export const VARIABLE_NAMES = Object.keys(DEFINITIONS) as readonly VariableName[];

/** Returns what a variable of that name would be, and undefined where the mode has none. */
export function definitionOf(name: string, mode: ProgramMode): Definition | undefined {
  if (!Object.hasOwn(DEFINITIONS, name)) return undefined;
  const definition: Definition = DEFINITIONS[name as VariableName];
  return definition.mode === undefined || definition.mode === mode ? definition : undefined;
}

/** Returns the modules that xref keeps a variable's functions by: those without any of them among them. */
export function modulesKept(program: Program, name: SetName): VertexSet {
  switch (name) {
    case 'XU':
    case 'U':
      return usedModules(program);
    case 'B':
      return imageOfSet(variableSet(program, 'B'), program.functions.moduleOf);
    case 'V':
      return variableSet(program, 'M');
    case 'L':
    case 'LU':
    case 'UU':
    case 'OL':
      return program.analysed;
    default:
      return unionSets(program.analysed, variableSet(program, 'LM'));
  }
}

const sets = new WeakMap<Program, Map<SetName, VertexSet>>();
const relations = new WeakMap<Program, Map<RelationName, Relation>>();

/** Returns the value of a variable; in modules mode that of one which doesn't exist is empty. */
export function variableValue(program: Program, name: VariableName): VariableValue {
  const { level, kind } = DEFINITIONS[name];
  if (kind === 'vertices') {
    const set = variableSet(program, name as SetName);
    return level === 'function'
      ? { kind, level, set, modules: () => modulesKept(program, name as SetName) }
      : { kind, level, set };
  }
  return { kind, level, relation: variableRelation(program, name as RelationName) };
}

/** Returns the set of a variable of vertices. */
export function variableSet(program: Program, name: SetName): VertexSet {
  return kept(sets, program, name, () => makeSet(program, name));
}

/** Returns the relation of a variable of edges. */
export function variableRelation(program: Program, name: RelationName): Relation {
  return kept(relations, program, name, () => makeRelation(program, name));
}

function kept<Name, Value>(memory: WeakMap<Program, Map<Name, Value>>, program: Program, name: Name, make: () => Value): Value {
  const values = memory.get(program) ?? new Map<Name, Value>();
  memory.set(program, values);
  const known = values.get(name);
  if (known !== undefined) return known;
  const made = make();
  values.set(name, made);
  return made;
}

const isLocal = (mark: number) => (mark & (DEFINED | EXPORTED)) === DEFINED;
const isExported = (mark: number) => (mark & (DEFINED | EXPORTED)) === (DEFINED | EXPORTED) || (mark & PREDEFINED) !== 0;
/** L + X1. */
const isThere = (mark: number) => (mark & (DEFINED | PREDEFINED)) !== 0;
const isUsed = (mark: number) => (mark & CALLED_EXTERNALLY) !== 0;
/** Called, and neither defined nor in a library. */
const isMissing = (mark: number) => isUsed(mark) && !isThere(mark) && (mark & IN_LIBRARY) === 0;

/** A dispatch table. */
function makeSet(program: Program, name: SetName): VertexSet {
  const where = (test: (mark: number) => boolean) => functionsWhere(program, test);
  switch (name) {
    case 'L':
      return where(isLocal);
    case 'X':
      return where((mark) => isExported(mark) || (mark & IN_LIBRARY) !== 0);
    case 'F':
      return where((mark) => isThere(mark) || (mark & IN_LIBRARY) !== 0);
    case 'V':
      return where((mark) => isThere(mark) || isUsed(mark));
    case 'XU':
      return where(isUsed);
    case 'LU':
      return where((mark) => (mark & CALLED_LOCALLY) !== 0);
    case 'UU':
      return where((mark) => isThere(mark) && (mark & (CALLED_LOCALLY | CALLED_EXTERNALLY)) === 0);
    case 'B':
      return where((mark) => isMissing(mark) && (mark & BUILTIN) !== 0);
    case 'U':
      return where((mark) => isMissing(mark) && (mark & BUILTIN) === 0);
    case 'OL':
      return program.onLoad;
    case 'DF':
      return deprecatedFunctions(program, 4);
    case 'DF_1':
      return deprecatedFunctions(program, 1);
    case 'DF_2':
      return deprecatedFunctions(program, 2);
    case 'DF_3':
      return deprecatedFunctions(program, 3);
    case 'US':
      return unionSets(variableSet(program, 'US_1'), variableSet(program, 'US_2'));
    case 'US_1':
      return unsafeFunctions(program, false);
    case 'US_2':
      return unsafeFunctions(program, true);
    case 'DC':
      return unionSets(variableSet(program, 'DC_1'), variableSet(program, 'DC_2'));
    case 'DC_1':
      return documentedFunctions(program, false);
    case 'DC_2':
      return documentedFunctions(program, true);
    case 'AM':
      return program.analysed;
    case 'LM':
      return Int32Array.from(program.library.keys()).sort();
    case 'M':
      return unionSets(program.analysed, usedModules(program));
    case 'UM':
      return subtractSets(subtractSets(usedModules(program), program.analysed), variableSet(program, 'LM'));
    case 'A':
      return Int32Array.from(program.applications.keys());
    case 'R':
      return Int32Array.from(program.releases.keys());
  }
}

/** The modules of XU; all of them, also where only BIFs of it are called. */
function usedModules(program: Program): VertexSet {
  return imageOfSet(variableSet(program, 'XU'), program.functions.moduleOf);
}

function makeRelation(program: Program, name: RelationName): Relation {
  switch (name) {
    case 'E':
      return program.calls.edges;
    case 'LC':
      return callsOfKind(program, LOCAL);
    case 'XC':
      return callsOfKind(program, EXTERNAL);
    case 'UC':
      return callsOfKind(program, UNRESOLVED);
    case 'EE': {
      const exported = marksOf(variableSet(program, 'X'), program.marks.length);
      return interCalls(program, (id) => exported[id] === 1);
    }
    case 'ME':
      return moduleCalls(program);
    case 'AE':
      return mapRelation(variableRelation(program, 'ME'), program.applicationOf);
    case 'RE':
      return mapRelation(variableRelation(program, 'AE'), program.releaseOf);
  }
}

function moduleCalls(program: Program): Relation {
  const { moduleOf } = program.functions;
  if (program.mode === 'functions') return mapRelation(program.calls.edges, moduleOf);
  const { sources, targets } = program.imports;
  return relationOf(
    sources,
    targets.map((id) => moduleOf[id] as number),
  );
}
