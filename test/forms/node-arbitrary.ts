// What the arbitraries of forms share: annotations, names, and how a node is made of its fields' arbitraries.
import fc from 'fast-check';
import type { Anno } from '../../src/forms/anno.js';
import type * as types from '../../src/forms/type-model.js';
import { atom, list, stringTerm, tuple } from '../../src/term/model.js';

/** What to generate. */
export interface FormChoices {
  /** The release of the parser: what it can't read is left out. */
  readonly release: number;
  /** Nodes that no source can say are among the rest. */
  readonly odd: boolean;
}

const ATOMS = [
  'a',
  'ok',
  'a@b',
  'é',
  'maybe',
  'else',
  'if',
  'end',
  'Upper',
  '_x',
  'two words',
  "it's",
  '\\',
  '\n',
  '',
  'ω',
  'fun',
];
/** Names of variables. */
export const VARIABLES = ['X', '_', '_Y', 'A@1', 'É', 'Z9_z'];
/** Texts with whatever is awkward in one. */
export const TEXTS = ['', 'text', '"\\\'', '\n\t\u001b', 'é', 'ω😀', '\u200b\u0085', ' ', `${'word '.repeat(30)}\nend`];

const line = fc.nat({ max: 5000 });
/** Annotations of every known shape. */
export const anno: fc.Arbitrary<Anno> = fc.oneof(
  line,
  fc.tuple(line, line).map(([row, column]) => tuple(row, column)),
  line.map((row) => list([tuple(atom('generated'), atom('true')), tuple(atom('location'), row)])),
  line.map((row) => list([tuple(atom('file'), stringTerm('a.hrl')), tuple(atom('location'), tuple(row, 1))])),
);

/** Names of atoms. */
export const atomName = fc.constantFrom(...ATOMS);
/** An arity. */
export const smallArity = fc.nat({ max: 5 });

/** Makes the arbitrary of nodes of one kind. */
export function node<N extends { readonly kind: string; readonly anno: Anno }>(
  kind: N['kind'],
  fields: { readonly [K in Exclude<keyof N, 'kind' | 'anno'>]: fc.Arbitrary<N[K]> },
): fc.Arbitrary<N> {
  return fc.record({ kind: fc.constant(kind), anno, ...fields }) as unknown as fc.Arbitrary<N>;
}

/** Makes the arbitrary of short lists. */
export function few<T>(item: fc.Arbitrary<T>, min = 0, max = 3): fc.Arbitrary<T[]> {
  return fc.array(item, { minLength: min, maxLength: max, size: 'max' });
}

/** An atom. */
export const atomNode = node<types.AtomNode>('atom', { name: atomName });
