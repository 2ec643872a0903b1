// What instructions that are written by hand have to do together: what is loaded was read before, what is suspended is resumed, what is
// stopped is started again.
//
// Defined by lib/sasl/src/systools_rc.erl. Its check of code_change compares a list with a pair, and so never finds anything.

import { isAtom, isTuple, properList, type Term } from '../../term/model.js';
import { atomList } from '../model.js';
import { atomNames } from '../term-shapes.js';
import type { Halves } from './merge.js';
import { type Step, stepError, tupleOf } from './step.js';

/** A module that an instruction names. */
interface Named {
  readonly name: string;
  readonly step: Step;
}

/** Checks the instructions; throws ReleaseError. */
export function checkScript({ before, after }: Halves): void {
  checkLoads(before, after);
  const suspended = namedBy(after, 'suspend');
  const resumed = namedBy(after, 'resume');
  refuse('suspended_not_resumed', suspended, resumed);
  refuse('resumed_not_suspended', resumed, suspended);
  const started = namedBy(after, 'start');
  const stopped = namedBy(after, 'stop');
  refuse('start_not_stop', started, stopped);
  refuse('stop_not_start', stopped, started);
}

function checkLoads(before: readonly Step[], after: readonly Step[]): void {
  const read = new Set<string>();
  for (const step of before) {
    const library = tupleOf(step, 'load_object_code')?.items[1];
    for (const name of (isTuple(library, 3) && atomNames(library.items[2])) || []) read.add(name);
  }
  for (const step of after) {
    const load = tupleOf(step, 'load')?.items[1];
    const module = isTuple(load) ? load.items[0] : undefined;
    if (isAtom(module) && !read.has(module.name)) throw stepError('no_object_code', step, module);
  }
}

function namedBy(script: readonly Step[], name: string): readonly Named[] {
  return script.flatMap((step) => {
    const items = properList(tupleOf(step, name)?.items[1]) ?? [];
    return items.flatMap((item) => {
      const module: Term | undefined = isTuple(item) ? item.items[0] : item;
      return isAtom(module) ? [{ name: module.name, step }] : [];
    });
  });
}

function refuse(tag: string, these: readonly Named[], those: readonly Named[]): void {
  const known = new Set(those.map(({ name }) => name));
  const wrong = these.filter(({ name }) => !known.has(name));
  if (wrong.length > 0) throw stepError(tag, wrong[0]?.step, atomList(wrong.map(({ name }) => name)));
}
