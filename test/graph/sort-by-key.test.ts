import { expect, it } from 'vitest';
import { sortByKey } from '../../src/graph/sets/sort-by-key.js';

it('sorts by keys that no table could count, such as the arities of a damaged export table', () => {
  const keys = [0x7fffffff, 3, -5, 3, 0];
  expect([...sortByKey(Int32Array.of(0, 1, 2, 3, 4), keys)]).toEqual([2, 4, 1, 3, 0]);
});
