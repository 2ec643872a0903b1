// Whether a gen_statem calls its module in another way than before. It needs no migration for that, so all of them are looked at.

import type { BeamModule } from '../../beam/module.js';
import { ParseError } from '../../errors.js';
import { describeState } from '../../migrate/describe-state.js';
import { diagnoseModes } from '../../migrate/diagnose.js';
import type { StateDescription } from '../../migrate/model.js';
import type { NamedModules } from './named-modules.js';
import type { NewBuild } from './new-build.js';

/** Returns a sentence for each gen_statem without a state record whose callback_mode differs from that of an older build. */
export function checkModes({ statems }: NewBuild, older: readonly NamedModules[]): readonly string[] {
  return statems.flatMap(({ beam, file }) => {
    const before = older.flatMap(({ found }) => found.get(beam.name) ?? []);
    const changed = before.flatMap((one) => (one.kind === 'beam' && isChanged(one.beam, beam) ? [one] : []));
    if (changed.length === 0) return [];
    const to = described(() => describeState(beam, file));
    const from = changed.flatMap((one) => described(() => describeState(one.beam, one.file)));
    return to.flatMap((state) => diagnoseModes(state, from));
  });
}

/** Most are the very same file, which is seen sooner than an MD5 is made. */
function isChanged(older: BeamModule, beam: BeamModule): boolean {
  return Buffer.compare(older.bytes, beam.bytes) !== 0 && older.md5 !== beam.md5;
}

/** None where the module can't tell. */
function described(describe: () => ReturnType<typeof describeState>): readonly StateDescription[] {
  try {
    const state = describe();
    return state.kind === 'refused' ? [] : [state];
  } catch (error) {
    if (error instanceof ParseError) return [];
    throw error;
  }
}
