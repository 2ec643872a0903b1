// Tar archives, gzipped or not: the form of OTP's release packages. They are read as a stream, so that a package of any size costs the
// memory of its largest wanted member. Order is that of the archive.
//
//   (header block, data padded to blocks of 512)*, two blocks of zeros
//
// The libraries at hand either take names apart wrongly or bring a dozen packages; the format is two pages.

import { ParseError } from '../errors.js';
import { MAX_ARCHIVE_MEMBERS, MAX_INFLATED_BYTES, MAX_TAR_EXTENSION_BYTES } from '../limits.js';
import { BlockStream } from './block-stream.js';
import {
  BLOCK_BYTES,
  decodeLongName,
  decodePaxRecords,
  decodeTarHeader,
  padded,
  type TarExtension,
  type TarHeader,
} from './tar-header.js';

/** The parts of a tar in their order, each with its very bytes; the data of a member, filled up to whole blocks, is left to who reads it. */
export type TarPart = TarExtensionPart | TarMemberPart | TarEndPart;

/** An extension header with its data. */
export interface TarExtensionPart {
  readonly kind: 'extension';
  readonly block: Uint8Array;
  readonly data: Uint8Array;
}

/** The header of a member. */
export interface TarMemberPart {
  readonly kind: 'member';
  readonly block: Uint8Array;
  readonly name: string;
  /** Of its data, without what fills up the last block. */
  readonly size: number;
  readonly isFile: boolean;
  /** Whether the size stands in an extension header. */
  readonly isSizeExtended: boolean;
}

/** The first block of the end mark. */
export interface TarEndPart {
  readonly kind: 'end';
  readonly block: Uint8Array;
}

/** A file in a tar. */
export interface TarMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads the files that `isWanted` accepts by name, as they come. Throws ParseError where the archive is damaged or ends before its end
 * mark: what came before is good.
 */
export async function* readTar(
  steps: AsyncIterable<Uint8Array>,
  isWanted: (name: string) => boolean,
): AsyncGenerator<TarMember, void, void> {
  const stream = new BlockStream(steps);
  for await (const part of readTarParts(stream)) {
    if (part.kind !== 'member') continue;
    const { name, size } = part;
    if (part.isFile && isWanted(name)) yield { name, bytes: await readTarData(stream, part) };
    else await stream.skip(padded(size));
  }
  for await (const _ of stream.rest());
}

/**
 * Reads the parts of a tar up to its end mark. After a member, and before the next part is asked for, its data must be taken from the
 * stream. Throws ParseError.
 */
export async function* readTarParts(stream: BlockStream): AsyncGenerator<TarPart, void, void> {
  let global: TarExtension = {};
  let extension: TarExtension = {};
  for (let count = 0; ; count++) {
    if (count > MAX_ARCHIVE_MEMBERS) throw new ParseError({ code: 'limit', reason: `more than ${MAX_ARCHIVE_MEMBERS} members` });
    const { offset } = stream;
    const block = await stream.take(BLOCK_BYTES, 'tar header');
    const header = decodeTarHeader(block, offset);
    if (header === undefined) return yield { kind: 'end', block };
    const { type } = header;
    if (type === 'file' || type === 'other') {
      const { size = header.size, name = header.name } = { ...global, ...extension };
      const isSizeExtended = (extension.size ?? global.size) !== undefined;
      extension = {};
      yield { kind: 'member', block, name, size, isFile: type === 'file', isSizeExtended };
    } else {
      const data = await readExtension(stream, header);
      const said = decodeExtension(header, data, offset + BLOCK_BYTES);
      if (type === 'pax-global') global = { ...global, ...said };
      else extension = { ...extension, ...said };
      yield { kind: 'extension', block, data };
    }
  }
}

/** Reads the data of a member that was just met. */
export async function readTarData(stream: BlockStream, { name, size }: TarMemberPart): Promise<Uint8Array> {
  if (size > MAX_INFLATED_BYTES) {
    throw new ParseError({ code: 'limit', reason: `tar member of ${size} bytes`, offset: stream.offset, path: [name] });
  }
  const bytes = await stream.take(size, 'tar member');
  await stream.skip(padded(size) - size);
  return bytes;
}

async function readExtension(stream: BlockStream, { size }: TarHeader): Promise<Uint8Array> {
  if (size <= MAX_TAR_EXTENSION_BYTES) return stream.take(padded(size), 'tar extension header');
  throw new ParseError({ code: 'limit', reason: `tar extension header of ${size} bytes`, offset: stream.offset });
}

function decodeExtension({ size, type }: TarHeader, data: Uint8Array, offset: number): TarExtension {
  const said = data.subarray(0, size);
  return type === 'gnu-long-name' ? decodeLongName(said) : decodePaxRecords(said, offset);
}
