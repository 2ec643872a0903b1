// What must hold of a module that functions were appended to, before anybody gets it. The code that was there is not asked again: its bytes
// are the same, and the tables that it counts in have only grown.

import { decodeEntries } from '../../beam/chunks/entries.js';
import { BeamModule } from '../../beam/module.js';
import { definedLabels } from '../../code/assemble.js';
import { type Checker, checkInstruction } from '../../code/check-instruction.js';
import type { CodeFunction } from '../../code/instructions.js';
import { openTables } from '../../code/tables.js';
import { ParseError } from '../../errors.js';
import type { FoundCode } from './code-functions.js';

/**
 * Throws ParseError where functions that were appended to `before`, or the tables, don't fit the module; `otp` is the release whose loader must
 * take their opcodes.
 */
export function validateInjection(module: BeamModule, before: FoundCode, added: readonly CodeFunction[], otp: number): void {
  const header = module.codeHeader;
  if (header.functionCount !== before.functions.length + added.length) fail(module, 'the count of functions is wrong');
  const labels = new Set([...before.labels, ...definedLabels(added)]);
  const tables = openTables(withoutPlaces(module), { header, headerRest: NO_BYTES, functions: added, trailing: NO_BYTES });
  const checker: Checker = { tables, labels, labelCount: header.labelCount, seen: new Set(before.labels), otp };
  module.located('Code', () => {
    for (const { instructions } of added) for (const instruction of instructions) checkInstruction(checker, instruction);
  });
  for (const id of ['ExpT', 'LocT'] as const) {
    const rows = module.decode(id, decodeEntries) ?? [];
    if (rows.some(({ label }) => !labels.has(label))) fail(module, `${id} names a label that is defined nowhere`);
  }
}

const NO_BYTES = new Uint8Array(0);

/** Generated code refers to no line and no type, and reading those of all other code takes a while. */
function withoutPlaces({ bytes, container, options }: BeamModule): BeamModule {
  const chunks = container.chunks.filter(({ id }) => id !== 'Line' && id !== 'Type');
  return new BeamModule(bytes, { ...container, chunks }, options);
}

function fail(module: BeamModule, reason: string): never {
  throw new ParseError({ code: 'range', reason: `after the injection: ${reason}`, file: module.file });
}
