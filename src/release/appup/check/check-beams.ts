// Files of modules that release_handler fails on. Of each module that is loaded it reads the file of the new code and that of the code which
// runs, both with their version in `Attr`.
//
// Defined by lib/sasl/src/release_handler_1.erl, the instruction load_object_code.

import type { BuiltApplication } from '../../../changes/build.js';
import { isListed } from './check-modules.js';
import type { EntryFacts, EntryFault } from './entry.js';
import type { Instruction } from './instruction.js';

/** Checks the files of the modules that are loaded. */
export function checkBeams({ way, instructions, from, to }: EntryFacts): readonly EntryFault[] {
  const [end, start] = way === 'up' ? (['new', 'old'] as const) : (['old', 'new'] as const);
  return instructions.flatMap((instruction) => {
    return loadedBy(instruction).flatMap((module) => [
      ...fileFaults(instruction, module, to, end, true),
      ...fileFaults(instruction, module, from, start, false),
    ]);
  });
}

function loadedBy(instruction: Instruction): readonly string[] {
  if (instruction.kind === 'load' || instruction.kind === 'update') return [instruction.module];
  return instruction.kind === 'low level' && instruction.verb === 'load_object_code' ? instruction.modules : [];
}

function fileFaults(
  instruction: Instruction,
  module: string,
  application: BuiltApplication | null,
  side: 'new' | 'old',
  isNeeded: boolean,
): readonly EntryFault[] {
  // Without any files nothing is known of them.
  if (application === null || application.modules.size === 0) return [];
  const fault = (code: string, message: string): readonly EntryFault[] => [
    { code, severity: 'error', module, message, instruction },
  ];
  if (!application.modules.has(module)) {
    return isNeeded && isListed(application, module)
      ? fault('no-such-file', `the .app of the ${side} build lists ${module}, and its file isn't there`)
      : [];
  }
  const beam = application.modules.get(module);
  if (beam === undefined) return fault('unreadable-beam', `${module} of the ${side} build can't be read`);
  if (beam.chunk('Attr') !== undefined) return [];
  return fault(
    'beam-without-attr',
    `${module} of the ${side} build has no chunk Attr: release_handler crashes on it with missing_chunk`,
  );
}
