// Modules on a library path: what they export counts as known, though they are not part of the program.

import { readBeam } from '../beam/module.js';
import { ParseError } from '../errors.js';
import { readLibraryFacts } from '../graph/facts/module-tables.js';
import { readFacts } from '../graph/facts/read-facts.js';
import type { FunctionName } from '../graph/module-facts.js';
import type { LibraryFacts } from '../graph/program/program.js';
import { findInputs, readInputs } from '../io/input.js';
import type { ReadChoices } from './read-share.js';

/** What a library path has of what was looked for. */
export interface Library {
  readonly library: readonly LibraryFacts[];
  /** By behaviour, the callbacks that it declares. */
  readonly callbacks: ReadonlyMap<string, readonly FunctionName[]>;
}

/**
 * Reads what the `wanted` modules export, and the callbacks of `behaviours`, where the library path has them; throws ParseError for a path
 * that isn't there. A file that can't be read counts as not there.
 */
export async function readLibrary(
  paths: readonly string[],
  choices: ReadChoices,
  wanted: readonly string[],
  behaviours: ReadonlySet<string>,
): Promise<Library> {
  const found = new Map<string, LibraryFacts>();
  const callbacks = new Map<string, readonly FunctionName[]>();
  if (paths.length === 0) return { library: [], callbacks };
  const missing = new Set([...wanted, ...behaviours]);
  const sources = findInputs(paths).filter((source) => source.kind !== 'plain' || missing.has(moduleOfPath(source.path)));
  for await (const input of readInputs(sources, { lend: true })) {
    if (input.kind === 'fault') throw input.error;
    if (input.kind !== 'file') continue;
    const module = orUndefined(() => readBeam(input.bytes, { file: input.path }));
    const name = module && orUndefined(() => module.name);
    if (module === undefined || name === undefined || !missing.has(name) || found.has(name)) continue;
    const context = { ...choices, file: input.path, app: input.app ?? null };
    const facts = orUndefined(() => readLibraryFacts(module, context));
    if (facts !== undefined) found.set(name, facts);
    if (!behaviours.has(name)) continue;
    const declared = orUndefined(() => readFacts(module, context, 'auto').facts.callbacks);
    if (declared !== undefined) callbacks.set(name, declared);
  }
  return { library: [...found.values()], callbacks };
}

function moduleOfPath(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.beam$/, '');
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
