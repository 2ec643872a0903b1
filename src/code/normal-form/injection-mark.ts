// The mark that an injected migration leaves, as far as it takes to see the module without it:
//
//   -beamtool({migration, About}).   or {migration, About, Undo}
//   About   [{format, 1}, {callback, {code_change, 3}}, {renamed, {code_change, 3, 'code_change@user'}}, ...]
//   Undo    [{chunks, [{<<"ExpT">>, _, _, [{At, Length, Bytes}]}, ...]}, ...]
//
// The functions named 'beamtool@...' and the callback are beamtool's, and the author's callback has the other name. Written by
// migrate/inject/marker.ts.

import type { BeamModule } from '../../beam/module.js';
import { decodeLatin1 } from '../../bytes/text.js';
import { isAtom, isBinary, isTuple, properList, type Term } from '../../term/model.js';

/** Returns the author's name of a function, undefined for a function that beamtool injected. */
export type AuthorNames = (name: string, arity: number) => string | undefined;

/** Returns what gives functions their author's names. */
export function authorNames(module: BeamModule): AuthorNames {
  const mark = injectionMark(module);
  if (mark === undefined) return (name) => name;
  const [callback, arityOfCallback] = functionIn(mark, 'callback');
  const [renamed, arityOfRenamed, to] = functionIn(mark, 'renamed');
  return (name, arity) => {
    if (name === to && arity === arityOfRenamed) return renamed;
    const isInjected = name.startsWith('beamtool@') || (name === callback && arity === arityOfCallback);
    return isInjected ? undefined : name;
  };
}

/** Returns the description in the mark that an injected migration leaves, `[{Key, Value}]`; undefined where there is none. */
export function injectionMark(module: BeamModule): readonly Term[] | undefined {
  return properList(injection(module)?.[1]);
}

function injection(module: BeamModule): readonly Term[] | undefined {
  const marks = module.attribute('beamtool').filter((value) => isTuple(value));
  return marks.find(({ items }) => items.length <= 3 && isAtom(items[0], 'migration') && isDescription(items[1]))?.items;
}

/** People may have attributes of that name. */
function isDescription(term: Term | undefined): boolean {
  return valueIn(properList(term) ?? [], 'format') !== undefined;
}

function valueIn(pairs: readonly Term[], key: string): Term | undefined {
  const pair = pairs.find((item) => isTuple(item, 2) && isAtom(item.items[0], key));
  return isTuple(pair) ? pair.items[1] : undefined;
}

/** Returns the callback that the author exports where one is injected in its place, as `name/arity`; undefined where none is, or there is no mark. */
export function ownCallback(module: BeamModule): string | undefined {
  const [, about, undo] = injection(module) ?? [];
  const [name, arity] = functionIn(properList(about) ?? [], 'renamed');
  return name === undefined || !hasOwnExport(undo) ? undefined : `${name}/${arity}`;
}

/** Tells whether the author's callback was exported: then the injected one has its row of ExpT, and else a new one, which undoing takes away. */
function hasOwnExport(undo: Term | undefined): boolean {
  const chunks = properList(valueIn(properList(undo) ?? [], 'chunks')) ?? [];
  const edits = chunks.find(
    (chunk) => isTuple(chunk, 4) && isBinary(chunk.items[0]) && decodeLatin1(chunk.items[0].bytes) === 'ExpT',
  );
  const splices = isTuple(edits) ? (properList(edits.items[3]) ?? []) : [];
  return !splices.some(
    (splice) => isTuple(splice, 3) && isBinary(splice.items[2]) && Number(splice.items[1]) > splice.items[2].bytes.length,
  );
}

function functionIn(mark: readonly Term[], key: string): readonly [name?: string, arity?: number, to?: string] {
  const value = valueIn(mark, key);
  if (!isTuple(value)) return [];
  const [name, arity, to] = value.items;
  if (!isAtom(name) || typeof arity !== 'number') return [];
  return isAtom(to) ? [name.name, arity, to.name] : [name.name, arity];
}
