// Renders a dump as JSON, a piece at a time:
//
//   {schema, file, sections: [{id, offset, size, space, rows: [{offset, hex, meaning}]}]}

import { hex } from '../../bytes/md5.js';
import type { Dump, DumpSection } from '../dump.js';
import type { DumpRow } from './row.js';

/** Characters in a piece, about. */
const PIECE = 64 * 1024;

/** Renders one file as an item of an array: indented by two, without a newline at the end. */
export function* renderDumpJson(dump: Dump): Generator<string> {
  yield `  {\n    "schema": ${JSON.stringify(dump.schema)},\n    "file": ${JSON.stringify(dump.file)},\n    "sections": [`;
  let between = '\n';
  for (const section of dump.sections) {
    yield between;
    yield* sectionPieces(section);
    between = ',\n';
  }
  yield '\n    ]\n  }';
}

function* sectionPieces({ id, offset, size, space, rows }: DumpSection): Generator<string> {
  let text = `      {\n        "id": ${JSON.stringify(id)},\n        "offset": ${offset},\n        "size": ${size},\n        "space": ${JSON.stringify(space)},\n        "rows": [`;
  let between = '\n';
  for (const row of rows) {
    text += `${between}          ${JSON.stringify(rowJson(row))}`;
    between = ',\n';
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  yield `${text}\n        ]\n      }`;
}

function rowJson({ offset, bytes, meaning }: DumpRow) {
  return { offset, hex: hex(bytes), meaning };
}
