// Facts to a program.
//
//   beginProgram -> addModule ... -> missingModules (whom to look for on a library path)     program-builder.ts
//                                 -> finishProgram

import { builtinTable } from '../../code/builtins.js';
import type { ModuleFacts, ModuleNotes } from '../module-facts.js';
import { translate } from '../sets/int-column.js';
import { relationOf } from '../sets/relation.js';
import { setOf } from '../sets/vertex-set.js';
import { buildCalls, NO_CALLS } from './build-calls.js';
import { type FunctionIndex, indexFunction, orderFunctions } from './function-table.js';
import { definitionLines, markFunctions, markLibrary, markPredefined } from './mark-functions.js';
import { referencesThatCount } from './named-in-data.js';
import { indexReference, orderReferences } from './order-references.js';
import type { ApplicationFacts, LibraryFacts, Program } from './program.js';
import { arrangeApplications } from './program-applications.js';
import { addModule, beginProgram, type ProgramBuilder, type ProgramOptions } from './program-builder.js';

/** What a program stands in: a library path's modules, and applications with their releases. */
export interface ProgramSurroundings {
  /** Of {@link missingModules}, those that were found. */
  readonly library?: Iterable<LibraryFacts>;
  readonly applications?: Iterable<ApplicationFacts>;
}

/** Builds a program at once; see {@link finishProgram}. */
export function buildProgram(
  facts: Iterable<ModuleFacts>,
  options: ProgramOptions,
  surroundings: ProgramSurroundings = {},
): Program {
  const builder = beginProgram(options);
  for (const module of facts) addModule(builder, module);
  return finishProgram(builder, surroundings);
}

/** Numbers everything in order and returns the program; the builder is used up. */
export function finishProgram(builder: ProgramBuilder, surroundings: ProgramSurroundings = {}): Program {
  const { index, options } = builder;
  const builtins = indexBuiltins(index, options.otp ?? latestRelease(builder));
  const found = [...(surroundings.library ?? [])];
  const counting = referencesThatCount(builder.references, index, builder.exported, found);
  const references = counting.map((reference) => indexReference(index, reference));
  const { table, ids, modules } = orderFunctions(index);
  const analysed = setOf(Array.from(builder.analysed.keys(), (module) => modules[module] as number));
  const notes = new Map(Array.from(builder.analysed, ([module, one]) => [modules[module] as number, one]));
  const calls = options.mode === 'functions' ? buildCalls(builder, ids) : NO_CALLS;
  const imports = relationOf(translate(builder.importers, modules), translate(builder.imported, ids));
  const marks = markFunctions(builder, builtins, table, ids, calls, imports);
  markPredefined(table, marks, analysed);
  const arranged = arrangeApplications(builder, table.modules.length, modules, surroundings.applications ?? []);
  const library = markLibrary(table, marks, analysed, found);
  return {
    mode: options.mode,
    functions: table,
    ...arranged,
    analysed,
    marks,
    lines: definitionLines(builder, ids, marks),
    calls,
    imports,
    onLoad: setOf(translate(builder.onLoad, ids)),
    notes: new Map([...analysed].map((module) => [module, notes.get(module) as ModuleNotes])),
    references: orderReferences(references, ids, modules, arranged.applications),
    library,
  };
}

/** They are constants of every query, called or not. */
function indexBuiltins(index: FunctionIndex, otp: number): readonly number[] {
  // xref counts this one as well, though the runtime doesn't.
  const builtins = [indexFunction(index, 'erts_debug', 'apply', 4)];
  for (const [module, functions] of builtinTable(otp)) {
    for (const [name, arities] of functions) {
      for (const arity of arities) builtins.push(indexFunction(index, module, name, arity));
    }
  }
  return builtins;
}

function latestRelease({ analysed }: ProgramBuilder): number {
  let latest = 0;
  for (const { otp } of analysed.values()) latest = Math.max(latest, otp);
  return latest;
}
