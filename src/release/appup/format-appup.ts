// An appup as the text of its file: an instruction a line.
//
//   %% coding: utf-8
//   {"2.0",
//    [{"1.0",
//      [{load_module,shop,brutal_purge,brutal_purge,[]}]}],
//    [{"1.0",
//      [{load_module,shop,brutal_purge,brutal_purge,[]}]}]}.

import { encodeUtf8 } from '../../bytes/text.js';
import { formatTerm } from '../../term/format.js';
import { stringTerm } from '../../term/model.js';
import type { Appup, AppupEntry } from './model.js';

/** Formats an appup, with the comment that names its encoding and other comment lines; file:consult reads it back. */
export function formatAppup({ vsn, up, down }: Appup, comments = ''): Uint8Array {
  const text = `{${formatTerm(stringTerm(vsn))},\n ${formatEntries(up)},\n ${formatEntries(down)}}.\n`;
  return encodeUtf8(`%% coding: utf-8\n${comments}${text}`);
}

function formatEntries(entries: readonly AppupEntry[]): string {
  return `[${entries.map(formatEntry).join(',\n  ')}]`;
}

function formatEntry({ from, instructions }: AppupEntry): string {
  const lines = instructions.map((term) => formatTerm(term)).join(',\n    ');
  return `{${formatTerm(from)},\n   [${lines}]}`;
}
