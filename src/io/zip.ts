// Zip archives, the form of `.ez` files and of most escripts' bodies. yauzl reads the directory at the archive's end; a member's bytes are
// inflated one at a time, and its declared size and CRC-32 are claims that are checked. PKWARE's APPNOTE.TXT defines the format.

import * as zlib from 'node:zlib';
import { type Entry, fromBuffer, getFileNameLowLevel, type ZipFile } from 'yauzl';
import { ParseError } from '../errors.js';
import { INFLATE_ALLOWANCE, MAX_ARCHIVE_BYTES, MAX_ARCHIVE_MEMBERS, MAX_INFLATE_RATIO, MAX_INFLATED_BYTES } from '../limits.js';
import { crc32 } from './crc32.js';
import { type Member, memberType } from './member.js';
import { systemCode } from './read-file.js';
import type { FileType } from './source.js';

/** A member that can't be read, in place of the member. */
export interface MemberFault {
  readonly name: string;
  readonly error: ParseError;
}

const STORED = 0;
const DEFLATED = 8;
const MIN_CHUNK_BYTES = 64;

interface Archive {
  readonly bytes: Uint8Array;
  /** Offset of the archive in its file. */
  readonly base: number;
  readonly zip: ZipFile;
}

/**
 * Reads the wanted members of a zip, sorted by name; throws ParseError if its directory can't be read. `base` is the offset of the zip in
 * its file.
 */
export async function* readZip(
  bytes: Uint8Array,
  wanted: ReadonlySet<FileType>,
  base = 0,
): AsyncGenerator<Member | MemberFault, void, void> {
  const archive: Archive = { bytes, base, zip: await openZip(bytes) };
  let total = 0;
  for (const [name, { entry, type }] of await listEntries(archive.zip, wanted)) {
    const member = await readMember(archive, name, entry, type);
    // Members may share their compressed bytes: a small archive can hold any total.
    if ('bytes' in member) total += member.bytes.length;
    if (total > MAX_ARCHIVE_BYTES)
      throw new ParseError({ code: 'limit', reason: `archive of more than ${MAX_ARCHIVE_BYTES} bytes` });
    yield member;
  }
}

async function readMember(archive: Archive, name: string, entry: Entry, type: FileType): Promise<Member | MemberFault> {
  try {
    return { name, type, bytes: await readEntry(archive, entry) };
  } catch (error) {
    return { name, error: asZipFault(error) };
  }
}

interface WantedEntry {
  readonly entry: Entry;
  readonly type: FileType;
}

// Names are decoded here: left to do it, yauzl refuses the whole archive for one name such as `../m.beam`.
function openZip(archive: Uint8Array): Promise<ZipFile> {
  const { buffer, byteOffset, byteLength } = archive;
  const options = { lazyEntries: true, decodeStrings: false } as const;
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(buffer, byteOffset, byteLength), options, (error, zip) => {
      if (error !== null) reject(asZipFault(error));
      else if (zip.entryCount > MAX_ARCHIVE_MEMBERS) reject(tooManyMembers());
      else resolve(zip);
    });
  });
}

// A name that comes twice counts as it does when unpacked: the last one stays.
function listEntries(zip: ZipFile, wanted: ReadonlySet<FileType>): Promise<readonly (readonly [string, WantedEntry])[]> {
  const entries = new Map<string, WantedEntry>();
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      const type = memberType(name, wanted);
      if (type !== undefined) entries.set(name, { entry, type });
      zip.readEntry();
    });
    zip.on('end', () => resolve([...entries].sort(([a], [b]) => (a < b ? -1 : 1))));
    zip.on('error', (error) => reject(asZipFault(error)));
    zip.readEntry();
  });
}

async function readEntry(archive: Archive, entry: Entry): Promise<Uint8Array> {
  const { compressedSize, compressionMethod, uncompressedSize } = entry;
  if (entry.isEncrypted()) throw new ParseError({ code: 'encrypted', reason: 'encrypted zip member' });
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    throw new ParseError({ code: 'unsupported', reason: `zip compression method ${compressionMethod}` });
  }
  checkSize(compressedSize, uncompressedSize);
  const start = await dataOffset(archive.zip, entry);
  const offset = archive.base + start;
  const data = archive.bytes.subarray(start, start + compressedSize);
  if (data.length < compressedSize) {
    const reason = `truncated zip member: need ${compressedSize} bytes, have ${data.length}`;
    throw new ParseError({ code: 'truncated', reason, offset });
  }
  const bytes = compressionMethod === STORED ? data : inflateExactly(data, uncompressedSize, offset);
  checkCrc(bytes, entry.crc32, offset);
  return bytes;
}

function checkSize(compressedSize: number, uncompressedSize: number): void {
  const cap = Math.min(MAX_INFLATED_BYTES, INFLATE_ALLOWANCE + compressedSize * MAX_INFLATE_RATIO);
  if (uncompressedSize <= cap) return;
  throw new ParseError({ code: 'limit', reason: `zip member of ${compressedSize} bytes inflates to ${uncompressedSize}` });
}

function dataOffset(zip: ZipFile, entry: Entry): Promise<number> {
  return new Promise((resolve, reject) => {
    zip.readLocalFileHeader(entry, { minimal: true }, (error, header) => {
      if (error === null) resolve(header.fileDataStart);
      else reject(error);
    });
  });
}

function inflateExactly(data: Uint8Array, size: number, offset: number): Uint8Array {
  const bytes = inflate(data, size, offset);
  if (bytes.length === size) return bytes;
  throw new ParseError({ code: 'malformed', reason: `zip member inflates to ${bytes.length} bytes, not to ${size}`, offset });
}

function inflate(data: Uint8Array, size: number, offset: number): Uint8Array {
  try {
    // Room for one byte more lets zlib see the end without a second buffer.
    const options = { chunkSize: Math.max(size + 1, MIN_CHUNK_BYTES), maxOutputLength: Math.max(size, 1) };
    const { buffer, byteOffset, length } = zlib.inflateRawSync(data, options);
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    const tooLong = systemCode(error) === 'ERR_BUFFER_TOO_LARGE';
    const reason = tooLong ? `zip member inflates to more than its ${size} bytes` : 'zip member is not a deflate stream';
    throw new ParseError({ code: 'malformed', reason, offset });
  }
}

function checkCrc(bytes: Uint8Array, expected: number, offset: number): void {
  if (crc32(bytes, 0) === expected) return;
  throw new ParseError({ code: 'malformed', reason: 'zip member has another CRC-32 than the directory says', offset });
}

function tooManyMembers(): ParseError {
  return new ParseError({ code: 'limit', reason: `more than ${MAX_ARCHIVE_MEMBERS} members` });
}

// yauzl reports damage as plain errors without a position.
function asZipFault(error: unknown): ParseError {
  if (error instanceof ParseError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const isCut = message.startsWith('unexpected EOF') || message.startsWith('End of central directory');
  return new ParseError({ code: isCut ? 'truncated' : 'malformed', reason: `zip archive: ${message.replace(/[.?].*/s, '')}` });
}
