// The edits of a module's encoded forms, after which the real compiler makes of them what was injected: the user's function under its new
// name, attributes after `-module`, and the generated functions before the end. Nothing else is decoded, and nothing else changes.

import { indicesOf } from '../../bytes/compare.js';
import { encodeUtf8 } from '../../bytes/text.js';
import { UsageError } from '../../errors.js';
import { formToTerm } from '../../forms/form-codec.js';
import { FormCursor } from '../../graph/facts/abstract/form-cursor.js';
import { encodeTerm } from '../../term/etf-encode.js';
import { atom, list, type Term, tuple } from '../../term/model.js';
import type { MigrationForms } from '../model.js';
import { MARKER_ATTRIBUTE } from './marker.js';
import type { OpenForms } from './open-forms.js';
import { atomSplice, type FunctionName, type NamePlaces, openNamePlaces } from './rename-splices.js';
import { type Splice, sortSplices, u32Splice } from './splice.js';

/** What one pass over the forms finds. */
interface FormPlaces {
  /** Index of each atom that names the user's function. */
  readonly names: readonly number[];
  readonly count: number;
  /** Where attributes and functions are put. */
  readonly head: number;
  readonly end: number;
  /** Whether an `-export` names the callback. */
  readonly isExported: boolean;
  /** `name/arity` of the functions. */
  readonly functions: ReadonlySet<string>;
  readonly atoms: 'latin1' | 'utf8';
}

/** Returns the edits, in ascending order, of the contents that hold the forms; `marker` is the value of the attribute. */
export function formSplices(forms: OpenForms, migration: MigrationForms, marker: Term): readonly Splice[] {
  const { plain } = forms.body;
  const places = findPlaces(forms, migration.callback);
  const { renamed } = migration;
  refuseDefined(places, migration);
  const attributes = newAttributes(places, migration, marker);
  const functions = migration.functions.map(formToTerm);
  const encode = (terms: readonly Term[]) => terms.map((term) => encodeTerm(term, { atoms: places.atoms }).subarray(1));
  return sortSplices([
    u32Splice(forms.start + 1, places.count + attributes.length + functions.length),
    ...encode(attributes).map((bytes) => ({ at: places.head, length: 0, bytes })),
    ...(renamed === undefined ? [] : places.names.map((at) => atomSplice(plain, at, renamed.to))),
    ...encode(functions).map((bytes) => ({ at: places.end, length: 0, bytes })),
  ]);
}

function refuseDefined({ functions }: FormPlaces, { renamed, callback, functions: added }: MigrationForms): void {
  for (const { name, arity } of added) {
    const isCallback = name === callback.name && arity === callback.arity;
    if (functions.has(`${name}/${arity}`) && !(isCallback && renamed !== undefined)) {
      throw new UsageError(`the debug info has a function ${name}/${arity} already`);
    }
  }
}

function newAttributes(
  { isExported, functions }: FormPlaces,
  { callback, renamed }: MigrationForms,
  marker: Term,
): readonly Term[] {
  const attribute = (name: string, value: Term) => tuple(atom('attribute'), 0, atom(name), value);
  const functionTerm = (name: string, arity: number) => tuple(atom(name), arity);
  // The compiler refuses to say nothing of a function that isn't there.
  const isRenamed = renamed !== undefined && functions.has(`${renamed.name}/${renamed.arity}`);
  const unused = isRenamed && tuple(atom('nowarn_unused_function'), list([functionTerm(renamed.to, renamed.arity)]));
  return [
    ...(isExported ? [] : [attribute('export', list([functionTerm(callback.name, callback.arity)]))]),
    ...(unused === false ? [] : [attribute('compile', unused)]),
    attribute(MARKER_ATTRIBUTE, marker),
  ];
}

/** Goes over the forms once. */
function findPlaces({ body, start }: OpenForms, callback: FunctionName): FormPlaces {
  const { plain, origin } = body;
  const cursor = new FormCursor(plain, origin, start);
  const names = openNamePlaces(plain, origin, callback);
  const found: number[] = [];
  const functions = new Set<string>();
  // Most forms don't have the name's bytes in them, and needn't be looked through.
  const mentions = indicesOf(plain, encodeUtf8(callback.name));
  let mention = 0;
  const places = { head: 0, end: 0, isExported: false };
  if (!cursor.atList) cursor.fail('malformed', 'forms that are no list');
  const count = cursor.enterList();
  for (let at = 0; at < count; at++) {
    const form = cursor.pos;
    cursor.skip();
    const next = cursor.pos;
    while ((mentions[mention] ?? next) < form) mention++;
    const isNamed = (mentions[mention] ?? next) < next;
    const visit: FormVisit = { cursor, names, callback, form, next, isNamed, found, functions, places };
    cursor.pos = form;
    visitForm(visit);
    cursor.pos = next;
  }
  if (places.end === 0) places.end = cursor.pos;
  if (places.head === 0) cursor.fail('malformed', 'forms without a -module', start);
  cursor.leaveList(count);
  if (cursor.pos < plain.length) found.push(...names.inLists(cursor.pos));
  return { names: found, count, functions, atoms: atomStyle(plain), ...places };
}

interface FormVisit {
  readonly cursor: FormCursor;
  readonly names: NamePlaces;
  readonly callback: FunctionName;
  readonly form: number;
  readonly next: number;
  /** Whether the name is in the form. */
  readonly isNamed: boolean;
  readonly found: number[];
  readonly functions: Set<string>;
  readonly places: { head: number; end: number; isExported: boolean };
}

function visitForm(visit: FormVisit): void {
  const { cursor, places, form } = visit;
  const size = cursor.enterTuple();
  const tag = size > 0 ? cursor.atom() : undefined;
  if (tag === 'eof' && size === 2 && places.end === 0) places.end = form;
  if (tag === undefined || (tag !== 'function' && tag !== 'attribute')) return;
  cursor.skip();
  if (tag === 'function' && size === 5) visitFunction(visit);
  if (tag === 'attribute' && size === 4) visitAttribute(visit);
}

function visitFunction({ cursor, names, callback, form, isNamed, found, functions }: FormVisit): void {
  const at = cursor.pos;
  const name = cursor.atom();
  const arity = cursor.integer();
  functions.add(`${name}/${arity}`);
  if (!isNamed) return;
  if (name === callback.name && arity === callback.arity) found.push(at);
  found.push(...names.inExpressions(form));
}

function visitAttribute({ cursor, names, form, next, isNamed, found, places }: FormVisit): void {
  const name = cursor.atom();
  const value = cursor.pos;
  if (name === 'module') places.head = next;
  if (!isNamed) return;
  switch (name) {
    case 'export':
      places.isExported ||= names.inLists(value).length > 0;
      break;
    case 'record':
    case 'native_record':
      found.push(...names.inExpressions(form));
      break;
    case 'spec':
      found.push(...names.inTarget(value));
      break;
    case 'dialyzer':
    case 'compile':
      found.push(...names.inLists(value));
      break;
    case 'nifs':
      if (names.inLists(value).length > 0) throw new UsageError('the callback is a NIF, which is known by its name');
  }
}

/** Returns how the encoder wrote the first atom, which begins the outermost tuple. */
function atomStyle(plain: Uint8Array): 'latin1' | 'utf8' {
  return plain[2] === 100 ? 'latin1' : 'utf8';
}
