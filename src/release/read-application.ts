// The `.app` of an application at a version, the first on the path whose version is right. Those with another version and those that can't
// be parsed are passed over, and named where none is right.
//
// Defined by the manual page app(4) of kernel and lib/sasl/src/systools_make.erl.

import { atom, isAtom, isInteger, isTuple, list, NIL, properList, stringTerm, type Term, tuple } from '../term/model.js';
import { without } from './check-applications.js';
import type { ReleaseApplication, ReleaseFile } from './model.js';
import { messageTerm, readFirstTerm } from './read-term.js';
import { tagged } from './release-error.js';
import { folderOf, joinPath, type ReleaseFiles } from './release-files.js';
import { atomNames, isAnyList, isTagged, stringOf } from './term-shapes.js';

/** An application without its type, or systools' reason why there is none, with where that is. */
export type ReadApplication =
  | { readonly kind: 'found'; readonly application: ReleaseApplication }
  | { readonly kind: 'fault'; readonly reason: Term; readonly place?: string };

/** What is looked for. */
export interface WantedApplication {
  readonly name: string;
  readonly vsn: string;
  readonly path: readonly string[];
  readonly included: ReleaseFile['included'];
  /** Whether lists mustn't name one twice. */
  readonly refusesRepeated: boolean;
}

/** Looks for `name`.app with that version. */
export function readApplication(files: ReleaseFiles, wanted: WantedApplication): ReadApplication {
  const { name, vsn, path } = wanted;
  let first: ReadApplication | undefined;
  for (const folder of path) {
    const file = joinPath(folder, `${name}.app`);
    const answer = readFirstTerm(files, file);
    if (answer.kind === 'parse') {
      const reason = tagged('parse_error', tuple(stringTerm(file), answer.line, messageTerm(answer.fault)));
      first ??= { kind: 'fault', reason };
    }
    if (answer.kind !== 'term') continue;
    const parsed = parseApplication(answer.term, file, wanted);
    if (parsed.kind !== 'other version') return parsed;
    first ??= { kind: 'fault', reason: noValidVersion(file, vsn, parsed.vsn) };
  }
  return first ?? { kind: 'fault', reason: tagged('not_found', stringTerm(`${name}.app`)) };
}

function noValidVersion(file: string, vsn: string, found: string): Term {
  const should = tuple(stringTerm('should be'), stringTerm(vsn));
  return tagged('no_valid_version', tuple(should, tuple(stringTerm('found file'), stringTerm(file), stringTerm(found))));
}

function parseApplication(
  term: Term,
  file: string,
  { vsn, included, refusesRepeated }: WantedApplication,
): ReadApplication | { readonly kind: 'other version'; readonly vsn: string } {
  const [, name, keys] = isTagged(term, 'application', 3) ? term.items : [];
  if (!isAtom(name) || !isAnyList(keys)) {
    return { kind: 'fault', reason: tagged('badly_formatted_application', term), place: file };
  }
  const read = readKeys(properList(keys) ?? [], refusesRepeated);
  if ('fault' in read) return { kind: 'fault', reason: tuple(read.fault, term), place: file };
  if (read.vsn !== vsn) return { kind: 'other version', vsn: read.vsn };
  const own = included.find(([one]) => one === name.name)?.[1];
  const alien = own?.filter((one) => !read.includes.includes(one)) ?? [];
  if (alien.length > 0) return { kind: 'fault', reason: tagged('override_include', list(alien.map(atom))), place: file };
  return {
    kind: 'found',
    application: { ...read, name: name.name, type: 'permanent', includes: own ?? read.includes, dir: folderOf(file) },
  };
}

type Keys = Omit<ReleaseApplication, 'name' | 'type' | 'dir'>;

/** Thrown where a key is missing or has a wrong value; caught in this file. */
class KeyFault {
  readonly reason: Term;

  constructor(tag: 'missing_param' | 'bad_param' | 'dupl_entry', key: string, ...more: readonly Term[]) {
    this.reason = tagged(tag, atom(key), ...more);
  }
}

/** Reads the keys in the order in which systools does, so that of several faults the same one is told. */
function readKeys(pairs: readonly Term[], refusesRepeated: boolean): Keys | { readonly fault: Term } {
  const names = (key: string, term: Term) => {
    const listed = atomNames(term) ?? [];
    return refusesRepeated ? distinctNames(key, listed) : listed;
  };
  try {
    return {
      vsn: stringOf(required(pairs, 'vsn', isText)) as string,
      id: optional(pairs, 'id', isText, NIL),
      description: required(pairs, 'description', isText),
      modules: names('modules', required(pairs, 'modules', isAtomList)),
      registered: names('registered', required(pairs, 'registered', isAtomList)),
      uses: names('applications', required(pairs, 'applications', isAtomList)),
      optional: names('optional_applications', optional(pairs, 'optional_applications', isAtomList, NIL)),
      includes: names('included_applications', optional(pairs, 'included_applications', isAtomList, NIL)),
      mod: startModule(pairs),
      startPhases: optional(pairs, 'start_phases', isPairListOrUndefined, atom('undefined')),
      env: optional(pairs, 'env', isPairList, NIL),
      maxT: optional(pairs, 'maxT', isMaximum, atom('infinity')),
      maxP: optional(pairs, 'maxP', isMaximum, atom('infinity')),
    };
  } catch (error) {
    if (error instanceof KeyFault) return { fault: error.reason };
    throw error;
  }
}

function keyValue(pairs: readonly Term[], key: string): Term | undefined | 'no pair' {
  const found = pairs.find((pair) => isTuple(pair) && isAtom(pair.items[0], key));
  if (found === undefined) return undefined;
  return isTuple(found, 2) ? (found.items[1] as Term) : 'no pair';
}

function required(pairs: readonly Term[], key: string, isLegal: (term: Term) => boolean): Term {
  return optional(pairs, key, isLegal, undefined);
}

function optional(pairs: readonly Term[], key: string, isLegal: (term: Term) => boolean, absent: Term | undefined): Term {
  const value = keyValue(pairs, key) ?? absent;
  if (value === undefined || value === 'no pair') throw new KeyFault('missing_param', key);
  if (!isLegal(value)) throw new KeyFault('bad_param', key);
  return value;
}

function startModule(pairs: readonly Term[]): Term {
  const value = keyValue(pairs, 'mod') ?? NIL;
  if (value !== 'no pair' && properList(value)?.length === 0) return NIL;
  if (value !== 'no pair' && isTuple(value, 2) && isAtom(value.items[0])) return value;
  throw new KeyFault('missing_param', 'mod');
}

function distinctNames(key: string, listed: readonly string[]): readonly string[] {
  const repeated = without(listed, [...new Set(listed)]);
  if (repeated.length > 0) throw new KeyFault('dupl_entry', key, list(repeated.map(atom)));
  return listed;
}

function isText(term: Term): boolean {
  return stringOf(term) !== undefined;
}

function isAtomList(term: Term): boolean {
  return atomNames(term) !== undefined;
}

function isPairList(term: Term): boolean {
  return properList(term)?.every((pair) => isTuple(pair, 2) && isAtom(pair.items[0])) ?? false;
}

function isPairListOrUndefined(term: Term): boolean {
  return isAtom(term, 'undefined') || isPairList(term);
}

function isMaximum(term: Term): boolean {
  return isAtom(term, 'infinity') || (isInteger(term) && term > 0);
}
