// The instructions for the modules of an application, with their DepMods:
//
//   added      what it needs of the entry                     {add_module, M, Deps}        down {delete_module, M, Deps}
//   changed    the same                                       {load_module, ..} or {update, ..} both ways
//   removed    those of the entry that needed it              {delete_module, M, Callers}  down {add_module, M, Callers}
//
// systools does what hangs together by DepMods at one go, where the first of it stands; on a circle it keeps the order of the entry. So that the
// way down is exactly the way up backwards, what hangs together stands together in both, in the same order; and it is these bundles whose
// order is turned round.
// Defined by the manual page appup(4) of sasl; release-upgrade 3.6.

import type { ModuleChange } from '../../../changes/module-change.js';
import { atom, list, NIL, type Term, tuple } from '../../../term/model.js';
import { atomList } from '../../model.js';
import { bundlesOf } from '../../relup/dependency-order.js';
import type { GenerateChoices, UpgradedApplication } from './model.js';
import { usedModules } from './module-uses.js';
import type { ModuleFinder } from './process-kind.js';

/** How the code of a changed module is replaced. */
export type ChangeMethod = 'load' | 'update' | 'supervisor';

/** What happens to the modules of an application. */
export interface ModuleWork {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly change: ModuleChange; readonly method: ChangeMethod }[];
}

/** The instructions of both ways. */
export interface BothWays {
  readonly up: readonly Term[];
  readonly down: readonly Term[];
}

interface ModuleStep {
  readonly module: string;
  readonly kind: 'add' | 'delete' | ChangeMethod;
  readonly deps: readonly string[];
}

/** What is known beside the modules. */
interface Choices extends Pick<GenerateChoices, 'purge' | 'timeout'> {
  /** Finds modules of the new build, and of the old one. */
  readonly find: ModuleFinder;
  readonly findOld: ModuleFinder;
}

/** Returns the instructions for the modules that one entry is about; throws ParseError. */
export function moduleSteps(
  { old, now }: Pick<UpgradedApplication, 'old' | 'now'>,
  { added, removed, changed }: ModuleWork,
  choices: Choices,
): BothWays {
  const names = new Set([...added, ...removed, ...changed.map(({ change }) => change.module)]);
  const needs = (module: string) => {
    const beam = now.modules.get(module);
    const used = beam === undefined ? [] : [...usedModules(beam, choices.find)];
    return used.filter((name) => name !== module && names.has(name) && now.modules.has(name)).sort();
  };
  const callers = (module: string) =>
    [...names].filter((name) => {
      const beam = name === module ? undefined : old.modules.get(name);
      return beam !== undefined && usedModules(beam, choices.findOld).has(module);
    });
  const steps: readonly ModuleStep[] = [
    ...added.map((module) => ({ module, kind: 'add' as const, deps: needs(module) })),
    ...changed.map(({ change: { module }, method }) => ({ module, kind: method, deps: needs(module) })),
    ...removed.map((module) => ({ module, kind: 'delete' as const, deps: callers(module).sort() })),
  ];
  const bundles = bundled(steps);
  return {
    up: bundles.flat().map((step) => stepTerm(step, choices)),
    down: [...bundles]
      .reverse()
      .flat()
      .map((step) => stepTerm(inverse(step), choices)),
  };
}

/** Returns what hangs together, each in the order given, by its first. */
function bundled(steps: readonly ModuleStep[]): readonly (readonly ModuleStep[])[] {
  const numbers = new Map(steps.map(({ module }, number) => [module, number]));
  const edges = steps.flatMap(({ deps }, source) => deps.map((name) => [source, numbers.get(name) as number] as const));
  const leaders = bundlesOf(steps.length, {
    sources: edges.map(([source]) => source),
    targets: edges.map(([, target]) => target),
  });
  const bundles = new Map<number, ModuleStep[]>();
  steps.forEach((step, number) => {
    const leader = leaders[number] as number;
    const bundle = bundles.get(leader);
    if (bundle === undefined) bundles.set(leader, [step]);
    else bundle.push(step);
  });
  return [...bundles.values()];
}

function inverse(step: ModuleStep): ModuleStep {
  if (step.kind === 'add') return { ...step, kind: 'delete' };
  return step.kind === 'delete' ? { ...step, kind: 'add' } : step;
}

const ADVANCED = tuple(atom('advanced'), NIL);

function stepTerm({ module, kind, deps }: ModuleStep, { purge, timeout }: Pick<Choices, 'purge' | 'timeout'>): Term {
  const name = atom(module);
  const after = deps.length === 0 ? [] : [atomList(deps)];
  if (kind === 'add') return tuple(atom('add_module'), name, ...after);
  if (kind === 'delete') return tuple(atom('delete_module'), name, ...after);
  const { pre, post } = purge(module);
  const code = [atom(pre), atom(post), list(deps.map(atom))];
  if (kind === 'load') return tuple(atom('load_module'), name, ...code);
  const patience = timeout(module);
  const limit = typeof patience === 'number' ? patience : atom(patience);
  if (kind === 'update') return tuple(atom('update'), name, ...(patience === 'default' ? [] : [limit]), ADVANCED, ...code);
  const isPlain = deps.length === 0 && patience === 'default' && pre === 'brutal_purge' && post === 'brutal_purge';
  if (isPlain) return tuple(atom('update'), name, atom('supervisor'));
  // There is no short form of it with anything else.
  return tuple(atom('update'), name, atom('static'), limit, ADVANCED, ...code);
}
