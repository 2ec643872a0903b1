// Functions of `lists` that depend on their arguments alone. Items that aren't known stay as they are wherever they don't decide.

import { atom, isAtom, NIL, stringTerm, type Term, textOf } from '../../../term/model.js';
import { compareTerms, equalTerms } from '../../../term/order.js';
import { itemsOf } from '../list-items.js';
import type { PartialTerm, Splice } from '../partial-term.js';
import { sameValues } from '../same-values.js';
import { isKnownTerm, isPartialTuple, isSplice, isUnknown, listOf, partsOfList } from '../values.js';
import { type Builtin, type Builtins, FAILS, type FoldContext, type Folded, ofList, ofParts } from './builtin.js';
import { ERLANG } from './erlang.js';

const MAX_SEQUENCE = 10_000;

/** Joins lists of which each but the last has a known length. */
function appendAll(lists: readonly PartialTerm[], context: FoldContext): Folded {
  let whole: PartialTerm = NIL;
  for (const list of [...lists].reverse()) {
    const joined = (ERLANG['++/2'] as Builtin)([list, whole], context);
    if (joined === undefined || joined === FAILS) return joined;
    whole = joined;
  }
  return whole;
}

/** Returns the items of a list and of the lists in it; undefined where it isn't known whether one of them is a list. */
function flatten(items: readonly PartialTerm[] | undefined, context: FoldContext): readonly PartialTerm[] | undefined {
  context.spend(items?.length ?? 0);
  const flat = items?.map((item): readonly PartialTerm[] | undefined => {
    if (isUnknown(item)) return undefined;
    if (isSplice(item)) {
      const alternatives = item.alternatives.map((alternative) => flatten(alternative, context));
      return alternatives.includes(undefined) ? undefined : [{ ...item, alternatives: alternatives as Splice['alternatives'] }];
    }
    return typeof item === 'object' && (item.kind === 'list' || item.kind === 'nil')
      ? flatten(partsOfList(item), context)
      : [item];
  });
  return flat === undefined || flat.includes(undefined) ? undefined : (flat as readonly (readonly PartialTerm[])[]).flat();
}

function reverse(items: readonly PartialTerm[]): readonly PartialTerm[] {
  return [...items]
    .reverse()
    .map((item) =>
      isSplice(item) ? { ...item, alternatives: item.alternatives.map((alternative) => reverse(alternative)) } : item,
    );
}

/** Returns the position of the first tuple with that key, -1 for none; undefined where that isn't known. */
function findKey(items: readonly PartialTerm[], key: PartialTerm, place: PartialTerm): number | undefined {
  if (typeof place !== 'number') return undefined;
  for (const [at, item] of items.entries()) {
    if (isUnknown(item)) return undefined;
    const found = isPartialTuple(item) ? item.items[place - 1] : undefined;
    const same = found === undefined ? false : sameValues(found, key);
    if (same === undefined) return undefined;
    if (same) return at;
  }
  return -1;
}

/** Makes a function of a key, its place, other arguments, and a list last. */
function withKey(fold: (items: readonly PartialTerm[], at: number, rest: readonly PartialTerm[]) => Folded): Builtin {
  return (args, { spend }) => {
    const [key, place, ...rest] = args as [PartialTerm, PartialTerm, ...PartialTerm[]];
    const items = itemsOf(rest[0]);
    if (items === undefined) return undefined;
    spend(items.length);
    const at = findKey(items, key, place);
    return at === undefined ? undefined : fold(items, at, rest.slice(1));
  };
}

/** Applies a fun to each item, those of splices among them. */
function mapItems(
  fun: PartialTerm,
  items: readonly PartialTerm[] | undefined,
  context: FoldContext,
): readonly PartialTerm[] | typeof FAILS | undefined {
  if (items === undefined) return undefined;
  const made: PartialTerm[] = [];
  for (const item of items) {
    const value = isSplice(item) ? mapSplice(fun, item, context) : context.apply(fun, [item]);
    if (value === undefined || value === FAILS) return value;
    made.push(value);
  }
  return made;
}

function mapSplice(fun: PartialTerm, splice: Splice, context: FoldContext): Folded {
  const alternatives = splice.alternatives.map((items) => mapItems(fun, items, context));
  if (alternatives.includes(FAILS) || alternatives.includes(undefined)) return undefined;
  return { ...splice, alternatives: alternatives as Splice['alternatives'] };
}

const map: Builtin = ([fun, list], context) => {
  const made = mapItems(fun as PartialTerm, partsOfList(list), context);
  return made === undefined || made === FAILS ? made : listOf(made);
};

/** Keeps the items for which `keep` gives something; undefined where a fun answers what isn't known. */
function choose(keep: (item: PartialTerm, answer: PartialTerm) => readonly PartialTerm[] | undefined): Builtin {
  return ([fun, list], context) => {
    const answers = mapItems(fun as PartialTerm, itemsOf(list), context);
    if (answers === undefined || answers === FAILS) return answers;
    const items = itemsOf(list) ?? [];
    const kept = answers.map((answer, at) => keep(items[at] as PartialTerm, answer));
    return kept.includes(undefined) ? undefined : listOf((kept as readonly (readonly PartialTerm[])[]).flat());
  };
}

function fold(isFromRight: boolean): Builtin {
  return ([fun, start, list], context) => {
    const items = itemsOf(list);
    if (items === undefined) return undefined;
    let value = start as PartialTerm;
    for (const item of isFromRight ? [...items].reverse() : items) {
      const next = context.apply(fun as PartialTerm, [item, value]);
      if (next === undefined || next === FAILS) return next;
      value = next;
    }
    return value;
  };
}

function sorted(items: readonly PartialTerm[], isUnique: boolean): Folded {
  if (!items.every(isKnownTerm)) return undefined;
  const terms = [...(items as readonly Term[])].sort(compareTerms);
  return listOf(isUnique ? terms.filter((term, at) => at === 0 || compareTerms(terms[at - 1] as Term, term) !== 0) : terms);
}

function text(value: PartialTerm): string | undefined {
  if (typeof value === 'number') return String(value);
  if (!isKnownTerm(value)) return undefined;
  return isAtom(value) ? value.name : textOf(value);
}

const isTrue = (answer: PartialTerm): boolean | undefined =>
  !isKnownTerm(answer) ? undefined : isAtom(answer, 'true') ? true : isAtom(answer, 'false') ? false : undefined;

/** Functions by `name/arity`. */
export const LISTS: Builtins = {
  'append/1': ofList((items, _, context) => appendAll(items, context)),
  'append/2': ERLANG['++/2'] as Builtin,
  'subtract/2': ERLANG['--/2'] as Builtin,
  'flatten/1': ([value], context) => {
    const found = flatten(partsOfList(value), context);
    return found === undefined ? undefined : listOf(found);
  },
  'reverse/1': ofParts((parts) => listOf(reverse(parts))),
  'reverse/2': ofParts((parts, [tail]) => listOf(reverse(parts), tail)),
  'map/2': map,
  'foreach/2': (args, context) => {
    const made = map(args, context);
    return made === undefined || made === FAILS ? made : atom('ok');
  },
  'flatmap/2': ([fun, list], context) => {
    const made = mapItems(fun as PartialTerm, itemsOf(list), context);
    return made === undefined || made === FAILS ? made : appendAll(made, context);
  },
  'filter/2': choose((item, answer) => {
    const is = isTrue(answer);
    return is === undefined ? undefined : is ? [item] : [];
  }),
  'filtermap/2': choose((item, answer) => {
    if (isPartialTuple(answer) && answer.items.length === 2)
      return isTrue(answer.items[0] as PartialTerm) ? [answer.items[1] as PartialTerm] : undefined;
    const is = isTrue(answer);
    return is === undefined ? undefined : is ? [item] : [];
  }),
  'foldl/3': fold(false),
  'foldr/3': fold(true),
  'member/2': ([item, list], { spend }) => {
    const items = itemsOf(list);
    spend(items?.length ?? 0);
    const sames = items?.map((other) => sameValues(other, item as PartialTerm));
    if (sames?.includes(true)) return atom('true');
    return sames === undefined || sames.includes(undefined) ? undefined : atom('false');
  },
  'keyfind/3': withKey((items, at) => items[at] ?? atom('false')),
  'keymember/3': withKey((_, at) => atom(at < 0 ? 'false' : 'true')),
  'keydelete/3': withKey((items, at) => listOf(at < 0 ? items : items.toSpliced(at, 1))),
  'keyreplace/4': withKey((items, at, [item]) => listOf(at < 0 ? items : items.with(at, item as PartialTerm))),
  'keystore/4': withKey((items, at, [item]) =>
    listOf(at < 0 ? [...items, item as PartialTerm] : items.with(at, item as PartialTerm)),
  ),
  'seq/2': ([from, to], { spend }) => {
    if (typeof from !== 'number' || typeof to !== 'number' || to - from > MAX_SEQUENCE) return undefined;
    spend(Math.max(0, to - from));
    return to < from - 1 ? FAILS : listOf(Array.from({ length: to - from + 1 }, (_, at) => from + at));
  },
  'duplicate/2': ([count, item], { spend }) => {
    if (typeof count !== 'number' || count > MAX_SEQUENCE) return undefined;
    spend(Math.max(0, count));
    return count < 0 ? FAILS : listOf(Array.from({ length: count }, () => item as PartialTerm));
  },
  'concat/1': ofList((items) => {
    const texts = items.map(text);
    return texts.includes(undefined) ? undefined : texts.join('') === '' ? NIL : stringTerm(texts.join(''));
  }),
  'zip/2': ([left, right], { spend }) => {
    const [ones, others] = [itemsOf(left), itemsOf(right)];
    if (ones === undefined || others === undefined) return undefined;
    spend(ones.length);
    if (ones.length !== others.length) return FAILS;
    return listOf(ones.map((one, at): PartialTerm => ({ kind: 'tuple', items: [one, others[at] as PartialTerm] })));
  },
  'nth/2': ([at, list]) => {
    const items = itemsOf(list);
    return items === undefined || typeof at !== 'number' ? undefined : (items[at - 1] ?? FAILS);
  },
  'last/1': ofList((items) => items.at(-1) ?? FAILS),
  'sort/1': ofList((items) => sorted(items, false)),
  'usort/1': ofList((items) => sorted(items, true)),
  'delete/2': ([item, list], { spend }) => {
    const items = itemsOf(list);
    if (items === undefined) return undefined;
    spend(items.length);
    const sames = items.map((other) => sameValues(other, item as PartialTerm));
    const at = sames.findIndex((same) => same !== false);
    if (at < 0) return list;
    return sames[at] === undefined ? undefined : listOf(items.toSpliced(at, 1));
  },
};

/** Functions of `proplists` by `name/arity`. */
export const PROPLISTS: Builtins = {
  'get_bool/2': ([key, list], context) => {
    const found = property(key, list, atom('false'), context);
    return found === undefined || found === FAILS || !isKnownTerm(found)
      ? undefined
      : atom(isAtom(found, 'true') ? 'true' : 'false');
  },
  'get_value/2': ([key, list], context) => property(key, list, atom('undefined'), context),
  'get_value/3': ([key, list, otherwise], context) => property(key, list, otherwise as PartialTerm, context),
};

function property(
  key: PartialTerm | undefined,
  list: PartialTerm | undefined,
  otherwise: PartialTerm,
  { spend }: FoldContext,
): Folded {
  const items = itemsOf(list);
  if (items === undefined || !isKnownTerm(key as PartialTerm)) return undefined;
  spend(items.length);
  for (const item of items) {
    const same = isUnknown(item) ? undefined : isProperty(item, key as Term);
    if (same === undefined) return undefined;
    if (same) return propertyValue(item, otherwise);
  }
  return otherwise;
}

/** Tells whether an item of a property list is of that key. */
function isProperty(item: PartialTerm, key: Term): boolean | undefined {
  if (isPartialTuple(item) && item.items.length > 0) return sameValues(item.items[0] as PartialTerm, key);
  return isAtom(item as Term) && equalTerms(item as Term, key);
}

function propertyValue(item: PartialTerm, otherwise: PartialTerm): PartialTerm | undefined {
  if (!isPartialTuple(item)) return atom('true');
  return item.items.length === 2 ? item.items[1] : otherwise;
}
