// A release as systools sees it: what the `.rel` says, and of each application what its `.app` says. Values that are only passed on stay
// terms, so that answers show them as systools does.
//
//   {release, {Name, Vsn}, {erts, ErtsVsn}, [{App, Vsn, Type}]}        {application, App, [{vsn, Vsn}, {modules, [..]}, ..]}
//
// Defined by the manual pages rel(4), app(4) and systools(3) of sasl.

import { atom, list, NIL, stringTerm, type Term, tuple } from '../term/model.js';

/** An application of a `.rel`. */
export interface ReleasedName {
  readonly name: string;
  readonly vsn: string;
  /** permanent, transient, temporary, load or none. */
  readonly type: string;
}

/** What a `.rel` says. */
export interface ReleaseFile {
  /** Where it was found. */
  readonly file: string;
  readonly name: string;
  readonly vsn: string;
  readonly erts: string;
  /** In the order of the file. */
  readonly applications: readonly ReleasedName[];
  /** The included applications that stand for those of the `.app`, for those that say so. */
  readonly included: readonly (readonly [name: string, included: readonly string[]])[];
}

/** An application of a release, with what its `.app` says. */
export interface ReleaseApplication {
  readonly name: string;
  readonly type: string;
  readonly vsn: string;
  readonly id: Term;
  readonly description: Term;
  readonly modules: readonly string[];
  /** `applications`, in which those that are included stand for the ones that include them. */
  readonly uses: readonly string[];
  readonly optional: readonly string[];
  readonly includes: readonly string[];
  readonly registered: readonly string[];
  readonly env: Term;
  readonly maxT: Term;
  readonly maxP: Term;
  /** `{Module, Argument}` or `[]`. */
  readonly mod: Term;
  /** A list, or the atom `undefined`. */
  readonly startPhases: Term;
  /** The folder of the `.app`. */
  readonly dir: string;
}

/** A release with all its applications in the order of starting. */
export interface Release {
  readonly file: ReleaseFile;
  readonly applications: readonly ReleaseApplication[];
  /** Whether there is no sasl, without which no release can be upgraded. */
  readonly lacksSasl: boolean;
}

/** Returns a list of atoms. */
export function atomList(names: readonly string[]): Term {
  return list(names.map(atom));
}

/** Returns the record `release` of systools. */
export function releaseRecord({ name, vsn, erts, applications, included }: ReleaseFile): Term {
  return tuple(
    atom('release'),
    stringTerm(name),
    stringTerm(vsn),
    stringTerm(erts),
    list(applications.map((one) => tuple(atom(one.name), stringTerm(one.vsn), atom(one.type)))),
    list(included.map(([one, names]) => tuple(atom(one), atomList(names)))),
  );
}

/** Returns the record `application` of systools. */
export function applicationRecord(app: ReleaseApplication): Term {
  return tuple(
    atom('application'),
    atom(app.name),
    atom(app.type),
    stringTerm(app.vsn),
    app.id,
    app.description,
    atomList(app.modules),
    atomList(app.uses),
    atomList(app.optional),
    atomList(app.includes),
    atomList(app.registered),
    app.env,
    app.maxT,
    app.maxP,
    app.mod,
    app.startPhases,
    stringTerm(app.dir),
  );
}

/** Returns the specification of an application as boot scripts and application:load/1 have it. */
export function applicationSpec(app: ReleaseApplication): Term {
  const keys: (readonly [string, Term])[] = [
    ['description', app.description],
    ['vsn', stringTerm(app.vsn)],
    ['id', app.id],
    ['modules', atomList(app.modules)],
    ['registered', atomList(app.registered)],
    ['applications', atomList(app.uses)],
    ['optional_applications', atomList(app.optional)],
    ['included_applications', atomList(app.includes)],
    ['env', app.env],
    ['maxT', app.maxT],
    ['maxP', app.maxP],
  ];
  if (typeof app.startPhases !== 'object' || app.startPhases.kind !== 'atom') keys.push(['start_phases', app.startPhases]);
  if (app.mod !== NIL) keys.push(['mod', app.mod]);
  return tuple(atom('application'), atom(app.name), list(keys.map(([key, value]) => tuple(atom(key), value))));
}
