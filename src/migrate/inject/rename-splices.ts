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
export function openNamePlaces(data: Uint8Array, origin: Origin, name: FunctionName): NamePlaces {
  const peek = new Peek(data, origin, name);
  const tuplesIn = (start: number, placeAt: (at: number, size: number) => number | undefined): readonly number[] => {
    const places: number[] = [];
    walkTerm(data, start, origin, (tag, at) => {
      const place = tag === TUPLE ? placeAt(at, data[at + 1] as number) : undefined;
      if (place !== undefined) places.push(place);
    });
    return places;
  };
  const inExpression = (at: number, size: number) => (size === 4 ? peek.callAt(at) : size === 3 ? peek.funAt(at) : undefined);
  return {
    inExpressions: (start) => tuplesIn(start, inExpression),
    inLists: (start) => tuplesIn(start, (at, size) => (size === 2 ? peek.pairAt(at) : undefined)),
    inTarget: (start) => {
      const place = peek.targetAt(start);
      return place === undefined ? [] : [place];
    },
  };
}

/** Looks at one tuple at a time; each method returns the index of the atom that names the function, if the tuple has one. */
class Peek {
  private readonly cursor: FormCursor;
  private readonly data: Uint8Array;
  private readonly wanted: FunctionName;
  private reread = 0;

  constructor(data: Uint8Array, origin: Origin, wanted: FunctionName) {
    this.cursor = new FormCursor(data, origin, 0);
    this.data = data;
    this.wanted = wanted;
  }

  callAt(at: number): number | undefined {
    this.cursor.pos = at;
    const place = this.enters(4, CALL) && this.enters(3, ATOM) ? this.name() : undefined;
    return place !== undefined && listLength(this.data, this.cursor.pos) === this.wanted.arity ? place : undefined;
  }

  funAt(at: number): number | undefined {
    const { cursor } = this;
    cursor.pos = at;
    const isLocal = this.enters(3, FUN) && cursor.enterTuple() === 3 && cursor.atom() === 'function';
    return isLocal ? this.nameAndArity() : undefined;
  }

  pairAt(at: number): number | undefined {
    this.cursor.pos = at;
    return this.cursor.enterTuple() === 2 ? this.nameAndArity() : undefined;
  }

  targetAt(at: number): number | undefined {
    const { cursor } = this;
    cursor.pos = at;
    cursor.enterTuple();
    if (cursor.enterTuple() === 3) cursor.skip();
    return this.nameAndArity();
  }

  private nameAndArity(): number | undefined {
    const place = this.name();
    return place !== undefined && this.cursor.integer() === this.wanted.arity ? place : undefined;
  }

  private name(): number | undefined {
    const at = this.cursor.pos;
    return this.cursor.atom() === this.wanted.name ? at : undefined;
  }

  /** Enters a node up to what follows its annotation. */
  private enters(size: number, kind: number): boolean {
    const { cursor } = this;
    if (cursor.enterNode() !== size || cursor.kind !== kind) return false;
    const anno = cursor.pos;
    cursor.skipAnno();
    this.reread += cursor.pos - anno;
    const most = REREAD_ALLOWANCE + MAX_REREAD_RATIO * this.data.length;
    if (this.reread > most) cursor.fail('limit', 'annotations that hold nodes', anno);
    return true;
  }
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
