// A `.rel` as systools reads it, with the faults that it finds in the order in which it finds them.
//
//   {release, {Name, Vsn}, {erts, ErtsVsn}, [{App, Vsn} | {App, Vsn, Type} | {App, Vsn, Included} | {App, Vsn, Type, Included}]}.
//
// Defined by the manual page rel(4) of sasl and lib/sasl/src/systools_make.erl.

import { atom, isAtom, isTuple, list, properList, stringTerm, type Term, tuple } from '../term/model.js';
import type { ReleasedName, ReleaseFile } from './model.js';
import { parseFaultTerm, type ReadTerm, readFirstTerm } from './read-term.js';
import { makeError, ReleaseError, tagged } from './release-error.js';
import { joinPath, type ReleaseFiles } from './release-files.js';
import { atomNames, isAnyList, isTagged, stringOf } from './term-shapes.js';

const START_TYPES: readonly string[] = ['permanent', 'transient', 'temporary', 'none', 'load'];

/** A `.rel` and whether it lacks sasl. */
export interface ReadRelease {
  readonly file: ReleaseFile;
  readonly lacksSasl: boolean;
}

/** Reads `name`.rel, looked for here and then on the path; throws ReleaseError. */
export function readRelease(files: ReleaseFiles, name: string, path: readonly string[]): ReadRelease {
  const file = `${name}.rel`;
  const answer = openOnPath(files, file, path);
  if (answer.kind !== 'term') throw readError(file, answer);
  const release = releaseOf(answer.term, answer.path);
  return { file: release, lacksSasl: checkMandatory(release) };
}

function openOnPath(files: ReleaseFiles, file: string, path: readonly string[]): ReadTerm {
  if (file.startsWith('/')) return readFirstTerm(files, file);
  let answer: ReadTerm = readFirstTerm(files, file);
  for (const folder of path) {
    if (answer.kind !== 'open') break;
    answer = readFirstTerm(files, joinPath(folder, file));
  }
  return answer;
}

function readError(file: string, answer: Exclude<ReadTerm, { kind: 'term' }>): ReleaseError {
  if (answer.kind === 'open') return makeError(tagged('not_found', stringTerm(file)));
  const reason =
    answer.kind === 'read' ? tagged('read', stringTerm(file)) : tagged('parse', stringTerm(file), parseFaultTerm(answer));
  return new ReleaseError('systools_make', reason, [], answer.fault);
}

function releaseOf(term: Term, file: string): ReleaseFile {
  const [, title, runtime, list] = isTagged(term, 'release', 4) ? term.items : [];
  if (!isTuple(title, 2) || !isTagged(runtime, 'erts', 2) || !isAnyList(list)) {
    throw makeError(atom('badly_formatted_release'), file);
  }
  const [name, vsn] = title.items as readonly [Term, Term];
  const erts = runtime.items[1] as Term;
  const legal = { name: stringOf(name), vsn: stringOf(vsn), erts: stringOf(erts) };
  if (legal.name === undefined) throw makeError(tagged('illegal_name', name), file);
  if (legal.vsn === undefined) throw makeError(tagged('illegal_form', vsn), file);
  if (legal.erts === undefined) throw makeError(tagged('illegal_form', tuple(atom('erts'), erts)), file);
  return { file, name: legal.name, vsn: legal.vsn, erts: legal.erts, ...readApplications(list as Term, file) };
}

function readApplications(term: Term, file: string): Pick<ReleaseFile, 'applications' | 'included'> {
  const items = properList(term) ?? [term];
  const read = items.map(readApplication);
  const illegal = items.filter((_, at) => read[at] === undefined);
  if (illegal.length > 0) throw makeError(tagged('illegal_applications', list(illegal)), file);
  const legal = read.filter((one) => one !== undefined);
  return {
    applications: legal.map(({ released }) => released),
    included: legal.flatMap(({ released, included }) => (included === undefined ? [] : [[released.name, included] as const])),
  };
}

function readApplication(term: Term): { released: ReleasedName; included: readonly string[] | undefined } | undefined {
  if (!isTuple(term) || term.items.length < 2 || term.items.length > 4) return undefined;
  const [name, version, ...more] = term.items;
  const vsn = stringOf(version);
  if (!isAtom(name) || vsn === undefined) return undefined;
  const hasType = more.length === 2 || isAtom(more[0]);
  const [type, included] = hasType ? more : [undefined, ...more];
  const names = atomNames(included);
  if (hasType && !(isAtom(type) && START_TYPES.includes(type.name))) return undefined;
  if (included !== undefined && names === undefined) return undefined;
  return { released: { name: name.name, vsn, type: isAtom(type) ? type.name : 'permanent' }, included: names };
}

/** Checks that kernel and stdlib are permanent, and tells whether sasl is missing. */
function checkMandatory({ applications, file }: ReleaseFile): boolean {
  for (const name of ['kernel', 'stdlib']) {
    const found = applications.find((one) => one.name === name);
    if (found === undefined) throw makeError(tagged('missing_mandatory_app', atom(name)), file);
    if (found.type !== 'permanent') throw makeError(tagged('mandatory_app', atom(name), atom(found.type)), file);
  }
  return !applications.some(({ name }) => name === 'sasl');
}
