// Broken beams, made from good ones: whole files cut and spliced, and chunks changed inside a container that stays sound, so that the
// damage reaches the decoders behind it. What is compressed is also changed inside and compressed again.
import { deflateSync, inflateSync } from 'node:zlib';
import { buildChunk, type Chunk, decodeContainer, encodeContainer } from '../../src/beam/container.js';
import type { Random } from './random.js';

/** A good file, taken apart once. */
export interface Specimen {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly chunks: readonly Chunk[];
}

export function dissect(file: string, bytes: Uint8Array): Specimen {
  return { file, bytes, chunks: decodeContainer(bytes).chunks };
}

/** A broken file and what was done to it. */
export interface Mutant {
  readonly what: string;
  readonly bytes: Uint8Array;
}

type Change = (data: Uint8Array, random: Random, others: readonly Specimen[]) => Uint8Array;

const HUGE = [0x7fffffff, 0x80000000, 0xffffffff, 0x00ffffff, 0x10000, 0x3fffffff, 0] as const;

function truncate(data: Uint8Array, random: Random): Uint8Array {
  return data.subarray(0, random.below(data.length));
}

function flip(data: Uint8Array, random: Random): Uint8Array {
  const copy = new Uint8Array(data);
  for (let left = 1 + random.below(8); left > 0 && copy.length > 0; left--) copy[random.below(copy.length)] = random.below(256);
  return copy;
}

function splice(data: Uint8Array, random: Random, others: readonly Specimen[]): Uint8Array {
  const donor = random.pick(others).bytes;
  const at = random.below(donor.length);
  const insert = donor.subarray(at, at + random.below(64));
  const place = random.below(data.length);
  return join(data.subarray(0, place), insert, data.subarray(place + random.below(64)));
}

function hugeCount(data: Uint8Array, random: Random): Uint8Array {
  const copy = new Uint8Array(data);
  if (copy.length < 4) return copy;
  const at = random.below(3) === 0 ? random.below(copy.length - 3) : random.below(Math.min(6, copy.length / 4)) * 4;
  new DataView(copy.buffer).setUint32(Math.min(at, copy.length - 4), random.pick(HUGE));
  return copy;
}

const LEVELS = [
  [108, 0, 0, 0, 1],
  [104, 1],
  [105, 0, 0, 0, 1],
  [116, 0, 0, 0, 1],
  [0x17, 0x10],
  [0x68, 2, 106],
] as const;
const DEPTHS = [10, 1000, 50_000] as const;

/** Nested lists, tuples or maps by the ten thousand, as an external term and in the middle of whatever is there. */
function nest(data: Uint8Array, random: Random): Uint8Array {
  const level = random.pick(LEVELS);
  const depth = random.pick(DEPTHS);
  const deep = made(`nest ${level} ${depth}`, () => new Uint8Array(Array.from({ length: depth }, () => level).flat()));
  const place = random.below(3) === 0 ? random.below(data.length) : Math.min(1, data.length);
  return join(data.subarray(0, place), deep, data.subarray(place));
}

const BOMB_SIZES = [1 << 16, 1 << 22, 1 << 25] as const;
const BOMB_HEADS = [[131, 80, 0x7f, 0xff, 0xff, 0xff], [0, 0xff, 0xff, 0xff], [131, 80, 2, 0, 0, 0], []] as const;

/** A stream of a few bytes that inflates to many. */
function bomb(_data: Uint8Array, random: Random): Uint8Array {
  const size = random.pick(BOMB_SIZES);
  const zeros = made(`bomb ${size}`, () => deflateSync(new Uint8Array(size)));
  return join(new Uint8Array(random.pick(BOMB_HEADS)), zeros);
}

const known = new Map<string, Uint8Array>();

/** Makes a thing once: there are few of them and many mutants. */
function made(name: string, make: () => Uint8Array): Uint8Array {
  const before = known.get(name);
  if (before !== undefined) return before;
  const bytes = make();
  known.set(name, bytes);
  return bytes;
}

const CHANGES: readonly Change[] = [truncate, flip, flip, flip, splice, hugeCount, hugeCount, nest, bomb];

/** Makes a broken file from one of the specimens. */
export function mutate(specimens: readonly Specimen[], random: Random): Mutant {
  const specimen = random.pick(specimens);
  switch (random.below(6)) {
    case 0:
      return wholeFile(specimen, random, specimens);
    case 1:
      return swapChunks(specimen, random, specimens);
    default:
      return oneChunk(specimen, random, specimens);
  }
}

function wholeFile(specimen: Specimen, random: Random, others: readonly Specimen[]): Mutant {
  const change = random.pick(CHANGES);
  return { what: `${specimen.file}: ${change.name}`, bytes: change(specimen.bytes, random, others) };
}

/** Another module's chunk in place of one's own, or two of one's own exchanged under each other's names. */
function swapChunks(specimen: Specimen, random: Random, others: readonly Specimen[]): Mutant {
  const chunks = [...specimen.chunks];
  const at = random.below(chunks.length);
  const own = chunks[at] as Chunk;
  const donor = random.pick(random.pick(others).chunks);
  const id = random.below(2) === 0 ? own.id : donor.id;
  chunks[at] = buildChunk(id, donor.data);
  return { what: `${specimen.file}: ${own.id} is ${donor.id} under the name ${id}`, bytes: rebuild(chunks) };
}

function oneChunk(specimen: Specimen, random: Random, others: readonly Specimen[]): Mutant {
  const chunks = [...specimen.chunks];
  const at = random.below(chunks.length);
  const { id, data } = chunks[at] as Chunk;
  const change = random.pick(CHANGES);
  const inside = random.below(3) > 0 ? changeInside(data, id, (bytes) => change(bytes, random, others)) : undefined;
  chunks[at] = buildChunk(id, inside ?? change(data, random, others));
  return { what: `${specimen.file}: ${id}: ${change.name}${inside === undefined ? '' : ' inside'}`, bytes: rebuild(chunks) };
}

/** Changes what is compressed in LitT and in compressed terms; undefined where nothing is. */
function changeInside(data: Uint8Array, id: string, change: (bytes: Uint8Array) => Uint8Array): Uint8Array | undefined {
  const literals = id === 'LitT' && data.length > 4 && new DataView(data.buffer, data.byteOffset).getUint32(0) !== 0;
  const term = data[0] === 131 && data[1] === 80;
  if (!literals && !term) return undefined;
  const inner = change(new Uint8Array(inflateSync(data.subarray(literals ? 4 : 6))));
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, inner.length);
  return join(literals ? size : join(new Uint8Array([131, 80]), size), deflateSync(inner, { level: 1 }));
}

function rebuild(chunks: readonly Chunk[]): Uint8Array {
  return encodeContainer({ gzipped: false, chunks, trailing: new Uint8Array(0) });
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
