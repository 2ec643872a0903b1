// The public API of beamtool: explicit named exports, documented where they are defined. Everything here works on Uint8Array and runs in a
// browser as well; `beamtool/files` finds, reads and writes files.

// Modules and chunks
export { type AtomTable, encodeAtoms } from './beam/chunks/atoms.js';
export type { Attribute } from './beam/chunks/attributes.js';
export { type DebugInfo, type DebugInfoEncryption, encodeDebugInfo } from './beam/chunks/debug-info.js';
export { encodeEntries } from './beam/chunks/entries.js';
export { encodeImports } from './beam/chunks/imports.js';
export { encodeLambdas } from './beam/chunks/lambdas.js';
export { encodeLines, type LineItem, type LineTable } from './beam/chunks/lines.js';
export { encodeLiterals, type LiteralTable } from './beam/chunks/literals.js';
export { encodeTermChunk } from './beam/chunks/term-chunk.js';
export { encodeTypes, type TypeEntry, type TypeName, type TypeTable, typeMembers } from './beam/chunks/types.js';
export { type Chunk, type Container, decodeContainer, encodeContainer } from './beam/container.js';
export type { KeyLookup } from './beam/debug-info-key.js';
export { parseKeyFile } from './beam/key-file.js';
export type { CodeHeader, EntryRow, ImportRow, LambdaRow } from './beam/layout.js';
export { BeamModule, type LocalFunction, type ReadOptions, type RemoteFunction, readBeam } from './beam/module.js';
export type { CompiledBy } from './beam/release.js';
// Builds, appups, relups
export type { Build, BuiltApplication } from './changes/build.js';
export type { BuildChanges } from './changes/build-changes.js';
export type { Children, ChildrenChange, ChildSpec } from './changes/children/model.js';
export { readChildren } from './changes/children/read-children.js';
export { type CompareChoices, compareBuilds } from './changes/compare-builds.js';
// Two builds
export { compareModules } from './changes/compare-modules.js';
// Code
export { assemble, buildCodeHeader } from './code/assemble.js';
export { type BeamDisasmOptions, beamDisasm } from './code/beam-disasm.js';
// Dependencies: facts of modules
export { type BuiltinTable, builtinTable } from './code/builtins.js';
export { type DebugLines, decodeDebugLines, encodeDebugLines } from './code/debug-lines.js';
export { disassemble, disassembleModule } from './code/disassemble.js';
export type { Code, CodeFunction, Instruction } from './code/instructions.js';
export {
  decodeNativeRecords,
  encodeNativeRecords,
  type NativeRecordDefinition,
  readNativeRecords,
} from './code/native-records.js';
export { hashModule } from './code/normal-form/normal-module.js';
export { loaderAccepts, OPCODES, type Opcode, opcodeByName, opcodeByNumber } from './code/opcodes.js';
export { readOperand, writeOperand } from './code/operand-codec.js';
export type { Operand } from './code/operands.js';
export { CodeScanner } from './code/scanner.js';
export { type CodeTables, openTables } from './code/tables.js';
export { validateCode } from './code/validate.js';
export { compileFunctions } from './compile/compile.js';
// Migrations
export { CompileError } from './compile/compile-error.js';
export type { CompileContext, ModuleTables, NewLambda } from './compile/tables.js';
// Errors
export { ParseError, type ParseErrorCode, type ParseErrorInit, type Space, UsageError } from './errors.js';
// Abstract code
export type { Expression } from './forms/expression-model.js';
export { expressionFromTerm, expressionToTerm, formsFromTerm, formsToTerm } from './forms/form-codec.js';
export type { Form } from './forms/form-model.js';
export { formatExpression, formatType, type Gap, type PrintedForms, type PrintOptions, printForms } from './forms/print.js';
export { type RecordDefinition, recordsOf } from './forms/records.js';
export { type Node, walk } from './forms/walk.js';
// Dependencies: programs, and what can be asked of them
export { type Analysis, analysisAnswer, availableAnalyses, runAnalysis } from './graph/analyses/analysis.js';
export { type ExplainedExport, type ExplainOptions, type ExportClass, explainExports } from './graph/analyses/explain-exports.js';
export { type Finding, findingsOf } from './graph/analyses/findings.js';
export { type IgnoreChoices, withoutIgnored } from './graph/analyses/ignore.js';
export { parseAnalysis } from './graph/analyses/parse-analysis.js';
export { type AppFile, readAppFile } from './graph/applications/app-file.js';
export { type ApplicationSet, arrangeApplications } from './graph/applications/application-set.js';
export { type CheckedApplications, checkApplications } from './graph/applications/check-applications.js';
export { type CorrectedList, correctLists } from './graph/applications/correct-list.js';
export { type RelFile, readRelFile } from './graph/applications/rel-file.js';
export { askDependencies, type DependencyAnswer, type DependencyQuestion } from './graph/dependencies/ask.js';
export type { FactContext } from './graph/facts/context.js';
export { type FactSource, type ReadFacts, readFacts } from './graph/facts/read-facts.js';
export { type ImportContext, type ImportedModule, type ImportFacts, readImportFacts } from './graph/import-facts.js';
export { buildImportGraph, type GraphEdge, type GraphNode, type ImportGraph, type ImportLevel } from './graph/import-graph.js';
export type {
  Call,
  CallKind,
  CallSite,
  CallTarget,
  Confidence,
  FunctionName,
  ModuleFacts,
  Reference as ModuleReference,
  ReferenceKind,
} from './graph/module-facts.js';
export { buildProgram, finishProgram, type ProgramSurroundings } from './graph/program/build-program.js';
export type { ApplicationFacts, LibraryFacts, Program, ProgramMode } from './graph/program/program.js';
export {
  addModule,
  beginProgram,
  missingModules,
  type ProgramBuilder,
  type ProgramOptions,
} from './graph/program/program-builder.js';
export { joinParts, type ProgramPart, partOf } from './graph/program/program-part.js';
export { answerTerm } from './graph/query/answer.js';
export { QueryError } from './graph/query/query-error.js';
export { type QueryAnswer, queryTerm, runQuery, type UserVariables } from './graph/query/run-query.js';
export { describeState } from './migrate/describe-state.js';
export { type InjectOptions, injectMigration } from './migrate/inject/inject-migration.js';
export { type Marker, readMarker } from './migrate/inject/marker.js';
export { removeMigration } from './migrate/inject/remove-migration.js';
export type { MigrationForms, MigrationPlan, PlanOptions, StateDescription } from './migrate/model.js';
export { type PlanInput, planMigration } from './migrate/plan-migration.js';
export { printMigration, writeMigration } from './migrate/write-migration.js';
export { formatAppup } from './release/appup/format-appup.js';
export { generateAppups } from './release/appup/generate/generate-appups.js';
export type { GenerateChoices, GeneratedAppups, GenerateRequest } from './release/appup/generate/model.js';
export type { Appup, AppupEntry } from './release/appup/model.js';
export { parseAppup } from './release/appup/read-appup.js';
export type { ReleaseFiles } from './release/release-files.js';
export { formatRelup } from './release/relup/format-relup.js';
export { makeRelup, type RelupAnswer, type RelupRequest } from './release/relup/make-relup.js';
// Reports
export { type DepsReport, renderDepsJson, renderDepsText } from './report/deps.js';
export { buildModuleInfo, type ModuleInfo } from './report/module-info.js';
export { type FieldInfo, type ModuleRecords, type RecordInfo, readModuleRecords } from './report/module-records.js';
export { buildSourceReport, type SourceReport } from './report/source.js';
// Terms
export { type DecodedTerm, type DecodeTermOptions, decodeTerm, decodeTermPrefix } from './term/etf-decode.js';
export { type EncodeTermOptions, encodeTerm } from './term/etf-encode.js';
export { formatTerm } from './term/format.js';
export type {
  Atom,
  Bitstring,
  ExportFun,
  Float,
  List,
  LocalFun,
  MapTerm,
  NativeRecord,
  Nil,
  Pid,
  Port,
  Reference,
  Term,
  Tuple,
} from './term/model.js';
export {
  atom,
  binary,
  float,
  integer,
  isAtom,
  isBinary,
  isInteger,
  isList,
  isTuple,
  list,
  map,
  NIL,
  properList,
  stringTerm,
  textOf,
  tuple,
} from './term/model.js';
export { compareTerms, compareTermsExactly, equalTerms } from './term/order.js';
export { parseTerm, parseTerms } from './term/parse.js';
