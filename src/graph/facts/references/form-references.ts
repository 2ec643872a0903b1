// What functions in abstract code refer to without calling it. See data-shapes.ts for the shapes of data, which count here where only their
// first parts are literal; patterns make no data, but use records and structs.

import * as kinds from '../abstract/node-kinds.js';
import {
  CHILD_TYPES,
  childReference,
  functionReference,
  isArity,
  mayBeModule,
  type NamedFunction,
  RESTARTS,
  structReference,
} from './data-shapes.js';
import { givenModule } from './given-modules.js';
import type { NodeCursor } from './node-cursor.js';
import { type RecordOrigins, readRecordUse } from './record-origins.js';
import { addReference, type ReferenceLog, type Referred } from './reference-log.js';

/** The state of reading forms. */
export interface FormReading {
  readonly cursor: NodeCursor;
  readonly log: ReferenceLog;
  readonly records: RecordOrigins;
  /** Up to where nodes are in a pattern. */
  patternEnd: number;
  /** Positions of tuples that are part of a child specification. */
  readonly starts: Set<number>;
}

/** Adds what expressions refer to, wherever they are in the term that comes next. */
export function readExpressions(reading: FormReading): void {
  reading.patternEnd = 0;
  reading.starts.clear();
  reading.cursor.eachNode(1, (size, anno) => readNode(reading, size, anno));
}

/** A dispatch table. */
function readNode(reading: FormReading, size: number, anno: number): void {
  const { cursor } = reading;
  switch ((cursor.kind << 8) | size) {
    case (kinds.CLAUSE << 8) | 5:
    case (kinds.MATCH << 8) | 4:
    case (kinds.GENERATE << 8) | 4:
    case (kinds.MAP_GENERATE << 8) | 4:
    case (kinds.MAYBE_MATCH << 8) | 4:
      markPattern(reading);
      break;
    case (kinds.TUPLE << 8) | 3:
      if (cursor.pos >= reading.patternEnd) readTuple(reading, anno);
      break;
    case (kinds.MAP_FIELD_ASSOC << 8) | 4:
    case (kinds.MAP_FIELD_EXACT << 8) | 4:
      readField(reading, anno);
      break;
    case (kinds.CALL << 8) | 4:
      readCall(reading, anno);
      break;
    case (kinds.RECORD << 8) | 5:
    case (kinds.RECORD_FIELD << 8) | 5:
      cursor.peekPast();
      readRecordUse(reading, anno);
      break;
    case (kinds.RECORD << 8) | 4:
    case (kinds.RECORD_INDEX << 8) | 4:
      readRecordUse(reading, anno);
      break;
  }
}

/** Patterns have no patterns in them, so that each is passed once. */
function markPattern(reading: FormReading): void {
  const { cursor } = reading;
  if (cursor.pos < reading.patternEnd) return;
  cursor.skip();
  reading.patternEnd = cursor.pos;
}

/** `{M, F, A}`, `{M, F, Args}`, or an old child specification. */
function readTuple(reading: FormReading, anno: number): void {
  const { cursor } = reading;
  const isStart = reading.starts.has(anno);
  const count = cursor.enterList();
  if (count === 6) {
    cursor.peekPast();
    const start = cursor.pos;
    cursor.peekPast();
    if (isChildSpecification(cursor)) {
      cursor.pos = start;
      readStart(reading);
    }
  } else if (count === 3 && !isStart) {
    const mfa = readFunction(cursor);
    if (mfa === undefined || mfa.last === 'other' || !mayBeModule(mfa.module)) return;
    add(reading, functionReference(mfa.module, mfa.name, mfa.arity), anno);
  }
}

/** Tells whether `Restart, Shutdown, Type` come next: one of the two that are known words is enough. */
function isChildSpecification(cursor: NodeCursor): boolean {
  const restart = cursor.atomOf(kinds.ATOM);
  if (restart !== undefined) return RESTARTS.has(restart);
  cursor.peekPast(2);
  return CHILD_TYPES.has(cursor.atomOf(kinds.ATOM) ?? '');
}

/** `start => {M, F, Args}` or `'__struct__' => M`. */
function readField(reading: FormReading, anno: number): void {
  const { cursor } = reading;
  switch (cursor.atomOf(kinds.ATOM)) {
    case 'start':
      if (cursor.pos >= reading.patternEnd) readStart(reading);
      break;
    case '__struct__': {
      const name = cursor.atomOf(kinds.ATOM);
      if (name !== undefined) add(reading, structReference(name, 'exact'), anno);
    }
  }
}

/** Reads the tuple that says how a child is started, where it comes next. */
function readStart(reading: FormReading): void {
  const { cursor } = reading;
  if (cursor.enterNode() !== 3 || cursor.kind !== kinds.TUPLE) return;
  const anno = cursor.pos;
  cursor.skipAnno();
  const mfa = cursor.enterList() === 3 ? readFunction(cursor) : undefined;
  if (mfa === undefined || mfa.last === 'arity') return;
  reading.starts.add(anno);
  add(reading, childReference(mfa.module, mfa.name, mfa.arity), anno);
}

/** Reads three nodes; see namedFunction in data-shapes.ts. */
function readFunction(cursor: NodeCursor): NamedFunction | undefined {
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

/** A call that is given a module or a function, or tests for a record. */
function readCall(reading: FormReading, anno: number): void {
  const { cursor } = reading;
  const callee = readCallee(cursor);
  if (callee === undefined) return;
  const count = cursor.enterList();
  if (callee.name === 'is_record' && (callee.module === undefined || callee.module === 'erlang')) {
    if (count < 2) return;
    cursor.peekPast();
    if (cursor.enterAtomOf(kinds.ATOM)) readRecordUse(reading, anno);
    return;
  }
  const given = callee.module === undefined ? undefined : givenModule(callee.module, callee.name, count);
  if (given === undefined) return;
  if (given.module > 0) cursor.peekPast(given.module);
  if (given.named) {
    const mfa = readFunction(cursor);
    if (mfa !== undefined) add(reading, { ...functionReference(mfa.module, mfa.name, mfa.arity), confidence: 'inferred' }, anno);
  } else {
    const module = cursor.atomOf(kinds.ATOM);
    if (module !== undefined) add(reading, { kind: 'mfa', module, name: null, arity: null, confidence: 'inferred' }, anno);
  }
}

function readCallee(cursor: NodeCursor): { readonly module?: string; readonly name: string } | undefined {
  const local = cursor.atomOf(kinds.ATOM);
  if (local !== undefined) return { name: local };
  if (cursor.enterNode() !== 4 || cursor.kind !== kinds.REMOTE) return undefined;
  cursor.skipAnno();
  const module = cursor.atomOf(kinds.ATOM);
  const name = module === undefined ? undefined : cursor.atomOf(kinds.ATOM);
  return module === undefined || name === undefined ? undefined : { module, name };
}

function add({ cursor, log }: FormReading, referred: Referred, anno: number): void {
  cursor.readSite(anno);
  addReference(log, referred, cursor.line, cursor.column);
}
