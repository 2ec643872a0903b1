// Facts to a program. Facts are taken one module at a time and needn't be kept: what counts goes into columns. The order in which modules
// come makes no difference.
//
//   begin -> addModule ... -> missingModules (whom to look for on a library path) -> finishProgram

import { builtinTable } from '../../code/builtins.js';
import type { ModuleFacts, ModuleNotes } from '../module-facts.js';
import { append, type IntColumn, itemsOf, newColumn } from '../sets/int-column.js';
import { EMPTY_RELATION, pairOrder, type Relation, relationOf } from '../sets/relation.js';
import { hasVertex, setOf, type VertexSet } from '../sets/vertex-set.js';
import {
  type FunctionIndex,
  type FunctionTable,
  findName,
  indexFunction,
  indexInModule,
  indexModule,
  newFunctionIndex,
  orderFunctions,
  rankNames,
} from './function-table.js';
import { type CollectedReference, modulesInData, referencesThatCount } from './named-in-data.js';
import {
  type ApplicationFacts,
  BUILTIN,
  CALLED_EXTERNALLY,
  CALLED_LOCALLY,
  type CallTable,
  DEFINED,
  EXPORTED,
  EXTERNAL,
  IN_LIBRARY,
  type LibraryFacts,
  LOCAL,
  PREDEFINED,
  type Program,
  type ProgramMode,
  type ProgramReference,
  UNRESOLVED,
} from './program.js';

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
  return {
    options,
    rows: [],
    index: newFunctionIndex(),
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

/** Adds a module that stands at `order` in the input; returns false, and adds nothing, where it is there already. */
export function addModule(builder: ProgramBuilder, facts: ModuleFacts, order = builder.rows.length): boolean {
  const { index, options } = builder;
  const module = indexModule(index, facts.module);
  if (builder.analysed.has(module)) return false;
  builder.rows.push(nextRows(builder, module, order));
  const { functions, exports, calls, imports, references, ...notes } = facts;
  builder.analysed.set(module, notes);
  for (const { name, arity } of facts.exports) append(builder.exported, indexInModule(index, module, name, arity));
  if (options.mode === 'modules') addImports(builder, module, facts);
  else addFunctions(builder, module, facts);
  return true;
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
  const { index, options } = builder;
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
  for (const call of facts.calls) {
    // A call of a module's own function can be one of a BIF as well: lists calls member/2.
    if (call.builtin && !options.builtins) continue;
    append(builder.callers, functions[call.from] as number);
    append(builder.callees, indexFunction(index, call.module, call.name, call.arity));
    append(builder.kinds, call.kind === 'local' ? LOCAL : call.unresolved ? EXTERNAL | UNRESOLVED : EXTERNAL);
    append(builder.firstSite, builder.lines.length);
    for (const { line, column } of call.sites) {
      append(builder.lines, line);
      append(builder.columns, column);
    }
  }
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

/** What a program stands in: a library path's modules, and applications with their releases. */
export interface ProgramSurroundings {
  /** Of {@link missingModules}, those that were found. */
  readonly library?: Iterable<LibraryFacts>;
  readonly applications?: Iterable<ApplicationFacts>;
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
  const imports = relationOf(
    itemsOf(builder.importers).map((module) => modules[module] as number),
    itemsOf(builder.imported).map((number) => ids[number] as number),
  );
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
    onLoad: setOf(itemsOf(builder.onLoad).map((number) => ids[number] as number)),
    notes: new Map([...analysed].map((module) => [module, notes.get(module) as ModuleNotes])),
    references: orderReferences(references, ids, modules, arranged.applications),
    library,
  };
}

function latestRelease({ analysed }: ProgramBuilder): number {
  let latest = 0;
  for (const { otp } of analysed.values()) latest = Math.max(latest, otp);
  return latest;
}

/** A reference with the numbers that the index has for its ends; -1 where there is none. */
interface IndexedReference extends CollectedReference {
  readonly toModule: number;
  readonly toFunction: number;
}

/** Gives the ends of a reference their numbers. */
function indexReference(index: FunctionIndex, collected: CollectedReference): IndexedReference {
  const { kind, module, name, arity } = collected.reference;
  if (module === null) return { ...collected, toModule: -1, toFunction: -1 };
  const namesFunction = (kind === 'mfa' || kind === 'child_spec') && name !== null && arity !== null;
  const toFunction = namesFunction ? indexFunction(index, module, name, arity) : -1;
  return { ...collected, toModule: indexModule(index, module), toFunction };
}

function orderReferences(
  references: readonly IndexedReference[],
  ids: Int32Array,
  modules: Int32Array,
  applications: readonly string[],
): readonly ProgramReference[] {
  const made = references.map(({ module, from, toModule, toFunction, reference }): ProgramReference => {
    const ends = { owner: modules[module] as number, from: ids[from] ?? -1 };
    const toApplication = reference.application === undefined ? -1 : findName(applications, reference.application);
    return { ...reference, ...ends, toModule: modules[toModule] ?? -1, toApplication, toFunction: ids[toFunction] ?? -1 };
  });
  // Within a function they stay in the order in which they were read.
  return made.sort((left, right) => left.owner - right.owner || left.from - right.from);
}

const NO_CALLS: CallTable = {
  edges: EMPTY_RELATION,
  kinds: new Uint8Array(0),
  firstCall: new Int32Array(1),
  calls: new Int32Array(0),
  callKinds: new Int32Array(0),
  firstSite: new Int32Array(1),
  lines: new Int32Array(0),
  columns: new Int32Array(0),
};

function buildCalls(builder: ProgramBuilder, ids: Int32Array): CallTable {
  const sources = itemsOf(builder.callers).map((number) => ids[number] as number);
  const targets = itemsOf(builder.callees).map((number) => ids[number] as number);
  const order = pairOrder(sources, targets);
  const edges = { sources: new Int32Array(order.length), targets: new Int32Array(order.length) };
  const kinds = new Uint8Array(order.length);
  const firstCall = new Int32Array(order.length + 1);
  let size = 0;
  order.forEach((call, at) => {
    const source = sources[call] as number;
    const target = targets[call] as number;
    if (size === 0 || edges.sources[size - 1] !== source || edges.targets[size - 1] !== target) {
      edges.sources[size] = source;
      edges.targets[size] = target;
      firstCall[size++] = at;
    }
    kinds[size - 1] = (kinds[size - 1] as number) | (builder.kinds.values[call] as number);
  });
  firstCall[size] = order.length;
  append(builder.firstSite, builder.lines.length);
  return {
    edges: { sources: edges.sources.slice(0, size), targets: edges.targets.slice(0, size) },
    kinds: kinds.slice(0, size),
    firstCall: firstCall.slice(0, size + 1),
    calls: order,
    callKinds: itemsOf(builder.kinds),
    firstSite: itemsOf(builder.firstSite),
    lines: itemsOf(builder.lines),
    columns: itemsOf(builder.columns),
  };
}

function markFunctions(
  builder: ProgramBuilder,
  builtins: readonly number[],
  table: FunctionTable,
  ids: Int32Array,
  calls: CallTable,
  imports: Relation,
): Uint8Array {
  const marks = new Uint8Array(table.moduleOf.length);
  const mark = (id: number, bit: number) => {
    marks[id] = (marks[id] as number) | bit;
  };
  for (const number of itemsOf(builder.defined)) mark(ids[number] as number, DEFINED);
  for (const number of itemsOf(builder.exported)) mark(ids[number] as number, EXPORTED);
  for (let row = 0; row < calls.kinds.length; row++) {
    const kind = calls.kinds[row] as number;
    const target = calls.edges.targets[row] as number;
    mark(target, ((kind & LOCAL) !== 0 ? CALLED_LOCALLY : 0) | ((kind & EXTERNAL) !== 0 ? CALLED_EXTERNALLY : 0));
  }
  for (const target of imports.targets) mark(target, CALLED_EXTERNALLY);
  for (const number of builtins) mark(ids[number] as number, BUILTIN);
  return marks;
}

/** Tells whether it is one of the functions that every module has though none of its code says so. */
function isPredefined(name: string, arity: number): boolean {
  return name === 'module_info' ? arity === 0 || arity === 1 : name === 'behaviour_info' && arity === 1;
}

function markPredefined(table: FunctionTable, marks: Uint8Array, analysed: VertexSet): void {
  const names = new Set([findName(table.names, 'module_info'), findName(table.names, 'behaviour_info')]);
  for (const module of analysed) {
    const end = table.firstOf[module + 1] as number;
    for (let id = table.firstOf[module] as number; id < end; id++) {
      if (!names.has(table.nameOf[id] as number)) continue;
      const isCalled = ((marks[id] as number) & (CALLED_EXTERNALLY | CALLED_LOCALLY)) !== 0;
      const name = table.names[table.nameOf[id] as number] as string;
      if (isCalled && isPredefined(name, table.arityOf[id] as number)) marks[id] = (marks[id] as number) | PREDEFINED;
    }
  }
}

function markLibrary(
  table: FunctionTable,
  marks: Uint8Array,
  analysed: VertexSet,
  library: Iterable<LibraryFacts>,
): ReadonlyMap<number, LibraryFacts> {
  const found = new Map<number, LibraryFacts>();
  for (const facts of library) {
    const module = findName(table.modules, facts.module);
    // What is called of an analysed module isn't looked for elsewhere.
    if (module < 0 || found.has(module) || hasVertex(analysed, module)) continue;
    const exports = new Set(facts.exports.map(({ name, arity }) => `${name}/${arity}`));
    const end = table.firstOf[module + 1] as number;
    for (let id = table.firstOf[module] as number; id < end; id++) {
      const mark = marks[id] as number;
      if ((mark & CALLED_EXTERNALLY) === 0) continue;
      const name = table.names[table.nameOf[id] as number] as string;
      found.set(module, facts);
      if (exports.has(`${name}/${table.arityOf[id]}`)) marks[id] = mark | IN_LIBRARY;
    }
  }
  return found;
}

/** A function that is called and not defined has line 0; a predefined one has none. */
function definitionLines(builder: ProgramBuilder, ids: Int32Array, marks: Uint8Array): Int32Array {
  const lines = new Int32Array(marks.length).fill(-1);
  if (builder.options.mode === 'modules') return lines;
  for (let id = 0; id < lines.length; id++) {
    const mark = marks[id] as number;
    if ((mark & CALLED_EXTERNALLY) !== 0 && (mark & (DEFINED | PREDEFINED)) === 0) lines[id] = 0;
  }
  const { defined, definedLines } = builder;
  for (let at = 0; at < defined.length; at++)
    lines[ids[defined.values[at] as number] as number] = definedLines.values[at] as number;
  return lines;
}

function arrangeApplications(
  builder: ProgramBuilder,
  moduleCount: number,
  modules: Int32Array,
  given: Iterable<ApplicationFacts>,
): Pick<Program, 'applications' | 'releases' | 'applicationOf' | 'releaseOf'> {
  const releaseNames = new Map<string, string | null>();
  for (const { name, release } of given) releaseNames.set(name, release);
  for (const { app } of builder.analysed.values()) if (app !== null && !releaseNames.has(app)) releaseNames.set(app, null);
  const applications = rankNames([...releaseNames.keys()]).sorted;
  const releases = rankNames([...new Set([...releaseNames.values()].filter((name) => name !== null))]).sorted;
  const applicationOf = new Int32Array(moduleCount).fill(-1);
  const positions = new Map(applications.map((name, position) => [name, position]));
  for (const [module, { app }] of builder.analysed) {
    if (app !== null) applicationOf[modules[module] as number] = positions.get(app) as number;
  }
  const releaseOf = Int32Array.from(applications, (name) => {
    const release = releaseNames.get(name) ?? null;
    return release === null ? -1 : findName(releases, release);
  });
  return { applications, releases, applicationOf, releaseOf };
}
