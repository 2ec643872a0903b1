// The types of expressions: what the vertices are (in order from the special to the general), and what shape the value has. Binary operators
// bring both sides to the more special type; casts go either way.
//
//   XXL (0)   Lin LLin XLin ELin (1)   Fun (2)   Mod (3)   App (4)   Rel (5)
//
// Defined by the manual page of xref and lib/tools/src/xref_compiler.erl.

import type { Level } from '../program/variables.js';
import type { CastType } from './syntax.js';

/** Lines of calls: all, local, external, of the inter call graph; and lines of calls with those of both definitions. */
export type LineType = 'line' | 'local_call' | 'external_call' | 'export_call' | 'all_line_call';

export type ValueType = Level | LineType;

/** What an expression's value is. */
export type Shape = 'vertex' | 'edge' | 'vertex_set' | 'edge_set' | 'closure' | 'path' | 'number';

const TYPES: Readonly<Record<CastType, ValueType>> = {
  Rel: 'release',
  App: 'application',
  Mod: 'module',
  Fun: 'function',
  Lin: 'line',
  LLin: 'local_call',
  XLin: 'external_call',
  ELin: 'export_call',
  XXL: 'all_line_call',
};

/** Returns the type that is written so. */
export function typeOfCast(cast: CastType): ValueType {
  return TYPES[cast];
}

const GENERALITY: Readonly<Record<ValueType, number>> = {
  all_line_call: 0,
  line: 1,
  local_call: 1,
  external_call: 1,
  export_call: 1,
  function: 2,
  module: 3,
  application: 4,
  release: 5,
};

/** Returns how general a type is; all but one of the line types are equals. */
export function generality(type: ValueType): number {
  return GENERALITY[type];
}

export function isLineType(type: ValueType): type is LineType {
  return GENERALITY[type] < 2;
}

/** Tells whether a value can be cast so. */
export function canCast(shape: Shape, from: ValueType, to: ValueType): boolean {
  if (isLineType(from)) {
    if (from === to) return true;
    if (to === 'all_line_call') return shape === 'edge';
    return !isLineType(to) && (shape === 'edge' ? from !== 'all_line_call' : shape === 'vertex' && from === 'line');
  }
  if (to === 'all_line_call' || (shape !== 'edge' && shape !== 'vertex')) return false;
  return !isLineType(to) || shape === 'edge' || to === 'line';
}

const RELATION_SHAPES: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  edge: { range: 'vertex', domain: 'vertex', weak: 'edge', strict: 'edge' },
  edge_set: { range: 'vertex_set', domain: 'vertex_set', weak: 'edge_set', strict: 'edge_set' },
};

const GRAPH_SHAPES: Readonly<Record<string, Shape>> = { components: 'vertex_set', condensation: 'edge_set', closure: 'closure' };

/** Returns what `range`, `domain`, `weak`, `strict` make of a shape; undefined where they can't be applied. */
export function relationShape(operator: string, operand: Shape): Shape | undefined {
  return RELATION_SHAPES[operand]?.[operator];
}

/** Returns what `components`, `condensation`, `closure` make of a shape; undefined where they can't be applied. */
export function graphShape(operator: string, operand: Shape): Shape | undefined {
  return operand === 'edge' || operand === 'closure' ? GRAPH_SHAPES[operator] : undefined;
}
