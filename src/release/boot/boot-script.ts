// systools:make_script/2: the script that init follows when a node starts, as a term, as a text (.script) and as bytes (.boot).
//
//   {script, {Name, Vsn}, [{preLoaded, ..}, {progress, preloaded}, {path, ..}, {primLoad, ..}, {kernel_load_completed},
//     {progress, kernel_load_completed}, {path, ..} and {primLoad, ..} per application, {progress, modules_loaded}, {path, ..},
//     {kernelProcess, ..}.., {progress, init_kernel_started}, {apply, {application, load, ..}}.., {progress, applications_loaded},
//     {apply, {application, start_boot, ..}}.., {apply, {c, erlangrc, []}}, {progress, started}]}
//
// Defined by the manual page script(4) of sasl and lib/sasl/src/systools_make.erl.

import { encodeUtf8 } from '../../bytes/text.js';
import { encodeTerm } from '../../term/etf-encode.js';
import { formatTerm } from '../../term/format.js';
import { atom, isTuple, list, NIL, properList, stringTerm, type Term, tuple } from '../../term/model.js';
import { compareTerms } from '../../term/order.js';
import { applicationSpec, atomList, type Release, type ReleaseApplication } from '../model.js';
import { tagged } from '../release-error.js';
import { joinFolders, type PathVariable, placeBelowVariable } from '../variables.js';
import { MANDATORY_MODULES, otpOfErts, preloadedModules } from './release-tables.js';

/** How a script is made. */
export interface BootOptions {
  /** The release of OTP; that of the `.rel`'s erts by default. */
  readonly otp?: number | undefined;
  /** Leaves out that `.erlang` is run. */
  readonly noDotErlang?: boolean;
  readonly variables?: readonly PathVariable[];
}

/** The oldest and the newest release whose tables are known; others are taken for the nearest of these. */
const OLDEST = 25;
const NEWEST = 29;

/** Returns the release of OTP that counts. */
export function otpOf({ file }: Release, otp: number | undefined): number {
  return Math.min(Math.max(otp ?? otpOfErts(file.erts) ?? NEWEST, OLDEST), NEWEST);
}

/** Builds the script of a release. */
export function buildBootScript(release: Release, options: BootOptions = {}): Term {
  const { applications, file } = release;
  const dirOf = (app: ReleaseApplication) => stringTerm(targetFolder(app, options.variables ?? []));
  const preloaded = preloadedModules(otpOf(release, options.otp));
  const mandatory = applications.filter(({ name }) => name === 'kernel' || name === 'stdlib');
  return tagged(
    'script',
    tuple(stringTerm(file.name), stringTerm(file.vsn)),
    list([
      tagged('preLoaded', atomList(preloaded)),
      progress('preloaded'),
      tagged('path', distinct(mandatory.map(dirOf))),
      tagged('primLoad', atomList(MANDATORY_MODULES)),
      tuple(atom('kernel_load_completed')),
      progress('kernel_load_completed'),
      ...loadModules(applications, dirOf, new Set([...MANDATORY_MODULES, ...preloaded])),
      tagged('path', distinct(applications.map(dirOf))),
      ...kernelProcesses(applications),
      ...loadApplications(applications),
      ...startApplications(applications),
      ...(options.noDotErlang === true ? [] : [tagged('apply', tagged('c', atom('erlangrc'), NIL))]),
      progress('started'),
    ]),
  );
}

/** Formats a script as the text of a `.script`, a step a line. */
export function formatBootScript(script: Term): Uint8Array {
  const [, title, steps] = isTuple(script) ? script.items : [];
  const lines = (properList(steps) ?? []).map((step) => formatTerm(step)).join(',\n  ');
  return encodeUtf8(`%% coding: utf-8\n{script,${title === undefined ? '' : formatTerm(title)},\n [${lines}]}.\n`);
}

/** Encodes a script as the bytes of a `.boot`: those that term_to_binary/1 of the release makes. */
export function encodeBootScript(script: Term, otp: number): Uint8Array {
  return encodeTerm(script, { atoms: otp < 26 ? 'latin1' : 'utf8' });
}

function targetFolder(app: ReleaseApplication, variables: readonly PathVariable[]): string {
  const own = `${app.name}-${app.vsn}`;
  const place = placeBelowVariable(app, variables);
  if (place === undefined) return joinFolders('$ROOT', 'lib', own, 'ebin');
  return joinFolders(`$${place.name}`, ...place.folders, own, 'ebin');
}

function progress(step: string): Term {
  return tagged('progress', atom(step));
}

function distinct(paths: readonly Term[]): Term {
  const known = new Set<string>();
  return list(
    paths.filter((path) => {
      const text = formatTerm(path);
      return !known.has(text) && known.add(text);
    }),
  );
}

function loadModules(
  applications: readonly ReleaseApplication[],
  dirOf: (app: ReleaseApplication) => Term,
  loaded: ReadonlySet<string>,
): readonly Term[] {
  const steps = applications.flatMap((app) => {
    const modules = app.modules.filter((module) => !loaded.has(module)).map(atom);
    return [tagged('path', list([dirOf(app)])), tagged('primLoad', list(modules.sort(compareTerms)))];
  });
  return [...steps, progress('modules_loaded')];
}

function kernelProcesses(applications: readonly ReleaseApplication[]): readonly Term[] {
  const kernel = applications.find(({ name }) => name === 'kernel');
  const step = (name: string, module: string, start: string, args: Term) =>
    tagged('kernelProcess', atom(name), tagged(module, atom(start), args));
  return [
    step('heart', 'heart', 'start', NIL),
    step('logger', 'logger_server', 'start_link', NIL),
    step(
      'application_controller',
      'application_controller',
      'start',
      list(kernel === undefined ? [] : [applicationSpec(kernel)]),
    ),
    progress('init_kernel_started'),
  ];
}

function applyApplication(name: string, ...args: readonly Term[]): Term {
  return tagged('apply', tagged('application', atom(name), list(args)));
}

function loadApplications(applications: readonly ReleaseApplication[]): readonly Term[] {
  const loaded = applications.filter(({ name, type }) => name !== 'kernel' && type !== 'none');
  return [...loaded.map((app) => applyApplication('load', applicationSpec(app))), progress('applications_loaded')];
}

function startApplications(applications: readonly ReleaseApplication[]): readonly Term[] {
  const included = new Set(applications.flatMap(({ includes }) => includes));
  return applications
    .filter(({ name, type }) => !included.has(name) && type !== 'none' && type !== 'load')
    .map(({ name, type }) => applyApplication('start_boot', atom(name), atom(type)));
}
