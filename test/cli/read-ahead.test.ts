// The reader's end of reading ahead, with the helper's moves made by hand; that it changes no answer is in test/xref-command.test.ts.
import { describe, expect, it } from 'vitest';
import { BEGUN, openAhead, READY, type SharedAhead, SLOT_BYTES, SLOTS, shareAhead, TAKEN } from '../../src/cli/read-ahead.js';

/** Puts a file into a slot as the helper does. */
function fill(
  { states, slots, sizes }: SharedAhead,
  at: number,
  slot: number,
  file: readonly number[],
  more?: readonly number[],
) {
  slots.set([...file, ...(more ?? [])], slot * SLOT_BYTES);
  sizes.set([file.length, more?.length ?? -1], slot * 2);
  states[at] = READY + slot;
}

function open(files: number) {
  const shared = shareAhead(files);
  return { shared, ...openAhead({ paths: [], id: 'LitT', shared }) };
}

describe('reading ahead', () => {
  it('gives files and what their chunks inflate to', () => {
    const { shared, take } = open(2);
    fill(shared, 0, 3, [1, 2, 3], [9]);
    fill(shared, 1, SLOTS - 1, [4, 5]);
    expect(take(0)).toEqual({ bytes: Uint8Array.of(1, 2, 3), inflated: Uint8Array.of(9) });
    expect(take(1)).toEqual({ bytes: Uint8Array.of(4, 5), inflated: undefined });
  });

  it('leaves to the reader what the helper has not begun, or could not read', () => {
    const { shared, take } = open(2);
    shared.states[1] = TAKEN;
    expect([take(0), take(1)]).toEqual([undefined, undefined]);
    expect(shared.states[0]).toBe(TAKEN);
  });

  it('gives a slot back when the next file is taken', () => {
    const { shared, take } = open(3);
    fill(shared, 0, 0, [1]);
    fill(shared, 1, 1, [2]);
    take(0);
    expect(shared.returned[0]).toBe(0);
    take(1);
    expect(shared.returned[0]).toBe(1);
    take(2);
    expect(shared.returned[0]).toBe(2);
  });

  it('goes on without a helper that has died', () => {
    const { shared, take } = open(1);
    shared.states[0] = BEGUN;
    expect(take(0)).toBeUndefined();
  });
});
