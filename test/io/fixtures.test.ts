// The archives that OTP made (zip, escript and erl_tar) hold the same files as the folders beside them.

import { describe, expect, it } from 'vitest';
import { type InputFile, openInputs, type SearchOptions } from '../../src/io/input.js';

const BEAMS = new URL('../../beams', import.meta.url).pathname;

async function readFiles(path: string, options: SearchOptions = {}): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for await (const input of openInputs([`${BEAMS}/${path}`], options)) {
    expect(input.kind).toBe('file');
    if (input.kind === 'file') files.push(input);
  }
  return files;
}

/** Files by where they belong and their own name, with their bytes. */
function contents(files: readonly InputFile[]): Map<string, Uint8Array> {
  const entries = files.map(
    ({ path, app, vsn, bytes }) => [`${app ?? ''} ${vsn ?? ''} ${path.split('/').at(-1)}`, bytes] as const,
  );
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('the archives of beams/', () => {
  it('an .ez is the application in it', async () => {
    const files = await readFiles('archives/stock-1.0.0.ez');
    const expected = contents(await readFiles('shop-1/lib/stock-1.0.0'));
    expect(contents(files)).toEqual(expected);
    expect(expected.size).toBe(4);
    expect(files[0]?.path).toBe(`${BEAMS}/archives/stock-1.0.0.ez!/stock-1.0.0/ebin/stock_item.beam`);
  });

  it('a release package is the release in it', async () => {
    const options: SearchOptions = { wanted: ['beam', 'app', 'rel'] };
    const files = await readFiles('archives/shop-1.tar.gz', options);
    const expected = contents(await readFiles('shop-1', options));
    expect(contents(files)).toEqual(expected);
    expect(new Set(files.map(({ release }) => release))).toEqual(new Set(['shop']));
  });

  it('an escript is what it runs', async () => {
    const price = await readFiles('otp25/price.beam');
    const till = await readFiles('shop-1/lib/till-1.0.0');
    expect(contents(await readFiles('archives/price-archive'))).toEqual(contents([...till, ...price]));
    expect(
      contents(await readFiles('archives/price-beam'))
        .values()
        .next().value,
    ).toEqual(price[0]?.bytes);
  });

  it('an escript of source text has nothing to read', async () => {
    for await (const input of openInputs([`${BEAMS}/archives/price-source`])) {
      expect(input.kind === 'fault' && input.error.code).toBe('unsupported');
    }
  });
});
