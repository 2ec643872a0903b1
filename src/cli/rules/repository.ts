// The repository that findings are in: its root, its sources, and who owns them.

import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../errors.js';
import { MAX_CONFIG_BYTES, MAX_FOLDER_DEPTH } from '../../limits.js';
import type { Config } from '../../rules/config/config.js';
import type { PlaceNames } from '../../rules/make-result.js';
import type { Place } from '../../rules/model.js';
import { type OwnerLookup, parseOwners } from '../../rules/places/owners.js';
import { insideOf, normalPath, type Repository, sourceFinder } from '../../rules/places/source-places.js';
import { pathFrom, readText } from './load-config.js';

/** What the command line says of places, beside the config. */
export interface PlaceArgs {
  readonly sourceRoot: readonly string[];
  readonly pathMap: readonly string[];
}

/** Returns the folder at or above the current one that has a `.git`; the current one where there is none. */
export function repositoryRoot(): string {
  const here = process.cwd();
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return here;
  }
}

/** Looks at the repository as arguments and config say. */
export function openRepository(args: PlaceArgs, config: Config): Repository {
  const root = slashed(repositoryRoot());
  const roots = args.sourceRoot.length > 0 ? args.sourceRoot : config.sourceRoots.map(pathFrom);
  const maps =
    args.pathMap.length > 0
      ? args.pathMap.map(parseMap)
      : config.pathMap.map(([from, to]) => [from, pathFrom({ path: to, config: config.file })] as const);
  return {
    root,
    pathMap: maps.map(([from, to]) => [normalPath(from) ?? from.replace(/\/$/, ''), slashed(resolve(to))]),
    files: roots.flatMap((folder) => listSources(root, folder, '--source-root')),
  };
}

function parseMap(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new UsageError(`--path-map ${text}: write FROM=TO`);
  return [text.slice(0, equals), text.slice(equals + 1) || '.'];
}

/** Returns a path with slashes as Erlang writes it. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** What a build makes, and what is none of the repository's. */
const PASSED_OVER: ReadonlySet<string> = new Set(['_build', 'node_modules', 'ebin', 'deps']);

/** Files that are sources or say what an application is. */
const SOURCES = /\.(erl|xrl|yrl|ex|gleam|lfe|app\.src)$|^mix\.exs$/;

const MOST_SOURCES = 200_000;

/** Lists the sources below a folder, relative to `root`; throws UsageError, naming the option, where the folder isn't there. */
export function listSources(root: string, folder: string, option: string, names = SOURCES): readonly string[] {
  const found: string[] = [];
  walk(resolve(folder), 0);
  return found;

  function walk(path: string, depth: number): void {
    if (depth > MAX_FOLDER_DEPTH || found.length > MOST_SOURCES) return;
    for (const entry of entriesOf(path, depth)) {
      const inner = join(path, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && !PASSED_OVER.has(entry.name)) walk(inner, depth + 1);
      else if (entry.isFile() && names.test(entry.name)) found.push(slashed(relative(root, inner)));
    }
  }

  function entriesOf(path: string, depth: number): readonly Dirent[] {
    try {
      return readdirSync(path, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
    } catch (error) {
      // A folder in it that can't be read has no sources to be found; the one that was named has to be there.
      if (depth > 0) return [];
      throw new UsageError(`${option} ${folder}: ${(error as Error).message}`);
    }
  }
}

/** Returns where code, applications and rules are in the repository; `appOf` says which application a module is in. */
export function placeNames(repository: Repository, appOf: ReadonlyMap<string, string | null>): PlaceNames {
  const finder = sourceFinder(repository);
  const placed = (kind: Place['kind'], file: string | null, known: string): Pick<Place, 'kind' | 'file' | 'isInRepository'> => ({
    kind,
    file: file ?? known,
    isInRepository: file !== null && !file.startsWith('../'),
  });
  return {
    ofSite({ module, file, line, column, what }) {
      const path = finder.sourceOf({ module, app: appOf.get(module) ?? null, file });
      return { ...placed('source', path, file), line: line || null, column: column || null, what };
    },
    ofApplication(modules, subject, what) {
      const named = 'level' in subject && subject.level === 'application' ? firstOf(subject) : undefined;
      const app = named ?? appOf.get(modules[0] ?? '');
      const file = app == null ? null : finder.fileOfApplication(app);
      return file === null ? undefined : { ...placed('application', file, file), line: null, column: null, what };
    },
    ofRule({ file, line }, what) {
      const path = slashed(resolve(file));
      return { ...placed('config', insideOf(repository.root, path), file), line, column: null, what };
    },
  };
}

function firstOf(subject: {
  readonly from?: string;
  readonly node?: string;
  readonly members?: readonly string[];
}): string | undefined {
  return subject.from ?? subject.node ?? subject.members?.[0];
}

const OWNER_FILES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** Reads who owns which file; nobody where there is no such file. */
export function openOwners({ codeowners }: Config, { root }: Repository): OwnerLookup {
  if (codeowners === false) return () => [];
  const file =
    codeowners === null ? OWNER_FILES.map((name) => join(root, name)).find((path) => existsSync(path)) : pathFrom(codeowners);
  return file === undefined ? () => [] : parseOwners(readText(file, MAX_CONFIG_BYTES));
}
