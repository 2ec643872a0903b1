// External funs in the literals of a module. Hardly any literal has one; the bytes say so of most without decoding them.

import type { BeamModule } from '../../../beam/module.js';
import type { ExportFun, Term } from '../../../term/model.js';

/** Which literals have external funs in them. */
export interface LiteralFuns {
  /** By literal, 1 where it may have some; undefined where none has. */
  readonly marked: Uint8Array | undefined;
  /** Returns those in a literal, from 0. */
  funsIn(literal: number): readonly ExportFun[];
}

/** Tag of `fun M:F/A` in the external term format; the tag of an atom follows it. */
const EXPORT_TAG = 113;
const ATOM_TAGS: ReadonlySet<number | undefined> = new Set([100, 115, 118, 119]);

/** Looks through the literals of a module. */
export function openLiteralFuns({ literals }: BeamModule): LiteralFuns {
  const known = new Map<number, readonly ExportFun[]>();
  const funsIn = (index: number): readonly ExportFun[] => {
    const found = known.get(index) ?? exportFuns(literals.term(index));
    known.set(index, found);
    return found;
  };
  if (!literals.hasByte(EXPORT_TAG)) return { marked: undefined, funsIn };
  const marked = new Uint8Array(literals.count);
  let any = false;
  for (let index = 0; index < marked.length; index++) {
    if (!mayHaveFun(literals.bytes(index))) continue;
    marked[index] = 1;
    any = true;
  }
  return { marked: any ? marked : undefined, funsIn };
}

function mayHaveFun(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(EXPORT_TAG); at >= 0; at = bytes.indexOf(EXPORT_TAG, at + 1)) {
    if (ATOM_TAGS.has(bytes[at + 1])) return true;
  }
  return false;
}

function exportFuns(root: Term): readonly ExportFun[] {
  const found: ExportFun[] = [];
  const waiting: Term[] = [root];
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    if (typeof term !== 'object') continue;
    if (term.kind === 'export') found.push(term);
    else for (const part of partsOf(term)) waiting.push(part);
  }
  return found;
}

function partsOf(term: Exclude<Term, number | bigint>): readonly Term[] {
  switch (term.kind) {
    case 'tuple':
      return term.items;
    case 'list':
      return [...term.items, term.tail];
    case 'map':
      return term.pairs.flat();
    case 'record':
      return term.fields.map(([, value]) => value);
    default:
      return [];
  }
}
