// The first half of making a program: facts are taken one module at a time and needn't be kept, what counts goes into columns. The order in
// which modules come makes no difference. build-program.ts makes the program of them.

import { type ModuleColumns, newModuleColumns } from '../module-columns.js';
import type { CallTarget, ModuleFacts, ModuleNotes } from '../module-facts.js';
import { append, type IntColumn, itemsOf, newColumn } from '../sets/int-column.js';
import { type FunctionIndex, indexFunction, indexInModule, indexModule, newFunctionIndex } from './function-table.js';
import { type CollectedReference, modulesInData } from './named-in-data.js';
import { isPredefined } from './predefined.js';
import { EXTERNAL, LOCAL, type ProgramMode, UNRESOLVED } from './program.js';

/** What a program is made of besides modules. */
export interface ProgramOptions {
  readonly mode: ProgramMode;
  /** Whether calls of BIFs count. */
  readonly builtins: boolean;
  /** The release whose BIFs they are; the latest that compiled a module by default. */
  readonly otp?: number | undefined;
}

/** Where the rows of a module begin in each column; they end where those of the next module begin. */
export interface ModuleRows {
  /** Its number in the index. */
  readonly module: number;
  /** Where it stands in the input: of two modules of one name the one with the lower number counts. */
  readonly order: number;
  readonly defined: number;
  readonly exported: number;
  readonly onLoad: number;
  readonly calls: number;
  readonly imports: number;
  readonly references: number;
}

/** A program while modules are added. */
export interface ProgramBuilder {
  readonly options: ProgramOptions;
  /** In the order of their coming. */
  readonly rows: ModuleRows[];
  readonly index: FunctionIndex;
  /** Lent to the reader of one module after the other. */
  readonly module: ModuleColumns;
  readonly analysed: Map<number, ModuleNotes>;
  readonly references: CollectedReference[];
  readonly defined: IntColumn;
  readonly definedLines: IntColumn;
  readonly exported: IntColumn;
  readonly onLoad: IntColumn;
  readonly callers: IntColumn;
  readonly callees: IntColumn;
  readonly kinds: IntColumn;
  readonly firstSite: IntColumn;
  readonly lines: IntColumn;
  readonly columns: IntColumn;
  readonly importers: IntColumn;
  readonly imported: IntColumn;
}

/** Returns a builder without modules. */
export function beginProgram(options: ProgramOptions): ProgramBuilder {
  const index = newFunctionIndex();
  return {
    options,
    rows: [],
    index,
    module: newModuleColumns(index.names),
    analysed: new Map(),
    references: [],
    defined: newColumn(),
    definedLines: newColumn(),
    exported: newColumn(),
    onLoad: newColumn(),
    callers: newColumn(),
    callees: newColumn(),
    kinds: newColumn(),
    firstSite: newColumn(),
    lines: newColumn(),
    columns: newColumn(),
    importers: newColumn(),
    imported: newColumn(),
  };
}

/** Adds a module that stands at `order` in the input; returns false, and adds nothing, where it is there already. */
export function addModule(builder: ProgramBuilder, facts: ModuleFacts, order = builder.rows.length): boolean {
  const { index, options } = builder;
  const { functions, exports, targets, calls, imports, references, ...notes } = facts;
  const module = beginModule(builder, notes, order);
  if (module < 0) return false;
  for (const { name, arity } of exports) append(builder.exported, indexInModule(index, module, name, arity));
  if (options.mode === 'modules') addImports(builder, module, facts);
  else addFunctions(builder, module, facts);
  return true;
}

/** Begins the rows of a module and returns its number; -1 where it is there already. */
export function beginModule(builder: ProgramBuilder, notes: ModuleNotes, order: number): number {
  const module = indexModule(builder.index, notes.module);
  if (builder.analysed.has(module)) return -1;
  builder.rows.push(nextRows(builder, module, order));
  builder.analysed.set(module, notes);
  return module;
}

/** Returns where the rows of a module begin that is added next. */
export function nextRows(builder: ProgramBuilder, module: number, order: number): ModuleRows {
  return {
    module,
    order,
    defined: builder.defined.length,
    exported: builder.exported.length,
    onLoad: builder.onLoad.length,
    calls: builder.callers.length,
    imports: builder.importers.length,
    references: builder.references.length,
  };
}

function addFunctions(builder: ProgramBuilder, module: number, facts: ModuleFacts): void {
  const { index } = builder;
  const functions = facts.functions.map(({ name, arity, line }) => {
    append(builder.definedLines, line);
    const number = indexInModule(index, module, name, arity);
    append(builder.defined, number);
    return number;
  });
  for (const reference of facts.references ?? []) {
    builder.references.push({ module, from: functions[reference.from] ?? -1, reference });
  }
  if (facts.onLoad !== null) append(builder.onLoad, indexInModule(index, module, facts.onLoad.name, facts.onLoad.arity));
  addCalls(builder, functions, facts);
}

function addCalls(builder: ProgramBuilder, functions: readonly number[], facts: ModuleFacts): void {
  // Only what is called counts, so each is looked up at its first call.
  const callees = new Int32Array(facts.targets.length).fill(UNKNOWN);
  const kinds = facts.targets.map(({ kind, unresolved }) => {
    return kind === 'local' ? LOCAL : unresolved ? EXTERNAL | UNRESOLVED : EXTERNAL;
  });
  for (const { from, target, sites } of facts.calls) {
    if (callees[target] === UNKNOWN) callees[target] = calleeOf(builder, facts.targets[target] as CallTarget);
    const callee = callees[target] as number;
    if (callee === NOT_COUNTED) continue;
    append(builder.callers, functions[from] as number);
    append(builder.callees, callee);
    append(builder.kinds, kinds[target] as number);
    append(builder.firstSite, builder.lines.length);
    for (let at = 0; at < sites.length; at += 2) {
      append(builder.lines, sites[at] as number);
      append(builder.columns, sites[at + 1] as number);
    }
  }
}

const UNKNOWN = -2;
const NOT_COUNTED = -1;

/** Returns the number of what is called, or that it doesn't count: a module's own function can be a BIF as well, as lists:member/2 is. */
function calleeOf({ index, options }: ProgramBuilder, { module, name, arity, builtin }: CallTarget): number {
  return builtin && !options.builtins ? NOT_COUNTED : indexFunction(index, module, name, arity);
}

/** In modules mode a module's functions are what it exports, and what refers is the module as a whole. */
function addImports(builder: ProgramBuilder, module: number, facts: ModuleFacts): void {
  const { index, options } = builder;
  for (const reference of facts.references ?? []) builder.references.push({ module, from: -1, reference });
  for (const { name, arity } of facts.exports) {
    if (isPredefined(name, arity)) continue;
    append(builder.definedLines, -1);
    append(builder.defined, indexInModule(index, module, name, arity));
  }
  for (const { module: target, name, arity, builtin } of facts.imports) {
    if (builtin && !options.builtins) continue;
    append(builder.importers, module);
    append(builder.imported, indexFunction(index, target, name, arity));
  }
}

/** Returns the modules that are named and not among those added, in no particular order: those to look for on a library path. */
export function missingModules(builder: ProgramBuilder): readonly string[] {
  const { index, analysed, callees, kinds, imported } = builder;
  const wanted = new Uint8Array(index.modules.size);
  for (let call = 0; call < callees.length; call++) {
    if (((kinds.values[call] as number) & EXTERNAL) !== 0) {
      wanted[index.moduleOf.values[callees.values[call] as number] as number] = 1;
    }
  }
  for (const target of itemsOf(imported)) wanted[index.moduleOf.values[target] as number] = 1;
  const called = [...index.modules].flatMap(([name, module]) => (wanted[module] === 1 ? [name] : []));
  const named = new Set([...called, ...modulesInData(builder.references)]);
  return [...named].filter((name) => !analysed.has(index.modules.get(name) ?? -1));
}
