// The scripts of all applications as one, in two halves: what is done before the point of no return and what after it. Before it only
// load_object_code and apply are allowed; load_object_code is moved there from behind.
//
// Defined by lib/sasl/src/systools_rc.erl.

import { atom } from '../../term/model.js';
import { isPlain, type Step, stepError, tupleOf } from './step.js';

/** A script, cut at its point of no return. */
export interface Halves {
  readonly before: readonly Step[];
  readonly after: readonly Step[];
}

/** The instruction between the halves. */
export const POINT_OF_NO_RETURN: Step = { term: atom('point_of_no_return'), place: [] };

/** Cuts a script; throws ReleaseError for a second point of no return, or what mustn't stand before it. */
export function splitScript(script: readonly Step[]): Halves {
  const at = script.findIndex((step) => isPlain(step, 'point_of_no_return'));
  const before = script.slice(0, Math.max(at, 0));
  const after = script.slice(at + 1);
  const second = at < 0 ? undefined : after.find((step) => isPlain(step, 'point_of_no_return'));
  if (second !== undefined) throw stepError('too_many_point_of_no_return', second);
  const wrong = before.find((step) => tupleOf(step, 'load_object_code', 'apply')?.items.length !== 2);
  if (wrong !== undefined) throw stepError('bad_op_before_point_of_no_return', wrong, wrong.term);
  const isObjectCode = (step: Step) => tupleOf(step, 'load_object_code')?.items.length === 2;
  return {
    before: [...before, ...after.filter(isObjectCode)],
    after: after.filter((step) => !isObjectCode(step)),
  };
}

/** Makes one script of several: first all that goes before, then all that goes after. */
export function mergeScripts(scripts: readonly (readonly Step[])[]): Halves {
  const halves = scripts.map(splitScript);
  return { before: halves.flatMap(({ before }) => before), after: halves.flatMap(({ after }) => after) };
}

/** Returns the halves as one script. */
export function joinHalves({ before, after }: Halves): readonly Step[] {
  return [...before, POINT_OF_NO_RETURN, ...after];
}
