// Whether release_handler finds the processes of a module: it asks the supervisors of each application which modules their children have, those
// of the older build on the way up and those of the new one on the way down.

import type { BeamModule } from '../../beam/module.js';
import { ParseError } from '../../errors.js';
import { type ChildModules, childModules } from '../../migrate/child-specs.js';
import { describeState } from '../../migrate/describe-state.js';
import { openBody } from '../../migrate/inject/chunk-body.js';
import type { NamedModules } from './named-modules.js';
import type { Candidate, NewBuild, Witness } from './new-build.js';

/** Returns the supervisors of the module's application. */
export function supervisorsOf({ application }: Candidate, { supervisors }: NewBuild): readonly Witness[] {
  return supervisors.filter((one) => one.application === application);
}

/** Returns a sentence for each child that is started by the module and found by others. */
export function checkChildren(candidate: Candidate, build: NewBuild, older: readonly NamedModules[]): readonly string[] {
  return supervisorsOf(candidate, build).flatMap(({ beam, file }) => {
    const before = older.flatMap(({ found }) => found.get(beam.name) ?? []);
    return [
      ...before.flatMap((one) => (one.kind === 'beam' ? lost(candidate.module, one.beam, one.file, 'up') : [])),
      ...lost(candidate.module, beam, file, 'down'),
    ];
  });
}

function lost(module: string, supervisor: BeamModule, file: string, direction: 'up' | 'down'): readonly string[] {
  if (!mayName(supervisor, module)) return [];
  const children = childrenOf(supervisor, file).filter(({ start, modules }) => start === module && !modules.includes(module));
  return children.map(
    ({ modules }) =>
      `${supervisor.name} (${file}) starts a child by ${module} whose modules are [${modules.join(', ')}]: release_handler won't find it on ` +
      `the way ${direction}, and it goes on with the state that it has`,
  );
}

/** Tells whether a module has an atom of that name in its code or its literals, without decoding them: most have nothing to do with it. */
function mayName(supervisor: BeamModule, name: string): boolean {
  // Others are written in more than one way.
  if (!/^[\0-\x7f]*$/.test(name)) return true;
  try {
    return ['AtU8', 'Atom'].some((id) => holdsText(supervisor.chunk(id)?.data, name)) || holdsText(literalsOf(supervisor), name);
  } catch (error) {
    if (error instanceof ParseError) return true;
    throw error;
  }
}

function holdsText(data: Uint8Array | undefined, text: string): boolean {
  return data !== undefined && Buffer.from(data.buffer, data.byteOffset, data.length).includes(text, 0, 'latin1');
}

const inflated = new WeakMap<BeamModule, Uint8Array>();

function literalsOf(module: BeamModule): Uint8Array | undefined {
  const literals = inflated.get(module) ?? (module.chunk('LitT') === undefined ? undefined : openBody(module, 'LitT').plain);
  if (literals !== undefined) inflated.set(module, literals);
  return literals;
}

/** Several modules have the same supervisor. */
const known = new WeakMap<BeamModule, readonly ChildModules[]>();

function childrenOf(supervisor: BeamModule, file: string): readonly ChildModules[] {
  const children = known.get(supervisor) ?? readChildren(supervisor, file);
  known.set(supervisor, children);
  return children;
}

/** None where the module can't tell. */
function readChildren(supervisor: BeamModule, file: string): readonly ChildModules[] {
  try {
    const state = describeState(supervisor, file);
    const init = state.kind === 'refused' ? undefined : state.functionForm('init', 1);
    return init === undefined ? [] : childModules(init);
  } catch (error) {
    if (error instanceof ParseError) return [];
    throw error;
  }
}
