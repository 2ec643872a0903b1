// Tar archives, gzipped or not: the form of OTP's release packages. They are read as a stream, so that a package of any size costs the
// memory of its largest wanted member. Order is that of the archive.
//
//   (header block, data padded to blocks of 512)*, two blocks of zeros
//
// The libraries at hand either take names apart wrongly or bring a dozen packages; the format is two pages.

import { ParseError } from '../errors.js';
import { MAX_ARCHIVE_BYTES, MAX_ARCHIVE_MEMBERS, MAX_INFLATED_BYTES, MAX_TAR_EXTENSION_BYTES } from '../limits.js';
import {
  BLOCK_BYTES,
  decodeLongName,
  decodePaxRecords,
  decodeTarHeader,
  type TarExtension,
  type TarHeader,
} from './tar-header.js';

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
  let global: TarExtension = {};
  let extension: TarExtension = {};
  for (let count = 0; ; count++) {
    if (count > MAX_ARCHIVE_MEMBERS) throw new ParseError({ code: 'limit', reason: `more than ${MAX_ARCHIVE_MEMBERS} members` });
    const offset = stream.offset;
    const header = decodeTarHeader(await stream.take(BLOCK_BYTES, 'tar header'), offset);
    if (header === undefined) break;
    if (header.type === 'pax-global') {
      global = { ...global, ...(await readExtension(stream, header)) };
    } else if (header.type === 'pax' || header.type === 'gnu-long-name') {
      extension = { ...extension, ...(await readExtension(stream, header)) };
    } else {
      const { name, size } = { ...header, ...global, ...extension };
      extension = {};
      if (header.type === 'file' && isWanted(name)) yield { name, bytes: await readData(stream, name, size) };
      else await stream.skip(padded(size));
    }
  }
  await stream.drain();
}

async function readExtension(stream: BlockStream, { size, type }: TarHeader): Promise<TarExtension> {
  const { offset } = stream;
  if (size > MAX_TAR_EXTENSION_BYTES) {
    throw new ParseError({ code: 'limit', reason: `tar extension header of ${size} bytes`, offset });
  }
  const data = (await stream.take(padded(size), 'tar extension header')).subarray(0, size);
  return type === 'gnu-long-name' ? decodeLongName(data) : decodePaxRecords(data, offset);
}

async function readData(stream: BlockStream, name: string, size: number): Promise<Uint8Array> {
  if (size > MAX_INFLATED_BYTES) {
    throw new ParseError({ code: 'limit', reason: `tar member of ${size} bytes`, offset: stream.offset, path: [name] });
  }
  const bytes = await stream.take(size, 'tar member');
  await stream.skip(padded(size) - size);
  return bytes;
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
}

/** A cursor over bytes that arrive in steps. */
class BlockStream {
  /** Bytes taken or skipped so far. */
  offset = 0;
  private readonly steps: AsyncIterator<Uint8Array>;
  private step: Uint8Array = new Uint8Array(0);
  private pos = 0;

  constructor(steps: AsyncIterable<Uint8Array>) {
    this.steps = steps[Symbol.asyncIterator]();
  }

  /** Returns a copy of the next `count` bytes. A large claim costs address space alone until the bytes arrive. */
  async take(count: number, what: string): Promise<Uint8Array> {
    const start = this.offset;
    const bytes = new Uint8Array(count);
    await this.advance(count, start, what, (part) => bytes.set(part, this.offset - start));
    return bytes;
  }

  async skip(count: number): Promise<void> {
    await this.advance(count, this.offset, 'tar member', () => {});
  }

  /** Reads what follows the end mark, so that damage in the rest of a gzip file shows. */
  async drain(): Promise<void> {
    do {
      this.offset += this.step.length - this.pos;
      this.checkTotal();
    } while (await this.fill());
  }

  private async advance(count: number, start: number, what: string, visit: (part: Uint8Array) => void): Promise<void> {
    for (let left = count; left > 0; ) {
      if (this.pos === this.step.length && !(await this.fill())) {
        const reason = `truncated ${what}: need ${count} bytes, have ${count - left}`;
        throw new ParseError({ code: 'truncated', reason, offset: start });
      }
      const part = this.step.subarray(this.pos, this.pos + left);
      visit(part);
      this.pos += part.length;
      this.offset += part.length;
      left -= part.length;
      this.checkTotal();
    }
  }

  private async fill(): Promise<boolean> {
    const next = await this.steps.next();
    this.step = next.done === true ? new Uint8Array(0) : next.value;
    this.pos = 0;
    return next.done !== true;
  }

  private checkTotal(): void {
    if (this.offset <= MAX_ARCHIVE_BYTES) return;
    throw new ParseError({ code: 'limit', reason: `archive of more than ${MAX_ARCHIVE_BYTES} bytes`, offset: MAX_ARCHIVE_BYTES });
  }
}
