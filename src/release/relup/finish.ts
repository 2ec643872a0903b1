// The last touches to a script: object code is read once for each library, and the emulator is restarted once, at the beginning or the end.
//
// Defined by lib/sasl/src/systools_rc.erl.

import { type Atom, atom, isTuple, list, properList, type Term, tuple } from '../../term/model.js';
import { compareTerms } from '../../term/order.js';
import { tagged } from '../release-error.js';
import type { Halves } from './merge.js';
import { type Direction, isPlain, type Step, stepError, tupleOf } from './step.js';

/** What one library is read for. */
interface Library {
  readonly step: Step;
  readonly name: Atom;
  readonly vsn: Term;
  readonly modules: readonly Atom[];
}

/** Puts load_object_code first, one for each library; throws ReleaseError for two versions of one. */
function mergeObjectCode(before: readonly Step[]): readonly Step[] {
  const libraries = new Map<string, Library[]>();
  const rest: Step[] = [];
  for (const step of before) {
    const library = libraryOf(step);
    const same = library === undefined ? undefined : libraries.get(library.name.name);
    if (library === undefined) rest.push(step);
    else if (same === undefined) libraries.set(library.name.name, [library]);
    else same.push(library);
  }
  return [...Array.from(libraries.values(), mergeLibrary), ...rest];
}

function libraryOf(step: Step): Library | undefined {
  const part = tupleOf(step, 'load_object_code')?.items[1];
  if (!isTuple(part, 3)) return undefined;
  const [name, vsn, modules] = part.items as readonly [Atom, Term, Term];
  return { step, name, vsn, modules: (properList(modules) ?? []) as readonly Atom[] };
}

/** The modules of an earlier one go before those that are there already, as systools has it. */
function mergeLibrary(same: readonly Library[]): Step {
  const [first] = same as readonly [Library];
  const other = same.findLast(({ vsn }) => compareTerms(vsn, first.vsn) !== 0);
  if (other !== undefined) throw stepError('conflicting_versions', other.step, first.name, first.vsn, other.vsn);
  const known = new Set<string>();
  const lists = [...same].reverse().map(({ modules }) => {
    const added = modules.filter(({ name }) => !known.has(name));
    for (const { name } of added) known.add(name);
    return added;
  });
  return { ...first.step, term: tagged('load_object_code', tuple(first.name, first.vsn, list(lists.reverse().flat()))) };
}

/** Moves restarts of the emulator to where they belong. */
function placeRestarts(direction: Direction, { before, after }: Halves): Halves {
  const isNew = (step: Step) => isPlain(step, 'restart_new_emulator');
  const isOld = (step: Step) => isPlain(step, 'restart_emulator');
  const anew = after.find(isNew);
  const old = after.find(isOld);
  const rest = after.filter((step) => !isNew(step) && !isOld(step));
  const last = old ?? (direction === 'dn' && anew !== undefined ? { ...anew, term: atom('restart_emulator') } : undefined);
  return {
    before: direction === 'up' && anew !== undefined ? [anew, ...before] : before,
    after: last === undefined ? rest : [...rest, last],
  };
}

/** Does both. */
export function finishScript(direction: Direction, { before, after }: Halves): Halves {
  return placeRestarts(direction, { before: mergeObjectCode(before), after });
}
