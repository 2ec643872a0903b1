// What an application resource file says: `ebin/shop.app`, one term
//
//   {application, shop, [{vsn, "1.0"}, {modules, [..]}, {registered, [..]}, {applications, [..]}, {included_applications, [..]},
//                        {optional_applications, [..]}, {mod, {shop_app, Args}}, {start_phases, [{Phase, Args}]},
//                        {runtime_dependencies, ["ssl-10.0"]}, ..]}.
//
// Defined by the manual page app(4) of kernel. A key that isn't there has its default; of repeated ones the first counts, as it does for
// application:load/1.

import { ParseError } from '../../errors.js';
import { isTuple, NIL, properList, type Term, textOf } from '../../term/model.js';
import { badShape, readAtom, readItems, readKey, readResourceTerm, readTagged, readText } from './resource-terms.js';

/** An application at a version, `ssl` and `10.0` of `ssl-10.0`; the version is null where there is none. */
export interface VersionedApplication {
  readonly name: string;
  readonly vsn: string | null;
}

/** The facts of a `.app` file. */
export interface AppFile {
  readonly file: string;
  readonly name: string;
  readonly vsn: string | null;
  readonly description: string | null;
  readonly modules: readonly string[];
  readonly registered: readonly string[];
  /** What is started before; null where the key isn't there. */
  readonly applications: readonly string[] | null;
  readonly included: readonly string[];
  /** Those of `applications` that may be absent. */
  readonly optional: readonly string[];
  /** The module of the application behaviour, with its argument; null for a library. */
  readonly mod: { readonly module: string; readonly argument: Term } | null;
  /** null where the key isn't there. */
  readonly startPhases: readonly { readonly phase: string; readonly argument: Term }[] | null;
  readonly runtimeDependencies: readonly VersionedApplication[];
}

/** Reads a `.app` file; throws ParseError, with line and column or the path of a term that has the wrong shape. */
export function readAppFile(bytes: Uint8Array, file: string): AppFile {
  try {
    return appFileOf(readResourceTerm(bytes, file), file);
  } catch (error) {
    throw error instanceof ParseError ? error.inFile(file) : error;
  }
}

function appFileOf(term: Term, file: string): AppFile {
  const [, name, keys] = readTagged(term, 'application', 3);
  const pairs = properList(keys);
  if (pairs === undefined) throw badShape('no list of keys');
  const atoms = (key: string) => readKey(pairs, key, (value) => readItems(value, readAtom));
  const text = (key: string) => readKey(pairs, key, readText) ?? null;
  return {
    file,
    name: readAtom(name),
    vsn: text('vsn'),
    description: text('description'),
    modules: atoms('modules') ?? [],
    registered: atoms('registered') ?? [],
    applications: atoms('applications') ?? null,
    included: atoms('included_applications') ?? [],
    optional: atoms('optional_applications') ?? [],
    mod: readKey(pairs, 'mod', readStart) ?? null,
    startPhases: readKey(pairs, 'start_phases', readPhases) ?? null,
    runtimeDependencies: readKey(pairs, 'runtime_dependencies', readDependencies) ?? [],
  };
}

/** `[]` is no module, as in what some tools write. */
function readStart(term: Term): AppFile['mod'] {
  if (properList(term)?.length === 0) return null;
  if (!isTuple(term, 2)) throw badShape('not {Module, Argument}');
  return { module: readAtom(term.items[0]), argument: term.items[1] ?? NIL };
}

function readPhases(term: Term): AppFile['startPhases'] {
  if (properList(term) === undefined && readAtom(term) === 'undefined') return null;
  return readItems(term, (item) => {
    if (!isTuple(item, 2)) throw badShape('not {Phase, Argument}');
    return { phase: readAtom(item.items[0]), argument: item.items[1] ?? NIL };
  });
}

/** Nothing but documentation reads them, so that what has another shape is passed over. */
function readDependencies(term: Term): readonly VersionedApplication[] {
  return (properList(term) ?? []).flatMap((item) => {
    const text = textOf(item);
    if (text === undefined || text === '') return [];
    const [, name = text, vsn = null] = /^(.+)-([0-9][0-9A-Za-z.]*)$/.exec(text) ?? [];
    return [{ name, vsn }];
  });
}
