// What reads tables without making rows, against what makes them, on beams of several releases.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { visitEntries } from '../../src/beam/chunks/entries.js';
import { decodeImportColumns } from '../../src/beam/chunks/imports.js';
import { decodeLambdaLabels } from '../../src/beam/chunks/lambdas.js';
import { decodeLineNumbers } from '../../src/beam/chunks/lines.js';
import { decodePairs } from '../../src/beam/chunks/pairs.js';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { Reader } from '../../src/bytes/reader.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import { atom, integer, isAtom, isTuple, list, type Term, tuple } from '../../src/term/model.js';
import { beamsFolder } from '../support/fixtures.js';

const beams = readdirSync(beamsFolder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.beam'));

describe.each(beams)('%s', (name) => {
  const open = (): BeamModule => readBeam(readFileSync(join(beamsFolder, name)), { file: name });

  it('has the same lines, imports, lambdas and exports', () => {
    const module = open();
    const has = (id: string) => module.chunk(id) !== undefined;
    if (has('Line')) expect([...decodeLineNumbers(module.reader('Line'))]).toEqual(module.lines?.items.map((item) => item.line));
    if (has('ImpT')) {
      const rows = module.importRows.flatMap((row) => [row.module, row.name, row.arity]);
      expect([...decodeImportColumns(module.reader('ImpT'))]).toEqual(rows);
    }
    if (has('FunT')) expect([...decodeLambdaLabels(module.reader('FunT'))]).toEqual(module.lambdas.map((row) => row.label));
    const exports: unknown[] = [];
    if (has('ExpT')) {
      visitEntries(module.reader('ExpT'), (index, arity, label) => exports.push({ name: module.atom(index), arity, label }));
    }
    expect(exports).toEqual(module.exports);
  });

  it('has the same pairs of Attr and CInf', () => {
    const module = open();
    for (const [id, keys] of [
      ['Attr', ['behaviour', 'vsn']],
      ['CInf', ['source', 'version']],
    ] as const) {
      if (module.chunk(id) === undefined) continue;
      expect(decodePairs(module.reader(id), new Set(keys))).toEqual(pairsOf(module.term(id), keys));
    }
  });
});

function pairsOf(term: Term | undefined, keys: readonly string[]): readonly unknown[] {
  const items = typeof term === 'object' && term.kind === 'list' ? term.items : [];
  return items.flatMap((item) => {
    const key = isTuple(item, 2) ? item.items[0] : undefined;
    return isTuple(item, 2) && isAtom(key) && keys.includes(key.name) ? [[key.name, item.items[1]]] : [];
  });
}

describe('pairs', () => {
  const read = (term: Term) =>
    decodePairs(new Reader(encodeTerm(term, { atoms: 'utf8' }), { base: 0, space: 'file', what: 'Attr chunk' }), new Set(['a']));

  it('are found among what is none', () => {
    expect(
      read(list([atom('x'), tuple(atom('a'), integer(1n)), tuple(integer(2n), integer(3n)), tuple(atom('a'), atom('b'))])),
    ).toEqual([
      ['a', 1],
      ['a', atom('b')],
    ]);
    expect(read(list([]))).toEqual([]);
    expect(read(atom('a'))).toEqual([]);
  });
});
