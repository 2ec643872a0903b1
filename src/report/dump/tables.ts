// The rows of ImpT, ExpT, LocT and FunT: the count, then one row of words for each entry.

import type { Reader } from '../../bytes/reader.js';
import { counted } from '../counted.js';
import { functionText } from './erlang-text.js';
import type { Lookups } from './lookups.js';
import { type DumpRow, row } from './row.js';

export function importRows(reader: Reader, names: Lookups): Generator<DumpRow> {
  return tableRows(reader, 'import', 3, ([module = 0, name = 0, arity = 0], index) => {
    return `import ${index}: ${functionText(names.atom(name), arity, names.atom(module))}`;
  });
}

/** Reads ExpT or LocT as rows; throws ParseError. */
export function entryRows(reader: Reader, names: Lookups): Generator<DumpRow> {
  return tableRows(reader, 'function', 3, ([name = 0, arity = 0, label = 0]) => {
    return `${functionText(names.atom(name), arity)} at label ${label}`;
  });
}

export function lambdaRows(reader: Reader, names: Lookups): Generator<DumpRow> {
  return tableRows(reader, 'fun', 6, ([name = 0, arity = 0, label = 0, number = 0, free = 0, uniq = 0], index) => {
    const own = number === index ? '' : `, index ${number}`;
    return `fun ${index}: ${functionText(names.atom(name), arity)} at label ${label}${own}, ${free} free, uniq ${uniq}`;
  });
}

function* tableRows(
  reader: Reader,
  noun: string,
  words: number,
  say: (entry: readonly number[], index: number) => string,
): Generator<DumpRow> {
  const start = reader.pos;
  const count = reader.u32();
  yield row(reader, start, counted(count, noun));
  reader.checkCount(count, words * 4, `${noun}s`);
  for (let index = 0; index < count; index++) {
    const at = reader.pos;
    const entry = Array.from({ length: words }, () => reader.u32());
    yield row(reader, at, say(entry, index));
  }
}
