// A snapshot: what a later migration needs of builds that are going to be stripped, as JSON.
//
//   {"schema": "beamtool-snapshot/1", "modules": [{"module", "file", "vsn", "md5", "stateRecords", "behaviours", "exports", "forms", "source"}]}
//
// `vsn` (or null) and `forms` are external terms in base64, so nothing of them is lost: the records that the state can hold, the types that
// lead to them, the functions that their defaults call, and the attributes that these depend on. `source` is the same for people. Of a
// module that names no state record all records are kept.

import { decodeBase64, encodeBase64 } from '../bytes/base64.js';
import { asParseError, ParseError, within } from '../errors.js';
import { formsFromTerm, formsToTerm } from '../forms/form-codec.js';
import type { Form, FunctionForm } from '../forms/form-model.js';
import { printForms } from '../forms/print.js';
import { MAX_ATOM_CHARACTERS } from '../limits.js';
import { decodeTerm } from '../term/etf-decode.js';
import { encodeTerm } from '../term/etf-encode.js';
import type { Term } from '../term/model.js';
import { declarationsOf } from './describe-state.js';
import { findCallback } from './kinds.js';
import type { StateDescription } from './model.js';
import { isRefusal } from './refusal.js';
import { snapshotForms } from './snapshot-forms.js';
import { readConversions, readRenames } from './state-attributes.js';

/** One module of a snapshot. */
export interface SnapshotModule {
  readonly module: string;
  readonly file: string;
  /** External term in base64; null where the module has no version. */
  readonly vsn: string | null;
  readonly md5: string;
  readonly stateRecords: readonly string[];
  readonly behaviours: readonly string[];
  readonly exports: readonly string[];
  /** A list of forms as an external term in base64. */
  readonly forms: string;
  /** The same forms as Erlang source. */
  readonly source: string;
}

/** What `records --snapshot` writes. */
export interface Snapshot {
  readonly schema: 'beamtool-snapshot/1';
  readonly modules: readonly SnapshotModule[];
}

/** Builds a snapshot of those modules that may be a process's: with a state record, or with a callback. */
export function buildSnapshot(states: readonly StateDescription[]): Snapshot {
  return { schema: 'beamtool-snapshot/1', modules: states.filter(mayHaveState).map(snapshotModule) };
}

/** Tells whether a snapshot keeps anything of the module. */
export function mayHaveState(state: StateDescription): boolean {
  return state.records.size > 0 && (state.stateRecords.length > 0 || !isRefusal(findCallback(state, undefined)));
}

function snapshotModule(state: StateDescription): SnapshotModule {
  const forms = snapshotForms(state);
  return {
    module: state.module,
    file: state.file,
    vsn: state.vsn === undefined ? null : encodeBase64(encodeTerm(state.vsn)),
    md5: state.md5,
    stateRecords: state.stateRecords,
    behaviours: state.behaviours,
    exports: [...state.exports].sort(),
    forms: encodeBase64(encodeTerm(formsToTerm(forms))),
    source: printForms(forms).text,
  };
}

/** Reads the modules of a parsed snapshot; `file` names it. Throws ParseError for anything that isn't one. */
export function describeSnapshot(json: unknown, file: string): readonly StateDescription[] {
  try {
    const { schema, modules } = objectOf(json, 'snapshot');
    if (schema !== 'beamtool-snapshot/1') return fail('no beamtool-snapshot/1');
    if (!Array.isArray(modules)) return fail('no list of modules');
    return modules.map((module, at) => within(`module ${at + 1}`, () => describeModule(objectOf(module, 'module'), file)));
  } catch (error) {
    const parsed = asParseError(error);
    throw parsed instanceof ParseError ? parsed.inFile(file) : parsed;
  }
}

function describeModule(json: Readonly<Record<string, unknown>>, file: string): StateDescription {
  const module = nameOf(json.module, 'module');
  const forms = within('forms', () => formsFromTerm(termOf(json.forms)));
  const functions = new Map(forms.filter(isFunction).map((form) => [`${form.name}/${form.arity}`, form]));
  const { renames, conversions, ...declared } = { ...declarationsOf(forms), ...stateAttributes(forms) };
  return {
    kind: 'state',
    source: 'snapshot',
    module,
    file: `${file} (${typeof json.file === 'string' ? json.file : module})`,
    vsn: json.vsn === null ? undefined : within('vsn', () => termOf(json.vsn)),
    md5: md5Of(json.md5),
    stateRecords: namesOf(json.stateRecords, 'stateRecords'),
    behaviours: namesOf(json.behaviours, 'behaviours'),
    exports: new Set(stringsOf(json.exports, 'exports')),
    functionForm: (name, arity) => functions.get(`${name}/${arity}`),
    ...{ renames, conversions, ...declared },
  };
}

function stateAttributes(forms: readonly Form[]): Pick<StateDescription, 'renames' | 'conversions'> {
  const values = (name: string): readonly Term[] =>
    forms.flatMap((form) => (form.kind === 'attribute' && form.name === name ? [form.value] : []));
  return { renames: readRenames(values('state_rename')), conversions: readConversions(values('state_convert')) };
}

function isFunction(form: Form): form is FunctionForm {
  return form.kind === 'function';
}

function fail(reason: string): never {
  throw new ParseError({ code: 'malformed', reason, space: 'text' });
}

function objectOf(json: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return fail(`no object where a ${what} must be`);
  return json as Readonly<Record<string, unknown>>;
}

function stringsOf(json: unknown, what: string): readonly string[] {
  if (!Array.isArray(json) || !json.every((item) => typeof item === 'string')) return fail(`${what} is no list of strings`);
  return json;
}

function namesOf(json: unknown, what: string): readonly string[] {
  return stringsOf(json, what).map((name) => nameOf(name, what));
}

function nameOf(json: unknown, what: string): string {
  if (typeof json !== 'string' || [...json].length > MAX_ATOM_CHARACTERS) return fail(`${what} is no name`);
  return json;
}

function md5Of(json: unknown): string {
  return typeof json === 'string' && /^[0-9a-f]{32}$/.test(json) ? json : fail('md5 is no 32 hexadecimal digits');
}

function termOf(json: unknown): Term {
  const bytes = typeof json === 'string' ? decodeBase64(json) : undefined;
  return bytes === undefined ? fail('no base64 where a term must be') : decodeTerm(bytes);
}
