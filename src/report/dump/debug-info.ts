// The rows of `Dbgi` and `Abst`: what kind of debug info there is and how large it is. Its term isn't shown: `beamtool source` prints it.

import { decodeDebugInfo, isEncrypted } from '../../beam/chunks/debug-info.js';
import { Reader } from '../../bytes/reader.js';
import { decodeLatin1 } from '../../bytes/text.js';
import { asParseError, ParseError } from '../../errors.js';
import { properList, type Term } from '../../term/model.js';
import { counted } from '../counted.js';
import { type DumpRow, remark, row } from './row.js';
import { compressedRows, isCompressed } from './terms.js';

/** Reads the chunk as rows; `key` decrypts it where it is encrypted. Throws ParseError. */
export function* debugInfoRows(reader: Reader, key: string | undefined): Generator<DumpRow> {
  const whole = new Reader(reader.data, reader.origin, reader.pos, reader.end);
  if (reader.left === 0) {
    yield remark(reader, 'no debug info');
  } else if (isEncrypted(reader.data.subarray(reader.pos))) {
    yield* encryptedRows(reader);
    yield remark(reader, summary(whole, key));
  } else if (isCompressed(reader)) {
    yield* compressedRows(reader);
    yield remark(reader, summary(whole, undefined));
  } else {
    const start = reader.pos;
    reader.skip(reader.left);
    yield row(reader, start, `external term: ${summary(whole, undefined)}`);
  }
}

function* encryptedRows(reader: Reader): Generator<DumpRow> {
  const start = reader.pos;
  reader.skip(1);
  yield row(reader, start, 'encrypted');
  const mode = reader.bytes(reader.u8());
  yield row(reader, start + 1, `mode ${decodeLatin1(mode)}`);
  const size = reader.left;
  reader.skip(size);
  yield row(reader, reader.pos - size, `ciphertext of ${size} bytes`);
}

/** Says what the debug info is; what can't be read is said too, since its bytes have been shown. */
function summary(reader: Reader, key: string | undefined): string {
  try {
    return describe(reader, key);
  } catch (error) {
    const fault = asParseError(error);
    if (fault instanceof ParseError) return `error: ${fault.message}`;
    throw fault;
  }
}

function describe(reader: Reader, key: string | undefined): string {
  const info = decodeDebugInfo(reader, key);
  switch (info.kind) {
    case 'none':
      return 'debug info without code';
    case 'abstract_code':
      return `abstract code: ${lengthText(info.forms, 'form')}, ${lengthText(info.options, 'compile option')}`;
    case 'elixir':
      return "Elixir's metadata";
    case 'other':
      return `debug info of the backend ${info.backend}`;
    case 'encrypted':
      return `not decrypted: no key for ${info.mode}`;
  }
}

function lengthText(term: Term, noun: string): string {
  return counted(properList(term)?.length ?? 0, noun);
}
