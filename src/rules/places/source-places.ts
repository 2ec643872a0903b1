// From the path of a source as the compiler knew it to a file of the repository. The compiler's path is that of the machine that built, or there is
// none (`+deterministic`); so sources are found by their application and name, or by what the beginning of a path became.

/** What is known of the repository; paths have `/` and no `.` or `..` in them. */
export interface Repository {
  /** The absolute path of its root, without a slash at the end. */
  readonly root: string;
  /** Absolute beginnings of compilers' paths and what they are here, absolute. */
  readonly pathMap: readonly (readonly [from: string, to: string])[];
  /** The files of the source roots, relative to the root of the repository. */
  readonly files: readonly string[];
}

/** A module whose source is looked for. */
export interface SourceQuestion {
  readonly module: string;
  readonly app: string | null;
  /** As the compiler knew it, or the beam. */
  readonly file: string;
}

/** Finds files of the repository. */
export interface SourceFinder {
  /** Returns the path of a source relative to the root, or null. */
  readonly sourceOf: (question: SourceQuestion) => string | null;
  /** Returns the `.app.src` or mix.exs of an application relative to the root, or null. */
  readonly fileOfApplication: (app: string) => string | null;
}

/** Makes a finder. */
export function sourceFinder(repository: Repository): SourceFinder {
  const byName = new Map<string, string[]>();
  for (const file of repository.files) {
    const name = baseName(file);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [file]);
    else known.push(file);
  }
  return {
    sourceOf(question) {
      const { module, app, file } = question;
      const isSource = !file.endsWith('.beam');
      const mapped = isSource ? mappedPath(repository, file) : undefined;
      if (mapped !== undefined) return insideOf(repository.root, mapped);
      const names = isSource ? [baseName(file)] : sourceNames(module);
      for (const name of names) {
        const found = nearest(byName.get(name) ?? [], app, file);
        if (found !== undefined) return found;
      }
      return isSource && repository.files.length === 0 ? insideOf(repository.root, file) : null;
    },
    fileOfApplication(app) {
      const resource = nearest(byName.get(`${app}.app.src`) ?? [], app, '');
      return resource ?? (byName.get('mix.exs') ?? []).find((file) => file.split('/').at(-2) === app) ?? null;
    },
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The names that the source of a module usually has: of Elixir, the last part of the module's in snake case. */
function sourceNames(module: string): readonly string[] {
  if (!module.startsWith('Elixir.')) return [`${module}.erl`, `${module}.xrl`, `${module}.yrl`, `${module}.gleam`];
  const last = module.slice(module.lastIndexOf('.') + 1);
  const snake = last
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
  return [`${snake}.ex`];
}

function mappedPath({ pathMap }: Repository, file: string): string | undefined {
  const path = normalPath(file);
  if (path === undefined) return undefined;
  const entry = pathMap
    .filter(([from]) => path === from || path.startsWith(`${from}/`))
    .sort(([left], [right]) => right.length - left.length)[0];
  return entry === undefined ? undefined : entry[1] + path.slice(entry[0].length);
}

/** Returns the path relative to the root; null where it is elsewhere. */
export function insideOf(root: string, file: string): string | null {
  const path = normalPath(file);
  return path?.startsWith(`${root}/`) === true ? path.slice(root.length + 1) : null;
}

/** Returns an absolute path without `.`, `..` and double slashes; undefined for any other. */
export function normalPath(path: string): string | undefined {
  const plain = path.replaceAll('\\', '/');
  const drive = /^[A-Za-z]:(?=\/)/.exec(plain)?.[0] ?? '';
  if (!plain.startsWith(`${drive}/`)) return undefined;
  const parts: string[] = [];
  for (const part of plain.slice(drive.length).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${drive}/${parts.join('/')}`;
}

/** Of files of one name: of those in a folder of the application's name, else of all, the one whose path ends most like the compiler's. */
function nearest(files: readonly string[], app: string | null, path: string): string | undefined {
  const ofApplication = files.filter((file) => app !== null && file.split('/').slice(0, -1).includes(app));
  const candidates = ofApplication.length > 0 ? ofApplication : files;
  const scored = candidates.map((file) => ({ file, common: commonEnd(file, path) }));
  scored.sort(
    (left, right) => right.common - left.common || left.file.length - right.file.length || (left.file < right.file ? -1 : 1),
  );
  const [best, second] = scored;
  // Without the application, several that fit as well are a guess.
  const isGuess = ofApplication.length === 0 && second !== undefined && second.common === best?.common;
  return isGuess ? undefined : best?.file;
}

function commonEnd(left: string, right: string): number {
  const [some, others] = [left.split('/').reverse(), right.replaceAll('\\', '/').split('/').reverse()];
  const differs = some.findIndex((part, at) => part !== others[at]);
  return differs < 0 ? some.length : differs;
}
