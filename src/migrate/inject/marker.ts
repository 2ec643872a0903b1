// The mark that an injection leaves among the module's attributes: what was injected, and what it takes to undo it.
//
//   {beamtool, [{migration, About, Undo}]}             in Attr
//   -beamtool({migration, About}).                     in the forms of the debug info, which a compiler turns into the same without Undo
//
//   About    [{format, 1}, {sources, [{Md5} | {Md5, Vsn}]}, {identity, Term}, {forms, Md5}, {callback, {F, A}}, {renamed, {F, A, To}}]
//   Undo     [{original, Md5}, {counts, [{Table, Count}]}, {label, Label}, {chunks, [Chunk]}]
//   Chunk    {Id, added} | {Id, Padding, Filler, [{At, Length, Bytes}]}      edits of the contents, in ascending order
//
// Ids, MD5s and bytes are binaries. `label` is that of the renamed function.

import type { BeamModule } from '../../beam/module.js';
import { md5 } from '../../bytes/md5.js';
import { decodeLatin1, encodeUtf8 } from '../../bytes/text.js';
import { ParseError } from '../../errors.js';
import { formToTerm } from '../../forms/form-codec.js';
import { encodeTerm } from '../../term/etf-encode.js';
import { atom, binary, isAtom, isBinary, isTuple, list, properList, type Term, tuple } from '../../term/model.js';
import type { MigrationForms } from '../model.js';
import type { Splice } from './splice.js';

/** The attribute's name. */
export const MARKER_ATTRIBUTE = 'beamtool';

const FORMAT = 1;

/** How to take back what was done to one chunk. */
export type ChunkUndo =
  | { readonly kind: 'added'; readonly id: string }
  | {
      readonly kind: 'changed';
      readonly id: string;
      /** Of the chunk as it was. */
      readonly padding: Uint8Array;
      /** What filled the last block of encrypted contents. */
      readonly filler: Uint8Array;
      readonly splices: readonly Splice[];
    };

/** What it takes to get the original file. */
export interface Undo {
  /** MD5 of the whole original file. */
  readonly original: Uint8Array;
  /** Rows, functions and labels that the module had. */
  readonly counts: ReadonlyMap<string, number>;
  /** Entry of the renamed function. */
  readonly label?: number;
  readonly chunks: readonly ChunkUndo[];
}

/** What a mark says. */
export interface Marker {
  readonly sources: readonly { readonly vsn: Term | undefined; readonly md5: string }[];
  readonly identity: Term;
  readonly callback: { readonly name: string; readonly arity: number };
  readonly renamed?: { readonly name: string; readonly arity: number; readonly to: string };
  /** The part that tells one migration from another. */
  readonly about: Term;
  /** Absent where a compiler made the module from forms that something was injected into. */
  readonly undo?: Undo;
}

/** Returns the mark of a module, undefined where there is none; throws ParseError for one that no version of this tool writes. */
export function readMarker(module: BeamModule): Marker | undefined {
  const value = module.attribute(MARKER_ATTRIBUTE).find(isMarker);
  return value === undefined ? undefined : module.located('Attr', () => markerFromTerm(value));
}

/** Tells whether a value of the attribute is a mark; people may have attributes of that name. */
export function isMarker(value: Term): boolean {
  if (!isTuple(value) || value.items.length < 2 || value.items.length > 3 || !isAtom(value.items[0], 'migration')) return false;
  const about = properList(value.items[1]);
  return about?.some((item) => isTuple(item, 2) && isAtom(item.items[0], 'format')) === true;
}

function refuse(what: string): never {
  throw new ParseError({ code: 'malformed', reason: `the mark of an injection has no ${what} where one must be`, space: 'term' });
}

function markerFromTerm(term: Term): Marker {
  const [, about, undo] = (isTuple(term) ? term.items : []) as readonly [Term, Term?, Term?];
  if (about === undefined) return refuse('description');
  const format = lookUp(about, 'format');
  if (format !== FORMAT) {
    throw new ParseError({
      code: 'unsupported',
      reason: 'the mark of an injection is of another version of beamtool',
      space: 'term',
    });
  }
  const [name, arity] = functionOf(lookUp(about, 'callback'), 2);
  const renamed = lookUp(about, 'renamed');
  const [oldName, oldArity, to] = renamed === undefined ? [] : functionOf(renamed, 3);
  return {
    sources: itemsOf(lookUp(about, 'sources')).map(sourceFromTerm),
    identity: lookUp(about, 'identity') ?? refuse('identity'),
    callback: { name, arity },
    ...(oldName !== undefined && oldArity !== undefined && { renamed: { name: oldName, arity: oldArity, to: to as string } }),
    about,
    ...(undo !== undefined && { undo: undoFromTerm(undo) }),
  };
}

function functionOf(term: Term | undefined, size: 2 | 3): readonly [name: string, arity: number, to: string] {
  if (!isTuple(term, size)) return refuse('function');
  const [name, arity, to] = term.items;
  if (!isAtom(name) || typeof arity !== 'number') return refuse('function');
  return [name.name, arity, isAtom(to) ? to.name : ''];
}

function sourceFromTerm(term: Term): Marker['sources'][number] {
  if (!isTuple(term)) return refuse('source');
  const [digest, vsn] = term.items;
  return { md5: decodeLatin1(bytesOf(digest)), vsn };
}

function undoFromTerm(term: Term): Undo {
  const label = lookUp(term, 'label');
  const counts = itemsOf(lookUp(term, 'counts')).flatMap((pair): readonly (readonly [string, number])[] =>
    isTuple(pair, 2) && isAtom(pair.items[0]) && typeof pair.items[1] === 'number' ? [[pair.items[0].name, pair.items[1]]] : [],
  );
  return {
    original: bytesOf(lookUp(term, 'original')),
    counts: new Map(counts),
    ...(typeof label === 'number' && { label }),
    chunks: itemsOf(lookUp(term, 'chunks')).map(chunkFromTerm),
  };
}

function chunkFromTerm(term: Term): ChunkUndo {
  if (!isTuple(term)) return refuse('chunk');
  const [name, padding, filler, splices] = term.items;
  const id = decodeLatin1(bytesOf(name));
  if (isTuple(term, 2) && isAtom(padding, 'added')) return { kind: 'added', id };
  return {
    kind: 'changed',
    id,
    padding: bytesOf(padding),
    filler: bytesOf(filler),
    splices: itemsOf(splices).map(spliceFromTerm),
  };
}

function spliceFromTerm(term: Term): Splice {
  if (!isTuple(term, 3)) return refuse('edit');
  const [at, length, bytes] = term.items;
  if (typeof at !== 'number' || typeof length !== 'number') return refuse('edit');
  return { at, length, bytes: bytesOf(bytes) };
}

function lookUp(pairs: Term, key: string): Term | undefined {
  for (const pair of itemsOf(pairs)) if (isTuple(pair, 2) && isAtom(pair.items[0], key)) return pair.items[1];
  return undefined;
}

function itemsOf(term: Term | undefined): readonly Term[] {
  return properList(term) ?? refuse('list');
}

function bytesOf(term: Term | undefined): Uint8Array {
  return isBinary(term) ? term.bytes : refuse('binary');
}

/** Returns the part of the mark that says what is injected. */
export function aboutTerm({ functions, renamed, callback, sources, identity }: MigrationForms): Term {
  const forms = md5(encodeTerm(list(functions.map(formToTerm))));
  return list([
    pair('format', FORMAT),
    pair('sources', list(sources.map(({ vsn, md5: digest }) => tuple(text(digest), ...(vsn === undefined ? [] : [vsn]))))),
    pair('identity', identity),
    pair('forms', binary(new Uint8Array(forms))),
    pair('callback', tuple(atom(callback.name), callback.arity)),
    ...(renamed === undefined ? [] : [pair('renamed', tuple(atom(renamed.name), renamed.arity, atom(renamed.to)))]),
  ]);
}

/** Returns the value of the attribute. */
export function markerTerm(about: Term, undo?: Undo): Term {
  return tuple(atom('migration'), about, ...(undo === undefined ? [] : [undoTerm(undo)]));
}

function undoTerm({ original, counts, label, chunks }: Undo): Term {
  return list([
    pair('original', binary(original)),
    pair('counts', list([...counts].map(([name, count]) => pair(name, count)))),
    ...(label === undefined ? [] : [pair('label', label)]),
    pair('chunks', list(chunks.map(chunkTerm))),
  ]);
}

function chunkTerm(undo: ChunkUndo): Term {
  if (undo.kind === 'added') return tuple(text(undo.id), atom('added'));
  const splices = undo.splices.map(({ at, length, bytes }) => tuple(at, length, binary(bytes)));
  return tuple(text(undo.id), binary(undo.padding), binary(undo.filler), list(splices));
}

function pair(key: string, value: Term): Term {
  return tuple(atom(key), value);
}

function text(characters: string): Term {
  return binary(encodeUtf8(characters));
}
