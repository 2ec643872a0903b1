// Guards: [[Test]], alternatives of tests that must all hold. What records expand to there:
//   R#r.f    erlang:element(N, R), and once for each R of an alternative a test `is_record(R, r) and ...` before it
// A test of old, such as list(X), gets its present name.

import { externalTarget, unqualifiedTarget } from './call-targets.js';
import { ATOM, CALL } from './node-kinds.js';
import { presentTestName } from './type-tests.js';
import { walkRecordTest } from './walk-record.js';
import type { Walker } from './walker.js';

const NONE: readonly never[] = [];

/** Walks over the guards of a clause; `counted` tells that calls in them count together with BIFs only. */
export function walkGuards(walker: Walker, counted: boolean): void {
  const { guard } = walker;
  walker.guard = counted;
  const alternatives = walker.enterList();
  for (let at = 0; at < alternatives; at++) {
    const tests = walker.enterList();
    for (let test = 0; test < tests; test++) walkTest(walker);
    walker.leaveList(tests);
    walker.checked = NONE;
  }
  walker.leaveList(alternatives);
  walker.guard = guard;
}

/** Walks over one test. */
export function walkTest(walker: Walker): void {
  const { inGuard } = walker;
  walker.inGuard = true;
  if (!walkTestCall(walker)) walker.walk();
  applyTests(walker);
  walker.inGuard = inGuard;
}

/** Walks over the test where it is a call without a module. */
function walkTestCall(walker: Walker): boolean {
  const start = walker.pos;
  if (walker.enterNode() === 4 && walker.kind === CALL) {
    const anno = walker.pos;
    walker.skipAnno();
    const name = walker.atomOf(ATOM);
    if (name !== undefined) {
      addTest(walker, name, anno);
      return true;
    }
  }
  walker.pos = start;
  return false;
}

function addTest(walker: Walker, name: string, anno: number): void {
  const arity = walker.enterList();
  const present = presentTestName(name, arity);
  if (present !== 'is_record' || arity !== 2 || !walkRecordTest(walker)) {
    walker.addAt(unqualifiedTarget(walker.settings.targets, present, arity, walker.guard), anno);
    walker.walkNodes(arity);
  }
  walker.leaveList(arity);
}

/** Puts the tests of records that have been accessed, and not tested yet, before what has been walked: each adds an `and`. */
export function applyTests(walker: Walker): void {
  if (walker.accesses.length === 0) return;
  const and = externalTarget(walker.settings.targets, 'erlang', 'and', 2, walker.guard);
  for (const { key, line, column } of walker.accesses.toReversed()) {
    if (walker.checked.includes(key)) continue;
    walker.checked = [key, ...walker.checked];
    walker.line = line;
    walker.column = column;
    walker.addHere(and);
  }
  walker.accesses = NONE;
}
