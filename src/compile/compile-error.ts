// What is said of source that can't be compiled: which kind of node it is, where it stands, and why.

import { UsageError } from '../errors.js';
import { type Anno, type Location, locationOf } from '../forms/anno.js';

/** Reports a form that this compiler refuses, before anything is written. */
export class CompileError extends UsageError {
  /** The kind of the node, such as `receive`. */
  readonly kind: string;
  /** What is wrong with it, without a place. */
  readonly reason: string;
  readonly location: Location | undefined;
  /** The function that it stands in, as `name/arity`. */
  readonly function: string | undefined;

  constructor(kind: string, reason: string, location: Location | undefined, inFunction: string | undefined) {
    super(describe(reason, location, inFunction));
    this.name = 'CompileError';
    this.kind = kind;
    this.reason = reason;
    this.location = location;
    this.function = inFunction;
  }

  /** Returns the same fault with its function named; one that is known stays. */
  inFunction(name: string): CompileError {
    return this.function === undefined ? new CompileError(this.kind, this.reason, this.location, name) : this;
  }
}

function describe(reason: string, location: Location | undefined, inFunction: string | undefined): string {
  const places: string[] = [];
  if (inFunction !== undefined) places.push(inFunction);
  if (location !== undefined) {
    const { line, column } = location;
    places.push(column === undefined ? `line ${line}` : `line ${line}, column ${column}`);
  }
  return places.length === 0 ? reason : `${reason} (${places.join(', ')})`;
}

/** Whatever can be refused: it has a kind and stands somewhere. */
export interface Refusable {
  readonly kind: string;
  readonly anno: Anno;
}

/** Throws a CompileError for a node. */
export function refuse(node: Refusable, reason: string): never {
  throw new CompileError(node.kind, reason, locationOf(node.anno), undefined);
}
