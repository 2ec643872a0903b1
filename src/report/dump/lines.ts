// The rows of `Line`: the header's words, the items, the names of files.

import { decodeLines } from '../../beam/chunks/lines.js';
import { readCompactTerm, TAG_A, TAG_I } from '../../beam/compact-term.js';
import { Reader } from '../../bytes/reader.js';
import { decodeUtf8 } from '../../bytes/text.js';
import { within } from '../../errors.js';
import { counted } from '../counted.js';
import { attempt, type Lookups } from './lookups.js';
import { type DumpRow, row, u32Row } from './row.js';

/** Reads the chunk as rows; throws ParseError. */
export function* lineRows(reader: Reader, names: Lookups): Generator<DumpRow> {
  const start = reader.pos;
  const version = reader.u32();
  yield row(reader, start, `version ${version}`);
  if (version !== 0) reader.fail('unsupported', `Line chunk of version ${version}`, start);
  yield u32Row(reader, flagsText);
  yield u32Row(reader, (count) => `${count} line instructions in Code`);
  const itemCount = reader.u32();
  yield row(reader, reader.pos - 4, counted(itemCount, 'location'));
  const nameCount = reader.u32();
  yield row(reader, reader.pos - 4, `${counted(nameCount, 'file name')} beside the module's own`);
  // The names come last, and the locations are to show them.
  const table = attempt(() => decodeLines(new Reader(reader.data, reader.origin, start, reader.end)));
  const nameOf = (file: number) => (file === 0 ? names.file(0) : (table?.names[file - 1] ?? `file ${file}`));
  yield* itemRows(reader, itemCount, nameOf);
  reader.checkCount(nameCount, 2, 'file names');
  for (let index = 1; index <= nameCount; index++) {
    const at = reader.pos;
    const bytes = reader.bytes(reader.u16());
    yield row(reader, at, `file ${index}: ${decodeUtf8(bytes) ?? 'not valid UTF-8'}`);
  }
}

function* itemRows(reader: Reader, count: number, nameOf: (file: number) => string): Generator<DumpRow> {
  reader.checkCount(count, 1, 'locations');
  let file = 0;
  for (let index = 1; index <= count; ) {
    const start = reader.pos;
    const { tag, value } = within(`item ${index}`, () => readCompactTerm(reader));
    if (tag === TAG_I) yield row(reader, start, `location ${index++}: ${nameOf(file)}:${value}`);
    else if (tag !== TAG_A) reader.fail('malformed', `line item of tag ${tag}`, start);
    else {
      file = Number(value);
      yield row(reader, start, `from here on in file ${file}, ${nameOf(file)}`);
    }
  }
}

function flagsText(flags: number): string {
  const said = [...((flags & 1) !== 0 ? ['executable_line'] : []), ...((flags & 2) !== 0 ? ['forced line counters'] : [])];
  return `flags ${flags}${said.length > 0 ? `: ${said.join(', ')}` : ''}`;
}
