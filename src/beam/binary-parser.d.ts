// binary-parser publishes types that don't resolve under `nodenext`; this declares the part that layout.ts uses.
declare module 'binary-parser' {
  export class Parser<T = object> {
    static start(): Parser;
    endianness(endianness: 'big' | 'little'): this;
    uint8(name: string): this;
    uint16(name: string): this;
    uint32(name: string): this;
    int32(name: string): this;
    array(name: string, options: { type: string | Parser; length: string | number }): this;
    parse(data: Uint8Array): T;
  }
}
