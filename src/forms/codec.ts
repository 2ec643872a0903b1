// Both directions between terms and nodes from one description. A codec reads a term and writes it back; the combinators below make the
// codec of a node from those of its parts, in the order of the format's tuple, so reading and writing can't disagree. The tables are in
// expression-codec.ts, type-codec.ts and form-codec.ts.

import { asParseError, ParseError } from '../errors.js';
import { MAX_FORM_DEPTH } from '../limits.js';
import { type Atom, atom, isAtom, isTuple, list, properList, type Term, tuple } from '../term/model.js';
import { type Anno, locationOf } from './anno.js';

/** Reads and writes values of one kind. `depth` counts the nodes around the term; `read` throws ParseError. */
export interface Codec<T> {
  read(term: Term, depth: number): T;
  write(value: T): Term;
}

/** What all nodes have. */
export interface AnyNode {
  readonly kind: string;
  readonly anno: Anno;
}

/** The codec of one shape of node: `{Tag, Anno, Field...}`. */
export interface Shape<N extends AnyNode = AnyNode> extends Codec<N> {
  readonly kind: N['kind'];
  readonly tag: string;
  /** Of the whole tuple. */
  readonly size: number;
}

/** A codec for each field of a node, in the order of the tuple. */
export type FieldCodecs<N extends AnyNode> = { readonly [K in Exclude<keyof N, 'kind' | 'anno'>]-?: Codec<N[K]> };

/** Throws ParseError `malformed` for a term that isn't `expected`. */
export function refuse(expected: string): never {
  throw new ParseError({ code: 'malformed', reason: `no ${expected} where one must be`, space: 'term' });
}

/** Makes the shape `{Tag, Anno, Field...}`; the tag is the kind unless it is given. */
export function shape<N extends AnyNode>(kind: N['kind'], fields: FieldCodecs<N>, tag: string = kind): Shape<N> {
  const codecs = Object.entries(fields) as readonly (readonly [string, Codec<unknown>])[];
  const size = codecs.length + 2;
  const tagAtom = atom(tag);
  return { kind, tag, size, read, write };

  function read(term: Term, depth: number): N {
    if (!isTuple(term, size) || !isAtom(term.items[0], tag)) return refuse(`{${tag}, ...} of ${size} elements`);
    const node: Record<string, unknown> = { kind, anno: term.items[1] };
    let at = 2;
    for (const [name, codec] of codecs) node[name] = codec.read(term.items[at++] as Term, depth);
    // Each field was read by the codec that FieldCodecs<N> demands for it.
    return node as unknown as N;
  }

  function write(node: N): Term {
    const items: Term[] = [tagAtom, node.anno];
    for (const [name, codec] of codecs) items.push(codec.write(node[name as keyof N]));
    return { kind: 'tuple', items };
  }
}

/**
 * Makes the codec of any of these shapes: reads by tag and size, writes by kind. `what` names them in errors. Each level of nodes passes
 * here, so this is where the depth is counted.
 */
export function anyOf<N extends AnyNode>(what: string, shapes: () => readonly Shape[]): Codec<N> {
  let tables: ShapeTables | undefined;
  return { read, write };

  function find(): ShapeTables {
    // Made at the first use: shapes refer to each other.
    tables ??= tablesOf(shapes());
    return tables;
  }

  function read(term: Term, depth: number): N {
    checkDepth(depth);
    if (!isTuple(term) || !isAtom(term.items[0])) return refuse(what);
    const found = find().byTag.get(term.items[0].name)?.[term.items.length];
    if (found === undefined) return failUnknown(what, term.items[0].name, term.items);
    return found.read(term, depth + 1) as N;
  }

  function write(node: N): Term {
    return (find().byKind.get(node.kind) as Shape).write(node);
  }
}

interface ShapeTables {
  /** By tag, then by the size of the tuple. */
  readonly byTag: ReadonlyMap<string, readonly (Shape | undefined)[]>;
  readonly byKind: ReadonlyMap<string, Shape>;
}

function tablesOf(shapes: readonly Shape[]): ShapeTables {
  const byTag = new Map<string, Shape[]>();
  for (const item of shapes) {
    const sizes = byTag.get(item.tag) ?? [];
    sizes[item.size] = item;
    byTag.set(item.tag, sizes);
  }
  return { byTag, byKind: new Map(shapes.map((item) => [item.kind, item])) };
}

/** Throws ParseError `limit` for nodes that are nested too deeply. */
export function checkDepth(depth: number): void {
  if (depth > MAX_FORM_DEPTH) failDepth();
}

function failDepth(): never {
  throw new ParseError({ code: 'limit', reason: `nested more than ${MAX_FORM_DEPTH} deep`, space: 'term' });
}

function failUnknown(what: string, tag: string, items: readonly Term[]): never {
  const { line } = locationOf(items[1] ?? 0) ?? {};
  const place = line === undefined ? '' : ` of line ${line}`;
  throw new ParseError({
    code: 'unsupported',
    reason: `unknown ${what} {${tag}, ...} of ${items.length} elements${place}`,
    space: 'term',
  });
}

/** Levels of nodes that the path of an error names; a line says more than a path that is longer. */
const PATH_LEVELS = 8;

/** Makes the codec of a proper list. `label` names an item in the path of errors, with its number counted from 1. */
export function listOf<T>(item: Codec<T>, label: string): Codec<readonly T[]> {
  return {
    read: (term, depth) => {
      const items = properList(term) ?? refuse(`list (of ${label}s)`);
      const values: T[] = [];
      for (let at = 0; at < items.length; at++) {
        try {
          values.push(item.read(items[at] as Term, depth));
        } catch (error) {
          throw asParseError(error, depth < PATH_LEVELS ? `${label} ${at + 1}` : undefined);
        }
      }
      return values;
    },
    write: (values) => list(values.map(item.write)),
  };
}

/** Makes the codec of a tuple or list of fixed length whose parts are the fields of an object without kind. */
export function parts<T extends object>(
  container: 'tuple' | 'list',
  fields: { readonly [K in keyof T]-?: Codec<T[K]> },
): Codec<T> {
  const codecs = Object.entries(fields) as readonly (readonly [string, Codec<unknown>])[];
  return {
    read: (term, depth) => {
      const items = container === 'list' ? properList(term) : isTuple(term) ? term.items : undefined;
      if (items?.length !== codecs.length) return refuse(`${container} of ${codecs.length} elements`);
      return Object.fromEntries(codecs.map(([name, codec], at) => [name, codec.read(items[at] as Term, depth)])) as T;
    },
    write: (value) => {
      const items = codecs.map(([name, codec]) => codec.write(value[name as keyof T]));
      return container === 'list' ? list(items) : tuple(...items);
    },
  };
}

/** Makes the codec of a constant atom, or of what `other` reads. */
export function constantOr<const C extends string, T extends object>(constant: C, other: Codec<T>): Codec<C | T> {
  return {
    read: (term, depth) => (isAtom(term, constant) ? constant : other.read(term, depth)),
    write: (value) => (value === constant ? atom(constant) : other.write(value as T)),
  };
}

/** An atom, as its name. */
export const atomName: Codec<string> = {
  read: (term) => (isAtom(term) ? term.name : refuse('atom')),
  write: (name): Atom => atom(name),
};

/** An integer of at most 2^53-1, such as an arity. */
export const smallInteger: Codec<number> = {
  read: (term) => (typeof term === 'number' ? term : refuse('small integer')),
  write: (value) => value,
};

/** A term as it is. */
export const anyTerm: Codec<Term> = { read: (term) => term, write: (term) => term };
