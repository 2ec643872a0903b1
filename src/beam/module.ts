// A compiled module: the file's bytes, its chunks, and what they mean, each decoded when first asked for. An edit makes a new module in
// which one chunk has other bytes; all that is not edited stays byte for byte.

import { Reader } from '../bytes/reader.js';
import { asParseError, ParseError } from '../errors.js';
import { isAtom, isTuple, properList, type Term, textOf } from '../term/model.js';
import { type AtomTable, decodeAtoms } from './chunks/atoms.js';
import { type Attribute, attributesFromTerm } from './chunks/attributes.js';
import { type DebugInfo, decodeDebugInfo } from './chunks/debug-info.js';
import { decodeEntries } from './chunks/entries.js';
import { decodeImports } from './chunks/imports.js';
import { decodeLambdas } from './chunks/lambdas.js';
import { decodeLines, type LineTable } from './chunks/lines.js';
import { decodeLiterals, type LiteralTable } from './chunks/literals.js';
import { decodeTermChunk } from './chunks/term-chunk.js';
import { decodeTypes, type TypeTable } from './chunks/types.js';
import { buildChunk, type Chunk, type Container, decodeContainer, encodeContainer } from './container.js';
import type { KeyLookup } from './debug-info-key.js';
import { CODE_HEADER, type CodeHeader, type EntryRow, type ImportRow, type LambdaRow, readLayout } from './layout.js';
import { moduleMd5 } from './md5.js';
import { type CompiledBy, compiledBy } from './release.js';

/** A function of another module, or a BIF. */
export interface RemoteFunction {
  readonly module: string;
  readonly name: string;
  readonly arity: number;
}

/** A function of this module with its entry label. */
export interface LocalFunction {
  readonly name: string;
  readonly arity: number;
  readonly label: number;
}

/** A chunk that may be compressed, and large. */
export type CompressedId = 'LitT' | 'Dbgi';

/** How to read a module. */
export interface ReadOptions {
  /** Name of the file, for error messages. */
  readonly file?: string | undefined;
  /** Finds the key of encrypted debug info; without one such debug info is reported as `encrypted`. */
  readonly key?: KeyLookup | undefined;
}

/** Reads the container of a beam; its chunks are decoded when asked for. Throws ParseError. */
export function readBeam(bytes: Uint8Array, options: ReadOptions = {}): BeamModule {
  try {
    return new BeamModule(bytes, decodeContainer(bytes), options);
  } catch (error) {
    throw error instanceof ParseError ? error.inFile(options.file) : error;
  }
}

/** A compiled module. Every getter may throw ParseError, with file, offset and path. */
export class BeamModule {
  readonly bytes: Uint8Array;
  readonly container: Container;
  readonly options: ReadOptions;
  private readonly decoded = new Map<string, unknown>();

  constructor(bytes: Uint8Array, container: Container, options: ReadOptions) {
    this.bytes = bytes;
    this.container = container;
    this.options = options;
  }

  get file(): string | undefined {
    return this.options.file;
  }

  /** Returns the chunk of that id: the last one where there are several, since that is the one the loader takes. */
  chunk(id: string): Chunk | undefined {
    const { chunks } = this.container;
    for (let at = chunks.length - 1; at >= 0; at--) if (chunks[at]?.id === id) return chunks[at];
    return undefined;
  }

  /** Returns a reader of a chunk's data whose errors have the file's offsets; throws ParseError `missing`. */
  reader(id: string): Reader {
    const chunk = this.chunk(id);
    if (chunk === undefined) throw new ParseError({ code: 'missing', reason: `no ${id} chunk`, file: this.file });
    const space = this.container.gzipped ? 'inflated beam' : 'file';
    return new Reader(chunk.data, { base: chunk.offset, space, what: `${id} chunk`, file: this.file });
  }

  /**
   * Returns what `decode` makes of a chunk, remembering it under `id`, and undefined where there is no such chunk. ParseErrors get the
   * chunk's name in their path and the file.
   */
  decode<T>(id: string, decode: (reader: Reader) => T): T | undefined {
    if (this.decoded.has(id)) return this.decoded.get(id) as T | undefined;
    const result = this.chunk(id) === undefined ? undefined : this.located(id, () => decode(this.reader(id)));
    this.decoded.set(id, result);
    return result;
  }

  /** Runs `read`, and gives a ParseError from it the path segment and the file. */
  located<T>(segment: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      const parsed = asParseError(error, segment);
      throw parsed instanceof ParseError ? parsed.inFile(this.file) : parsed;
    }
  }

  /** The atom table; a module without one isn't readable: ParseError `missing`. */
  get atoms(): AtomTable {
    const table =
      this.decode('AtU8', (reader) => decodeAtoms(reader, 'utf8')) ??
      this.decode('Atom', (reader) => decodeAtoms(reader, 'latin1'));
    if (table === undefined) throw new ParseError({ code: 'missing', reason: 'no AtU8 or Atom chunk', file: this.file });
    return table;
  }

  /** The module's name. */
  get name(): string {
    return this.atom(1);
  }

  /** Returns the name of an atom by its 1-based index. */
  atom(index: number): string {
    return this.atoms.name(index);
  }

  get importRows(): readonly ImportRow[] {
    return this.decode('ImpT', decodeImports) ?? [];
  }

  /** The imports in the order of the table, BIFs among them. */
  get imports(): readonly RemoteFunction[] {
    return this.importRows.map((row) => ({ module: this.atom(row.module), name: this.atom(row.name), arity: row.arity }));
  }

  /** The exported functions in the order of the table. */
  get exports(): readonly LocalFunction[] {
    return this.entries('ExpT');
  }

  /** The other functions in the order of the table; none in a stripped module. */
  get locals(): readonly LocalFunction[] {
    return this.entries('LocT');
  }

  private entries(id: 'ExpT' | 'LocT'): readonly LocalFunction[] {
    const rows = this.decode<readonly EntryRow[]>(id, decodeEntries) ?? [];
    return rows.map((row) => ({ name: this.atom(row.name), arity: row.arity, label: row.label }));
  }

  /** The functions that implement funs. */
  get lambdas(): readonly LambdaRow[] {
    return this.decode('FunT', decodeLambdas) ?? [];
  }

  get literals(): LiteralTable {
    return this.decode('LitT', decodeLiterals) ?? NO_LITERALS;
  }

  /** The bytes of the string table. */
  get strings(): Uint8Array {
    return this.chunk('StrT')?.data ?? new Uint8Array(0);
  }

  /** The line table, or undefined where there is none. */
  get lines(): LineTable | undefined {
    return this.decode('Line', decodeLines);
  }

  /** The type table, or undefined where there is none. */
  get types(): TypeTable | undefined {
    return this.decode('Type', decodeTypes);
  }

  get codeHeader(): CodeHeader {
    const header = this.decode('Code', (reader) => readLayout(reader, CODE_HEADER));
    if (header === undefined) throw new ParseError({ code: 'missing', reason: 'no Code chunk', file: this.file });
    return header;
  }

  /** The term of a chunk that is one (Attr, CInf, Meta, Docs, ExCk, ...), or undefined where there is no such chunk. */
  term(id: string): Term | undefined {
    return this.decode(id, decodeTermChunk);
  }

  /** The attributes, merged and sorted by name as beam_lib gives them. */
  get attributes(): readonly Attribute[] {
    const term = this.term('Attr');
    return term === undefined ? [] : attributesFromTerm(term);
  }

  /** Returns the values of an attribute; none where it isn't there. */
  attribute(name: string): readonly Term[] {
    return this.attributes.find((attribute) => attribute.name === name)?.values ?? [];
  }

  /** The compile info, a list of `{Key, Value}`. */
  get compileInfo(): readonly Term[] {
    return properList(this.term('CInf')) ?? [];
  }

  /** Returns a value of the compile info, such as `version`. */
  compileInfoValue(key: string): Term | undefined {
    for (const pair of this.compileInfo) if (isTuple(pair, 2) && isAtom(pair.items[0], key)) return pair.items[1];
    return undefined;
  }

  /** The debug information: of Dbgi, and of Abst where that says nothing. */
  get debugInfo(): DebugInfo {
    return this.debugInfoOf('Dbgi') ?? this.debugInfoOf('Abst') ?? { kind: 'none' };
  }

  private debugInfoOf(id: 'Dbgi' | 'Abst'): DebugInfo | undefined {
    const info = this.decode(id, (reader) => decodeDebugInfo(reader, this.options.key?.(this.name)));
    return info?.kind === 'none' ? undefined : info;
  }

  /** The MD5 that beam_lib computes, in lower-case hexadecimal digits. */
  get md5(): string {
    return moduleMd5((id) => this.chunk(id)?.data);
  }

  /** The OTP release that compiled the module. */
  get compiledBy(): CompiledBy {
    return compiledBy({
      compilerVersion: textOf(this.compileInfoValue('version')),
      opcodeMax: this.codeHeader.opcodeMax,
      atomLayout: this.atoms.layout,
      typeVersion: this.typeVersion,
    });
  }

  /** The version of the type table, without reading the rest of it; undefined where there is none. */
  get typeVersion(): number | undefined {
    return this.chunk('Type') === undefined ? undefined : this.located('Type', () => this.reader('Type').u32());
  }

  /** Ids that stand more than once: the loader takes the last, beam_lib the first. */
  get duplicateChunks(): readonly string[] {
    const ids = this.container.chunks.map((chunk) => chunk.id);
    return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
  }

  /** Returns a module in which the chunk has other data; a chunk that isn't there is added at the end. */
  withChunk(id: string, data: Uint8Array): BeamModule {
    const chunk = this.chunk(id);
    const made = buildChunk(id, data);
    const chunks =
      chunk === undefined ? [...this.container.chunks, made] : this.container.chunks.map((old) => (old === chunk ? made : old));
    const container = { ...this.container, chunks };
    const bytes = encodeContainer(container);
    return new BeamModule(bytes, decodeContainer(bytes), this.options);
  }
}

const NO_LITERALS: LiteralTable = {
  compressed: false,
  count: 0,
  term: (index) => {
    throw new ParseError({ code: 'range', reason: `literal ${index}: the module has no LitT chunk` });
  },
  bytes: (index) => {
    throw new ParseError({ code: 'range', reason: `literal ${index}: the module has no LitT chunk` });
  },
  terms: () => [],
  eachByte: () => {},
};
