// Facts from the code itself, for modules without debug info: calls as they are after the compiler has folded, inlined and dropped some of
// them. What it makes of funs is put back into the functions that they stand in.

import { visitEntries } from '../../../beam/chunks/entries.js';
import type { BeamModule } from '../../../beam/module.js';
import { emptyModuleColumns, factsOfColumns, type ModuleColumns, newModuleColumns } from '../../module-columns.js';
import type { ModuleFacts, ModuleNotes } from '../../module-facts.js';
import { newNameTable, numberAtom } from '../../names.js';
import { append } from '../../sets/int-column.js';
import { builtinTest, type FactContext } from '../context.js';
import { isBehaviourInfo, readImports, readNotes } from '../module-tables.js';
import { codeReferences } from '../references/read-references.js';
import { addReference, newReferenceLog, type ReferenceLog } from '../references/reference-log.js';
import { scanData } from '../references/scan-data.js';
import { addCalls } from './code-calls.js';
import { openTargets } from './code-targets.js';
import { eachPart } from './owners.js';
import { scanCode } from './scan-code.js';
import { addSourceFunctions, type SourceFunctions } from './source-functions.js';

/** Reads the facts of a module from its code; throws ParseError. */
export function readCodeFacts(module: BeamModule, context: FactContext): ModuleFacts {
  const { notes, columns, functions } = readColumns(module, context, newModuleColumns(newNameTable()));
  const facts = { ...factsOfColumns(notes, columns), imports: readImports(module, context, notes.otp) };
  if (context.references !== true) return facts;
  return { ...facts, references: codeReferences(module, facts, dataReferences(module, columns, functions)) };
}

/** What the code of a module says. */
interface ReadColumns {
  readonly notes: ModuleNotes;
  readonly columns: ModuleColumns;
  readonly functions: SourceFunctions;
}

/** Does what {@link readCodeFacts} does into columns, whose rows are taken away first, without references and imports; returns the rest. */
export function readCodeColumns(module: BeamModule, context: FactContext, columns: ModuleColumns): ModuleNotes {
  emptyModuleColumns(columns);
  return readColumns(module, context, columns).notes;
}

function readColumns(module: BeamModule, context: FactContext, columns: ModuleColumns): ReadColumns {
  const isBehaviour = addExports(columns, module);
  const notes = readNotes(module, context, 'code', isBehaviour);
  const { otp } = notes;
  const counted = { module: notes.module, isBuiltin: builtinTest(otp), otp, builtins: context.builtins !== false };
  const targets = openTargets(module, columns, counted);
  const code = module.located('Code', () => scanCode(module, targets));
  const functions = module.located('Code', () => addSourceFunctions(columns, code, module.atoms));
  addCalls(columns, functions, counted);
  return { notes, columns, functions };
}

/** Adds what a module exports, and tells whether it is a behaviour. */
function addExports(columns: ModuleColumns, module: BeamModule): boolean {
  if (module.chunk('ExpT') === undefined) return false;
  const { atoms } = module;
  let isBehaviour = false;
  module.located('ExpT', () =>
    visitEntries(module.reader('ExpT'), (name, arity) => {
      const number = numberAtom(columns.names, atoms, name);
      append(columns.exportNames, number);
      append(columns.exportArities, arity);
      if (isBehaviourInfo(columns.names.texts[number] as string, arity)) isBehaviour = true;
    }),
  );
  return isBehaviour;
}

/** Returns what the data in each function refers to. */
function dataReferences(module: BeamModule, columns: ModuleColumns, functions: SourceFunctions): ReferenceLog {
  const log = newReferenceLog();
  const data = scanData(module);
  eachPart(functions, columns, (index, part) => {
    log.from = index;
    module.located('Code', () => {
      for (const { referred, line } of data[part] ?? []) addReference(log, referred, line);
    });
  });
  return log;
}
