// The short forms of instructions, written out:
//
//   {load_module, M}                 {load_module, M, brutal_purge, brutal_purge, []}
//   {load_module, M, Deps}           {load_module, M, brutal_purge, brutal_purge, Deps}
//   {update, M}                      {update, M, soft, brutal_purge, brutal_purge, []}
//   {update, M, supervisor}          {update, M, static, default, {advanced, []}, brutal_purge, brutal_purge, []}
//   {update, M, Change}              {update, M, Change, brutal_purge, brutal_purge, []}
//   {update, M, Deps}                {update, M, soft, brutal_purge, brutal_purge, Deps}
//   {update, M, Change, Deps}        {update, M, Change, brutal_purge, brutal_purge, Deps}
//   {add_application, A}             {add_application, A, permanent}
//
// An instruction that is a list stands for those in it, which have to be written out already.
// Defined by lib/sasl/src/systools_rc.erl.

import { atom, isAtom, isTuple, NIL, properList, type Term, tuple } from '../../term/model.js';
import { tagged } from '../release-error.js';
import { isAnyList } from '../term-shapes.js';
import { BRUTAL, inPlaceOf, type Step, tupleOf } from './step.js';

/** Writes the short forms of a script out. */
export function expandScript(script: readonly Step[]): readonly Step[] {
  return script.flatMap((step) => {
    const nested = properList(step.term);
    return inPlaceOf(step, nested ?? [expandStep(step)]);
  });
}

function expandStep(step: Step): Term {
  const { term } = step;
  const items = tupleOf(step, 'load_module', 'update', 'add_application')?.items ?? [];
  const [name, subject, third] = items;
  if (name === undefined || subject === undefined) return term;
  if (isAtom(name, 'update')) return expandUpdate(term, subject, items.slice(2));
  if (isAtom(name, 'add_application')) return items.length === 2 ? tuple(name, subject, atom('permanent')) : term;
  if (items.length > 3 || !isAnyList(third ?? NIL)) return term;
  return tuple(name, subject, BRUTAL, BRUTAL, third ?? NIL);
}

/** The one or two parts that a short form may have: what changes, and what it depends on. */
function expandUpdate(term: Term, subject: Term, [first, second, ...more]: readonly Term[]): Term {
  if (more.length > 0) return term;
  if (second !== undefined) return isChange(first) && isAnyList(second) ? update(subject, first, second) : term;
  if (isAtom(first, 'supervisor')) return supervisorUpdate(subject);
  if (isChange(first)) return update(subject, first, NIL);
  return isAnyList(first ?? NIL) ? update(subject, atom('soft'), first ?? NIL) : term;
}

function isChange(term: Term | undefined): term is Term {
  return isTuple(term) || isAtom(term, 'soft');
}

function update(module: Term, change: Term, deps: Term): Term {
  return tagged('update', module, change, BRUTAL, BRUTAL, deps);
}

function supervisorUpdate(module: Term): Term {
  return tagged('update', module, atom('static'), atom('default'), tagged('advanced', NIL), BRUTAL, BRUTAL, NIL);
}
