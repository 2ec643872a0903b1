// A relup as the text of its file: an instruction a line, however long, where io:format("~tp") fills lines of 80 characters.
//
// Defined by lib/sasl/src/systools_relup.erl, write_relup_file/2.

import { encodeUtf8 } from '../../bytes/text.js';
import { formatTerm } from '../../term/format.js';
import { stringTerm } from '../../term/model.js';
import type { Relup, RelupEntry } from './make-relup.js';

/** Formats a relup, with the comment that names its encoding. */
export function formatRelup({ vsn, up, down }: Relup): Uint8Array {
  const text = `{${formatTerm(stringTerm(vsn))},\n ${formatEntries(up)},\n ${formatEntries(down)}}.\n`;
  return encodeUtf8(`%% coding: utf-8\n${text}`);
}

function formatEntries(entries: readonly RelupEntry[]): string {
  return `[${entries.map(formatEntry).join(',\n  ')}]`;
}

function formatEntry({ vsn, description, script }: RelupEntry): string {
  const lines = script.map((term) => formatTerm(term)).join(',\n    ');
  return `{${formatTerm(stringTerm(vsn))},${formatTerm(description)},\n   [${lines}]}`;
}
