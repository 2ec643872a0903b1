// Why an export isn't used: each function that is exported and not called from outside, modules of tests aside, with who may use it all the
// same. Nothing is run: the evidence is attributes, callbacks that behaviours declare, data that names functions, `.app` files, names.
//
//   on_load          the function of -on_load
//   application      an application's module of `mod`
//   callback         of a behaviour that the module declares
//   child_spec       named by a child specification
//   mfa              named by other data
//   glue             made and called by a compiler or generator       convention   called of any module that a tool is given, or a state
//   test             of a module of tests, or run by EUnit            tests_only   called by modules of tests alone
//   open             the module has a behaviour whose callbacks nobody told
//   nobody           exported for nobody
//
// The first that fits counts. What tests call is listed only where nothing but tests uses it. That native code stands for a function is no
// reason to export it.

import { formatAtom } from '../../term/format-token.js';
import type { AppFile } from '../applications/app-file.js';
import type { FunctionName } from '../module-facts.js';
import { findName } from '../program/function-table.js';
import { CALLED_LOCALLY, type Program, type ProgramReference } from '../program/program.js';
import { hasVertex } from '../sets/vertex-set.js';
import { explainName } from './export-glue.js';
import { exportsOf, externalUse, testModules } from './external-use.js';
import { knownCallbacks } from './known-behaviours.js';
import { namedFunctions } from './named-functions.js';

/** In the order in which they are tried. */
export const EXPORT_CLASSES = [
  'on_load',
  'application',
  'callback',
  'child_spec',
  'mfa',
  'glue',
  'convention',
  'test',
  'tests_only',
  'open',
  'nobody',
] as const;

/** Why a function is exported. */
export type ExportClass = (typeof EXPORT_CLASSES)[number];

/** An export that no module calls, but for tests. */
export interface ExplainedExport {
  /** Id of the program. */
  readonly function: number;
  readonly class: ExportClass;
  /**
   * The behaviour, application, function that names or calls it, or a phrase; of `nobody` null, or that the module calls it itself, so
   * that it needn't be exported.
   */
  readonly detail: string | null;
}

/** The names of modules of tests, `*` standing for any characters. */
export const DEFAULT_TESTS: readonly string[] = ['*_SUITE', '*_tests', '*Test'];

/** What is known besides the program. */
export interface ExplainOptions {
  /** Patterns of the names of modules of tests; {@link DEFAULT_TESTS} by default. */
  readonly tests?: readonly string[];
  readonly applications?: readonly AppFile[];
  /** Callbacks of behaviours that are not analysed, such as those of {@link missingBehaviours}. */
  readonly behaviours?: ReadonlyMap<string, readonly FunctionName[]>;
}

/** Returns the behaviours of the program's modules whose callbacks must be told from elsewhere, in the order of their first module. */
export function missingBehaviours(program: Program): readonly string[] {
  const missing = new Set<string>();
  for (const { behaviours = [] } of program.notes.values()) {
    for (const behaviour of behaviours) if (callbacksOf(program, {}, behaviour) === undefined) missing.add(behaviour);
  }
  return [...missing];
}

/** Explains the exports that are not used, in order of their functions. */
export function explainExports(program: Program, options: ExplainOptions = {}): readonly ExplainedExport[] {
  const tests = testModules(program, options.tests ?? DEFAULT_TESTS);
  const { isUsed, testCaller } = externalUse(program, tests);
  const evidence: Evidence = {
    program,
    options,
    tests,
    testCaller,
    references: namedFunctions(program),
    entryPoints: new Map((options.applications ?? []).flatMap(({ name, mod }) => (mod === null ? [] : [[mod.module, name]]))),
  };
  return Array.from(program.analysed).flatMap((module) => {
    const exports = exportsOf(program, module).filter((id) => isUsed[id] === 0);
    if (exports.length === 0) return [];
    const about = aboutModule(evidence, module);
    const explained = exports.map((id) => ({ function: id, ...explain(evidence, about, id) }));
    // It is used, by tests, and isn't theirs alone.
    return explained.filter((one) => one.class === 'tests_only' || testCaller[one.function] === -1);
  });
}

interface Evidence {
  readonly program: Program;
  readonly options: ExplainOptions;
  /** By module: 1 where it is one of tests. */
  readonly tests: Uint8Array;
  /** By function: the first function (module, in modules mode) of a module of tests that calls it, or -1. */
  readonly testCaller: Int32Array;
  readonly references: ReadonlyMap<number, ProgramReference>;
  /** Applications by the module of their `mod`. */
  readonly entryPoints: ReadonlyMap<string, string>;
}

/** What is known of a module's functions by `name/arity`. */
interface ModuleEvidence {
  readonly module: number;
  readonly name: string;
  readonly application: string | undefined;
  /** The behaviour by callback. */
  readonly callbacks: ReadonlyMap<string, string>;
  /** The first behaviour of unknown callbacks. */
  readonly open: string | undefined;
  /** The behaviour whose states are functions of the module, whatever their names. */
  readonly stateMachine: string | undefined;
  readonly exports: ReadonlySet<string>;
}

const APPLICATION = 'application';

/** The behaviours that call a function for each state, and with how many arguments. */
const STATE_ARITIES: ReadonlyMap<string, readonly number[]> = new Map([
  ['gen_statem', [3]],
  ['gen_fsm', [2, 3]],
]);

function aboutModule({ program, options, entryPoints }: Evidence, module: number): ModuleEvidence {
  const name = program.functions.modules[module] as string;
  const { behaviours = [] } = program.notes.get(module) ?? {};
  const callbacks = new Map<string, string>();
  let open: string | undefined;
  for (const behaviour of behaviours) {
    const declared = callbacksOf(program, options, behaviour);
    if (declared === undefined) open ??= behaviour;
    for (const callback of declared ?? []) if (!callbacks.has(nameOf(callback))) callbacks.set(nameOf(callback), behaviour);
  }
  const exports = exportsOf(program, module).map((id) => nameOf(functionName(program, id)));
  const application = entryPoints.get(name);
  const stateMachine = behaviours.find((behaviour) => STATE_ARITIES.has(behaviour));
  return { module, name, application, callbacks, open, stateMachine, exports: new Set(exports) };
}

function callbacksOf(program: Program, options: ExplainOptions, behaviour: string): readonly FunctionName[] | undefined {
  const own = program.notes.get(findName(program.functions.modules, behaviour))?.callbacks ?? [];
  const all = [...own, ...(options.behaviours?.get(behaviour) ?? []), ...(knownCallbacks(behaviour) ?? [])];
  return all.length === 0 ? undefined : all;
}

function explain(evidence: Evidence, about: ModuleEvidence, id: number): Pick<ExplainedExport, 'class' | 'detail'> {
  const { program, references, tests, testCaller } = evidence;
  const name = functionName(program, id);
  const text = nameOf(name);
  if (hasVertex(program.onLoad, id)) return { class: 'on_load', detail: null };
  if (about.application !== undefined && isEntryPoint(name)) return { class: 'application', detail: about.application };
  const behaviour = about.callbacks.get(text);
  if (behaviour !== undefined) return { class: 'callback', detail: behaviour };
  const reference = references.get(id);
  if (reference !== undefined) return { class: reference.kind as 'child_spec' | 'mfa', detail: ownerOf(program, reference) };
  const glue = explainName(name, about.name.startsWith('Elixir.'), (other) => about.exports.has(other));
  if (glue !== undefined) return glue;
  const { stateMachine } = about;
  if (stateMachine !== undefined && STATE_ARITIES.get(stateMachine)?.includes(name.arity) === true) {
    return { class: 'convention', detail: `${stateMachine}, if it is a state` };
  }
  if (tests[about.module] === 1) return { class: 'test', detail: null };
  const caller = testCaller[id] as number;
  if (caller !== -1) return { class: 'tests_only', detail: callerName(program, caller) };
  if (about.open !== undefined) return { class: 'open', detail: about.open };
  return { class: 'nobody', detail: isCalledLocally(program, id) ? 'its own module' : null };
}

function isEntryPoint(name: FunctionName): boolean {
  return knownCallbacks(APPLICATION)?.some((callback) => callback.name === name.name && callback.arity === name.arity) === true;
}

/** The function that a reference stands in; its module where that isn't known. */
function ownerOf(program: Program, { from, owner }: ProgramReference): string {
  return from < 0 ? formatAtom(program.functions.modules[owner] as string) : formatFunction(program, from);
}

function callerName(program: Program, caller: number): string {
  return program.mode === 'modules' ? formatAtom(program.functions.modules[caller] as string) : formatFunction(program, caller);
}

function formatFunction(program: Program, id: number): string {
  const { name, arity } = functionName(program, id);
  return `${formatAtom(program.functions.modules[program.functions.moduleOf[id] as number] as string)}:${formatAtom(name)}/${arity}`;
}

function isCalledLocally({ marks }: Program, id: number): boolean {
  return ((marks[id] as number) & CALLED_LOCALLY) !== 0;
}

function functionName({ functions }: Program, id: number): FunctionName {
  return { name: functions.names[functions.nameOf[id] as number] as string, arity: functions.arityOf[id] as number };
}

function nameOf({ name, arity }: FunctionName): string {
  return `${name}/${arity}`;
}
