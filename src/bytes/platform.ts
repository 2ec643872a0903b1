// The one place that looks at the machine: where Node is faster or has what a browser lacks, it is picked up here, and nothing else
// below cli and io knows. `process.getBuiltinModule` (Node 20.16 and later) needs no import, so this file loads in a browser too;
// an older Node takes the portable road, slower and without 3DES.

interface NodeZlib {
  deflateSync(data: Uint8Array, options: { level: number; chunkSize: number }): Uint8Array;
  inflateSync(
    data: Uint8Array,
    options: { maxOutputLength: number; info: true; chunkSize: number },
  ): { buffer: Uint8Array; engine: { bytesWritten: number } };
  gunzipSync(
    data: Uint8Array,
    options: { maxOutputLength: number; info: true; chunkSize: number },
  ): { buffer: Uint8Array; engine: { bytesWritten: number } };
}

interface NodeHash {
  update(data: Uint8Array): NodeHash;
  digest(): Uint8Array;
}

interface NodeCrypto {
  createHash(algorithm: 'md5'): NodeHash;
  createDecipheriv(algorithm: string, key: Uint8Array, iv: Uint8Array): NodeCipher;
  createCipheriv(algorithm: string, key: Uint8Array, iv: Uint8Array): NodeCipher;
}

interface NodeCipher {
  setAutoPadding(auto: boolean): void;
  update(data: Uint8Array): Uint8Array;
  final(): Uint8Array;
}

/** Buffer's methods work on any Uint8Array as `this`. */
interface NodeBuffer {
  compare(left: Uint8Array, right: Uint8Array): number;
  readonly prototype: {
    latin1Slice(this: Uint8Array, start: number, end: number): string;
    indexOf(this: Uint8Array, pattern: Uint8Array, from: number): number;
  };
}

const host = globalThis as {
  readonly process?: { getBuiltinModule?: (name: string) => unknown };
  readonly Buffer?: unknown;
};

function builtin<T>(name: string): T | undefined {
  return host.process?.getBuiltinModule?.(name) as T | undefined;
}

let zlib: NodeZlib | undefined | null = null;
let crypto: NodeCrypto | undefined | null = null;

/** Returns node:zlib where there is one. Asked for at first use: it costs start-up time. */
export function nodeZlib(): NodeZlib | undefined {
  if (zlib === null) zlib = builtin<NodeZlib>('node:zlib');
  return zlib;
}

/** Returns node:crypto where there is one. */
export function nodeCrypto(): NodeCrypto | undefined {
  if (crypto === null) crypto = builtin<NodeCrypto>('node:crypto');
  return crypto;
}

/** Returns Node's Buffer where there is one. */
export function nodeBuffer(): NodeBuffer | undefined {
  return host.Buffer as NodeBuffer | undefined;
}
