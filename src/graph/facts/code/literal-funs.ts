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

/** Tag of `fun M:F/A` in the external term format; two atoms and an integer follow it. */
const EXPORT_TAG = 113;
const SMALL_INTEGER_TAG = 97;
const INTEGER_TAG = 98;
const LATIN1_ATOM = 100;
const SMALL_LATIN1_ATOM = 115;
const UTF8_ATOM = 118;
const SMALL_UTF8_ATOM = 119;

/** Looks through the literals of a module. */
export function openLiteralFuns({ literals }: BeamModule): LiteralFuns {
  const known = new Map<number, readonly ExportFun[]>();
  const funsIn = (index: number): readonly ExportFun[] => {
    const found = known.get(index) ?? exportFuns(literals.term(index));
    known.set(index, found);
    return found;
  };
  let marked: Uint8Array | undefined;
  literals.eachByte(EXPORT_TAG, (index, table, at) => {
    const arity = table[endOfAtom(table, endOfAtom(table, at + 1))];
    if (arity !== SMALL_INTEGER_TAG && arity !== INTEGER_TAG) return;
    marked ??= new Uint8Array(literals.count);
    marked[index] = 1;
  });
  return { marked, funsIn };
}

/** Returns where an atom ends that begins at `at`; -1 where none does. */
function endOfAtom(bytes: Uint8Array, at: number): number {
  switch (bytes[at]) {
    case SMALL_LATIN1_ATOM:
    case SMALL_UTF8_ATOM:
      return at + 2 + (bytes[at + 1] as number);
    case LATIN1_ATOM:
    case UTF8_ATOM:
      return at + 3 + (((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number));
    default:
      return -1;
  }
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
