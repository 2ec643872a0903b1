// Whether two files hold the same module, of which one may be stripped, and either may have an injection in it.

import type { BeamModule } from '../../beam/module.js';
import { UsageError } from '../../errors.js';
import { MARKER_ATTRIBUTE, readMarker } from '../../migrate/inject/marker.js';
import { removeMigration } from '../../migrate/inject/remove-migration.js';

/** What a module does is decided by these. */
const RUNNING = ['Atom', 'AtU8', 'Code', 'StrT', 'ImpT', 'ExpT', 'FunT', 'LitT', 'Recs'] as const;

/** Tells whether the module says that something was injected into it; the name is looked for before the attributes are decoded. */
export function isInjected(beam: BeamModule): boolean {
  return holdsAtom(beam, MARKER_ATTRIBUTE) && readMarker(beam) !== undefined;
}

/** Tells whether the attributes of a module have an atom with that text in it, without decoding them. */
export function holdsAtom(beam: BeamModule, text: string): boolean {
  const data = beam.chunk('Attr')?.data;
  return data !== undefined && Buffer.from(data.buffer, data.byteOffset, data.length).includes(text, 0, 'latin1');
}

/** Returns the module without what was injected into it; the module itself where there is nothing, or where it was stripped since. */
export function originalOf(beam: BeamModule): BeamModule {
  try {
    return isInjected(beam) ? removeMigration(beam) : beam;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return beam;
  }
}

/** Returns `twin`, as it is or as it was before an injection, if it is the module that `stripped` was made of. */
export function findTwin(stripped: BeamModule, twin: BeamModule): BeamModule | undefined {
  return [originalOf(twin), twin].find((one) => isTwin(stripped, one));
}

/**
 * Tells whether two files hold the same module. Its MD5 tells, but for strippers that drop Meta, which counts in it: then what runs is
 * compared chunk by chunk.
 */
export function isTwin(stripped: BeamModule, twin: BeamModule): boolean {
  return stripped.md5 === twin.md5 || RUNNING.every((id) => isSame(stripped.chunk(id)?.data, twin.chunk(id)?.data));
}

function isSame(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  return left === undefined || right === undefined ? left === right : Buffer.compare(left, right) === 0;
}
