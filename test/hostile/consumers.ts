// Everything that looks into a module, for run.ts: each must answer with a value or a ParseError that names the file.
import { readModuleState } from '../../src/affected/module-state.js';
import type { BeamModule } from '../../src/beam/module.js';
import { openMachine } from '../../src/changes/children/follow.js';
import { openProgram } from '../../src/changes/children/program.js';
import { readChildren, readSupervisorName } from '../../src/changes/children/read-children.js';
import { unknown } from '../../src/changes/children/state.js';
import { compareModules } from '../../src/changes/compare-modules.js';
import { beamDisasm } from '../../src/code/beam-disasm.js';
import { decodeDebugLines } from '../../src/code/debug-lines.js';
import { disassembleModule } from '../../src/code/disassemble.js';
import { readNativeRecords } from '../../src/code/native-records.js';
import { normaliseCode } from '../../src/code/normal-form/normal-code.js';
import { hashModule } from '../../src/code/normal-form/normal-module.js';
import { validateCode } from '../../src/code/validate.js';
import { UsageError } from '../../src/errors.js';
import { availableAnalyses } from '../../src/graph/analyses/analysis.js';
import { ELIXIR_DEPRECATED } from '../../src/graph/analyses/elixir-deprecated.js';
import { reportAnalyses } from '../../src/graph/analyses/report.js';
import { readAbstractFacts } from '../../src/graph/facts/abstract/read-abstract.js';
import { readCodeFacts } from '../../src/graph/facts/code/read-code.js';
import { readFacts } from '../../src/graph/facts/read-facts.js';
import { readImportFacts } from '../../src/graph/import-facts.js';
import { buildProgram } from '../../src/graph/program/build-program.js';
import { injectMigration } from '../../src/migrate/inject/inject-migration.js';
import { removeMigration } from '../../src/migrate/inject/remove-migration.js';
import { usedModules } from '../../src/release/appup/generate/module-uses.js';
import { hasAtom } from '../../src/release/appup/generate/named-atoms.js';
import { processKind } from '../../src/release/appup/generate/process-kind.js';
import { renderDumpText } from '../../src/report/dump/text.js';
import { buildDump } from '../../src/report/dump.js';
import { buildModuleInfo } from '../../src/report/module-info.js';
import { buildSourceReport } from '../../src/report/source.js';
import { renderAnalysisErl } from '../../src/report/xref/erl.js';
import { formatTerm } from '../../src/term/format.js';
import { migrationFor } from '../migrate/inject/made-migration.js';
import { madeUpMigrations } from '../migrate/made-up-migrations.js';

const REFERENCES = { file: 'mutant.beam', app: null, references: true };
const TERMS = ['Attr', 'CInf', 'Meta', 'Docs', 'ExCk', 'Dbgi', 'Abst'] as const;

/** By name, so that a failure says which one it was. */
export const consumers: Readonly<Record<string, (module: BeamModule) => unknown>> = {
  atoms: (module) => module.atoms.names(),
  imports: (module) => module.imports,
  exports: (module) => module.exports,
  locals: (module) => module.locals,
  lambdas: (module) => module.lambdas,
  literals: (module) => module.located('LitT', () => module.literals.terms().map((term) => formatTerm(term))),
  attributes: (module) => module.attributes,
  compileInfo: (module) => module.compileInfo,
  debugInfo: (module) => module.debugInfo,
  lines: (module) => module.lines,
  types: (module) => module.types,
  ...Object.fromEntries(TERMS.map((id) => [id, (module: BeamModule) => printTerm(module, id)])),
  md5: (module) => module.md5,
  compiledBy: (module) => module.compiledBy,
  nativeRecords: readNativeRecords,
  processKind: (module) => processKind(module, () => module),
  usedModules: (module) => usedModules(module, () => undefined),
  hasAtom: (module) => hasAtom(module, new Set(['nobody'])),
  debugLines: (module) => module.decode('DbgB', decodeDebugLines),
  code: disassembleModule,
  validateCode,
  hash: hashModule,
  surface: readModuleState,
  codeWithoutLines: (module) => normaliseCode(module, { isWithoutLines: true }),
  changes: (module) =>
    compareModules(module.withChunk('Mine', new Uint8Array(1)).withChunk('StrT', new Uint8Array(4096)), module),
  children: (module) => [readChildren(module), readSupervisorName(module)],
  followed: followSome,
  beamDisasm: (module) => {
    const term = beamDisasm(module);
    return module.located('Code', () => formatTerm(term));
  },
  source: (module) => buildSourceReport(module, 'mutant.beam').text,
  info: (module) => buildModuleInfo(module, 'mutant.beam'),
  dump: dumpLength,
  abstractReferences: (module) => readFacts(module, REFERENCES, 'abstract').facts.references,
  codeReferences: (module) => readFacts(module, REFERENCES, 'code').facts.references,
  tableReferences: (module) => readFacts(module, REFERENCES, 'tables').facts.references,
  importFacts: (module) => readImportFacts(module, { file: 'mutant.beam', app: null }),
  codeFacts: (module) => readCodeFacts(module, { file: 'mutant.beam', app: null }),
  abstractFacts: (module) => readAbstractFacts(module, { file: 'mutant.beam', app: null }),
  analyses: (module) => makeAnalyses(module),
  migrations: (module) => unlessRefused(() => madeUpMigrations(module)),
  injection: (module) => unlessRefused(() => removeMigration(injectMigration(module, migrationFor(module), { otp: 25 }))),
};

/** What a caller asked for and can't have is an answer too. */
function unlessRefused(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

/** Reads facts, by the better reader that can, and asks everything that can be asked of one module. */
function makeAnalyses(module: BeamModule): number {
  const context = { file: 'mutant.beam', app: null, docs: true, elixirDeprecated: true };
  const program = buildProgram([readFacts(module, context, 'auto').facts], { mode: 'functions', builtins: true });
  const names = [...availableAnalyses('functions'), ELIXIR_DEPRECATED];
  const reports = reportAnalyses(
    program,
    names.map((name) => ({ name })),
    { mode: 'otp29' },
  );
  return reports.map(renderAnalysisErl).join('').length;
}

/** Debug info is text enough in `source`; printing its term as well would take most of the time. */
function printTerm(module: BeamModule, id: (typeof TERMS)[number]): unknown {
  const term = module.term(id);
  return term === undefined || id === 'Dbgi' || id === 'Abst' ? term : module.located(id, () => formatTerm(term));
}

function dumpLength(module: BeamModule): number {
  const plain = (text: string) => text;
  let length = 0;
  for (const piece of renderDumpText(buildDump(module, 'mutant.beam'), { bold: plain, dim: plain })) length += piece.length;
  return length;
}

/** Follows functions as if they were init/1 of a supervisor. */
function followSome(module: BeamModule): unknown {
  return module.located('Code', () => {
    const program = openProgram(module);
    const place = { module: module.name, function: 'f/0', line: null };
    return program.functions.slice(0, 12).map((target) => {
      const machine = openMachine();
      const args = Array.from({ length: Math.min(target.arity, 255) }, () => unknown('an argument', place));
      return machine.follow(machine, program, target, args);
    });
  });
}
