// Constants to ids. Functions must be known to the program or BIFs; a name without a type is that of a release, an application or a module,
// and all constants of a list must be of one type.

import { atom, type Term, tuple } from '../../term/model.js';
import { compareTerms } from '../../term/order.js';
import { findFunction, findName } from '../program/function-table.js';
import { BUILTIN, CALLED_EXTERNALLY, DEFINED, PREDEFINED, type Program } from '../program/program.js';
import { type Level, variableSet } from '../program/variables.js';
import { hasVertex } from '../sets/vertex-set.js';
import { compileError } from './query-error.js';
import { type Constant, type ConstantType, formatConstant, formatVertex, type Vertex } from './syntax.js';
import { typeOfCast } from './types.js';

/** Constants of one type; both ends of each edge, in turn, where they are edges. */
export interface ResolvedConstants {
  readonly level: Level;
  readonly shape: 'vertex' | 'edge';
  readonly ids: readonly number[];
}

/** Resolves constants; throws QueryError where one is unknown, or their types differ. */
export function resolveConstants(program: Program, constants: readonly Constant[]): ResolvedConstants {
  const first = constants[0] as Constant;
  checkMix(constants);
  const vertices = constants.flatMap((constant): readonly Found[] =>
    constant.shape === 'vertex'
      ? [{ vertex: constant.vertex, constant }]
      : [
          { vertex: constant.from, constant },
          { vertex: constant.to, constant },
        ],
  );
  const type = typeOfConstants(program, first.type, vertices);
  const ids = vertices.map(({ vertex }) => idOf(program, type, vertex));
  return { level: typeOfCast(type) as Level, shape: first.shape, ids };
}

/** Functions and names don't mix, nor vertices and edges. */
function checkMix(constants: readonly Constant[]): void {
  constants.forEach((constant, at) => {
    const before = constants[at - 1];
    if (before === undefined) return;
    const isFunction = (one: Constant) => one.type === 'Fun';
    if (before.shape === constant.shape && isFunction(before) === isFunction(constant)) return;
    throw mismatch(formatConstant(before), formatConstant(constant), constant);
  });
}

function mismatch(left: string, right: string, constant: Constant): Error {
  return compileError('type_mismatch', [left, right], `constants of different types: ${left} and ${right}`, constant.at);
}

interface Found {
  readonly vertex: Vertex;
  readonly constant: Constant;
}

function typeOfConstants(program: Program, declared: ConstantType | undefined, vertices: readonly Found[]): ConstantType {
  const ordered = [...vertices].sort((left, right) => compareTerms(vertexTerm(left.vertex), vertexTerm(right.vertex)));
  const types: readonly ConstantType[] = declared === undefined ? ['Rel', 'App', 'Mod'] : [declared];
  const typed: { readonly type: ConstantType; readonly first: Found }[] = [];
  let rest = ordered;
  for (const type of types) {
    const known = rest.filter(({ vertex }) => idOf(program, type, vertex) >= 0);
    if (known[0] !== undefined) typed.unshift({ type, first: known[0] });
    rest = rest.filter((found) => !known.includes(found));
  }
  const [unknown] = rest;
  if (unknown !== undefined) {
    const text = formatVertex(unknown.vertex);
    throw compileError('unknown_constant', [text], `unknown constant ${text}`, unknown.constant.at);
  }
  const [last, other] = typed as [(typeof typed)[number], (typeof typed)[number]?];
  if (other === undefined) return last.type;
  throw mismatch(formatVertex(last.first.vertex), formatVertex(other.first.vertex), last.first.constant);
}

function vertexTerm(vertex: Vertex): Term {
  if (typeof vertex === 'string') return atom(vertex);
  return tuple(atom(vertex.module), atom(vertex.name), vertex.arity);
}

/** Returns the id of a vertex of that type, or -1 where the program doesn't know it. */
function idOf(program: Program, type: ConstantType, vertex: Vertex): number {
  if (typeof vertex !== 'string') {
    const id = findFunction(program.functions, vertex.module, vertex.name, vertex.arity);
    return id >= 0 && ((program.marks[id] as number) & (DEFINED | PREDEFINED | CALLED_EXTERNALLY | BUILTIN)) !== 0 ? id : -1;
  }
  if (type === 'Rel') return findName(program.releases, vertex);
  if (type === 'App') return findName(program.applications, vertex);
  const id = findName(program.functions.modules, vertex);
  return hasVertex(variableSet(program, 'M'), id) ? id : -1;
}
