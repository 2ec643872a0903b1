// Tells apart the records whose fields a guard accesses: equal expressions, annotations aside and records expanded, have equal keys.

import { decodeLatin1 } from '../../../bytes/text.js';
import { ATOM, CALL, RECORD_FIELD, VAR } from './node-kinds.js';
import { findRecord } from './record-table.js';
import type { Walker } from './walker.js';

/** Returns the key of the node at a position. The walker's position is undefined afterwards. */
export function recordKey(walker: Walker, at: number): string {
  walker.pos = at;
  return walker.nest(() => readKey(walker));
}

function readKey(walker: Walker): string {
  const start = walker.pos;
  const size = walker.enterNode();
  const { kind } = walker;
  if (size === 0) return readOtherKey(walker);
  walker.skipAnno();
  if (kind === VAR) return `variable ${walker.atom()}`;
  if (kind === RECORD_FIELD && size === 5) return readAccessKey(walker);
  const name = kind === CALL ? walker.atomOf(ATOM) : undefined;
  // A guard calls BIFs, with or without their module.
  const head = name === undefined ? `${kind}` : `${CALL} remote erlang ${name}`;
  const parts: string[] = [];
  for (let part = name === undefined ? 2 : 3; part < size; part++) parts.push(readPartKey(walker));
  const text = `${head}(${parts.join()})`;
  walker.reread(walker.pos - start);
  return text;
}

function readPartKey(walker: Walker): string {
  return walker.nest(() => readKey(walker));
}

/** `R#r.f` is `element(N, R)`; its name and field stand for the number. */
function readAccessKey(walker: Walker): string {
  const record = readPartKey(walker);
  const name = walker.atom() ?? '';
  const field = walker.atomOf(ATOM) ?? '';
  const index = findRecord(walker, walker.settings.records, name)?.findIndex((definition) => definition.name === field) ?? -1;
  return `element ${index + 2} ${record}`;
}

function readOtherKey(walker: Walker): string {
  if (!walker.atList) return readBytes(walker);
  const count = walker.enterList();
  const items: string[] = [];
  for (let item = 0; item < count; item++) items.push(readPartKey(walker));
  walker.leaveList(count);
  return `[${items.join()}]`;
}

/** A term without nodes is its own key. */
function readBytes(walker: Walker): string {
  return decodeLatin1(walker.takeBytes());
}
