// Functions of `erlang`, operators among them, that depend on their arguments alone.

import { decodeUtf8, encodeUtf8 } from '../../../bytes/text.js';
import { MAX_ATOM_CHARACTERS } from '../../../limits.js';
import { foldOperator, foldPrefix } from '../../../term/fold-operator.js';
import { atom, binary, isAtom, isBinary, isInteger, NIL, stringTerm, type Term, textOf } from '../../../term/model.js';
import { compareTerms } from '../../../term/order.js';
import { itemsOf, splitList } from '../list-items.js';
import type { PartialTerm } from '../partial-term.js';
import { sameValues } from '../same-values.js';
import { lengthOf, sizeOf, TYPE_TESTS } from '../type-tests.js';
import {
  isKnownTerm,
  isNil,
  isPartialList,
  isPartialMap,
  isPartialTuple,
  isUnknown,
  listOf,
  mapValue,
  partsOfList,
} from '../values.js';
import { type Builtin, type Builtins, FAILS, type Folded } from './builtin.js';

const truth = (value: boolean): Term => atom(value ? 'true' : 'false');

function verdict(value: boolean | undefined): Folded {
  return value === undefined ? undefined : truth(value);
}

/** Makes a function of terms that are known. */
function known(fold: (...args: Term[]) => Term | undefined): Builtin {
  return (args, { spend }) => {
    spend(args.length);
    if (!args.every(isKnownTerm)) return undefined;
    return fold(...(args as Term[]));
  };
}

/** Likewise, of one that raises where it gives nothing. */
function strict(fold: (...args: Term[]) => Term | undefined): Builtin {
  const folded = known(fold);
  return (args, context) => {
    const value = folded(args, context);
    return value === undefined && args.every(isKnownTerm) ? FAILS : value;
  };
}

const operators = ['+', '-', '*', '/', 'div', 'rem', 'band', 'bor', 'bxor', 'bsl', 'bsr'];
const orders: Readonly<Record<string, (sign: number) => boolean>> = {
  '<': (sign) => sign < 0,
  '>': (sign) => sign > 0,
  '=<': (sign) => sign <= 0,
  '>=': (sign) => sign >= 0,
  '==': (sign) => sign === 0,
  '/=': (sign) => sign !== 0,
};

function booleanOf(value: PartialTerm | undefined): boolean | undefined {
  if (value === undefined || !isAtom(value as Term)) return undefined;
  return isAtom(value as Term, 'true') ? true : isAtom(value as Term, 'false') ? false : undefined;
}

function nameOf(term: Term): string | undefined {
  return isAtom(term) ? term.name : undefined;
}

function textOfBinary(term: Term | undefined): string | undefined {
  if (!isBinary(term)) return undefined;
  const text = decodeUtf8(term.bytes);
  return text;
}

function atomOf(text: string | undefined): Term | undefined {
  return text !== undefined && [...text].length <= MAX_ATOM_CHARACTERS ? atom(text) : undefined;
}

function integerOf(text: string | undefined): Term | undefined {
  return text !== undefined && /^[+-]?\d{1,15}$/.test(text) ? Number(text) + 0 : undefined;
}

/** Returns the bytes of an iolist of characters below 256; undefined for anything else. */
function bytesOf(term: Term | undefined): readonly number[] | undefined {
  const bytes: number[] = [];
  const waiting: (Term | undefined)[] = [term];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'number' && next >= 0 && next < 256) bytes.push(next);
    else if (isBinary(next)) bytes.push(...next.bytes);
    else if (typeof next === 'object' && next.kind === 'list') waiting.push(next.tail, ...[...next.items].reverse());
    else if (!isNil(next)) return undefined;
  }
  return bytes;
}

function binaryOf(term: Term): Term | undefined {
  const bytes = bytesOf(term);
  return bytes === undefined || typeof term !== 'object' ? undefined : binary(Uint8Array.from(bytes));
}

const append: Builtin = ([left, right], { spend }) => {
  if (left === undefined || right === undefined) return undefined;
  if (isNil(left)) return right;
  const items = partsOfList(left);
  if (items === undefined) return undefined;
  spend(items.length + (isPartialList(right) ? right.items.length : 0));
  return listOf(items, right);
};

const subtract: Builtin = ([left, right], { spend }) => {
  const [items, taken] = [itemsOf(left), itemsOf(right)];
  if (items === undefined || taken === undefined) return undefined;
  spend(items.length * taken.length);
  const rest = [...items];
  for (const one of taken) {
    const sames = rest.map((item) => sameValues(item, one));
    const at = sames.findIndex((same) => same !== false);
    if (at >= 0 && sames[at] === undefined) return undefined;
    if (at >= 0) rest.splice(at, 1);
  }
  return listOf(rest);
};

function element(tuple: PartialTerm | undefined, index: PartialTerm | undefined): PartialTerm | undefined {
  return isPartialTuple(tuple) && typeof index === 'number' ? tuple.items[index - 1] : undefined;
}

const tests = Object.entries(TYPE_TESTS).map(([name, test]): [string, Builtin] => [
  `${name}/1`,
  ([value]) => (value === undefined || isUnknown(value) ? undefined : truth(test(value))),
]);

/** Functions by `name/arity`. */
export const ERLANG: Builtins = {
  ...Object.fromEntries(tests),
  ...Object.fromEntries(
    operators.map((name) => [`${name}/2`, strict((left, right) => foldOperator(name, left as Term, right as Term))]),
  ),
  ...Object.fromEntries(['+', '-', 'bnot'].map((name) => [`${name}/1`, strict((value) => foldPrefix(name, value as Term))])),
  ...Object.fromEntries(
    Object.entries(orders).map(([name, isMet]) => [
      `${name}/2`,
      known((left, right) => truth(isMet(compareTerms(left as Term, right as Term)))),
    ]),
  ),
  '=:=/2': ([left, right]) => verdict(sameValues(left as PartialTerm, right as PartialTerm)),
  '=/=/2': ([left, right]) => {
    const same = sameValues(left as PartialTerm, right as PartialTerm);
    return verdict(same === undefined ? undefined : !same);
  },
  'not/1': ([value]) => {
    const is = booleanOf(value);
    return verdict(is === undefined ? undefined : !is);
  },
  'and/2': ([left, right]) => both(left, right, (one, other) => one && other),
  'or/2': ([left, right]) => both(left, right, (one, other) => one || other),
  'xor/2': ([left, right]) => both(left, right, (one, other) => one !== other),
  '++/2': append,
  '--/2': subtract,
  'append/2': append,
  'subtract/2': subtract,
  'element/2': ([index, value]) =>
    isPartialTuple(value) && typeof index === 'number' ? (element(value, index) ?? FAILS) : undefined,
  'setelement/3': ([index, value, item]) => {
    if (!isPartialTuple(value) || typeof index !== 'number') return undefined;
    if (index < 1 || index > value.items.length) return FAILS;
    return { kind: 'tuple', items: value.items.with(index - 1, item as PartialTerm) };
  },
  'tuple_size/1': ([value]) => sizeOf(value as PartialTerm),
  'size/1': ([value]) => sizeOf(value as PartialTerm),
  'map_size/1': ([value]) => (isPartialMap(value) ? value.pairs.length : undefined),
  'length/1': ([value]) => lengthOf(value as PartialTerm),
  'hd/1': ([value]) => {
    const split = isPartialList(value) ? splitList(value) : undefined;
    return isNil(value) ? FAILS : split !== undefined && 'head' in split ? split.head : undefined;
  },
  'tl/1': ([value], { spend }) => {
    if (isNil(value)) return FAILS;
    if (!isPartialList(value)) return undefined;
    spend(value.items.length);
    const split = splitList(value);
    return 'rest' in split ? split.rest : undefined;
  },
  'map_get/2': ([key, value]) =>
    isPartialMap(value) && isKnownTerm(key as PartialTerm) ? (mapValue(value, key as Term) ?? FAILS) : undefined,
  'is_map_key/2': ([key, value]) =>
    isPartialMap(value) && isKnownTerm(key as PartialTerm) ? truth(mapValue(value, key as Term) !== undefined) : undefined,
  'tuple_to_list/1': ([value], { spend }) => {
    if (!isPartialTuple(value)) return undefined;
    spend(value.items.length);
    return listOf(value.items);
  },
  'list_to_tuple/1': ([value], { spend }) => {
    const items = itemsOf(value);
    spend(items?.length ?? 0);
    return items === undefined ? undefined : { kind: 'tuple', items };
  },
  'max/2': known((left, right) => (compareTerms(left as Term, right as Term) >= 0 ? left : right)),
  'min/2': known((left, right) => (compareTerms(left as Term, right as Term) <= 0 ? left : right)),
  'abs/1': known((value) => (typeof value === 'number' ? Math.abs(value) : undefined)),
  'atom_to_list/1': known((value) => stringOrNil(nameOf(value as Term))),
  'atom_to_binary/1': known((value) => utf8(nameOf(value as Term))),
  'atom_to_binary/2': known((value) => utf8(nameOf(value as Term))),
  'list_to_atom/1': known((value) => atomOf(textOf(value))),
  'list_to_existing_atom/1': known((value) => atomOf(textOf(value))),
  'binary_to_atom/1': known((value) => atomOf(textOfBinary(value))),
  'binary_to_atom/2': known((value, encoding) => (isAtom(encoding, 'utf8') ? atomOf(textOfBinary(value)) : undefined)),
  'binary_to_existing_atom/1': known((value) => atomOf(textOfBinary(value))),
  'binary_to_existing_atom/2': known((value, encoding) => (isAtom(encoding, 'utf8') ? atomOf(textOfBinary(value)) : undefined)),
  'integer_to_list/1': known((value) => (isInteger(value) ? stringTerm(String(value)) : undefined)),
  'integer_to_binary/1': known((value) => (isInteger(value) ? utf8(String(value)) : undefined)),
  'list_to_integer/1': known((value) => integerOf(textOf(value))),
  'binary_to_integer/1': known((value) => integerOf(textOfBinary(value))),
  'list_to_binary/1': known((value) => binaryOf(value as Term)),
  'iolist_to_binary/1': known((value) => binaryOf(value as Term)),
  'binary_to_list/1': known((value) => (isBinary(value) ? (listOf([...value.bytes]) as Term) : undefined)),
};

function stringOrNil(text: string | undefined): Term | undefined {
  return text === undefined ? undefined : text === '' ? NIL : stringTerm(text);
}

function utf8(text: string | undefined): Term | undefined {
  return text === undefined ? undefined : binary(encodeUtf8(text));
}

function both(
  left: PartialTerm | undefined,
  right: PartialTerm | undefined,
  combine: (left: boolean, right: boolean) => boolean,
): Folded {
  const [one, other] = [booleanOf(left), booleanOf(right)];
  return one === undefined || other === undefined ? undefined : truth(combine(one, other));
}
