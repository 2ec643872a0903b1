// What must hold of a module that functions were appended to, before anybody gets it. The code that was there is not asked again: its bytes
// are the same, and the tables that it counts in have only grown.

import { decodeEntries } from '../../beam/chunks/entries.js';
import type { BeamModule } from '../../beam/module.js';
import { type Checker, checkInstruction } from '../../code/check-instruction.js';
import type { CodeFunction } from '../../code/instructions.js';
import { openTables } from '../../code/tables.js';
import { ParseError } from '../../errors.js';
import { findFunctions } from './code-functions.js';

/** Throws ParseError where appended functions or the tables don't fit the module; `otp` also refuses opcodes that its loader doesn't take. */
export function validateInjection(module: BeamModule, added: readonly CodeFunction[], otp: number): void {
  const found = findFunctions(module);
  const { header, labels, functions } = found;
  if (header.functionCount !== functions.length)
    fail(module, `${header.functionCount} functions declared, ${functions.length} there`);
  const tables = openTables(module, { header, headerRest: new Uint8Array(0), functions: added, trailing: new Uint8Array(0) });
  const checker: Checker = { tables, labels, labelCount: header.labelCount, seen: new Set(), otp };
  module.located('Code', () => {
    for (const { instructions } of added) for (const instruction of instructions) checkInstruction(checker, instruction);
  });
  for (const id of ['ExpT', 'LocT'] as const) {
    const rows = module.decode(id, decodeEntries) ?? [];
    if (rows.some(({ label }) => !labels.has(label))) fail(module, `${id} names a label that is defined nowhere`);
  }
}

function fail(module: BeamModule, reason: string): never {
  throw new ParseError({ code: 'range', reason: `after the injection: ${reason}`, file: module.file });
}
