// The helper thread of read-ahead.ts: goes through the files in their order, always as far ahead of the reader as there is room.

import { workerData } from 'node:worker_threads';
import { inflateAhead } from '../beam/inflate-ahead.js';
import { type CompressedId, readBeam } from '../beam/module.js';
import { ParseError } from '../errors.js';
import { readInto } from '../io/read-file.js';
import { type AheadTask, BEGUN, FREE, READY, type SharedAhead, SLOT_BYTES, SLOTS, TAKEN } from './read-ahead.js';

readAll(workerData as AheadTask);

function readAll({ paths, id, shared }: AheadTask): void {
  const { states } = shared;
  let used = 0;
  paths.forEach((path, at) => {
    awaitSlot(shared, used);
    if (Atomics.compareExchange(states, at, FREE, BEGUN) !== FREE) return;
    const slot = used % SLOTS;
    const isRead = fillSlot(shared, slot, path, id);
    if (isRead) used++;
    Atomics.store(states, at, isRead ? READY + slot : TAKEN);
    Atomics.notify(states, at);
  });
}

function awaitSlot({ returned }: SharedAhead, used: number): void {
  for (;;) {
    const back = Atomics.load(returned, 0);
    if (used - back < SLOTS) return;
    Atomics.wait(returned, 0, back);
  }
}

/** Tells whether the file is in the slot now. What is wrong with it is for the reader to find. */
function fillSlot({ slots, sizes }: SharedAhead, slot: number, path: string, id: CompressedId): boolean {
  const room = slots.subarray(slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES);
  try {
    const size = readInto(path, room);
    if (size === undefined) return false;
    const inflated = inflateAhead(readBeam(room.subarray(0, size)), id);
    const fits = inflated !== undefined && size + inflated.length <= room.length;
    if (fits) room.set(inflated, size);
    sizes[slot * 2] = size;
    sizes[slot * 2 + 1] = fits ? inflated.length : -1;
    return true;
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
}
