// Resource files that are broken: each gives a ParseError with its file and place. What is right is in test/otp/apps.test.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../../src/errors.js';
import { readAppFile } from '../../../src/graph/applications/app-file.js';
import { readRelFile } from '../../../src/graph/applications/rel-file.js';
import { beamsFolder } from '../../support/fixtures.js';

const read = (text: string) => readAppFile(Buffer.from(text), 'shop.app');

function faultOf(run: () => unknown): ParseError {
  try {
    run();
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('an .app file', () => {
  it('has defaults for what it does not say', () => {
    expect(read('{application, shop, []}.')).toEqual({
      file: 'shop.app',
      name: 'shop',
      vsn: null,
      description: null,
      modules: [],
      registered: [],
      applications: null,
      included: [],
      optional: [],
      mod: null,
      startPhases: null,
      runtimeDependencies: [],
    });
  });

  it('has runtime dependencies with and without versions', () => {
    const { runtimeDependencies } = read(
      '{application, shop, [{runtime_dependencies, ["ssl-10.0", "a-b", "my-app-1.0", "", x]}]}.',
    );
    expect(runtimeDependencies).toEqual([
      { name: 'ssl', vsn: '10.0' },
      { name: 'a-b', vsn: null },
      { name: 'my-app', vsn: '1.0' },
    ]);
  });

  it('may be Latin-1 where it says so', () => {
    const text = '%% coding: latin-1\n{application, shop, [{description, "caf\xe9"}]}.';
    expect(readAppFile(Buffer.from(text, 'latin1'), 'shop.app').description).toBe('caf\xe9');
    expect(faultOf(() => readAppFile(Buffer.from(text.slice(20), 'latin1'), 'shop.app'))).toMatchObject({ code: 'malformed' });
  });

  it('takes the first of repeated keys', () => {
    expect(read('{application, shop, [{vsn, "1"}, {vsn, 2}]}.').vsn).toBe('1');
  });

  it.each([
    ['{application, shop,\n [{vsn, "1"]}.', { line: 2 }],
    ['', { path: [] }],
    ['{application, shop, []}. {application, shop, []}.', { path: [] }],
    ['{application, shop, [{applications, [kernel, 1]}]}.', { path: ['applications', 'item 2'] }],
    ['{application, shop, [{applications, kernel}]}.', { path: ['applications'] }],
    ['{application, shop, [{modules, [a | b]}]}.', { path: ['modules'] }],
    ['{application, shop, [{vsn, "1", x}]}.', { path: ['vsn'] }],
    ['{application, shop, [{mod, {a}}]}.', { path: ['mod'] }],
  ])('is refused: %s', (text, expected) => {
    const fault = faultOf(() => read(text));
    expect(fault).toMatchObject({ code: 'malformed', file: 'shop.app', ...expected });
  });
});

describe('resource files with any bytes changed', () => {
  const app = readFileSync(join(beamsFolder, 'shop-1/lib/shop-1.0.0/ebin/shop.app'));
  const rel = readFileSync(join(beamsFolder, 'shop-1/releases/1/shop.rel'));
  it.each([
    ['.app', app, readAppFile],
    ['.rel', rel, readRelFile],
  ] as const)('are read or refused: %s', (_type, bytes, reader) => {
    const change = fc.tuple(
      fc.nat(bytes.length - 1),
      fc.constantFrom(...Buffer.from('{}[](),.|"\'%#-<>:$\\\n0aA\xff', 'latin1')),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(bytes.length), (changes, end) => {
        const broken = Buffer.from(bytes);
        for (const [at, byte] of changes) broken[at] = byte;
        for (const text of [broken, broken.subarray(0, end)]) {
          try {
            reader(text, 'x');
          } catch (error) {
            expect(error).toBeInstanceOf(ParseError);
            expect((error as ParseError).file).toBe('x');
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
