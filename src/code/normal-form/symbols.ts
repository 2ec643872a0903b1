// What the numbers in operands stand for, as bytes that say the same in every module: the names of atoms, imports and functions, the
// contents of literals and strings. Each begins with its length; what is long is told by its MD5, so that no module gets larger than its
// code by more than that.

import type { LiteralTable } from '../../beam/chunks/literals.js';
import type { BeamModule } from '../../beam/module.js';
import { md5 } from '../../bytes/md5.js';
import { encodeUtf8 } from '../../bytes/text.js';
import { ParseError } from '../../errors.js';
import { MAX_STRING_BYTES } from '../../limits.js';
import { encodeTerm } from '../../term/etf-encode.js';
import type { Term } from '../../term/model.js';
import { hasOneEncoding } from './plain-term.js';

/** Looks up what operands stand for; throws ParseError `range` without a place for a number beyond its table. */
export interface Symbols {
  /** The atom at an index from 1; 0 is the empty list. */
  readonly atom: (index: number) => Uint8Array;
  readonly import: (index: number) => Uint8Array;
  readonly literal: (index: number) => Uint8Array;
  readonly string: (offset: number, size: number) => Uint8Array;
}

/** Changes a literal before it is looked at. */
export type LiteralMap = (term: Term) => Term;

/** Opens the tables of a module. */
export function openSymbols(module: BeamModule, mapLiteral: LiteralMap | undefined): Symbols {
  const { atoms, importRows, literals, strings } = module;
  const known = { atoms: [] as Uint8Array[], imports: [] as Uint8Array[], literals: [] as Uint8Array[] };
  let stringBytes = 0;
  const atom = (index: number): Uint8Array => {
    if (index > atoms.count) outside('atom', index);
    known.atoms[index] ??= index === 0 ? NIL : sized(encodeUtf8(atoms.name(index)));
    return known.atoms[index];
  };
  return {
    atom,
    import: (index) => {
      const row = importRows[index] ?? outside('import', index);
      known.imports[index] ??= joined(atom(row.module), atom(row.name), row.arity);
      return known.imports[index];
    },
    literal: (index) => {
      if (index >= literals.count) outside('literal', index);
      known.literals[index] ??= sized(
        mapLiteral === undefined ? literalBytes(literals, index) : termBytes(mapLiteral(literals.term(index))),
      );
      return known.literals[index];
    },
    string: (offset, size) => {
      stringBytes += size;
      if (stringBytes > MAX_STRING_BYTES) {
        throw new ParseError({ code: 'limit', reason: `strings of more than ${MAX_STRING_BYTES} bytes in all` });
      }
      return offset + size <= strings.length ? sized(strings.subarray(offset, offset + size)) : outside('string', offset);
    },
  };
}

function literalBytes(literals: LiteralTable, index: number): Uint8Array {
  const bytes = literals.bytes(index);
  return hasOneEncoding(bytes) ? bytes : termBytes(literals.term(index));
}

/** Returns bytes that two terms share only where they are the same term. */
export function termBytes(term: Term): Uint8Array {
  return encodeTerm(term, { atoms: 'utf8', ports: 'wide', mapOrder: 'deterministic' });
}

/** Returns the name of a function as bytes. */
export function functionBytes(name: string, arity: number): Uint8Array {
  return joined(sized(encodeUtf8(name)), new Uint8Array(0), arity);
}

/** No length that an atom has. */
const NIL = Uint8Array.of(0xff);
/** The first byte of what is told by its MD5. */
const LONG = 0xfe;
const SHORT_BYTES = 64;

function sized(bytes: Uint8Array): Uint8Array {
  const isLong = bytes.length > SHORT_BYTES;
  const content = isLong ? md5(bytes) : bytes;
  const made = new Uint8Array(content.length + 1);
  made[0] = isLong ? LONG : content.length;
  made.set(content, 1);
  return made;
}

function joined(first: Uint8Array, second: Uint8Array, arity: number): Uint8Array {
  const made = new Uint8Array(first.length + second.length + 4);
  made.set(first);
  made.set(second, first.length);
  new DataView(made.buffer).setUint32(made.length - 4, arity);
  return made;
}

function outside(table: string, index: number): never {
  throw new ParseError({ code: 'range', reason: `${table} ${index} isn't in its table` });
}
