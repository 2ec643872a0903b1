// Tuples in abstract code that name a function, `{M, F, A}` or `{M, F, Args}`, and whether they say how a child is started. Such a tuple often
// stands apart from the child specification:
//
//   StartFunc = {?MODULE, start_link, []}, {Name, StartFunc, permanent, 4000, worker, [?MODULE]}

import * as kinds from '../abstract/node-kinds.js';
import { childReference, functionReference, isArity, mayBeModule, type NamedFunction } from './data-shapes.js';
import type { NodeCursor } from './node-cursor.js';
import type { RecordOrigins } from './record-origins.js';
import { addReference, type ReferenceLog, type Referred } from './reference-log.js';

/** The state of reading forms. */
export interface FormReading {
  readonly cursor: NodeCursor;
  readonly log: ReferenceLog;
  readonly records: RecordOrigins;
  /** Up to where nodes are in a pattern. */
  patternEnd: number;
  /** Positions of the annotations of tuples that are read already. */
  readonly starts: Set<number>;
  /** By variable of the function that is being read, the tuple that it was matched with last. */
  readonly matched: Map<string, MatchedTuple>;
}

interface MatchedTuple {
  readonly named: NamedFunction;
  readonly anno: number;
  /** Whether it starts a child. */
  isStart: boolean;
}

/** Adds a reference at the place of an annotation. */
export function addHere({ cursor, log }: FormReading, referred: Referred, anno: number): void {
  cursor.readSite(anno);
  addReference(log, referred, cursor.line, cursor.column);
}

/** Reads three nodes; see namedFunction in data-shapes.ts. */
export function readFunction(cursor: NodeCursor): NamedFunction | undefined {
  const module = cursor.atomOf(kinds.ATOM);
  const name = module === undefined ? undefined : cursor.atomOf(kinds.ATOM);
  if (module === undefined || name === undefined) return undefined;
  const kind = cursor.nextKind();
  if (kind === kinds.CONS || kind === kinds.NIL) return { module, name, arity: cursor.listLength(), last: 'list' };
  const arity = kind === kinds.INTEGER ? readArity(cursor) : undefined;
  return arity === undefined ? { module, name, arity: null, last: 'other' } : { module, name, arity, last: 'arity' };
}

function readArity(cursor: NodeCursor): number | undefined {
  cursor.enterNode();
  cursor.skipAnno();
  const arity = cursor.integer();
  return isArity(arity) ? arity : undefined;
}

/**
 * Reads what says how a child is started, where it comes next: a tuple, or a variable that was matched with one; the arguments must be there as
 * a list where `withList`.
 */
export function readStart(reading: FormReading, withList: boolean): void {
  const matched = reading.matched.get(reading.cursor.atomOf(kinds.VAR) ?? '');
  const tuple = matched ?? readTuple(reading);
  if (tuple === undefined || (withList && tuple.named.last !== 'list')) return;
  tuple.isStart = true;
  // Only now, since else it may be data in itself.
  reading.starts.add(tuple.anno);
  const { module, name, arity } = tuple.named;
  addHere(reading, childReference(module, name, arity), tuple.anno);
}

/** Reads a tuple that may say how a child is started. */
function readTuple({ cursor }: FormReading): MatchedTuple | undefined {
  if (cursor.enterNode() !== 3 || cursor.kind !== kinds.TUPLE) return undefined;
  const anno = cursor.pos;
  cursor.skipAnno();
  const named = cursor.enterList() === 3 ? readFunction(cursor) : undefined;
  if (named === undefined || named.last === 'arity') return undefined;
  return { named, anno, isStart: false };
}

/** Remembers the tuple that comes next, if it is such a one, where the pattern at a position is a variable. */
export function rememberMatch(reading: FormReading, pattern: number): void {
  const { cursor, matched } = reading;
  const value = cursor.pos;
  cursor.pos = pattern;
  const variable = cursor.atomOf(kinds.VAR);
  cursor.pos = value;
  const tuple = variable === undefined ? undefined : readTuple(reading);
  if (variable === undefined || tuple === undefined) return;
  addData(reading, matched.get(variable));
  matched.set(variable, tuple);
  reading.starts.add(tuple.anno);
}

/** Forgets the variables of a function; tuples that started no child are data in themselves. */
export function forgetMatches(reading: FormReading): void {
  for (const tuple of reading.matched.values()) addData(reading, tuple);
  reading.matched.clear();
}

function addData(reading: FormReading, tuple: MatchedTuple | undefined): void {
  if (tuple === undefined || tuple.isStart || tuple.named.last === 'other') return;
  const { module, name, arity } = tuple.named;
  if (mayBeModule(module)) addHere(reading, functionReference(module, name, arity), tuple.anno);
}
