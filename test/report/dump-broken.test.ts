// Dumps of broken and hostile files: the fault is told at its place, the rest follows, and nothing steers a terminal.
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeAtoms } from '../../src/beam/chunks/atoms.js';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { ParseError } from '../../src/errors.js';
import type { DumpRow } from '../../src/report/dump/row.js';
import { renderDumpText } from '../../src/report/dump/text.js';
import { buildDump } from '../../src/report/dump.js';
import { dissect, mutate } from '../hostile/mutate.js';
import { seededRandom } from '../hostile/random.js';
import { fixtureBeams, readFixture } from '../support/fixtures.js';

const PLAIN = { bold: (text: string) => text, dim: (text: string) => text };

const good = readBeam(readFixture('otp27/counter.beam'));

function rowsOf(module: BeamModule, id: string, section = 0): readonly DumpRow[] {
  return [...([...buildDump(module, 'x.beam', id).sections][section]?.rows ?? [])];
}

function coverOf(module: BeamModule): Uint8Array {
  const sections = [...buildDump(module, 'x.beam').sections].filter(({ space }) => space === 'file' || space === 'inflated beam');
  return new Uint8Array(Buffer.concat(sections.flatMap(({ rows }) => [...rows].map(({ bytes }) => bytes))));
}

/** A good module with the bytes of one chunk changed. */
function broken(id: string, change: (data: Uint8Array) => Uint8Array): BeamModule {
  return good.withChunk(id, change(new Uint8Array(good.chunk(id)?.data ?? [])));
}

const cutTo = (size: number) => (data: Uint8Array) => data.subarray(0, size);
const set =
  (at: number, ...bytes: readonly number[]) =>
  (data: Uint8Array) => {
    data.set(bytes, at);
    return data;
  };
const instead =
  (...bytes: readonly number[]) =>
  () =>
    new Uint8Array(bytes);

describe('the dump of a broken chunk', () => {
  it.each([
    ['AtU8', cutTo(30), 'error: 51 atoms', 4],
    ['AtU8', cutTo(150), 'error: truncated AtU8 chunk', 0],
    ['Code', set(20, 0xff), 'error: unknown opcode 255', 20],
    ['Code', set(20, 1, 0x67), 'error: no operand has the selector 6', 21],
    ['Code', cutTo(100), 'error: truncated Code chunk', 0],
    ['ImpT', set(0, 0xff, 0xff, 0xff, 0xff), 'error: 4294967295 imports', 4],
    ['Line', set(3, 7), 'error: Line chunk of version 7', 0],
    ['Line', set(20, 0x0b), 'error: line item of tag 3', 20],
    ['Type', set(3, 9), 'error: Type chunk of version 9', 0],
    ['Attr', set(1, 0xff), 'error: unknown tag 255 of a term', 1],
    ['Attr', cutTo(60), 'error: ', 0],
    ['Dbgi', set(7, 0xff), "error: Dbgi chunk doesn't inflate", 6],
    ['Meta', instead(), 'error: truncated Meta chunk', 0],
  ] as const)('%s tells what is wrong at its place (%#)', (id, change, message, place) => {
    const module = broken(id, change);
    const rows = rowsOf(module, id);
    const fault = rows.find(({ meaning }) => meaning.startsWith('error: '));
    expect(fault?.meaning.slice(0, message.length)).toBe(message);
    const base = module.chunk(id)?.offset ?? 0;
    if (place > 0) expect((fault?.offset ?? 0) - base).toBe(place);
    expect(Buffer.from(coverOf(module)).equals(module.bytes)).toBe(true);
  });

  it('goes on with the next literal after a broken one', () => {
    const table = [0, 0, 0, 2, 0, 0, 0, 2, 131, 255, 0, 0, 0, 3, 131, 97, 7];
    const stream = deflateSync(new Uint8Array(table));
    const module = good.withChunk('LitT', new Uint8Array([0, 0, 0, table.length, ...stream]));
    const texts = rowsOf(module, 'LitT', 1).map(({ meaning }) => meaning);
    expect(texts).toContain('error: unknown tag 255 of a term (inflated LitT offset 0x9)');
    expect(texts.at(-1)).toBe('7');
  });

  it('says what is ignored after the end', () => {
    const module = broken('ImpT', (data) => new Uint8Array([...data, 1, 2, 3]));
    const rows = rowsOf(module, 'ImpT');
    expect(rows.map(({ meaning }) => meaning).slice(-3)).toEqual(['3 bytes after the end, ignored', '|...|', 'padding']);
  });

  it('names by their numbers what a broken table held', () => {
    const rows = rowsOf(broken('AtU8', cutTo(30)), 'ImpT');
    expect(rows[3]?.meaning).toBe('import 0: atom 5 (not in its table):atom 2 (not in its table)/4');
  });
});

describe('the dump of a hostile file', () => {
  it('shows control characters as escapes', () => {
    const evil = '\u001b[2J\u009b1m\u202etxt\r\n';
    const atoms = [...good.atoms.names()];
    atoms[1] = evil;
    atoms[2] = '\u0007';
    const module = good
      .withChunk('AtU8', encodeAtoms(atoms, 'short'))
      .withChunk('\u001b[0m', new TextEncoder().encode(evil))
      .withChunk('Line', new Uint8Array([...new Array(19).fill(0), 1, 0, 4, 0x1b, 0x5b, 0x32, 0x4a]));
    const text = [...renderDumpText(buildDump(module, `x${evil}.beam`), PLAIN)].join('');
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
    expect(text).toContain('file 1: \\x1b[2J');
  });

  it('ends soon where terms nest deeply', () => {
    const levels = 20_000;
    const bytes = new Uint8Array(1 + levels * 5).fill(0);
    bytes[0] = 131;
    for (let at = 1; at < bytes.length; at += 5) bytes.set([108, 0, 0, 0, 1], at);
    const rows = rowsOf(good.withChunk('Attr', bytes), 'Attr');
    expect(rows.some(({ meaning }) => meaning.startsWith('error: '))).toBe(true);
  });

  it('holds a row to one line of bounded length', () => {
    const digits = new Uint8Array([131, 111, 0, 0, 0x80, 0, 0, ...new Array(0x8000).fill(0xff)]);
    for (const { meaning } of rowsOf(good.withChunk('Attr', digits), 'Attr')) expect(meaning.length).toBeLessThan(300);
  });
});

describe('dumps of mutated fixtures', () => {
  const specimens = fixtureBeams().map(({ file }) => dissect(file, readFixture(file)));
  it.each([1, 2, 3, 4])('cover each byte once and never throw (seed %i)', (seed) => {
    const random = seededRandom(seed);
    for (let left = 40; left > 0; left--) {
      const { what, bytes } = mutate(specimens, random);
      const module = open(bytes);
      if (module === undefined || module.container.gzipped) continue;
      expect(Buffer.from(coverOf(module)).equals(bytes), what).toBe(true);
    }
  });
});

/** Opens a file whose container is sound. */
function open(bytes: Uint8Array): BeamModule | undefined {
  try {
    return readBeam(bytes);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
