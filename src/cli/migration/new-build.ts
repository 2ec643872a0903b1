// The modules of the new build that are to be looked at closely, with the place that each can be written back to. Of the others no more than
// the list of chunks and the attributes are read.

import { basename } from 'node:path';
import type { KeyLookup } from '../../beam/debug-info-key.js';
import { type BeamModule, readBeam } from '../../beam/module.js';
import { ParseError } from '../../errors.js';
import { findInputs, type InputFile, readRange, type Source } from '../../io/input.js';
import { isAtom } from '../../term/model.js';
import { byFile, type Coverage, type SkippedFile } from '../modules.js';
import { holdsAtom } from './twins.js';

/** Where a module can be written. */
export type Place =
  /** `relative` is the path below the argument of the command line. */
  | { readonly kind: 'file'; readonly path: string; readonly relative: string }
  | { readonly kind: 'member'; readonly archive: string; readonly name: string }
  /** In an archive that isn't written again. */
  | { readonly kind: 'sealed' };

/** A module of the new build. */
export interface Candidate {
  readonly beam: BeamModule;
  readonly module: string;
  /** As it is shown. */
  readonly file: string;
  readonly place: Place;
  readonly application: string | undefined;
}

/** A module of the new build that is looked at for what it says of others, or of itself, but not changed. */
export interface Witness {
  readonly beam: BeamModule;
  readonly file: string;
  readonly application: string | undefined;
}

/** What the new build has. */
export interface NewBuild {
  readonly candidates: readonly Candidate[];
  /** Where all modules are looked at. */
  readonly supervisors: readonly Witness[];
  /** Those without a state record, where all modules are looked at. */
  readonly statems: readonly Witness[];
  /** Appups in archives, by their paths as shown; those on disk are looked for when one is needed. */
  readonly appups: ReadonlyMap<string, Uint8Array>;
  /** Files of modules without attributes: release_handler can't upgrade to them, and whether they declare a state can't be told. */
  readonly withoutAttributes: readonly string[];
  readonly coverage: Coverage;
}

/** Which modules are wanted. */
export interface Wanted {
  /** The only module to look at. */
  readonly module: string | undefined;
  readonly isWanted: (module: BeamModule) => boolean;
  readonly key: KeyLookup | undefined;
}

/** Reads the new build; a file that can't be read is counted. */
export async function readNewBuild(paths: readonly string[], wanted: Wanted): Promise<NewBuild> {
  const candidates: Candidate[] = [];
  const appups = new Map<string, Uint8Array>();
  const supervisors: Witness[] = [];
  const statems: Witness[] = [];
  const withoutAttributes: string[] = [];
  const failed: SkippedFile[] = [];
  const skipped: SkippedFile[] = [];
  let files = 0;
  const sources = findInputs(paths).filter((source) => mayHold(source, wanted.module, paths));
  for await (const { at, input } of readRange(sources, [0, sources.length], { lend: true, wanted: ['beam', 'appup'] })) {
    const { path } = input;
    if (input.kind === 'skipped') skipped.push({ file: path, reason: input.reason });
    else if (input.kind === 'fault') failed.push({ file: path, reason: input.error.inFile(path).message });
    else if (input.type === 'appup') appups.set(path, input.bytes);
    else look(input, sources[at] as Source);
  }
  const coverage = { files, failed: failed.sort(byFile), skipped: skipped.sort(byFile) };
  return { candidates, supervisors, statems, appups, withoutAttributes, coverage };

  function look(input: InputFile, source: Source): void {
    try {
      const candidate = examine(input, source);
      files++;
      if (candidate !== undefined) candidates.push(candidate);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      failed.push({ file: input.path, reason: error.inFile(input.path).message });
    }
  }

  function examine(input: InputFile, source: Source): Candidate | undefined {
    const lent = readBeam(input.bytes, { file: input.path, key: wanted.key });
    const own = () => (source.kind === 'plain' ? readBeam(input.bytes.slice(), { file: input.path, key: wanted.key }) : lent);
    const witness = () => ({ beam: own(), file: input.path, application: input.app });
    const roles = rolesOf(lent, wanted);
    if (roles.has('withoutAttributes')) withoutAttributes.push(input.path);
    if (roles.has('supervisor')) supervisors.push(witness());
    if (roles.has('statem')) statems.push(witness());
    if (!roles.has('candidate')) return undefined;
    const beam = own();
    const place = placeOf(input.path, source, paths);
    return { beam, module: beam.name, file: input.path, place, application: input.app };
  }
}

/** What a module of the new build is looked at for: the lists of {@link NewBuild}. */
export type ModuleRole = 'candidate' | 'supervisor' | 'statem' | 'withoutAttributes';

/** Returns what a module is looked at for; throws ParseError. */
export function rolesOf(beam: BeamModule, { module, isWanted }: Pick<Wanted, 'module' | 'isWanted'>): ReadonlySet<ModuleRole> {
  const roles = new Set<ModuleRole>();
  if (beam.chunk('Attr') === undefined) roles.add('withoutAttributes');
  const isAny = module === undefined;
  if (isAny && hasBehaviour(beam, 'supervisor')) roles.add('supervisor');
  if (isAny ? isWanted(beam) : beam.name === module) roles.add('candidate');
  else if (isAny && hasBehaviour(beam, 'gen_statem')) roles.add('statem');
  return roles;
}

/** The name of the behaviour is looked for before the attributes are decoded. */
function hasBehaviour(beam: BeamModule, behaviour: string): boolean {
  if (!holdsAtom(beam, behaviour)) return false;
  return [...beam.attribute('behaviour'), ...beam.attribute('behavior')].some((name) => isAtom(name, behaviour));
}

/** The name of a file tells what is in it, but for one that was named on the command line. */
function mayHold(source: Source, module: string | undefined, paths: readonly string[]): boolean {
  return module === undefined || source.kind !== 'plain' || isFileOf(module, source.path) || paths.includes(source.path);
}

/** Tells whether a file has the name that the file of a module has. */
export function isFileOf(module: string, path: string): boolean {
  return basename(path) === `${module}.beam`;
}

function placeOf(path: string, source: Source, paths: readonly string[]): Place {
  if (source.kind === 'plain') return { kind: 'file', path, relative: relativeTo(paths, path) };
  if (source.kind !== 'archive' || source.format === 'zip' || source.format === 'escript') return { kind: 'sealed' };
  const name = path.slice(source.path.length + '!/'.length);
  return path === source.path || name.includes('!/') ? { kind: 'sealed' } : { kind: 'member', archive: source.path, name };
}

function relativeTo(paths: readonly string[], path: string): string {
  for (const argument of paths) {
    const folder = argument.replace(/\/+$/, '');
    if (folder === '.' && !path.startsWith('/')) return path;
    if (path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  }
  return basename(path);
}
