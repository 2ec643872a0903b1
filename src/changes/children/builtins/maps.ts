// Functions of `maps` that depend on their arguments alone.

import { atom, map as mapTerm, type Term } from '../../../term/model.js';
import { equalTerms, sortedPairs } from '../../../term/order.js';
import { itemsOf } from '../list-items.js';
import type { PartialMap, PartialTerm } from '../partial-term.js';
import { isKnownTerm, isPartialMap, isPartialTuple, listOf, mapValue, withPair } from '../values.js';
import { type Builtin, type Builtins, FAILS, type FoldContext, type Folded } from './builtin.js';

/** Makes a function of a key and a map. */
function ofKey(fold: (key: Term, map: PartialMap, rest: readonly PartialTerm[]) => Folded): Builtin {
  return (args, { spend }) => {
    const [key, map] = [args[0], args.at(-1)];
    if (key === undefined || !isKnownTerm(key) || !isPartialMap(map)) return undefined;
    spend(map.pairs.length);
    return fold(key, map, args.slice(1, -1));
  };
}

function merge([left, right]: readonly PartialTerm[], { spend }: FoldContext): Folded {
  if (!isPartialMap(left) || !isPartialMap(right)) return undefined;
  spend(left.pairs.length * right.pairs.length + right.pairs.length);
  return right.pairs.reduce((made, [key, value]) => withPair(made, key, value), left);
}

/** Makes a function of the pairs of a map, in the order of their keys. */
function ofPairs(fold: (pairs: PartialMap['pairs']) => Folded): Builtin {
  return ([map], { spend }) => {
    if (!isPartialMap(map)) return undefined;
    spend(map.pairs.length);
    return fold(sortedPairs(map as Parameters<typeof sortedPairs>[0]) as PartialMap['pairs']);
  };
}

/** Functions by `name/arity`. */
export const MAPS: Builtins = {
  'new/0': () => mapTerm([]),
  'get/2': ofKey((key, map) => mapValue(map, key) ?? FAILS),
  'get/3': ([key, map, otherwise], { spend }) => {
    if (!isKnownTerm(key as PartialTerm) || !isPartialMap(map)) return undefined;
    spend(map.pairs.length);
    return mapValue(map, key as Term) ?? otherwise;
  },
  'find/2': ofKey((key, map) => {
    const value = mapValue(map, key);
    return value === undefined ? atom('error') : { kind: 'tuple', items: [atom('ok'), value] };
  }),
  'is_key/2': ofKey((key, map) => atom(mapValue(map, key) === undefined ? 'false' : 'true')),
  'put/3': ofKey((key, map, [value]) => withPair(map, key, value as PartialTerm)),
  'update/3': ofKey((key, map, [value]) => (mapValue(map, key) === undefined ? FAILS : withPair(map, key, value as PartialTerm))),
  'remove/2': ofKey((key, map) => without(map, [key])),
  'without/2': ([keys, map], { spend }) => {
    const items = itemsOf(keys);
    if (items === undefined || !items.every(isKnownTerm) || !isPartialMap(map)) return undefined;
    spend(items.length * map.pairs.length);
    return without(map, items as readonly Term[]);
  },
  'merge/2': merge,
  'keys/1': ofPairs((pairs) => listOf(pairs.map(([key]) => key))),
  'values/1': ofPairs((pairs) => listOf(pairs.map(([, value]) => value))),
  'to_list/1': ofPairs((pairs) => listOf(pairs.map(([key, value]): PartialTerm => ({ kind: 'tuple', items: [key, value] })))),
  'size/1': ofPairs((pairs) => pairs.length),
  'from_list/1': ([list], { spend }) => {
    const items = itemsOf(list);
    if (items === undefined) return undefined;
    spend(items.length * items.length);
    let made: PartialMap = { kind: 'map', pairs: [] };
    for (const item of items) {
      const [key, value] = isPartialTuple(item) && item.items.length === 2 ? item.items : [];
      if (key === undefined || value === undefined || !isKnownTerm(key)) return undefined;
      made = withPair(made, key, value);
    }
    return made;
  },
};

function without({ pairs }: PartialMap, keys: readonly Term[]): PartialMap {
  return { kind: 'map', pairs: pairs.filter(([key]) => !keys.some((one) => equalTerms(one, key))) };
}
