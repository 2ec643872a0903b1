// Casts: from the special to the general (functions to their modules, calls to calls between modules) and back (a module to all its
// functions, a call between modules to all calls that it stands for), and from calls and functions to their lines.

import { interCallLines } from '../program/inter-calls.js';
import { EXTERNAL, LOCAL, linesOfEdge, type Program } from '../program/program.js';
import { type Level, variableRelation, variableSet } from '../program/variables.js';
import {
  filterRelation,
  imageOfSet,
  intersectRelations,
  inverseImage,
  inverseImageOfSet,
  mapRelation,
  type Relation,
  rowOf,
} from '../sets/relation.js';
import { boundOf, intersectSets, marksOf, type VertexSet } from '../sets/vertex-set.js';
import { generality, isLineType, type LineType, type ValueType } from './types.js';
import { filterLines, pairsOf, sourcesOf, type Value } from './value.js';

/** Returns the value in another type; the cast must be one that the types allow. */
export function castValue(program: Program, value: Value, from: ValueType, to: ValueType): Value {
  if (generality(from) === generality(to)) return value;
  switch (value.kind) {
    case 'vertices':
      if (from !== 'function' || isLineType(to)) return castSet(program, value.set, from as Level, to);
      return castSet(program, value.modules?.() ?? generaliseSet(program, 'function', value.set), 'module', to);
    case 'definitions':
      return castSet(program, value.set, 'function', to);
    case 'calls':
      return castSet(program, sourcesOf(value), 'function', to);
    case 'lines':
      if (to !== 'all_line_call') return castRelation(program, value.relation, 'function', to);
      return {
        kind: 'lines',
        ...filterLines(value, (source, target) => isDefined(program, source) && isDefined(program, target)),
      };
    default:
      return castRelation(program, pairsOf(value), from as Level, to);
  }
}

function isDefined({ lines }: Program, id: number): boolean {
  return (lines[id] as number) >= 0;
}

const LEVELS: readonly Level[] = ['function', 'module', 'application', 'release'];

function castSet(program: Program, set: VertexSet, from: Level, to: ValueType): Value {
  const level = isLineType(to) ? 'function' : to;
  const up = (at: Level, value: VertexSet) => generaliseSet(program, at, value);
  const down = (at: Level, value: VertexSet) => specialiseSet(program, at, value);
  if (level === 'function' && from !== 'function') {
    const modules = stepBetween(from, 'module', set, up, down);
    const functions = specialiseSet(program, 'module', modules);
    return isLineType(to)
      ? definitions(program, functions)
      : functionsOf(functions, () => intersectSets(modules, variableSet(program, 'M')));
  }
  const cast = stepBetween(from, level, set, up, down);
  if (isLineType(to)) return definitions(program, cast);
  return level === 'function' ? exactFunctions(program, cast) : { kind: 'vertices', set: cast };
}

function definitions(program: Program, functions: VertexSet): Value {
  return { kind: 'definitions', set: functions.filter((id) => isDefined(program, id)) };
}

function functionsOf(set: VertexSet, modules: () => VertexSet): Value {
  return { kind: 'vertices', set, modules };
}

/** Returns a set of functions that is kept by their own modules alone. */
export function exactFunctions(program: Program, set: VertexSet): Value {
  return functionsOf(set, () => imageOfSet(set, program.functions.moduleOf));
}

function castRelation(program: Program, relation: Relation, from: Level, to: ValueType): Value {
  const level = isLineType(to) ? 'function' : to;
  const cast = stepBetween(
    from,
    level,
    relation,
    (at, value) => generaliseRelation(program, at, value),
    (at, value) => specialiseRelation(program, at, value),
  );
  return isLineType(to) ? callLines(program, cast, to) : { kind: 'edges', relation: cast };
}

/** Goes from level to level, up or down. */
function stepBetween<T>(
  from: Level,
  to: Level,
  start: T,
  up: (from: Level, value: T) => T,
  down: (from: Level, value: T) => T,
): T {
  let at = LEVELS.indexOf(from);
  const end = LEVELS.indexOf(to);
  let value = start;
  while (at < end) value = up(LEVELS[at++] as Level, value);
  while (at > end) value = down(LEVELS[at--] as Level, value);
  return value;
}

function generaliseSet(program: Program, from: Level, set: VertexSet): VertexSet {
  if (from === 'function') return imageOfSet(set, program.functions.moduleOf);
  return imageOfSet(set, from === 'module' ? program.applicationOf : program.releaseOf);
}

function specialiseSet(program: Program, from: Level, set: VertexSet): VertexSet {
  if (from === 'release') return inverseImageOfSet(program.releaseOf, set);
  if (from === 'application') return inverseImageOfSet(program.applicationOf, set);
  const marks = marksOf(set, Math.max(boundOf(set), program.functions.modules.length));
  return variableSet(program, 'V').filter((id) => marks[program.functions.moduleOf[id] as number] === 1);
}

/** Calls between modules that don't exist belong to no applications. */
function generaliseRelation(program: Program, from: Level, relation: Relation): Relation {
  if (from === 'function') return mapRelation(relation, program.functions.moduleOf);
  if (from === 'module') return mapRelation(intersectRelations(relation, variableRelation(program, 'ME')), program.applicationOf);
  return mapRelation(intersectRelations(relation, variableRelation(program, 'AE')), program.releaseOf);
}

function specialiseRelation(program: Program, from: Level, relation: Relation): Relation {
  if (from === 'release') return inverseImage(variableRelation(program, 'AE'), program.releaseOf, relation);
  if (from === 'application') return inverseImage(variableRelation(program, 'ME'), program.applicationOf, relation);
  return inverseImage(program.calls.edges, program.functions.moduleOf, relation);
}

const LINE_MASKS: Readonly<Partial<Record<LineType, number>>> = {
  line: LOCAL | EXTERNAL,
  local_call: LOCAL,
  external_call: EXTERNAL,
};

/** Returns the calls of a relation that are made in that way, with their lines. */
function callLines(program: Program, relation: Relation, type: LineType): Value {
  const mask = LINE_MASKS[type];
  const given = mask === undefined ? interCallLines(program, relation) : plainCallLines(program, relation, mask);
  return {
    kind: 'lines',
    relation: filterRelation(relation, (row) => given[row] !== undefined),
    lines: given.filter((lines) => lines !== undefined),
  };
}

function plainCallLines(program: Program, relation: Relation, mask: number): readonly (Int32Array | undefined)[] {
  return Array.from(relation.sources, (source, at) => {
    const row = rowOf(program.calls.edges, source, relation.targets[at] as number);
    if (row < 0 || ((program.calls.kinds[row] as number) & mask) === 0) return undefined;
    return linesOfEdge(program, row, mask);
  });
}
