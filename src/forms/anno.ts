// What an annotation says. Every node of the abstract format has one, and its shape differs between compilers and transforms:
//   Line                         0 for code that a transform made
//   {Line, Column}               the default since OTP 24
//   [{location, L}, {text, S}, {generated, Bool}, {file, F}, {record, Bool}, {end_location, L}, ...]    in any order, keys unknown too
// Defined by lib/stdlib/src/erl_anno.erl. Annotations are kept as the terms that they are, so nothing is lost.

import { isAtom, isTuple, properList, type Term, textOf } from '../term/model.js';

/** The annotation of a node, as the file has it. */
export type Anno = Term;

/** A place in a source file; both numbers count from 1. */
export interface Location {
  readonly line: number;
  readonly column?: number;
}

/** Returns where the node stands in its source, or undefined where the annotation doesn't say (line 0 says nothing). */
export function locationOf(anno: Anno): Location | undefined {
  const place = annoValue(anno, 'location') ?? anno;
  if (typeof place === 'number') return place > 0 ? { line: place } : undefined;
  if (!isTuple(place, 2)) return undefined;
  const [line, column] = place.items;
  if (typeof line !== 'number' || typeof column !== 'number' || line <= 0) return undefined;
  return { line, column };
}

/** Tells whether the compiler was told that no person wrote this node. */
export function isGenerated(anno: Anno): boolean {
  return isAtom(annoValue(anno, 'generated'), 'true');
}

/** Returns the file that the node comes from where the annotation itself names it; mostly `file` attributes do. */
export function fileOf(anno: Anno): string | undefined {
  return textOf(annoValue(anno, 'file'));
}

function annoValue(anno: Anno, key: string): Term | undefined {
  for (const item of properList(anno) ?? []) {
    if (isTuple(item, 2) && isAtom(item.items[0], key)) return item.items[1];
  }
  return undefined;
}
