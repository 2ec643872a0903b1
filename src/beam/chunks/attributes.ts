// `Attr`: the module's attributes, one external term `[{Name, [Value]}]`. A name may stand more than once; beam_lib sorts by name and
// joins the values. Defined by lib/compiler/src/beam_asm.erl and lib/stdlib/src/beam_lib.erl (attributes/1).

import { type Atom, isAtom, isTuple, properList, type Term } from '../../term/model.js';

/** The values of one attribute, in the order of the file. */
export interface Attribute {
  readonly name: string;
  readonly values: readonly Term[];
}

/** Returns the attributes merged and sorted by name, as `beam_lib:chunks(_, [attributes])` gives them; what isn't a pair is left out. */
export function attributesFromTerm(term: Term): readonly Attribute[] {
  const merged = new Map<string, Term[]>();
  for (const item of properList(term) ?? []) {
    if (!isTuple(item, 2) || !isAtom(item.items[0])) continue;
    const [name, value] = item.items as readonly [Atom, Term];
    const values = merged.get(name.name) ?? [];
    values.push(...(properList(value) ?? [value]));
    merged.set(name.name, values);
  }
  return [...merged].map(([name, values]) => ({ name, values })).sort((left, right) => compareAtoms(left.name, right.name));
}

/** Atoms order by code points; JS compares UTF-16 units, which differs above U+FFFF. */
function compareAtoms(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  for (let at = 0; at < a.length && at < b.length; at++) {
    const difference = (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
