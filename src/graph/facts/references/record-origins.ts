// Records that come from elsewhere. A `file` attribute says in which file the definitions after it stand; a header in a folder of another
// application is that application's:
//   {attribute, _, file, {"/usr/lib/erlang/lib/kernel-8.5/include/file.hrl", 1}}      {attribute, _, record, {file_info, Fields}}
// Native records (OTP 29) name their module where they are used, or in `-import_record(M, [Name])`.

import { isAtom, isTuple, properList, type Term } from '../../../term/model.js';
import type { NodeCursor } from './node-cursor.js';
import { addReference, type ReferenceLog } from './reference-log.js';

/** Where records come from; those of the module itself aren't here. */
export interface RecordOrigins {
  /** The application that the module is of; null where that isn't known. */
  readonly own: string | null;
  /** The file of the module; undefined before the first `file` attribute. */
  file: string | undefined;
  /** The application whose header is being read; undefined in files of the module itself. */
  header: string | undefined;
  /** By name of a record, the application whose header defines it. */
  readonly applications: Map<string, string>;
  /** By name of a native record, its module. */
  readonly modules: Map<string, string>;
}

export function newRecordOrigins(own: string | null): RecordOrigins {
  return { own, file: undefined, header: undefined, applications: new Map(), modules: new Map() };
}

// The last folder of that kind counts, and it is no application that is called as such a folder.
const IN_APPLICATION =
  /^(?:.*\/)?(?!(?:include|src|lib|apps|deps)\/)([a-z]\w*)(?:-\d[^/]*)?\/(?:include|src)\/[^/]+(?:\/[^/]+)*$/;

/** Returns the application whose `src` or `include` has the file; undefined where the path doesn't say. */
export function applicationOfPath(path: string): string | undefined {
  return IN_APPLICATION.exec(path)?.[1];
}

/** Takes the path of a `file` attribute, the first of which is that of the module; returns whether it is another one. */
export function enterFile(origins: RecordOrigins, path: string): boolean {
  const application = path.endsWith('.hrl') ? applicationOfPath(path) : undefined;
  origins.header = application === origins.own ? undefined : application;
  origins.file ??= path;
  return path !== origins.file;
}

/** Takes the name of a `record` attribute. */
export function defineRecord({ header, applications }: RecordOrigins, name: string): void {
  if (header !== undefined) applications.set(name, header);
}

/** Takes the value of an `import_record` attribute, `{Module, [Name]}`. */
export function importRecords({ modules }: RecordOrigins, value: Term): void {
  if (!isTuple(value, 2) || !isAtom(value.items[0])) return;
  for (const name of properList(value.items[1]) ?? []) if (isAtom(name)) modules.set(name.name, value.items[0].name);
}

/** Adds the use of a record whose name comes next, an atom or for a native record of another module a pair of two. */
export function readRecordUse(
  { cursor, log, records }: { readonly cursor: NodeCursor; readonly log: ReferenceLog; readonly records: RecordOrigins },
  anno: number,
): void {
  let name = cursor.atom();
  const module = name === undefined && cursor.enterPair() ? cursor.atom() : records.modules.get(name ?? '');
  name ??= cursor.atom();
  if (name === undefined) return;
  const application = module === undefined ? records.applications.get(name) : undefined;
  if (module === undefined && application === undefined) return;
  cursor.readSite(anno);
  const { line, column } = cursor;
  if (module !== undefined) {
    addReference(log, { kind: 'record', module, name, arity: null, confidence: 'exact' }, line, column);
  } else if (application !== undefined) {
    const referred = { kind: 'record', module: null, application, name, arity: null, confidence: 'inferred' } as const;
    addReference(log, referred, line, column);
  }
}
