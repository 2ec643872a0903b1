// The search below one folder. What a folder is follows from what lies in it; the rules, first match wins:
//
//   ebin, consolidated    a beam folder: its own files, no application   (as an argument only; `consolidated` is passed over below one:
//                         its protocols are the ebin's once more, with their implementations known)
//   has ebin/             an application, named by the folder: the files of its ebin
//   _build                a build tree: one profile of it, the first of default, dev, prod, test, or else by name
//   _build/PROFILE        lib and checkouts, or rel where there is no lib: rel repeats lib and the runtime, plugins are tools (both can be
//                         arguments)
//   has releases/, lib/   a release: its lib
//   anything else         its own files, then its archives (.ez) and its folders, by the same rules
//
// Entries go in the order of their names. Of several versions of an application side by side only the highest is read, as xref and the
// code server do. Hidden folders and node_modules are passed over. A folder or file reached twice (links) counts once, the first time.

import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ParseError } from '../errors.js';
import { MAX_FOLDER_DEPTH } from '../limits.js';
import { compareVersions, parseVersionedName, type VersionedName } from './application-name.js';
import { systemFault } from './read-file.js';
import { type FileType, fileTypeOf, type Placement, type Source } from './source.js';

/** The state of one search: what is wanted, what was found, and what was already seen, by real path. */
export interface Search {
  readonly wanted: ReadonlySet<FileType>;
  readonly found: Source[];
  readonly seenFiles: Set<string>;
  /** Real path of each folder entered, with the number of matches below it. */
  readonly seenFolders: Map<string, number>;
  /** Files, archives and faults met so far, repeated ones included. */
  matches: number;
}

/** A folder on the way: as it is shown, as it really is. */
export interface Folder {
  readonly path: string;
  readonly real: string;
  /** Folders between it and the argument. */
  readonly depth: number;
  readonly placement: Placement;
}

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly real: string;
  readonly kind: 'file' | 'folder' | 'other';
}

const PROFILES = ['default', 'dev', 'prod', 'test'];
const PASSED_OVER = new Set(['consolidated', 'node_modules']);

/** Adds to `search.found` what is to be read in and below `folder`. */
export function searchFolder(search: Search, folder: Folder): void {
  const before = search.seenFolders.get(folder.real);
  if (before !== undefined) {
    search.matches += before;
    return;
  }
  if (folder.depth > MAX_FOLDER_DEPTH) {
    addFault(search, folder.path, new ParseError({ code: 'limit', reason: 'folders nested too deeply', file: folder.path }));
    return;
  }
  const start = search.matches;
  search.seenFolders.set(folder.real, 0);
  searchEntries(search, folder, listFolder(search, folder));
  search.seenFolders.set(folder.real, search.matches - start);
}

/** Adds a fault to what was found. */
export function addFault(search: Search, path: string, error: ParseError): void {
  search.matches++;
  search.found.push({ kind: 'fault', path, error });
}

/** Adds a file unless it was found before under another name. */
export function addFile(search: Search, real: string, source: Source): void {
  search.matches++;
  if (search.seenFiles.has(real)) return;
  search.seenFiles.add(real);
  search.found.push(source);
}

/** Returns the path of `name` below a folder as it is shown. */
export function below(folder: string, name: string): string {
  if (folder === '.') return name;
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

function searchEntries(search: Search, folder: Folder, entries: readonly Entry[]): void {
  const names = new Map(entries.map((entry) => [entry.name, entry]));
  const isFolder = (name: string) => names.get(name)?.kind === 'folder';
  const own = ownName(folder);
  if (own === 'ebin' || own === 'consolidated') addFiles(search, entries, folder.placement);
  else if (isFolder('ebin')) searchApplication(search, folder, names.get('ebin') as Entry);
  else if (own === '_build') searchBuildTree(search, folder, entries);
  else if (isProfile(folder) && isFolder('lib')) searchNamed(search, folder, entries, ['checkouts', 'lib']);
  else if (isProfile(folder) && isFolder('rel')) searchNamed(search, folder, entries, ['rel']);
  else if (isFolder('lib') && isFolder('releases')) searchRelease(search, folder, entries);
  else searchAny(search, folder, entries);
}

function searchApplication(search: Search, folder: Folder, ebin: Entry): void {
  const { name, vsn } = parseVersionedName(ownName(folder));
  const placement = { ...folder.placement, app: name, ...(vsn === undefined ? {} : { vsn }) };
  searchFolder(search, { ...step(folder, ebin), placement });
}

function searchBuildTree(search: Search, folder: Folder, entries: readonly Entry[]): void {
  const profiles = entries.filter((entry) => entry.kind === 'folder' && isBuilt(entry));
  const known = PROFILES.map((name) => profiles.find((entry) => entry.name === name)).find((entry) => entry !== undefined);
  const chosen = known ?? profiles[0];
  for (const entry of profiles) {
    if (entry === chosen) searchFolder(search, step(folder, entry));
    else skip(search, entry.path, `another build profile than ${(chosen as Entry).name}`);
  }
}

function searchNamed(search: Search, folder: Folder, entries: readonly Entry[], names: readonly string[]): void {
  for (const entry of entries) {
    if (entry.kind === 'folder' && names.includes(entry.name)) searchFolder(search, step(folder, entry));
  }
}

function searchRelease(search: Search, folder: Folder, entries: readonly Entry[]): void {
  const placement = { ...folder.placement, release: parseVersionedName(ownName(folder)).name };
  searchNamed(search, { ...folder, placement }, entries, search.wanted.has('rel') ? ['lib', 'releases'] : ['lib']);
}

function searchAny(search: Search, folder: Folder, entries: readonly Entry[]): void {
  addFiles(search, entries, folder.placement);
  const superseded = supersededEntries(entries);
  for (const entry of entries) {
    if (entry.kind === 'folder' ? isPassedOver(entry.name) : !isCodeArchive(entry)) continue;
    const newer = superseded.get(entry);
    if (newer !== undefined) skip(search, entry.path, `${newer.name} is read in its place`);
    else if (entry.kind === 'folder') searchFolder(search, step(folder, entry));
    else addFile(search, entry.real, { kind: 'archive', path: entry.path, format: 'zip', ...folder.placement });
  }
}

function addFiles(search: Search, entries: readonly Entry[], placement: Placement): void {
  for (const { name, path, real, kind } of entries) {
    const type = fileTypeOf(name);
    if (type === undefined || !search.wanted.has(type)) continue;
    if (kind === 'file') addFile(search, real, { kind: 'plain', path, type, ...placement });
    else if (kind === 'other')
      addFault(search, path, new ParseError({ code: 'unreadable', reason: 'not a regular file', file: path }));
  }
}

// An application is there twice as foo-1.0 and foo-1.1, or as a folder and an archive. Maps each entry to the one read instead.
function supersededEntries(entries: readonly Entry[]): ReadonlyMap<Entry, Entry> {
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.kind !== 'folder' && !isCodeArchive(entry)) continue;
    const { name } = versionedName(entry);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [entry]);
    else same.push(entry);
  }
  const superseded = new Map<Entry, Entry>();
  for (const same of byName.values()) {
    if (same.length < 2) continue;
    const applications = same.filter((entry) => entry.kind === 'file' || existsSync(`${entry.real}/ebin`));
    const best = applications.reduce<Entry | undefined>((a, b) => (a === undefined || isPreferred(b, a) ? b : a), undefined);
    for (const entry of applications) if (best !== undefined && entry !== best) superseded.set(entry, best);
  }
  return superseded;
}

function isPreferred(a: Entry, b: Entry): boolean {
  const order = compareVersions(versionedName(a).vsn, versionedName(b).vsn);
  return order > 0 || (order === 0 && a.kind === 'folder' && b.kind === 'file');
}

function versionedName(entry: Entry): VersionedName {
  return parseVersionedName(entry.kind === 'file' ? entry.name.slice(0, -'.ez'.length) : entry.name);
}

function isCodeArchive(entry: Entry): boolean {
  return entry.kind === 'file' && entry.name.endsWith('.ez');
}

function isPassedOver(name: string): boolean {
  return name.startsWith('.') || PASSED_OVER.has(name);
}

function isProfile(folder: Folder): boolean {
  return basename(dirname(folder.real)) === '_build';
}

function isBuilt(profile: Entry): boolean {
  return !isPassedOver(profile.name) && (existsSync(`${profile.real}/lib`) || existsSync(`${profile.real}/rel`));
}

// A path that ends in `.` or `..` doesn't tell the folder's name.
function ownName(folder: Folder): string {
  const name = basename(folder.path);
  return name === '.' || name === '..' || name === '' ? basename(folder.real) : name;
}

function step(folder: Folder, entry: Entry): Folder {
  return { path: entry.path, real: entry.real, depth: folder.depth + 1, placement: folder.placement };
}

function skip(search: Search, path: string, reason: string): void {
  search.found.push({ kind: 'skipped', path, reason });
}

function listFolder(search: Search, folder: Folder): readonly Entry[] {
  let dirents: Dirent[];
  try {
    dirents = readdirSync(folder.real, { withFileTypes: true });
  } catch (error) {
    addFault(search, folder.path, asFault(error, folder.path));
    return [];
  }
  dirents.sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries: Entry[] = [];
  for (const dirent of dirents) {
    const entry = toEntry(search, folder, dirent);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

function toEntry(search: Search, folder: Folder, dirent: Dirent): Entry | undefined {
  const { name } = dirent;
  const path = below(folder.path, name);
  if (dirent.isSymbolicLink()) return followLink(search, name, path, below(folder.real, name));
  const kind = dirent.isFile() ? 'file' : dirent.isDirectory() ? 'folder' : 'other';
  return { name, path, real: below(folder.real, name), kind };
}

// A link that leads nowhere is of interest only under a name that would have been read.
function followLink(search: Search, name: string, path: string, link: string): Entry | undefined {
  try {
    const real = realpathSync.native(link);
    const stat = statSync(real);
    return { name, path, real, kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other' };
  } catch (error) {
    const type = fileTypeOf(name);
    if (type !== undefined && search.wanted.has(type)) addFault(search, path, asFault(error, path));
    return undefined;
  }
}

function asFault(error: unknown, path: string): ParseError {
  const fault = systemFault(error, path);
  if (fault instanceof ParseError) return fault;
  throw fault;
}
