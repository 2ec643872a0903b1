// Where encoded forms name one function of their own module, and the edits that give it another name there:
//
//   {function, A, Name, N, Clauses}                                the function
//   {call, A, {atom, A, Name}, Args}, N arguments                  a local call
//   {'fun', A, {function, Name, N}}                                `fun Name/N`
//   {attribute, A, spec, {{Name, N} | {Module, Name, N}, Types}}   its specification
//   {attribute, A, dialyzer | compile, ... {Name, N} ...}          lists of functions, in the compiler's options too
//
// Exports, and calls that name the module, mean whatever is exported under the name and stay.

import type { Origin } from '../../bytes/reader.js';
import { FormCursor } from '../../graph/facts/abstract/form-cursor.js';
import { ATOM, CALL, FUN } from '../../graph/facts/abstract/node-kinds.js';
import { MAX_REREAD_RATIO, REREAD_ALLOWANCE } from '../../limits.js';
import { encodeTerm } from '../../term/etf-encode.js';
import { walkTerm } from '../../term/etf-skip.js';
import { atom } from '../../term/model.js';
import type { Splice } from './splice.js';

const LATIN1_ATOM = 100;
const SMALL_LATIN1_ATOM = 115;
const TUPLE = 104;
const LIST = 108;

/** A function of the module. */
export interface FunctionName {
  readonly name: string;
  readonly arity: number;
}

/** Looks for the places where a function is named. */
export interface NamePlaces {
  /** Of the atoms in expressions of the term at `start`. */
  readonly inExpressions: (start: number) => readonly number[];
  /** Of the atoms in `{Name, N}` anywhere in the term at `start`. */
  readonly inLists: (start: number) => readonly number[];
  /** Of the atom in the target of a specification, whose value is at `start`. */
  readonly inTarget: (start: number) => readonly number[];
}

/** Opens encoded forms; all that is asked about must be whole terms. Throws ParseError. */
export function openNamePlaces(data: Uint8Array, origin: Origin, { name, arity }: FunctionName): NamePlaces {
  const peek = new FormCursor(data, origin, 0);
  const mostReread = REREAD_ALLOWANCE + MAX_REREAD_RATIO * data.length;
  const nameHere = (): number | undefined => {
    const at = peek.pos;
    return peek.atom() === name ? at : undefined;
  };
  const pairAt = (at: number): number | undefined => {
    peek.pos = at;
    const place = peek.enterTuple() === 2 ? nameHere() : undefined;
    return place !== undefined && peek.integer() === arity ? place : undefined;
  };
  let reread = 0;
  /** Enters a node up to what follows its annotation. */
  const enters = (size: number, kind: number): boolean => {
    if (peek.enterNode() !== size || peek.kind !== kind) return false;
    const anno = peek.pos;
    peek.skipAnno();
    reread += peek.pos - anno;
    if (reread > mostReread) peek.fail('limit', 'annotations that hold nodes', anno);
    return true;
  };
  const callAt = (at: number): number | undefined => {
    peek.pos = at;
    const place = enters(4, CALL) && enters(3, ATOM) ? nameHere() : undefined;
    return place !== undefined && listLength(data, peek.pos) === arity ? place : undefined;
  };
  const funAt = (at: number): number | undefined => {
    peek.pos = at;
    const place = enters(3, FUN) && peek.enterTuple() === 3 && peek.atom() === 'function' ? nameHere() : undefined;
    return place !== undefined && peek.integer() === arity ? place : undefined;
  };
  const tuplesIn = (start: number, placeAt: (at: number, size: number) => number | undefined): readonly number[] => {
    const places: number[] = [];
    walkTerm(data, start, origin, (tag, at) => {
      const place = tag === TUPLE ? placeAt(at, data[at + 1] as number) : undefined;
      if (place !== undefined) places.push(place);
    });
    return places;
  };
  return {
    inExpressions: (start) => tuplesIn(start, (at, size) => (size === 4 ? callAt(at) : size === 3 ? funAt(at) : undefined)),
    inLists: (start) => tuplesIn(start, (at, size) => (size === 2 ? pairAt(at) : undefined)),
    inTarget: (start) => {
      peek.pos = start;
      peek.enterTuple();
      if (peek.enterTuple() === 3) peek.skip();
      const place = nameHere();
      return place !== undefined && peek.integer() === arity ? [place] : [];
    },
  };
}

/** Returns the number of items of the list at an index, and undefined for what is no list of nodes. */
function listLength(data: Uint8Array, at: number): number | undefined {
  if (data[at] === 106) return 0;
  return data[at] === LIST ? new DataView(data.buffer, data.byteOffset).getUint32(at + 1) : undefined;
}

/** Returns the edit that writes another atom over the one at an index, in that one's encoding. */
export function atomSplice(data: Uint8Array, at: number, name: string): Splice {
  const tag = data[at];
  const view = new DataView(data.buffer, data.byteOffset);
  const isLong = tag === LATIN1_ATOM || tag === 118;
  const length = isLong ? 3 + view.getUint16(at + 1) : 2 + view.getUint8(at + 1);
  const atoms = tag === LATIN1_ATOM || tag === SMALL_LATIN1_ATOM ? 'latin1' : 'utf8';
  return { at, length, bytes: encodeTerm(atom(name), { atoms }).subarray(1) };
}
