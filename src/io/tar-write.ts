// A gzipped tar, the same bytes for the same members on every machine: no owners, modes of two kinds, times as given, and
// deflated in one way (gzip-write.ts).
//
// Headers are those of POSIX.1 (tar-header.ts has the layout); a name that fits nowhere gets a PAX record. Sizes always fit: an archive may have 2 GiB.

import { UsageError } from '../errors.js';
import { MAX_ARCHIVE_BYTES } from '../limits.js';
import { type Checked, checkPieces, deflateSegment, type GzipPiece, joinSegments, NOTHING } from './gzip-write.js';
import {
  BLOCK_BYTES,
  cutTarName,
  encodePaxRecord,
  encodeTarHeader,
  padding,
  RECORD_BYTES,
  type SplitName,
  splitTarName,
} from './tar-header.js';

/** A member to be written. */
export interface NewTarMember {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly bytes: Uint8Array;
  /** Seconds since 1970. */
  readonly time: number;
  readonly isExecutable: boolean;
  /** Ranges of the bytes that are compressed already, in order. */
  readonly packed?: readonly (readonly [start: number, end: number])[];
}

/** Segments of a tar that were deflated before; by {@link segmentKey}. */
export type ReadySegments = ReadonlyMap<string, Uint8Array>;

/** Writes the members one after the other; throws UsageError where they are more than an archive may have. */
export function writeTarGz(members: Iterable<NewTarMember>, ready: ReadySegments = new Map()): Uint8Array {
  const deflated: Uint8Array[] = [];
  let all = NOTHING;
  const put = ({ folder, pieces }: TarSegment) => {
    all = checkPieces(pieces, all);
    if (all.size > MAX_ARCHIVE_BYTES) throw new UsageError(`a tar of more than ${MAX_ARCHIVE_BYTES} bytes`);
    const known = ready.size === 0 ? undefined : ready.get(segmentKey(folder, checkPieces(pieces, NOTHING)));
    deflated.push(known ?? deflateSegment(pieces).deflated);
  };
  for (const segment of tarSegments(members)) put(segment);
  const end = Math.ceil((all.size + 2 * BLOCK_BYTES) / RECORD_BYTES) * RECORD_BYTES - all.size;
  put({ folder: '', pieces: [{ bytes: new Uint8Array(end), isPacked: false }] });
  return joinSegments(deflated, all);
}

/** Deflates the segments of members that follow each other in a tar. */
export function* deflateTarSegments(members: Iterable<NewTarMember>): Generator<readonly [key: string, deflated: Uint8Array]> {
  for (const { folder, pieces } of tarSegments(members)) {
    const segment = deflateSegment(pieces);
    yield [segmentKey(folder, segment), segment.deflated];
  }
}

/** What follows each other in a tar, of one application or of none. */
interface TarSegment {
  readonly folder: string;
  readonly pieces: readonly GzipPiece[];
}

/** The folder as well: a checksum alone may by chance be that of another application. */
function segmentKey(folder: string, { crc, size }: Checked): string {
  return `${folder} ${crc} ${size}`;
}

const SEGMENT_BYTES = 8 * 1024 * 1024;

/** A segment ends with the folder of an application, and where it is large enough. */
function* tarSegments(members: Iterable<NewTarMember>): Generator<TarSegment> {
  let pieces: GzipPiece[] = [];
  let folder = '';
  let size = 0;
  for (const member of members) {
    const own = /^lib\/[^/]+\//.exec(member.name)?.[0] ?? '';
    if (pieces.length > 0 && (own !== folder || size >= SEGMENT_BYTES)) {
      yield { folder, pieces };
      [pieces, size] = [[], 0];
    }
    folder = own;
    size += member.bytes.length;
    pieces.push(...tarPieces(member));
  }
  if (pieces.length > 0) yield { folder, pieces };
}

function tarPieces(member: NewTarMember): readonly GzipPiece[] {
  const { bytes, packed = [] } = member;
  const piece = (part: Uint8Array, isPacked = false): GzipPiece => ({ bytes: part, isPacked });
  const pieces = encodeTarHeaders(member).map((block) => piece(block));
  let at = 0;
  for (const [start, end] of packed) {
    pieces.push(piece(bytes.subarray(at, start)), piece(bytes.subarray(start, end), true));
    at = end;
  }
  return [...pieces, piece(bytes.subarray(at)), piece(padding(bytes.length))];
}

/** Encodes the header of a member, after those that extend it. */
export function encodeTarHeaders({ name, kind, bytes, time, isExecutable }: NewTarMember): readonly Uint8Array[] {
  const whole = new TextEncoder().encode(kind === 'folder' ? `${name}/` : name);
  const type = kind === 'folder' ? '5' : '0';
  const mode = isExecutable || kind === 'folder' ? 0o755 : 0o644;
  const own = (split: SplitName) => encodeTarHeader({ ...split, type, mode, size: bytes.length, time });
  const split = splitTarName(whole);
  if (split !== undefined) return [own(split)];
  const record = encodePaxRecord('path', whole);
  const about = cutTarName(new TextEncoder().encode('PaxHeaders/name'));
  const extension = encodeTarHeader({ ...about, type: 'x', mode, size: record.length, time });
  return [extension, record, padding(record.length), own(cutTarName(whole))];
}
