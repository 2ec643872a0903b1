// Text that must not be longer than a limit of those who show it, in bytes of UTF-8: a whole paragraph goes in or stays out.

import { encodeUtf8 } from '../../bytes/text.js';

/** Collects text up to a limit. */
export class CappedText {
  #text = '';
  #left: number;

  /** `limit` counts bytes. */
  constructor(limit: number) {
    this.#left = limit;
  }

  /** Adds text if it all goes in beside `kept` bytes that something later needs; returns whether it did. */
  add(text: string, kept = 0): boolean {
    const size = encodeUtf8(text).length;
    if (size + kept > this.#left) return false;
    this.#left -= size;
    this.#text += text;
    return true;
  }

  /** Adds items until one doesn't go in, and then a line that says how many are left out; `kept` bytes stay free. */
  addAll(items: readonly string[], leftOut: (count: number) => string, kept = 0): void {
    const room = kept + 200;
    for (const [at, item] of items.entries()) {
      if (this.add(item, room)) continue;
      this.add(leftOut(items.length - at), kept);
      return;
    }
  }

  get text(): string {
    return this.#text;
  }
}
