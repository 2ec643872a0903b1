// update, load_module and delete_module as low-level instructions. For those that are done together, in the order of dependency:
//
//   up     suspend all, load and remove in reverse order, code_change up, resume in reverse order
//   down   suspend all, code_change down of the dynamic ones, load and remove in order, code_change down of the static ones, resume in
//          reverse order
//
// So what others depend on is loaded first on the way up and last on the way down; and a process is converted back by the newer code.
// Defined by lib/sasl/src/systools_rc.erl.

import { type Atom, atom, isAtom, isTuple, list, stringTerm, type Term, tuple } from '../../term/model.js';
import { atomList, type ReleaseApplication } from '../model.js';
import { tagged } from '../release-error.js';
import { arrangeDependent } from './dependency-order.js';
import type { Halves } from './merge.js';
import { BRUTAL, type Direction, inPlaceOf, type Step, stepError, tupleOf } from './step.js';

/** An instruction, read. */
interface ModuleStep {
  readonly step: Step;
  readonly module: Atom;
  /** What loads it, or removes and purges it. */
  readonly code: readonly Term[];
  readonly isLoaded: boolean;
  readonly update: { readonly isStatic: boolean; readonly timeout: Term; readonly change: Term } | undefined;
}

/** Translates the instructions of both halves; `applications` are those of the release that is gone to. */
export function translateDependent(
  direction: Direction,
  { before, after }: Halves,
  applications: readonly ReleaseApplication[],
): Halves {
  const libraryOf = libraryFinder(applications);
  const objectCode: Step[] = [];
  const script = arrangeDependent(after).flatMap((part): readonly Step[] => {
    if (part.kind === 'step') return [part.step];
    const steps = part.steps.map(readStep);
    for (const one of steps) if (one.isLoaded) objectCode.push({ ...one.step, term: libraryOf(one) });
    return steps[0] === undefined ? [] : inPlaceOf(steps[0].step, lowLevel(direction, steps));
  });
  return { before: [...before, ...objectCode], after: script };
}

function readStep(step: Step): ModuleStep {
  const items = (tupleOf(step, 'update', 'load_module', 'delete_module')?.items ?? []) as readonly Term[];
  const module = items[1] as Atom;
  const load = (pre: Term | undefined, post: Term | undefined) => [tagged('load', tuple(module, pre as Term, post as Term))];
  if (isAtom(items[0], 'delete_module')) {
    const code = [tagged('remove', tuple(module, BRUTAL, BRUTAL)), tagged('purge', list([module]))];
    return { step, module, code, isLoaded: false, update: undefined };
  }
  if (isAtom(items[0], 'load_module')) {
    return { step, module, code: load(items[2], items[3]), isLoaded: true, update: undefined };
  }
  const update = { isStatic: isAtom(items[2], 'static'), timeout: items[3] as Term, change: items[4] as Term };
  return { step, module, code: load(items[5], items[6]), isLoaded: true, update };
}

function libraryFinder(applications: readonly ReleaseApplication[]): (one: ModuleStep) => Term {
  const libraries = new Map<string, ReleaseApplication>();
  for (const app of applications) for (const module of app.modules) if (!libraries.has(module)) libraries.set(module, app);
  return ({ step, module }) => {
    const app = libraries.get(module.name);
    if (app === undefined) throw stepError('no_such_module', step, module);
    return tagged('load_object_code', tuple(atom(app.name), stringTerm(app.vsn), list([module])));
  };
}

function lowLevel(direction: Direction, steps: readonly ModuleStep[]): readonly Term[] {
  const updated = steps.filter(({ update }) => update !== undefined);
  const suspended = updated.map(({ module, update }) =>
    isAtom(update?.timeout, 'default') ? module : tuple(module, update?.timeout as Term),
  );
  const resumed = updated.map(({ module }) => module.name).reverse();
  const code = direction === 'up' ? [...steps].reverse() : steps;
  const suspend = suspended.length === 0 ? [] : [tagged('suspend', list(suspended))];
  const resume = resumed.length === 0 ? [] : [tagged('resume', atomList(resumed))];
  const isDynamic = ({ update }: ModuleStep) => update?.isStatic === false;
  const first = direction === 'up' ? [] : codeChange('down', updated.filter(isDynamic));
  const last =
    direction === 'up'
      ? codeChange('up', updated)
      : codeChange(
          'down',
          updated.filter((one) => !isDynamic(one)),
        );
  return [...suspend, ...first, ...code.flatMap((one) => one.code), ...last, ...resume];
}

function codeChange(mode: 'up' | 'down', updated: readonly ModuleStep[]): readonly Term[] {
  const changed = updated.flatMap(({ module, update }) => {
    const change = update?.change;
    return isTuple(change, 2) ? [tuple(module, change.items[1] as Term)] : [];
  });
  return changed.length === 0 ? [] : [tagged('code_change', atom(mode), list(changed))];
}
