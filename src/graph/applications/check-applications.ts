// What `.app` files say held against what applications do: calls into applications that aren't declared, declared ones that nobody uses,
// modules that the list lacks or names in vain, circles in the order of starting.
//
// erts is always there, and neither declared nor checked; kernel and stdlib are never unused. Included and optional applications count as
// declared; a runtime dependency doesn't: it names a version that the code was tested with, and starts nothing.

import type { CallSite, FunctionName } from '../module-facts.js';
import { type Program, sitesOfEdge } from '../program/program.js';
import { digraphOf } from '../sets/digraph.js';
import { shortestPath } from '../sets/reach.js';
import type { Relation } from '../sets/relation.js';
import type { AppFile } from './app-file.js';
import type { Application, ApplicationSet } from './application-set.js';
import { declaredBy, declaredRelation, type StartCycle, startCycles, startedBefore } from './start-order.js';
import { type ApplicationUse, type ApplicationUses, applicationUses } from './uses.js';

/** A function of a module; arity -1 where only running the code tells. */
export interface QualifiedFunction extends FunctionName {
  readonly module: string;
}

/** A call from one application to another one. */
export interface ApplicationCall {
  readonly from: QualifiedFunction;
  readonly to: QualifiedFunction;
  /** Path of the source as the compiler knew it; null where the module doesn't say. */
  readonly sourceFile: string | null;
  /** Sorted; none where the places aren't known. */
  readonly sites: readonly CallSite[];
}

/** Calls into an application that isn't declared. */
export interface UndeclaredApplication {
  readonly application: string;
  /** Whether `runtime_dependencies` names it. */
  readonly isRuntimeDependency: boolean;
  /** A shortest chain of declarations that leads to it, so that it is started all the same; both ends included, null where there is none. */
  readonly through: readonly string[] | null;
  /** In Erlang's order. */
  readonly calls: readonly ApplicationCall[];
}

/** A declared application that nobody uses. */
export interface UnusedApplication {
  readonly application: string;
  readonly key: 'applications' | 'included_applications' | 'optional_applications';
  /** Whether types, records or transforms of it are used, which only the compiler needs. */
  readonly isCompiled: boolean;
}

/** Where the folder and the `.app` disagree. */
export interface ApplicationMismatch {
  readonly key: 'name' | 'vsn';
  readonly folder: string;
  readonly file: string | null;
}

/** What was found of one application. */
export interface CheckedApplication {
  readonly application: Application;
  /** In Erlang's order. */
  readonly undeclared: readonly UndeclaredApplication[];
  /** In the order of the `.app`. */
  readonly unused: readonly UnusedApplication[];
  /** Declared ones that are not among what was read, so that nothing can be said of them. */
  readonly unknown: readonly string[];
  /** In `modules`, and not there. */
  readonly missingModules: readonly string[];
  /** There, and not in `modules`. */
  readonly unlistedModules: readonly string[];
  readonly mismatches: readonly ApplicationMismatch[];
}

/** What was found of all. */
export interface CheckedApplications {
  readonly applications: readonly CheckedApplication[];
  readonly cycles: readonly StartCycle[];
  /** Modules that are called and in no application that was read, so that nobody can tell whether theirs is declared; in Erlang's order. */
  readonly placelessModules: readonly string[];
  /** Applications that are called and known from the table of OTP and Elixir alone, in Erlang's order. */
  readonly assumed: readonly string[];
}

/** Always there, and in no list. */
const ALWAYS_THERE = 'erts';
const NEVER_UNUSED: ReadonlySet<string> = new Set([ALWAYS_THERE, 'kernel', 'stdlib']);

interface Check {
  readonly program: Program;
  readonly set: ApplicationSet;
  readonly uses: ApplicationUses;
  readonly declared: Relation;
}

/** Checks the applications of the input. */
export function checkApplications(program: Program, set: ApplicationSet): CheckedApplications {
  const check = { program, set, uses: applicationUses(program, set), declared: declaredRelation(set, declaredBy) };
  const checked = set.applications.flatMap((application, number) => {
    return application.origin !== 'input' ? [] : [checkOne(check, application, number)];
  });
  const cycles = startCycles(set, declaredRelation(set, startedBefore));
  return { applications: checked, cycles, placelessModules: placelessModules(program, set), assumed: assumed(check) };
}

function assumed({ set, uses }: Check): readonly string[] {
  const called = new Set(uses.flatMap((map) => [...map.keys()]));
  return set.applications.filter(({ origin }, number) => origin === 'table' && called.has(number)).map(({ name }) => name);
}

/** `erlang` is everywhere, and `$M_EXPR` stands for any module. */
function placelessModules(program: Program, { applicationOf }: ApplicationSet): readonly string[] {
  const { moduleOf, modules } = program.functions;
  const called = new Set<number>();
  for (const target of program.calls.edges.targets) called.add(moduleOf[target] as number);
  const placeless = [...called].filter((module) => applicationOf[module] === -1 && !program.notes.has(module));
  const names = placeless.sort((left, right) => left - right).map((module) => modules[module] as string);
  return names.filter((name) => name !== 'erlang' && name !== '$M_EXPR');
}

/** Returns what was found of the named applications, and the circles that they are on. */
export function chooseApplications(checked: CheckedApplications, names: ReadonlySet<string>): CheckedApplications {
  return {
    ...checked,
    applications: checked.applications.filter(({ application }) => names.has(application.name)),
    cycles: checked.cycles.filter(({ applications }) => applications.some((name) => names.has(name))),
  };
}

function checkOne(check: Check, application: Application, number: number): CheckedApplication {
  const { file, modules, name } = application;
  const nothing = { undeclared: [], unused: [], unknown: [], missingModules: [], unlistedModules: [], mismatches: [] };
  if (file === null || name === ALWAYS_THERE) return { application, ...nothing };
  const [there, listed] = [new Set(modules), new Set(file.modules)];
  return {
    application,
    undeclared: undeclaredBy(check, number, file),
    unused: unusedBy(check, number, file),
    unknown: declaredBy(file).filter((one) => one !== ALWAYS_THERE && !check.set.numbers.has(one)),
    missingModules: isAlone(application) ? [] : [...listed].filter((module) => !there.has(module)),
    unlistedModules: modules.filter((module) => !listed.has(module)),
    mismatches: mismatchesOf(application, file),
  };
}

/** Who names an `.app` alone asks nothing about its modules. */
function isAlone({ modules, isNamed }: Application): boolean {
  return isNamed && modules.length === 0;
}

function mismatchesOf({ name, vsn }: Application, file: AppFile): readonly ApplicationMismatch[] {
  const mismatches: ApplicationMismatch[] = [];
  if (file.name !== name) mismatches.push({ key: 'name', folder: name, file: file.name });
  if (vsn !== null && file.vsn !== vsn) mismatches.push({ key: 'vsn', folder: vsn, file: file.vsn });
  return mismatches;
}

function undeclaredBy({ program, set, uses, declared }: Check, number: number, file: AppFile): readonly UndeclaredApplication[] {
  const known = new Set(declaredBy(file).map((name) => set.numbers.get(name)));
  const runtime = new Set(file.runtimeDependencies.map(({ name }) => set.numbers.get(name)));
  const nameOf = (at: number) => officialName(set.applications[at] as Application);
  return Array.from(uses[number] ?? []).flatMap(([target, { rows }]) => {
    if (rows.length === 0 || known.has(target) || nameOf(target) === ALWAYS_THERE) return [];
    const path = shortestPath(digraphOf(declared), number, target);
    return {
      application: nameOf(target),
      isRuntimeDependency: runtime.has(target),
      through: path === undefined ? null : Array.from(path, nameOf),
      calls: rows.map((row) => callOf(program, row)),
    };
  });
}

/** Returns the name that an `.app` would declare it by. */
function officialName({ name, file }: Application): string {
  return file?.name ?? name;
}

function callOf(program: Program, row: number): ApplicationCall {
  const { edges } = program.calls;
  const { moduleOf } = program.functions;
  const source = edges.sources[row] as number;
  return {
    from: functionOf(program, source),
    to: functionOf(program, edges.targets[row] as number),
    sourceFile: program.notes.get(moduleOf[source] as number)?.sourceFile ?? null,
    sites: sitesOfEdge(program, row).filter(({ line }) => line > 0),
  };
}

function functionOf({ functions }: Program, id: number): QualifiedFunction {
  return {
    module: functions.modules[functions.moduleOf[id] as number] as string,
    name: functions.names[functions.nameOf[id] as number] as string,
    arity: functions.arityOf[id] as number,
  };
}

function unusedBy({ set, uses }: Check, number: number, file: AppFile): readonly UnusedApplication[] {
  const optional = new Set(file.optional);
  const starts = file.mod === null ? undefined : set.numberOfModule.get(file.mod.module);
  const included = new Set(file.included);
  return declaredBy(file).flatMap((name) => {
    const target = set.numbers.get(name);
    if (target === undefined || target === starts || NEVER_UNUSED.has(name)) return [];
    // Without modules nothing can be called: it is there for its files.
    if ((set.applications[target] as Application).modules.length === 0) return [];
    const use = uses[number]?.get(target);
    if (use !== undefined && isUse(use)) return [];
    const key = included.has(name) ? 'included_applications' : optional.has(name) ? 'optional_applications' : 'applications';
    return [{ application: name, key, isCompiled: use?.isCompiled === true } as const];
  });
}

function isUse({ rows, isReferred }: ApplicationUse): boolean {
  return rows.length > 0 || isReferred;
}
