// Reading ahead: a helper thread reads the files that are next and inflates the chunk that their reader needs most, into memory that both share.
// Where the helper hasn't come to a file yet, the reader reads it itself, so that it never waits for one that isn't begun.
//
//   states     by file: FREE, TAKEN by the reader (or not to be had), BEGUN by the helper, or READY + slot
//   slots      SLOTS x SLOT_BYTES: the file, and behind it what its chunk inflates to
//   sizes      by slot: bytes of the file, and of what is inflated; -1 where nothing is
//   returned   how many slots the reader has given back; slots are used in turn

import type { CompressedId } from '../beam/module.js';

/** The memory that both share. */
export interface SharedAhead {
  readonly states: Int32Array<SharedArrayBuffer>;
  readonly slots: Uint8Array<SharedArrayBuffer>;
  readonly sizes: Int32Array<SharedArrayBuffer>;
  readonly returned: Int32Array<SharedArrayBuffer>;
}

/** What the helper is told. */
export interface AheadTask {
  readonly paths: readonly string[];
  /** The chunk to be inflated. */
  readonly id: CompressedId;
  readonly shared: SharedAhead;
}

export const FREE = 0;
export const TAKEN = 1;
export const BEGUN = 2;
export const READY = 3;

/** As far ahead as the helper gets. A file that doesn't fit with what it inflates to is read by its reader. */
export const SLOTS = 32;
export const SLOT_BYTES = 1024 * 1024;

/** How long a reader waits for a file that is begun, in milliseconds: it takes a tenth of one, unless the helper has come to grief. */
const PATIENCE = 500;

/** Makes the memory for so many files. */
export function shareAhead(files: number): SharedAhead {
  return {
    states: new Int32Array(new SharedArrayBuffer(files * 4)),
    slots: new Uint8Array(new SharedArrayBuffer(SLOTS * SLOT_BYTES)),
    sizes: new Int32Array(new SharedArrayBuffer(SLOTS * 8)),
    returned: new Int32Array(new SharedArrayBuffer(4)),
  };
}

/** A file that was read ahead; its bytes are lent until the next one is taken. */
export interface AheadFile {
  readonly bytes: Uint8Array;
  readonly inflated: Uint8Array | undefined;
}

/** The reader's end. */
export interface ReadAhead {
  /** The chunk that is inflated. */
  readonly id: CompressedId;
  /** Takes files in their order, by position; undefined for one that the reader has to read itself. */
  readonly take: (at: number) => AheadFile | undefined;
}

/** Opens the reader's end; there may be one reader only. */
export function openAhead({ id, shared }: AheadTask): ReadAhead {
  const { states, returned } = shared;
  let holdsSlot = false;
  const take = (at: number): AheadFile | undefined => {
    if (holdsSlot) giveBack(returned);
    holdsSlot = false;
    if (Atomics.compareExchange(states, at, FREE, TAKEN) === FREE) return undefined;
    Atomics.wait(states, at, BEGUN, PATIENCE);
    const state = Atomics.load(states, at);
    if (state < READY) return undefined;
    holdsSlot = true;
    return fileIn(shared, state - READY);
  };
  return { id, take };
}

/** The helper sleeps until it has a good deal to do: to wake it costs the reader something. */
function giveBack(returned: SharedAhead['returned']): void {
  if (Atomics.add(returned, 0, 1) % (SLOTS / 2) === 0) Atomics.notify(returned, 0);
}

function fileIn({ slots, sizes }: SharedAhead, slot: number): AheadFile {
  const start = slot * SLOT_BYTES;
  const end = start + (sizes[slot * 2] as number);
  const more = sizes[slot * 2 + 1] as number;
  return { bytes: slots.subarray(start, end), inflated: more < 0 ? undefined : slots.subarray(end, end + more) };
}
