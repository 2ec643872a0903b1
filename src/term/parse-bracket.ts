// What literals can stand in, and what becomes of them there:
//
//   {a, b}   [a, b | tail]   #{key => value}   <<value:size/type, ...>>   (a)
//
// A bracket that is open is a small state: it is given each literal that is complete in it, reads the punctuation that follows, and
// gives back the literal that is complete with that, if one is.

import { isList, list, map, NIL, stringTerm, type Term } from './model.js';
import { compareTermsExactly, hasDuplicateKeys } from './order.js';
import { BitSink } from './parse-bits.js';
import type { TermScanner } from './parse-scanner.js';
import { appendSegment, type SegmentType, type StringLiteral } from './parse-segment.js';
import type { Place } from './scan-cursor.js';

/** A term, or a string as it stands in the source: bit syntax tells the two apart. */
export type Literal = Term | StringLiteral;

type Pair = readonly [Term, Term];

/** A bracket that is open. */
export type Bracket =
  | { readonly kind: 'parentheses' }
  | { readonly kind: 'tuple'; readonly items: Term[] }
  /** `closers` are the symbols that end it, the first one last; `tail` where a `|` was the last. */
  | { readonly kind: 'list'; readonly items: Term[]; readonly closers: string[]; tail: boolean }
  | { readonly kind: 'map'; readonly pairs: Pair[]; key: Term | undefined }
  /** `value` where its size is still to come; `place` is that of the segment. */
  | { readonly kind: 'bits'; readonly sink: BitSink; value: Literal | undefined; place: Place };

/** Returns the term that a literal stands for. */
export function termOf(literal: Literal): Term {
  return typeof literal === 'object' && literal.kind === 'string' ? stringTerm(literal.text) : literal;
}

/** Reads the symbol that opens a bracket and puts it on `open`, or returns at once what is empty. A dispatch by symbol. */
export function openBracket(tokens: TermScanner, open: Bracket[]): Term | undefined {
  if (tokens.accept('{')) {
    if (tokens.accept('}')) return { kind: 'tuple', items: [] };
    open.push({ kind: 'tuple', items: [] });
  } else if (tokens.accept('[')) {
    if (tokens.accept(']')) return NIL;
    open.push({ kind: 'list', items: [], closers: [']'], tail: false });
  } else if (tokens.accept('#')) {
    tokens.expect('{');
    if (tokens.accept('}')) return map([]);
    open.push({ kind: 'map', pairs: [], key: undefined });
  } else if (tokens.accept('<<')) {
    const sink = new BitSink();
    if (tokens.accept('>>')) return sink.bitstring();
    open.push({ kind: 'bits', sink, value: undefined, place: tokens.token.place });
  } else {
    tokens.expect('(');
    open.push({ kind: 'parentheses' });
  }
  return undefined;
}

/** Takes a literal that is complete in `bracket`. Returns what is complete with it, or undefined where more has to come. */
export function completeIn(bracket: Bracket, literal: Literal, tokens: TermScanner): Literal | undefined {
  switch (bracket.kind) {
    case 'parentheses':
      // In parentheses all stays what it is.
      tokens.expect(')');
      return literal;
    case 'tuple':
      bracket.items.push(termOf(literal));
      return tokens.goesOn('}') ? undefined : bracket;
    case 'list':
      return bracket.tail ? completeTail(bracket, termOf(literal), tokens) : completeItem(bracket, termOf(literal), tokens);
    case 'map':
      return completeInMap(bracket, termOf(literal), tokens);
    case 'bits':
      return completeInBits(bracket, literal, tokens);
  }
}

type Open<K extends Bracket['kind']> = Bracket & { readonly kind: K };

function completeItem(bracket: Open<'list'>, item: Term, tokens: TermScanner): Term | undefined {
  bracket.items.push(item);
  if (tokens.accept(',')) return undefined;
  if (!tokens.accept('|')) return completeList(bracket, NIL, tokens);
  // A tail that is a list goes on with the same items; built for itself, a long one would be copied at every level.
  while (tokens.accept('(')) bracket.closers.push(')');
  if (!tokens.accept('[')) bracket.tail = true;
  else if (tokens.accept(']')) return completeList(bracket, NIL, tokens);
  else bracket.closers.push(']');
  return undefined;
}

function completeTail(bracket: Open<'list'>, tail: Term, tokens: TermScanner): Term {
  if (!isList(tail)) return completeList(bracket, tail, tokens);
  for (const item of tail.items) bracket.items.push(item);
  return completeList(bracket, tail.tail, tokens);
}

function completeList({ items, closers }: Open<'list'>, tail: Term, tokens: TermScanner): Term {
  for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) tokens.expect(closer);
  return list(items, tail);
}

function completeInMap(bracket: Open<'map'>, term: Term, tokens: TermScanner): Term | undefined {
  const { key, pairs } = bracket;
  if (key === undefined) {
    tokens.expect('=>');
    bracket.key = term;
    return undefined;
  }
  pairs.push([key, term]);
  bracket.key = undefined;
  if (tokens.goesOn('}')) return undefined;
  return map(hasDuplicateKeys(pairs) ? lastOfEachKey(pairs) : pairs);
}

/** Of pairs with the same key the last one stays. (Before OTP 27, 0.0 and -0.0 were the same key; here they never are.) */
function lastOfEachKey(pairs: readonly Pair[]): readonly Pair[] {
  const sorted = [...pairs].sort(([left], [right]) => compareTermsExactly(left, right));
  return sorted.filter(([key], at) => {
    const after = sorted[at + 1];
    return after === undefined || compareTermsExactly(key, after[0]) !== 0;
  });
}

/** Takes the value of a segment or its size, and after these reads its types: `1`, `1:4`, `"abc"/utf8`, `1:2/little-unit:8`. */
function completeInBits(bracket: Open<'bits'>, literal: Literal, tokens: TermScanner): Term | undefined {
  const { sink, value, place } = bracket;
  if (value === undefined && tokens.accept(':')) {
    // A size has a sign in parentheses only.
    if (tokens.at('-') || tokens.at('+')) tokens.failBefore();
    bracket.value = literal;
    return undefined;
  }
  const segment =
    value === undefined
      ? { value: literal, size: undefined, types: readTypes(tokens) }
      : { value, size: termOf(literal), types: readTypes(tokens) };
  const before = sink.length;
  const fault = appendSegment(sink, segment, tokens.segmentBytesLeft);
  tokens.segmentBytesLeft -= sink.length - before;
  if (fault === 'limit') tokens.fail('limit', 'more bits than a text of this length may make', place);
  if (fault === 'malformed') tokens.fail('malformed', 'a segment that makes no bits', place);
  if (!tokens.goesOn('>>')) return sink.bitstring();
  bracket.value = undefined;
  bracket.place = tokens.token.place;
  return undefined;
}

/** Reads `/little-unit:8` or nothing. */
function readTypes(tokens: TermScanner): readonly SegmentType[] {
  const types: SegmentType[] = [];
  if (!tokens.accept('/')) return types;
  do types.push(readType(tokens));
  while (tokens.accept('-'));
  return types;
}

function readType(tokens: TermScanner): SegmentType {
  const type = tokens.next();
  if (type.kind !== 'atom') return tokens.failBefore(type);
  if (!tokens.accept(':')) return { name: type.name };
  const argument = tokens.next();
  return argument.kind === 'integer' ? { name: type.name, argument: argument.value } : tokens.failBefore(argument);
}
