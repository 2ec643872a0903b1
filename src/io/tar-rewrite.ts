// A tar written again with other data for some of its members. The rest passes through byte for byte and in its order: headers (mode, time,
// owner), extension headers, links. Of a changed member only the size and the checksum of its header differ.

import { ParseError } from '../errors.js';
import { BlockStream } from './block-stream.js';
import { readTarData, readTarParts, type TarMemberPart } from './tar.js';
import { BLOCK_BYTES, padded, padding, RECORD_BYTES, withTarSize } from './tar-header.js';

/** The new bytes of a member. */
export interface Replacement {
  /** What the member holds so far: anything else means that the archive is another one by now. */
  readonly before: Uint8Array;
  readonly bytes: Uint8Array;
}

/**
 * Gives the bytes of the tar with the members replaced that `replacements` has by name. Throws ParseError where the archive is damaged, where
 * a member isn't what it was, and for a member whose size stands in an extension header.
 */
export async function* rewriteTar(
  steps: AsyncIterable<Uint8Array>,
  replacements: ReadonlyMap<string, Replacement>,
): AsyncGenerator<Uint8Array, void, void> {
  const stream = new BlockStream(steps);
  const left = new Set(replacements.keys());
  let written = 0;
  for await (const bytes of rewriteParts(stream, replacements, left)) {
    written += bytes.length;
    yield bytes;
  }
  const [missing] = left;
  if (missing !== undefined) throw changedMeanwhile(missing);
  yield* rewriteEnd(stream, written);
}

async function* rewriteParts(
  stream: BlockStream,
  replacements: ReadonlyMap<string, Replacement>,
  left: Set<string>,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const part of readTarParts(stream)) {
    if (part.kind === 'end') return;
    const replacement = part.kind === 'member' && part.isFile ? replacements.get(part.name) : undefined;
    if (part.kind === 'extension') {
      yield part.block;
      yield part.data;
    } else if (replacement === undefined) {
      yield part.block;
      yield* stream.parts(padded(part.size), 'tar member');
    } else {
      if (!left.delete(part.name)) throw changedMeanwhile(part.name);
      yield* replaceMember(stream, part, replacement);
    }
  }
}

async function* replaceMember(
  stream: BlockStream,
  part: TarMemberPart,
  { before, bytes }: Replacement,
): AsyncGenerator<Uint8Array, void, void> {
  const { name, block, size, isSizeExtended } = part;
  if (isSizeExtended) {
    throw new ParseError({
      code: 'unsupported',
      reason: `${name}: its size stands in an extension header`,
      offset: stream.offset,
    });
  }
  if (size !== before.length || Buffer.compare(await readTarData(stream, part), before) !== 0) throw changedMeanwhile(name);
  yield withTarSize(block, bytes.length);
  yield bytes;
  yield padding(bytes.length);
}

// What follows the members is zeros most often: two blocks, then as many as fill up a record where the writer does that. Anything else
// stays as it is.
async function* rewriteEnd(stream: BlockStream, written: number): AsyncGenerator<Uint8Array, void, void> {
  let zeros = BLOCK_BYTES;
  let isZero = true;
  for await (const bytes of stream.rest()) {
    if (isZero && isAllZeros(bytes)) {
      zeros += bytes.length;
      continue;
    }
    if (isZero) yield* zeroBytes(zeros);
    isZero = false;
    yield bytes;
  }
  if (!isZero) return;
  const filled = written + 2 * BLOCK_BYTES;
  yield* zeroBytes(stream.offset % RECORD_BYTES === 0 ? Math.ceil(filled / RECORD_BYTES) * RECORD_BYTES - written : zeros);
}

function* zeroBytes(count: number): Generator<Uint8Array, void, void> {
  for (let left = count; left > 0; left -= RECORD_BYTES) yield new Uint8Array(Math.min(left, RECORD_BYTES));
}

function isAllZeros(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function changedMeanwhile(name: string): ParseError {
  return new ParseError({
    code: 'malformed',
    reason: `${name}: isn't there as it was, or not once: the archive was changed meanwhile`,
  });
}
