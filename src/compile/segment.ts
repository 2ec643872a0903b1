// What the size and the types of a segment mean: `Value:Size/type-sign-endian-unit:N` with the defaults that each type has.
//   integer 8 bits, unit 1   float 64 bits, unit 1   binary all, unit 8   bitstring all, unit 1   utf8, utf16, utf32 have no size
// Defined by lib/stdlib/src/erl_bits.erl.

import type { BinElement, Expression } from '../forms/expression-model.js';
import { refuse } from './compile-error.js';

/** A segment with nothing left to default. */
export interface Segment {
  readonly type: 'integer' | 'float' | 'binary' | 'bitstring' | 'utf8' | 'utf16' | 'utf32';
  /** In units; `all` for the rest of a binary, and for utf* where the character decides. */
  readonly size: Expression | number | 'all';
  readonly unit: number;
  readonly endian: 'big' | 'little' | 'native';
  readonly signed: boolean;
}

const TYPES: Readonly<Record<string, Segment['type']>> = {
  integer: 'integer',
  float: 'float',
  binary: 'binary',
  bytes: 'binary',
  bitstring: 'bitstring',
  bits: 'bitstring',
  utf8: 'utf8',
  utf16: 'utf16',
  utf32: 'utf32',
};

/** Returns what a segment means; throws CompileError for one that has no meaning. */
export function segmentOf(element: BinElement): Segment {
  const given = element.types === 'default' ? [] : element.types;
  let type: Segment['type'] | undefined;
  let unit: number | undefined;
  let endian: Segment['endian'] = 'big';
  let signed = false;
  for (const word of given) {
    if (typeof word !== 'string') unit = word.unit;
    else if (word in TYPES) type = TYPES[word];
    else if (word === 'big' || word === 'little' || word === 'native') endian = word;
    else if (word === 'signed' || word === 'unsigned') signed = word === 'signed';
    else refuse(element, `the type ${word} of a segment`);
  }
  type ??= 'integer';
  return { type, endian, signed, ...extent(element, type, unit) };
}

/** Size and unit: a unit without a size is for binaries of any size. */
function extent(element: BinElement, type: Segment['type'], unit: number | undefined): Pick<Segment, 'size' | 'unit'> {
  const { size } = element;
  if (type.startsWith('utf')) {
    if (size !== 'default' || unit !== undefined) refuse(element, `a size for ${type}`);
    return { size: 'all', unit: 1 };
  }
  if (type === 'binary' || type === 'bitstring') return binaryExtent(size, unit ?? (type === 'binary' ? 8 : 1));
  if (size === 'default') {
    if (unit !== undefined && !(type === 'float' && unit === 64)) refuse(element, 'a unit without a size');
    return type === 'integer' ? { size: 8, unit: 1 } : { size: 64, unit: 1 };
  }
  return { size, unit: unit ?? 1 };
}

function binaryExtent(size: BinElement['size'], unit: number): Pick<Segment, 'size' | 'unit'> {
  const isAll = size === 'default' || (size.kind === 'atom' && size.name === 'all');
  return { size: isAll ? 'all' : size, unit };
}

/** Returns a segment for each character of a string, or the segment itself if it isn't one. */
export function stringSegments(element: BinElement): readonly BinElement[] {
  const { value, anno } = element;
  if (value.kind !== 'string') return [element];
  return Array.from(value.text, (character) => {
    return { ...element, value: { kind: 'char', anno, value: character.codePointAt(0) as number } as const };
  });
}
