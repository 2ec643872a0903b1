// systools:make_tar/2: which files a tar of a release has, under which names and in which order. Nothing is read but what has to be checked.
//
//   per application   lib/A-V/priv/.., lib/A-V/DIR/.. for each of `dirs`, lib/A-V/ebin/A.app (A.appup), one .beam per module of the .app
//   per variable      VAR.tar.gz, which has the applications below it
//   then              releases/NAME.rel, releases/VSN/NAME.rel, start.boot, relup, sys.config(.src), erts-EVSN/bin/.., extra files
//
// Files of a folder go by their names, where systools has the order of the file system.
// Defined by the manual page systools(3) of sasl and lib/sasl/src/systools_make.erl.

import { MAX_ARCHIVE_MEMBERS, MAX_FOLDER_DEPTH } from '../../limits.js';
import { atom, list, stringTerm, type Term, tuple } from '../../term/model.js';
import { DEVELOPMENT_PROGRAMS, packsAppups } from '../boot/release-tables.js';
import type { Release, ReleaseApplication } from '../model.js';
import { makeError, ReleaseError, tagged } from '../release-error.js';
import { baseName, folderOf, joinPath, type ReleaseFiles } from '../release-files.js';
import { joinFolders, type PathVariable, placeBelowVariable } from '../variables.js';
import { checkRelup, checkSysConfig } from './check-config.js';

/** A member of a tar. */
export type TarPart =
  | { readonly kind: 'file'; readonly name: string; readonly from: string }
  /** An empty folder: others aren't told of. */
  | { readonly kind: 'folder'; readonly name: string; readonly from: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'archive'; readonly name: string; readonly parts: readonly TarPart[] };

/** What goes into a tar beside the applications. */
export interface TarRequest {
  /** Path of the `.rel` without its extension; it has to be there, not on the search path. */
  readonly rel: string;
  /** The search path, expanded. */
  readonly path: readonly string[];
  /** Folders in which start.boot, relup and sys.config are looked for before the path: by default that of the `.rel`, then the current one. */
  readonly places?: readonly string[] | undefined;
  readonly release: Release;
  readonly otp: number;
  /** Folders of applications beside `priv`. */
  readonly dirs?: readonly string[];
  /** The folder of the runtime, `erts-EVSN` in it. */
  readonly erts?: string | undefined;
  readonly ertsAll?: boolean;
  readonly variables?: readonly PathVariable[];
  /** `include` by default. */
  readonly varTar?: 'include' | 'ownfile' | 'omit';
  readonly extra?: readonly { readonly from: string; readonly to: string }[];
  /** A boot file for where there is none; without it that is an error. */
  readonly boot?: (() => Uint8Array) | undefined;
}

/** The tar of a release, and those of variables that are files of their own. */
export interface TarPlan {
  readonly parts: readonly TarPart[];
  readonly ownFiles: readonly (TarPart & { readonly kind: 'archive' })[];
}

/** Plans a tar; throws ReleaseError for what is missing or has a wrong shape. */
export function planTar(files: ReleaseFiles, request: TarRequest): TarPlan {
  const applications = applicationParts(files, request, undefined);
  const { varTar = 'include', variables = [] } = request;
  const archives = (varTar === 'omit' ? [] : variables).map((variable) => ({
    kind: 'archive' as const,
    name: `${variable.name}.tar.gz`,
    parts: applicationParts(files, request, variable),
  }));
  const system = systemParts(files, request);
  const rest = [...ertsParts(files, request), ...extraParts(files, request)];
  const isOwn = varTar === 'ownfile';
  return { parts: [...applications, ...(isOwn ? [] : archives), ...system, ...rest], ownFiles: isOwn ? archives : [] };
}

/** Those of the main tar, or with a variable those below it. The faults of all are told together, the last one first. */
function applicationParts(files: ReleaseFiles, request: TarRequest, variable: PathVariable | undefined): readonly TarPart[] {
  const parts: TarPart[] = [];
  const faults: Term[] = [];
  for (const app of request.release.applications) {
    const to = targetFolder(app, request.variables ?? [], variable);
    if (to === undefined) continue;
    try {
      for (const part of applicationMembers(files, request, app, to)) parts.push(part);
    } catch (error) {
      if (!(error instanceof ReleaseError)) throw error;
      faults.unshift(tagged('error_add_appl', tuple(atom(app.name), error.reason)));
    }
  }
  if (faults.length > 0) throw makeError(list(faults));
  return parts;
}

function targetFolder(
  app: ReleaseApplication,
  variables: readonly PathVariable[],
  variable: PathVariable | undefined,
): string | undefined {
  const own = `${app.name}-${app.vsn}`;
  const place = placeBelowVariable(app, variable === undefined ? variables : [variable]);
  if (place?.isUsual !== true) return variable === undefined ? joinPath('lib', own) : undefined;
  return variable === undefined ? undefined : joinFolders('', ...place.folders, own);
}

function applicationMembers(
  files: ReleaseFiles,
  { dirs = [], otp }: TarRequest,
  app: ReleaseApplication,
  to: string,
): readonly TarPart[] {
  const folder = baseName(app.dir) === 'ebin' ? folderOf(app.dir) : app.dir;
  const whole = ['priv', ...dirs].filter((dir) => files.kindOf(joinPath(folder, dir)) === 'folder');
  const appup = `${app.name}.appup`;
  const hasAppup = packsAppups(otp) && files.kindOf(joinPath(app.dir, appup)) === 'file';
  const names = [`${app.name}.app`, ...(hasAppup ? [appup] : []), ...app.modules.map((module) => `${module}.beam`)];
  return [
    ...whole.flatMap((dir) => tarMembersOf(files, joinPath(folder, dir), joinPath(to, dir))),
    ...names.flatMap((name) => tarMembersOf(files, joinPath(app.dir, name), joinFolders(to, 'ebin', name))),
  ];
}

/** Returns a file as a member of that name, or all files in and below a folder; throws ReleaseError where there is nothing. */
export function tarMembersOf(files: ReleaseFiles, from: string, name: string): readonly TarPart[] {
  const open: (readonly [from: string, name: string])[] = [[from, name]];
  const parts: TarPart[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, to] = next;
    const kind = files.kindOf(path);
    if (kind === 'nothing') throw addFault(path, tuple(stringTerm(path), atom('enoent')));
    const inside = kind === 'folder' ? (files.list(path) ?? []) : [];
    if (kind === 'file') parts.push({ kind, name: to, from: path });
    else if (inside.length === 0) parts.push({ kind, name: to, from: path });
    // Links may lead back up.
    if (to.split('/').length > MAX_FOLDER_DEPTH || parts.length + open.length + inside.length > MAX_ARCHIVE_MEMBERS) {
      throw addFault(path, tuple(stringTerm(path), atom('eloop')));
    }
    for (const one of [...inside].reverse()) open.push([joinPath(path, one), joinPath(to, one)]);
  }
  return parts;
}

function addFault(file: string, why: Term): ReleaseError {
  return makeError(tagged('tar_error', tagged('add', stringTerm(file), why)));
}

function systemParts(files: ReleaseFiles, request: TarRequest): readonly TarPart[] {
  const { rel, path, release } = request;
  const name = baseName(rel);
  const folder = joinPath('releases', release.file.vsn);
  const here = request.places ?? (folderOf(rel) === '.' ? ['.'] : [folderOf(rel), '.']);
  const find = (file: string) =>
    [...here, ...path].map((dir) => joinPath(dir, file)).find((one) => files.kindOf(one) !== 'nothing');
  const rels = [joinPath('releases', `${name}.rel`), joinPath(folder, `${name}.rel`)];
  const parts: TarPart[] = rels.flatMap((to) => tarMembersOf(files, `${rel}.rel`, to));
  const boot = find('start.boot') ?? find(`${name}.boot`);
  if (boot !== undefined) parts.push(...tarMembersOf(files, boot, joinPath(folder, 'start.boot')));
  else if (request.boot !== undefined) parts.push({ kind: 'bytes', name: joinPath(folder, 'start.boot'), bytes: request.boot() });
  else throw makeError(tagged('tar_error', tagged('add', atom('boot'), stringTerm(rel), atom('enoent'))));
  const relup = find('relup');
  if (relup !== undefined) parts.push(...checked(checkRelup(files, relup), relup, joinPath(folder, 'relup')));
  const source = find('sys.config.src');
  const config = source === undefined ? find('sys.config') : undefined;
  if (source !== undefined) parts.push(...tarMembersOf(files, source, joinPath(folder, 'sys.config.src')));
  if (config !== undefined) parts.push(...checked(checkSysConfig(files, config), config, joinPath(folder, 'sys.config')));
  return parts;

  function checked(fault: ReleaseError | undefined, from: string, to: string): readonly TarPart[] {
    if (fault !== undefined) throw fault;
    return tarMembersOf(files, from, to);
  }
}

function ertsParts(files: ReleaseFiles, { erts, ertsAll, release }: TarRequest): readonly TarPart[] {
  if (erts === undefined) return [];
  const runtime = `erts-${release.file.erts}`;
  const folder = joinFolders(erts, runtime, 'bin');
  const names = files.list(folder);
  if (names === undefined) throw addFault(folder, tuple(stringTerm(folder), atom('enoent')));
  const kept = ertsAll === true ? names : names.filter((name) => !DEVELOPMENT_PROGRAMS.includes(name));
  return kept.flatMap((name) => tarMembersOf(files, joinPath(folder, name), joinFolders(runtime, 'bin', name)));
}

function extraParts(files: ReleaseFiles, { extra = [] }: TarRequest): readonly TarPart[] {
  return extra.flatMap(({ from, to }) => tarMembersOf(files, from, to));
}
