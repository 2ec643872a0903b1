// Comprehensions: {lc | bc | mc, Anno, Template, [Qualifier]}. xref goes through the template first; records expand in the qualifiers first.

import { mayBeGuard } from './guard-test.js';
import { ATOM, CALL, GENERATE, MAP_GENERATE, ZIP } from './node-kinds.js';
import { isOldTestName } from './type-tests.js';
import { walkTest } from './walk-guard.js';
import type { Walker } from './walker.js';

/** Walks over a comprehension whose tag has been read. */
export function walkComprehension(walker: Walker): void {
  const { checked } = walker;
  walker.skipAnno();
  walker.checked = [];
  walker.walk();
  walker.checked = checked;
  const count = walker.enterList();
  for (let at = 0; at < count; at++) walkQualifier(walker);
  walker.leaveList(count);
  walker.checked = [];
}

function walkQualifier(walker: Walker): void {
  const start = walker.pos;
  walker.enterNode();
  const generator = GENERATORS.includes(walker.kind);
  walker.pos = start;
  if (!generator && testMatters(walker) && mayBeGuard(walker)) walkTest(walker);
  else walker.walk();
}

const GENERATORS: readonly number[] = [GENERATE, MAP_GENERATE, ZIP];

/** A filter that could be a guard differs from one that couldn't in calls of BIFs, and in tests that have the names of old. */
function testMatters(walker: Walker): boolean {
  if (walker.settings.builtins) return true;
  const start = walker.pos;
  let old = false;
  if (walker.enterNode() === 4 && walker.kind === CALL) {
    walker.skipAnno();
    old = isOldTestName(walker.atomOf(ATOM) ?? '');
  }
  walker.pos = start;
  return old;
}
