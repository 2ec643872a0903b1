// The modules of some names in a build: the older ones that new ones are compared with, and the unstripped twins of stripped ones. Files of
// other names aren't opened, unless one is named on the command line.

import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KeyLookup } from '../../beam/debug-info-key.js';
import { type BeamModule, readBeam } from '../../beam/module.js';
import { ParseError } from '../../errors.js';
import { readAppFile } from '../../graph/applications/app-file.js';
import { findInputs, type InputFile, readInputs, type Source } from '../../io/input.js';
import { readFileBytes, systemCode } from '../../io/read-file.js';
import type { StateDescription } from '../../migrate/model.js';
import { describeSnapshot } from '../../migrate/snapshot.js';
import { decodeSource } from '../../term/parse-source.js';
import type { SkippedFile } from '../modules.js';

/** A module that was looked for, or what stands in its place. */
export type NamedModule =
  | {
      readonly kind: 'beam';
      readonly beam: BeamModule;
      readonly file: string;
      readonly application: string | undefined;
      /** Of the application, by the name of its folder. */
      readonly vsn: string | undefined;
    }
  | { readonly kind: 'snapshot'; readonly state: StateDescription; readonly file: string }
  | { readonly kind: 'fault'; readonly file: string; readonly reason: string };

/** What was found, by the name of the module, in the order of the build. */
export interface NamedModules {
  readonly path: string;
  readonly found: ReadonlyMap<string, readonly NamedModule[]>;
  /** Parts of the build that were left out, such as older versions of an application. */
  readonly skipped: readonly SkippedFile[];
}

/** Reads the modules of these names in a build; throws ParseError for a path that gives nothing. */
export async function readNamedModules(
  path: string,
  names: ReadonlySet<string>,
  key: KeyLookup | undefined,
): Promise<NamedModules> {
  if (path.endsWith('.json')) return readSnapshot(path, names);
  const found = new Map<string, NamedModule[]>();
  const skipped: SkippedFile[] = [];
  const argument = path.replace(/(.)\/+$/, '$1');
  const files = new Map([...names].map((name) => [`${name}.beam`, name]));
  const sources = findInputs([path]).filter((source) => mayHold(source, files, argument));
  for await (const input of readInputs(sources)) {
    const named = files.get(baseName(input.path));
    if (input.kind === 'skipped') skipped.push({ file: input.path, reason: input.reason });
    else if (input.kind === 'fault' && input.path === argument) throw input.error.inFile(input.path);
    else if (input.kind === 'fault') {
      if (named !== undefined) add(named, { kind: 'fault', file: input.path, reason: input.error.reason });
    } else if (named !== undefined || input.path === argument) addFile(input, named);
  }
  return { path, found, skipped };

  function addFile(input: InputFile, named: string | undefined): void {
    const { path: file, app: application, vsn } = input;
    try {
      const beam = readBeam(input.bytes, { file, key });
      if (names.has(beam.name)) add(beam.name, { kind: 'beam', beam, file, application, vsn });
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      if (named === undefined) throw error;
      add(named, { kind: 'fault', file, reason: error.reason });
    }
  }

  function add(name: string, module: NamedModule): void {
    const before = found.get(name);
    if (before === undefined) found.set(name, [module]);
    else before.push(module);
  }
}

function readSnapshot(path: string, names: ReadonlySet<string>): NamedModules {
  const text = decodeSource(readFileBytes(path), { file: path });
  const found = new Map<string, NamedModule[]>();
  for (const state of describeSnapshot(wantedPart(parseJson(text, path), names), path)) {
    found.set(state.module, [...(found.get(state.module) ?? []), { kind: 'snapshot', state, file: state.file }]);
  }
  return { path, found, skipped: [] };
}

/** Modules that aren't wanted need not be decoded. */
function wantedPart(json: unknown, names: ReadonlySet<string>): unknown {
  if (typeof json !== 'object' || json === null || !('modules' in json) || !Array.isArray(json.modules)) return json;
  return { ...json, modules: json.modules.filter((one) => typeof one?.module !== 'string' || names.has(one.module)) };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ParseError({ code: 'malformed', reason: `no JSON: ${error.message}`, file });
  }
}

function mayHold(source: Source, files: ReadonlyMap<string, string>, argument: string): boolean {
  if (source.kind === 'archive') return files.size > 0;
  return source.kind !== 'plain' || files.has(baseName(source.path)) || source.path === argument;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Returns the version in the `.app` file beside a file on disk; undefined where there is none that says. */
export function versionBeside(file: string): string | undefined {
  for (const path of filesBeside(file, '.app')) {
    try {
      return readAppFile(readFileBytes(path), path).vsn ?? undefined;
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
    }
  }
  return undefined;
}

/** Lists the files in the folder of a file on disk whose names end in that way. */
export function filesBeside(file: string, ending: string): readonly string[] {
  const folder = dirname(file);
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}
