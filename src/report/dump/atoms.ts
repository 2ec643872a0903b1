// The rows of `AtU8` and `Atom`: the count, then an atom each, its length with its characters.

import { readCompactTerm } from '../../beam/compact-term.js';
import type { Reader } from '../../bytes/reader.js';
import { decodeLatin1, decodeUtf8 } from '../../bytes/text.js';
import { counted } from '../counted.js';
import { atomText } from './erlang-text.js';
import { type DumpRow, row } from './row.js';

/** Reads the chunk as rows; throws ParseError. */
export function* atomRows(reader: Reader, encoding: 'latin1' | 'utf8'): Generator<DumpRow> {
  const declared = reader.i32();
  const long = encoding === 'utf8' && declared < 0;
  const count = long ? -declared : declared;
  yield row(reader, reader.pos - 4, `${counted(count, 'atom')}${long ? ', long lengths (OTP 28 and later)' : ''}`);
  reader.checkCount(count, 1, 'atoms');
  for (let index = 1; index <= count; index++) {
    const start = reader.pos;
    const size = long ? Number(readCompactTerm(reader).value) : reader.u8();
    const bytes = reader.bytes(size);
    const name = encoding === 'latin1' ? decodeLatin1(bytes) : decodeUtf8(bytes);
    const meaning = name === undefined ? 'not valid UTF-8' : atomText(name);
    yield row(reader, start, `atom ${index}: ${meaning}${index === 1 ? ' (the module)' : ''}`);
  }
}
