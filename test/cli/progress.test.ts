// The bar of a run over many modules, whose readers are told of by a progress made by hand.
import { describe, expect, it } from 'vitest';
import { readShares } from '../../src/cli/read-shares.js';
import { findInputs } from '../../src/io/input.js';
import { beamsFolder } from '../support/fixtures.js';

describe('the progress of reading a program', () => {
  it('reaches all sources, and never goes back', async () => {
    const sources = findInputs([beamsFolder]);
    const reached: number[] = [];
    const progress = { advance: () => {}, stop: () => {}, reach: (count: number) => reached.push(count) };
    await readShares(sources, { mode: 'functions', source: 'code', builtins: false }, { keyFile: undefined, jobs: 1, progress });
    expect(reached).toEqual([...reached].sort((left, right) => left - right));
    expect(reached.at(-1)).toBe(sources.length);
  });
});
