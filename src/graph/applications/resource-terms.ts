// Shapes of the terms in application resource files (.app) and release resource files (.rel): lists of atoms, texts, pairs by key. What has
// another shape is a ParseError `malformed` with the path to it.

import { ParseError, within } from '../../errors.js';
import { isAtom, isTuple, properList, type Term, textOf } from '../../term/model.js';
import { parseTerms } from '../../term/parse.js';
import { decodeSource } from '../../term/parse-source.js';

/** Reads the one term of a resource file as file:consult does; throws ParseError with file, line and column. */
export function readResourceTerm(bytes: Uint8Array, file: string): Term {
  const terms = parseTerms(decodeSource(bytes, { file }), { file });
  const [term] = terms;
  if (term === undefined || terms.length > 1) throw badShape(`one term expected, and there are ${terms.length}`);
  return term;
}

/** Returns a fault of a term's shape. */
export function badShape(reason: string): ParseError {
  return new ParseError({ code: 'malformed', reason });
}

/** Runs `read` with the value of a key in a list of pairs, the first where there are several; undefined where there is none. */
export function readKey<T>(pairs: readonly Term[], key: string, read: (value: Term) => T): T | undefined {
  const value = pairs.find((pair) => isTuple(pair) && isAtom(pair.items[0], key));
  if (value === undefined) return undefined;
  return within(key, () => {
    if (!isTuple(value, 2)) throw badShape('not a pair');
    return read(value.items[1] as Term);
  });
}

/** Returns the items of a list, each read by `read`. */
export function readItems<T>(term: Term, read: (item: Term) => T): readonly T[] {
  const items = properList(term);
  if (items === undefined) throw badShape('not a list');
  return items.map((item, at) => within(`item ${at + 1}`, () => read(item)));
}

/** Returns the name of an atom. */
export function readAtom(term: Term | undefined): string {
  if (!isAtom(term)) throw badShape('not an atom');
  return term.name;
}

/** Returns the text of a string. */
export function readText(term: Term | undefined): string {
  const text = textOf(term);
  if (text === undefined) throw badShape('not a string');
  return text;
}

/** Returns the items of a tuple of that size whose first is the atom `tag`. */
export function readTagged(term: Term | undefined, tag: string, size: number): readonly Term[] {
  if (!isTuple(term, size) || !isAtom(term.items[0], tag)) throw badShape(`not {${[tag, ...PARTS.slice(1, size)].join(', ')}}`);
  return term.items;
}

const PARTS = ['', '_', '_', '_'];
