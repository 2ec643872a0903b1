// What a release resource file says: `releases/1.0/shop.rel`, one term
//
//   {release, {Name, Vsn}, {erts, ErtsVsn}, [{App, Vsn} | {App, Vsn, Type} | {App, Vsn, Included} | {App, Vsn, Type, Included}]}.
//
// Defined by the manual page rel(4) of sasl; what it refuses is what systools:make_script/1 refuses for its shape.

import { ParseError } from '../../errors.js';
import { isTuple, properList, type Term } from '../../term/model.js';
import { badShape, readAtom, readItems, readResourceTerm, readTagged, readText } from './resource-terms.js';

/** How the failure of an application counts; `load` and `none` don't start it. */
export type StartType = 'permanent' | 'transient' | 'temporary' | 'load' | 'none';

/** An application of a release. */
export interface ReleasedApplication {
  readonly name: string;
  readonly vsn: string;
  readonly type: StartType;
  /** The included applications that stand for those of the `.app`; null where the file doesn't say. */
  readonly included: readonly string[] | null;
}

/** The facts of a `.rel` file. */
export interface RelFile {
  readonly file: string;
  readonly name: string;
  readonly vsn: string;
  readonly erts: string;
  /** In the order of the file. */
  readonly applications: readonly ReleasedApplication[];
}

/** Reads a `.rel` file; throws ParseError, with line and column or the path of a term that has the wrong shape. */
export function readRelFile(bytes: Uint8Array, file: string): RelFile {
  try {
    const [, release, erts, applications] = readTagged(readResourceTerm(bytes, file), 'release', 4);
    if (!isTuple(release, 2)) throw badShape('not {Name, Vsn}');
    const [name, vsn] = release.items.map(readText);
    return {
      file,
      name: name as string,
      vsn: vsn as string,
      erts: readText(readTagged(erts, 'erts', 2)[1]),
      applications: readItems(applications as Term, readApplication),
    };
  } catch (error) {
    throw error instanceof ParseError ? error.inFile(file) : error;
  }
}

const TYPES: readonly string[] = ['permanent', 'transient', 'temporary', 'load', 'none'];

function readApplication(term: Term): ReleasedApplication {
  if (!isTuple(term) || term.items.length < 2 || term.items.length > 4) throw badShape('not {Application, Vsn}');
  const [name, vsn, ...more] = term.items;
  const included = properList(more.at(-1));
  const type = more.length > (included === undefined ? 0 : 1) ? readType(more[0]) : 'permanent';
  if (more.length === 2 && included === undefined) throw badShape('not a list of included applications');
  return {
    name: readAtom(name),
    vsn: readText(vsn),
    type,
    included: included === undefined ? null : readItems(more.at(-1) as Term, readAtom),
  };
}

function readType(term: Term | undefined): StartType {
  const type = readAtom(term);
  if (!TYPES.includes(type)) throw badShape(`no type of start: ${type}`);
  return type as StartType;
}
