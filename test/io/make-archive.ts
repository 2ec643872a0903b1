// Archives made byte by byte, so that a test can spoil any field of them.

import { crc32, deflateRawSync } from 'node:zlib';

/** A member of a zip to be made; the fields after `data` replace what would be true. */
export interface ZipMember {
  readonly name: string;
  readonly data: Uint8Array;
  readonly stored?: boolean;
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly compressedSize?: number;
  readonly crc?: number;
}

/** Makes a zip archive. */
export function makeZip(members: readonly ZipMember[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const body = member.stored ? Buffer.from(member.data) : deflateRawSync(member.data);
    const fields = zipFields(member, body.length);
    const name = Buffer.from(member.name);
    const local = Buffer.concat([u32(0x04034b50), u16(20), fields, u16(name.length), u16(0), name]);
    parts.push(local, body);
    const rest = Buffer.concat([u16(0), u16(0), u16(0), u16(0), u32(0), u32(offset)]);
    directory.push(Buffer.concat([u32(0x02014b50), u16(20), u16(20), fields, u16(name.length), rest, name]));
    offset += local.length + body.length;
  }
  const central = Buffer.concat(directory);
  const count = u16(members.length);
  const end = Buffer.concat([u32(0x06054b50), u16(0), u16(0), count, count, u32(central.length), u32(offset), u16(0)]);
  return new Uint8Array(Buffer.concat([...parts, central, end]));
}

function zipFields(member: ZipMember, bodyLength: number): Buffer {
  const { data, stored, method, flags, size, compressedSize, crc } = member;
  return Buffer.concat([
    u16(flags ?? 0x800),
    u16(method ?? (stored ? 0 : 8)),
    u32(0),
    u32(crc ?? crc32(data)),
    u32(compressedSize ?? bodyLength),
    u32(size ?? data.length),
  ]);
}

/** A member of a tar to be made; `sizeField` replaces the 12 bytes of its size. */
export interface TarEntry {
  readonly name: string;
  readonly data?: Uint8Array;
  readonly type?: string;
  readonly prefix?: string;
  readonly sizeField?: Uint8Array;
}

/** Makes a tar archive with its end mark. */
export function makeTar(entries: readonly TarEntry[]): Uint8Array {
  return new Uint8Array(Buffer.concat([...entries.map(tarEntry), Buffer.alloc(1024)]));
}

/** Makes the data of a PAX extension header with one record. */
export function paxRecord(keyword: string, value: string): Uint8Array {
  const rest = Buffer.byteLength(` ${keyword}=${value}\n`);
  let length = rest + String(rest).length;
  if (String(length).length > String(rest).length) length++;
  return Buffer.from(`${length} ${keyword}=${value}\n`);
}

function tarEntry({ name, data = new Uint8Array(0), type = '0', prefix = '', sizeField }: TarEntry): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  if (sizeField === undefined) header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
  else header.set(sizeField, 124);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write(prefix, 345, 155);
  header.fill(' ', 148, 156);
  const sum = header.reduce((a, b) => a + b, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
