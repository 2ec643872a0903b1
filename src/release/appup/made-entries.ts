// Which entries of an appup were made by beamtool, in a comment of its file:
//
//   %% beamtool made the entries for ["1.0","1.1"] and makes them anew; all others are kept.
//
// So making an appup a second time changes what was made the first time, and never what a person wrote.

import { decodeUtf8 } from '../../bytes/text.js';
import { ParseError } from '../../errors.js';
import { formatTerm } from '../../term/format.js';
import { list, properList, stringTerm, textOf } from '../../term/model.js';
import { parseTerms } from '../../term/parse.js';

/** Returns the comment line. */
export function formatMadeEntries(versions: readonly string[]): string {
  return `%% beamtool made the entries for ${formatTerm(list(versions.map(stringTerm)))} and makes them anew; all others are kept.\n`;
}

/** Reads the comment of a file; no versions where there is none, or what is in it is no list. */
export function parseMadeEntries(bytes: Uint8Array): ReadonlySet<string> {
  const text = decodeUtf8(bytes) ?? '';
  const [, versions] = /^%% beamtool made the entries for (\[.*\]) and makes them anew;/m.exec(text) ?? [];
  if (versions === undefined) return new Set();
  try {
    const items = properList(parseTerms(`${versions}.`)[0]) ?? [];
    return new Set(items.map(textOf).filter((one) => one !== undefined));
  } catch (error) {
    if (error instanceof ParseError) return new Set();
    throw error;
  }
}
