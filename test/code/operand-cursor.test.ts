import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TAG_A, TAG_F, TAG_X } from '../../src/beam/compact-term.js';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { Reader } from '../../src/bytes/reader.js';
import { Writer } from '../../src/bytes/writer.js';
import { OperandCursor } from '../../src/code/operand-cursor.js';
import { CodeScanner, KIND_LIST } from '../../src/code/scanner.js';
import { ParseError } from '../../src/errors.js';
import { beamsFolder } from '../support/fixtures.js';
import { madeModule, make, o } from './made-module.js';

const beams = readdirSync(beamsFolder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.beam'));

/** Opcodes, and with `read` each operand. */
function walk(module: BeamModule, read: boolean): readonly number[] {
  const cursor = new OperandCursor(module.reader('Code'));
  const seen: number[] = [];
  while (cursor.next()) {
    seen.push(cursor.op);
    if (!read) cursor.skip(cursor.arity);
    else for (let left = cursor.arity; left > 0; left--) left += readInto(cursor, seen);
  }
  return seen;
}

function readInto(cursor: OperandCursor, seen: number[]): number {
  cursor.read();
  seen.push(cursor.kind, cursor.value);
  return cursor.kind === KIND_LIST ? cursor.value : 0;
}

function scan(module: BeamModule, read: boolean): readonly number[] {
  const scanner = new CodeScanner(module.reader('Code'));
  const seen: number[] = [];
  while (scanner.next()) {
    seen.push(scanner.op);
    for (let at = 0; read && at < scanner.size; at++) seen.push(scanner.kinds[at] as number, scanner.values[at] as number);
  }
  return seen;
}

describe('the cursor', () => {
  it.each(beams)('passes over and reads the instructions of %s', (name) => {
    const module = readBeam(readFileSync(join(beamsFolder, name)), { file: name });
    for (const read of [false, true]) expect(walk(module, read)).toEqual(scan(module, read));
  });

  it.each(beams)('passes over all but some instructions of %s', (name) => {
    const module = readBeam(readFileSync(join(beamsFolder, name)), { file: name });
    const wanted = Uint8Array.from({ length: 256 }, (_, opcode) => (opcode % 5 === 0 ? 1 : 0));
    const cursor = new OperandCursor(module.reader('Code'));
    const seen: number[] = [];
    for (; cursor.nextOf(wanted); cursor.skip(cursor.arity)) seen.push(cursor.op);
    expect(seen).toEqual(walk(module, false).filter((opcode) => wanted[opcode] === 1));
  });

  it('reads some operands and skips others, long and short', () => {
    const body = [
      make('select_val', o.typed(o.x(3), 2000), o.label(5), o.list(o.i(2n ** 300n), o.label(70), o.atom('a'), o.label(3))),
    ];
    const cursor = new OperandCursor(readBeam(madeModule({ body })).reader('Code'));
    for (let at = 0; at < 4; at++) cursor.next() && cursor.skip(cursor.arity);
    cursor.next();
    cursor.read();
    expect([cursor.kind, cursor.value]).toEqual([TAG_X, 3]);
    cursor.skip(1);
    cursor.read();
    expect([cursor.kind, cursor.value]).toEqual([KIND_LIST, 4]);
    cursor.skip(1);
    cursor.read();
    expect([cursor.kind, cursor.value]).toEqual([TAG_F, 70]);
    cursor.read();
    expect(cursor.kind).toBe(TAG_A);
    cursor.skip(1);
    expect(cursor.next() && cursor.op).toBe(19);
  });

  it('notes the literals that are marked', () => {
    const body = [
      make('move', o.literal(1), o.x(0)),
      make('move', o.literal(2), o.x(0)),
      make('put_tuple2', o.x(0), o.list(o.literal(1), o.literal(3), o.literal(300))),
    ];
    const cursor = new OperandCursor(readBeam(madeModule({ body })).reader('Code'), Uint8Array.of(0, 1, 0, 1));
    while (cursor.next()) cursor.skip(cursor.arity);
    expect(cursor.seen).toEqual([1, 1, 3]);
  });
});

describe('hostile code', () => {
  const header = [16, 0, 191, 1, 1].flatMap((word) => [0, 0, 0, word]);
  const cases: readonly (readonly [string, readonly number[]])[] = [
    ['ends in an operand', [64, 0x18]],
    ['ends before int_code_end', [19]],
    ['has an opcode that there is not', [255]],
    ['has a list longer than itself', [59, 3, 5, 0x17, 0xe8, 0xff, 3]],
    ['has lists in lists', [59, 3, 5, ...Array.from({ length: 4000 }, () => [0x17, 0xe8, 0xff]).flat()]],
    ['has typed registers of typed registers', [64, ...new Array(50_000).fill(0x57)]],
    ['has a number as long as there is no other', [64, 0xf8, 0xf8]],
    ['has an operand of a kind that there is not', [64, 0xb7, 3]],
  ];

  it.each(cases)('%s', (_, bytes) => {
    const data = new Writer().bytes(header).bytes(bytes).finish();
    for (const read of [false, true]) {
      const walkAll = () => {
        const cursor = new OperandCursor(new Reader(data, { base: 0, space: 'file', what: 'Code chunk' }));
        while (cursor.next()) {
          if (read) for (let left = cursor.arity; left > 0; left--) cursor.read();
          else cursor.skip(cursor.arity);
        }
      };
      expect(walkAll).toThrow(ParseError);
    }
  });
});
