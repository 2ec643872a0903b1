// From the scripts of appups to the one script of a relup.
//
// Defined by lib/sasl/src/systools_rc.erl.

import { checkInstructions } from './check-instruction.js';
import { checkScript } from './check-script.js';
import { expandScript } from './expand.js';
import { finishScript } from './finish.js';
import { joinHalves, mergeScripts, splitScript } from './merge.js';
import type { Direction, Step } from './step.js';
import { type BothReleases, normalizeStep, translateApplications } from './translate-applications.js';
import { translateDependent } from './translate-dependent.js';

/** Translates the scripts; throws ReleaseError for whatever systools refuses. */
export function translateScripts(
  direction: Direction,
  scripts: readonly (readonly Step[])[],
  releases: BothReleases,
): readonly Step[] {
  const merged = joinHalves(mergeScripts(scripts.map(expandScript)));
  checkInstructions(merged);
  const halves = splitScript(merged.map(normalizeStep));
  checkScript(halves);
  const independent = { before: halves.before, after: translateApplications(halves.after, releases) };
  return joinHalves(finishScript(direction, translateDependent(direction, independent, releases.to)));
}
