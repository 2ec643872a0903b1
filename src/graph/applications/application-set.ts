// The applications of a run, put together from the folders that their beams and `.app` files lie in: a folder's name says which application
// it is, as for xref, and the name in the `.app` does where the folder has none (a bare ebin). Those of a library path are known, so that
// calls into them are told, and not checked themselves.

import { rankNames } from '../program/function-table.js';
import type { Program } from '../program/program.js';
import type { AppFile } from './app-file.js';

/** A `.app` file that was found; `app` and `vsn` are what the folder says, null where it doesn't. */
export interface FoundAppFile {
  readonly path: string;
  readonly app: string | null;
  readonly vsn: string | null;
  /** Whether it was given by its own name rather than found in a folder. */
  readonly isNamed: boolean;
  /** null where it can't be read. */
  readonly facts: AppFile | null;
}

/** A beam of which only its place is known. */
export interface FoundBeam {
  readonly path: string;
  /** null where the folder doesn't say. */
  readonly app: string | null;
}

/** What lies in some folders. */
export interface FoundFiles {
  readonly appFiles: readonly FoundAppFile[];
  readonly beams: readonly FoundBeam[];
}

/** Everything that was found besides the modules of a program. */
export interface ApplicationFiles {
  /** `beams`: those that lie there and aren't in the program, since they can't be read or have the name of another one. */
  readonly input: FoundFiles;
  readonly library: FoundFiles;
  /** The modules of applications that count where nothing of the name was found. */
  readonly table?: ReadonlyMap<string, readonly string[]>;
}

/** How an application is known: only those of the input are checked. */
export type Origin = 'input' | 'library' | 'table';

/** An application and what it consists of. */
export interface Application {
  readonly name: string;
  /** What its folder says; null where that is nothing. */
  readonly vsn: string | null;
  /** Path of the `.app`; null where there is none. */
  readonly path: string | null;
  /** null where there is no `.app`, or one that can't be read. */
  readonly file: AppFile | null;
  /** Whether the `.app` was given by its own name. */
  readonly isNamed: boolean;
  readonly origin: Origin;
  /** Those that lie in its folder, in Erlang's order. */
  readonly modules: readonly string[];
}

/** All applications in Erlang's order of their names; an application's number is its position. */
export interface ApplicationSet {
  readonly applications: readonly Application[];
  /** By module of the program; -1 where none is known. */
  readonly applicationOf: Int32Array;
  /** By the name of a module, those of the library path included. */
  readonly numberOfModule: ReadonlyMap<string, number>;
  /** The number of each, by the name of the folder and by that in the `.app`. */
  readonly numbers: ReadonlyMap<string, number>;
  /** `.app` files left out, since the application has another one. */
  readonly duplicates: readonly { readonly path: string; readonly first: string }[];
}

interface Draft {
  readonly origin: Origin;
  readonly modules: Set<string>;
  appFile: FoundAppFile | undefined;
}

interface Drafts {
  readonly drafts: Map<string, Draft>;
  readonly applicationOfModule: Map<string, string>;
  readonly duplicates: { path: string; first: string }[];
}

/** Puts the applications of a program together. */
export function arrangeApplications(program: Program, { input, library, table }: ApplicationFiles): ApplicationSet {
  const made: Drafts = { drafts: new Map(), applicationOfModule: new Map(), duplicates: [] };
  const analysed = Array.from(program.notes.values(), ({ module, file, app }) => ({ module, path: file, app }));
  addFiles(made, input.appFiles, [...analysed, ...input.beams.map(namedByFile)], 'input');
  addFiles(made, library.appFiles, library.beams.map(namedByFile), 'library');
  addTable(made, table ?? new Map());
  return finish(program, made);
}

function namedByFile(beam: FoundBeam): FoundBeam & { readonly module: string } {
  return { ...beam, module: beam.path.slice(beam.path.lastIndexOf('/') + 1).replace(/\.beam$/, '') };
}

function addFiles(
  made: Drafts,
  appFiles: readonly FoundAppFile[],
  beams: readonly (FoundBeam & { readonly module: string })[],
  origin: Origin,
): void {
  const names = folderNames(appFiles, beams);
  for (const appFile of appFiles) {
    const draft = draftOf(made, names.get(folderOf(appFile.path)), origin);
    if (draft === undefined) continue;
    if (draft.appFile === undefined) draft.appFile = appFile;
    else made.duplicates.push({ path: appFile.path, first: draft.appFile.path });
  }
  for (const { module, path, app } of beams) {
    const name = app ?? names.get(folderOf(path));
    const draft = draftOf(made, name, origin);
    if (draft === undefined || name === undefined) continue;
    draft.modules.add(module);
    if (!made.applicationOfModule.has(module)) made.applicationOfModule.set(module, name);
  }
}

function folderNames(appFiles: readonly FoundAppFile[], beams: readonly FoundBeam[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { path, app } of [...beams, ...appFiles]) if (app !== null) names.set(folderOf(path), app);
  for (const { path, facts } of appFiles) {
    const folder = folderOf(path);
    if (facts !== null && !names.has(folder)) names.set(folder, facts.name);
  }
  return names;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** What was found has the name before the table has it, and the module too. */
function addTable(made: Drafts, table: ReadonlyMap<string, readonly string[]>): void {
  for (const [name, modules] of table) {
    if (made.drafts.has(name)) continue;
    made.drafts.set(name, { origin: 'table', modules: new Set(modules), appFile: undefined });
    for (const module of modules) if (!made.applicationOfModule.has(module)) made.applicationOfModule.set(module, name);
  }
}

/** Returns the draft of that name, a new one if it is new; undefined where an application of the input has the name already. */
function draftOf({ drafts }: Drafts, name: string | undefined, origin: Origin): Draft | undefined {
  if (name === undefined) return undefined;
  const known = drafts.get(name);
  if (known !== undefined) return known.origin === origin ? known : undefined;
  const draft: Draft = { origin, modules: new Set(), appFile: undefined };
  drafts.set(name, draft);
  return draft;
}

function finish(program: Program, { drafts, applicationOfModule, duplicates }: Drafts): ApplicationSet {
  const names = rankNames([...drafts.keys()]).sorted;
  const applications = names.map((name) => applicationOfDraft(name, drafts.get(name) as Draft));
  const numbers = new Map(names.map((name, number) => [name, number]));
  applications.forEach(({ file }, number) => {
    if (file !== null && !numbers.has(file.name)) numbers.set(file.name, number);
  });
  const numberOfModule = new Map(Array.from(applicationOfModule, ([module, name]) => [module, numbers.get(name) as number]));
  const applicationOf = Int32Array.from(program.functions.modules, (module) => numberOfModule.get(module) ?? -1);
  return { applications, applicationOf, numberOfModule, numbers, duplicates };
}

function applicationOfDraft(name: string, { origin, modules, appFile }: Draft): Application {
  const { path = null, vsn = null, facts = null, isNamed = false } = appFile ?? {};
  return { name, vsn, path, file: facts, isNamed, origin, modules: rankNames([...modules]).sorted };
}
