// Regular expressions of queries. Erlang's are those of PCRE (in UTF mode, with character types of Latin-1), ours JavaScript's, so they are
// translated. What JavaScript can't say (recursion, conditions, callouts and verbs, \K) is refused with a word about it. A name matches
// where the first match of the expression, tried from the left, is the whole name: "a|ab" doesn't match ab.
//
// Defined by the manual page of Erlang's re module; reasons and positions of faults are those of PCRE 8.44 in OTP 25.

import { MAX_QUERY_DEPTH } from '../../limits.js';
import { CLASSES, NOT, POSIX_CLASSES, WORD } from './regexp-classes.js';

/** A translated expression, or why it isn't one; the position counts characters. */
export type Translation =
  | { readonly kind: 'regexp'; readonly regexp: RegExp }
  | { readonly kind: 'fault'; readonly position: number; readonly reason: string };

/** Translates an expression. */
export function translateRegexp(source: string): Translation {
  const cursor: Cursor = {
    source: Array.from(source),
    at: 0,
    depth: 0,
    groups: 0,
    atomics: 0,
    names: new Map(),
    unknown: [],
    closed: new Set(),
    highest: 0,
    lookbehind: undefined,
    flags: '',
  };
  try {
    const { text } = parseAlternatives(cursor);
    for (const { name, at } of cursor.unknown) if (!cursor.names.has(name)) throw noSuchGroup(at);
    if (cursor.at < cursor.source.length) throw new RegexpFault('unmatched parentheses', cursor.at);
    if (cursor.lookbehind !== undefined) throw cursor.lookbehind;
    if (cursor.highest > cursor.groups) throw noSuchGroup(cursor.source.length);
    return { kind: 'regexp', regexp: new RegExp(text, 'v') };
  } catch (error) {
    if (error instanceof RegexpFault) return { kind: 'fault', position: error.position, reason: error.message };
    if (error instanceof SyntaxError) return { kind: 'fault', position: 0, reason: 'not supported here' };
    throw error;
  }
}

/** Tells whether the first match in `name` is all of it. */
export function matchesWhole(regexp: RegExp, name: string): boolean {
  const match = regexp.exec(name);
  return match !== null && match.index === 0 && match[0].length === name.length;
}

class RegexpFault extends Error {
  readonly position: number;

  constructor(reason: string, position: number) {
    super(reason);
    this.position = position;
  }
}

interface Cursor {
  readonly source: readonly string[];
  at: number;
  depth: number;
  /** Capturing groups so far. */
  groups: number;
  atomics: number;
  readonly names: Map<string, number>;
  /** References to groups that haven't come yet. */
  readonly unknown: { readonly name: string; readonly at: number }[];
  /** Capturing groups that are complete. */
  readonly closed: Set<number>;
  /** The highest number that is referred to. */
  highest: number;
  /** The first lookbehind of no fixed length: PCRE looks at these when all the rest is right. */
  lookbehind: RegexpFault | undefined;
  /** Those of i, m, s and x that hold. */
  flags: string;
}

/** A translated piece and how many characters it takes; undefined where that varies. */
interface Piece {
  readonly text: string;
  readonly width: number | undefined;
}

/** A piece that a quantifier may follow, or not. */
type Item = Piece & { readonly isRepeatable: boolean };

const here = (cursor: Cursor, ahead = 0): string => cursor.source[cursor.at + ahead] ?? '';
const has = (cursor: Cursor, flag: string): boolean => cursor.flags.includes(flag);

function lookingAt(cursor: Cursor, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (here(cursor, i) !== text[i]) return false;
  return true;
}

function skipPast(cursor: Cursor, text: string, reason: string): string {
  let skipped = '';
  while (!lookingAt(cursor, text)) {
    if (cursor.at >= cursor.source.length) throw new RegexpFault(reason, cursor.at);
    skipped += here(cursor);
    cursor.at++;
  }
  cursor.at += text.length;
  return skipped;
}

/** Parses up to a closing parenthesis or the end; flags that are set inside hold up to there. */
function parseAlternatives(cursor: Cursor): Piece & { readonly widths: readonly (number | undefined)[] } {
  const { flags } = cursor;
  if (++cursor.depth > MAX_QUERY_DEPTH) throw new RegexpFault('regular expression is too complicated', cursor.at);
  const alternatives = [parseSequence(cursor)];
  while (here(cursor) === '|') {
    cursor.at++;
    alternatives.push(parseSequence(cursor));
  }
  cursor.depth--;
  cursor.flags = flags;
  const widths = alternatives.map(({ width }) => width);
  const isFixed = widths.every((width) => width === widths[0]);
  return { text: alternatives.map(({ text }) => text).join('|'), width: isFixed ? widths[0] : undefined, widths };
}

function parseSequence(cursor: Cursor): Piece {
  let text = '';
  let width: number | undefined = 0;
  while (cursor.at < cursor.source.length && here(cursor) !== '|' && here(cursor) !== ')') {
    const item = parseItem(cursor);
    if (item === undefined) continue;
    const piece = parseQuantifier(cursor, item);
    text += piece.text;
    width = width === undefined || piece.width === undefined ? undefined : width + piece.width;
  }
  return { text, width };
}

const QUANTIFIER = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})/;

function parseQuantifier(cursor: Cursor, item: Item): Piece {
  skipNothing(cursor);
  const match = QUANTIFIER.exec(cursor.source.slice(cursor.at, cursor.at + 16).join(''));
  if (match === null) return item;
  if (!item.isRepeatable) throw new RegexpFault('nothing to repeat', cursor.at + match[0].length - 1);
  const [quantifier, least, comma, most] = match;
  cursor.at += quantifier.length;
  if (Math.max(Number(least ?? 0), Number(most ?? 0)) > 0xffff) {
    throw new RegexpFault('number too big in {} quantifier', cursor.at - 1);
  }
  if (most !== undefined && most !== '' && Number(most) < Number(least)) {
    throw new RegexpFault('numbers out of order in {} quantifier', cursor.at - 1);
  }
  const isExact = least !== undefined && (comma === undefined || most === least);
  const width = isExact && item.width !== undefined ? item.width * Number(least) : undefined;
  const text = `(?:${item.text})${quantifier}`;
  skipBlanks(cursor);
  if (lookingAt(cursor, '(?#')) skipPast(cursor, ')', 'missing ) after comment');
  if (here(cursor) === '+') {
    cursor.at++;
    return { text: atomic(cursor, text), width };
  }
  if (here(cursor) !== '?') return { text, width };
  cursor.at++;
  return { text: `${text}?`, width };
}

/** What has matched inside isn't tried again: a look-ahead finds it and what it found is taken. */
function atomic(cursor: Cursor, text: string): string {
  const name = `a${++cursor.atomics}`;
  return `(?=(?<${name}>${text}))\\k<${name}>`;
}

/** Skips what stands for nothing: comments, a lone \\E, an empty quotation, and blanks where they don't count. */
function skipNothing(cursor: Cursor): void {
  for (;;) {
    if (lookingAt(cursor, '(?#')) skipPast(cursor, ')', 'missing ) after comment');
    else if (lookingAt(cursor, '\\Q\\E')) cursor.at += 4;
    else if (lookingAt(cursor, '\\E')) cursor.at += 2;
    else if (!skipBlanks(cursor)) return;
  }
}

/** Skips blanks and comments up to the end of a line, where these don't count; returns whether there were any. */
function skipBlanks(cursor: Cursor): boolean {
  const start = cursor.at;
  while (has(cursor, 'x')) {
    if (/^\s$/.test(here(cursor))) cursor.at++;
    else if (here(cursor) === '#') while (cursor.at < cursor.source.length && here(cursor) !== '\n') cursor.at++;
    else break;
  }
  return cursor.at > start;
}

/** Parses one item; undefined for what matches nothing, such as a comment. A dispatch table by character. */
function parseItem(cursor: Cursor): Item | undefined {
  const start = cursor.at;
  skipNothing(cursor);
  if (cursor.at > start) return undefined;
  const character = here(cursor);
  const quantifier = QUANTIFIER.exec(cursor.source.slice(cursor.at, cursor.at + 16).join(''))?.[0];
  if (quantifier !== undefined) throw new RegexpFault('nothing to repeat', cursor.at + quantifier.length - 1);
  switch (character) {
    case '(':
      return parseGroup(cursor);
    case '[':
      return parseClass(cursor);
    case '\\':
      return parseEscape(cursor);
    default:
      cursor.at++;
  }
  switch (character) {
    case '.':
      // Not [^]: with the flag v, V8 takes it for one that can be empty, and what repeats it matches nothing.
      return { text: has(cursor, 's') ? '[\\s\\S]' : '[^\\n]', width: 1, isRepeatable: true };
    case '^':
      return assertion(has(cursor, 'm') ? '(?<![^\\n])' : '(?<![\\s\\S])');
    case '$':
      return assertion(has(cursor, 'm') ? '(?![^\\n])' : '(?!\\n?[\\s\\S])|(?=\\n(?![\\s\\S]))');
    default:
      return literal(cursor, character);
  }
}

function assertion(text: string): Item {
  return { text: `(?:${text})`, width: 0, isRepeatable: false };
}

function literal(cursor: Cursor, character: string): Item {
  return { text: `[${variants(cursor, character)}]`, width: 1, isRepeatable: true };
}

/** A character for use in a class, in both cases where case doesn't matter. */
function variants(cursor: Cursor, character: string): string {
  const all = has(cursor, 'i') ? new Set([character, character.toLowerCase(), character.toUpperCase()]) : [character];
  return [...all].map((one) => (one.length > 2 || Array.from(one).length > 1 ? '' : escaped(one))).join('');
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

/** A dispatch table by what follows the parenthesis. */
function parseGroup(cursor: Cursor): Item | undefined {
  const open = cursor.at;
  cursor.at++;
  if (here(cursor) === '*' && /^[A-Z:]$/.test(here(cursor, 1))) {
    throw new RegexpFault('(*VERB) is not supported here', cursor.at);
  }
  const verb =
    here(cursor) === '*' ? /^(?:[a-z][A-Za-z]*|(?=[^\x00-\x7f]))/.exec(cursor.source.slice(cursor.at + 1).join('')) : null;
  if (verb !== null) throw new RegexpFault('(*VERB) not recognized or malformed', cursor.at + 1 + verb[0].length);
  if (here(cursor) !== '?') return capture(cursor);
  cursor.at++;
  const kind = /^(?::|=|!|>|<=|<!)/.exec(here(cursor) + here(cursor, 1))?.[0];
  if (kind !== undefined) {
    cursor.at += kind.length;
    if (kind === '>') {
      const group = closeGroup(cursor, '(?:');
      return { ...group, text: atomic(cursor, group.text) };
    }
    if (kind === ':') return closeGroup(cursor, '(?:');
    return parseLook(cursor, kind, open);
  }
  return parseNamedGroup(cursor) ?? parseFlags(cursor);
}

function capture(cursor: Cursor): Item {
  const number = ++cursor.groups;
  const group = closeGroup(cursor, `(?<g${number}>`);
  cursor.closed.add(number);
  return group;
}

function closeGroup(cursor: Cursor, opening: string): Item {
  const inside = parseAlternatives(cursor);
  if (here(cursor) !== ')') throw new RegexpFault('missing )', cursor.at);
  cursor.at++;
  return { text: `${opening}${inside.text})`, width: inside.width, isRepeatable: true };
}

function parseLook(cursor: Cursor, kind: string, open: number): Item {
  const inside = parseAlternatives(cursor);
  if (here(cursor) !== ')') throw new RegexpFault('missing )', cursor.at);
  if (kind.startsWith('<') && inside.widths.includes(undefined)) {
    cursor.lookbehind ??= new RegexpFault('lookbehind assertion is not fixed length', open === cursor.at ? open : cursor.at);
  }
  cursor.at++;
  return { text: `(?${kind}${inside.text})`, width: 0, isRepeatable: true };
}

/** (?<name>, (?'name', (?P<name>, and the references (?P=name) and (?P>name). */
function parseNamedGroup(cursor: Cursor): Item | undefined {
  const rest = cursor.source.slice(cursor.at, cursor.at + 40).join('');
  const reference = /^P=(\w+)\)/.exec(rest);
  if (reference !== null) {
    cursor.at += reference[0].length;
    return referenceToName(cursor, reference[1] as string);
  }
  const match = /^(?:P?<|')(\w*)(.?)/s.exec(rest);
  if (match === null) return undefined;
  const [all, name = '', close = ''] = match;
  const end = cursor.at + all.length - close.length;
  if (name === '' && !rest.startsWith("'")) throw new RegexpFault('unrecognized character after (?<', cursor.at + 1);
  if (/^\d/.test(name)) throw new RegexpFault('group name must start with a non-digit', cursor.at + 1);
  if (close !== (rest.startsWith("'") ? "'" : '>')) {
    throw new RegexpFault('syntax error in subpattern name (missing terminator)', end);
  }
  if (cursor.names.has(name)) throw new RegexpFault('two named subpatterns have the same name', end);
  cursor.at += all.length;
  cursor.names.set(name, cursor.groups + 1);
  return capture(cursor);
}

/** (?i), (?i-s) up to the end of the group, and (?i:...). */
function parseFlags(cursor: Cursor): Item | undefined {
  const { flags } = cursor;
  const rest = cursor.source.slice(cursor.at, cursor.at + 12).join('');
  const match = /^([imsx]*)(?:-([imsx]*))?([:)])/.exec(rest);
  if (match === null) {
    if (/^[RP\d&|(C+-]/.test(rest)) throw new RegexpFault(`(?${here(cursor)} is not supported here`, cursor.at);
    throw new RegexpFault('unrecognized character after (? or (?-', cursor.at);
  }
  const [all, on = '', off = '', end] = match;
  cursor.at += all.length;
  cursor.flags = [...(flags + on)].filter((flag) => !off.includes(flag)).join('');
  if (end === ')') return undefined;
  const group = closeGroup(cursor, '(?:');
  cursor.flags = flags;
  return group;
}

function noSuchGroup(position: number): RegexpFault {
  return new RegexpFault('reference to non-existent subpattern', position);
}

function referenceToName(cursor: Cursor, name: string): Item {
  const number = cursor.names.get(name);
  if (number !== undefined) return referenceTo(cursor, number);
  cursor.unknown.push({ name, at: cursor.at - 1 });
  return { text: NEVER, width: undefined, isRepeatable: true };
}

const NEVER = '(?!)';

/** A group that isn't complete yet has nothing that could be found again; in JavaScript that would match the empty text. */
function referenceTo(cursor: Cursor, group: number): Item {
  cursor.highest = Math.max(cursor.highest, group);
  const text = cursor.closed.has(group) ? `(?:\\k<g${group}>)` : NEVER;
  return { text, width: undefined, isRepeatable: true };
}

const ASSERTIONS: Readonly<Record<string, string>> = {
  A: '(?<![\\s\\S])',
  G: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: '(?!\\n?[\\s\\S])|(?=\\n(?![\\s\\S]))',
  b: `(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD})`,
  B: `(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD})`,
};

/** Parses `\` and what it stands for outside of a class. */
function parseEscape(cursor: Cursor): Item | undefined {
  const character = here(cursor, 1);
  if (character === 'Q') {
    cursor.at += 2;
    return parseQuotation(cursor);
  }
  const meaning = ASSERTIONS[character];
  if (meaning !== undefined) {
    cursor.at += 2;
    return assertion(meaning);
  }
  if (character === 'R') {
    cursor.at += 2;
    const text = atomic(cursor, '\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029]');
    return { text, width: undefined, isRepeatable: true };
  }
  if (
    character === 'N' &&
    (here(cursor, 2) !== '{' || /^\{\d+(?:,\d*)?\}/.test(cursor.source.slice(cursor.at + 2, cursor.at + 16).join('')))
  ) {
    cursor.at += 2;
    return { text: '[^\\n]', width: 1, isRepeatable: true };
  }
  if (/^[KCXg]$/.test(character) && !(character === 'g' && /^[{\d]$/.test(here(cursor, 2)))) {
    throw new RegexpFault(`\\${character} is not supported here`, cursor.at + 1);
  }
  return parseReference(cursor) ?? { text: `[${parseCharacter(cursor).text}]`, width: 1, isRepeatable: true };
}

/** Takes everything up to \E as it stands; the last character may be repeated. */
function parseQuotation(cursor: Cursor): Item | undefined {
  const quoted: string[] = [];
  while (cursor.at < cursor.source.length && !lookingAt(cursor, '\\E')) quoted.push(cursor.source[cursor.at++] as string);
  cursor.at += 2;
  const last = quoted.pop();
  if (last === undefined) return undefined;
  const before = quoted.map((character) => literal(cursor, character).text).join('');
  const piece = parseQuantifier(cursor, literal(cursor, last));
  const width = piece.width === undefined ? undefined : quoted.length + piece.width;
  return { text: before + piece.text, width, isRepeatable: false };
}

/** \1 and the like, where so many groups may be meant, \g{1}, \g{name} and \k<name>. */
function parseReference(cursor: Cursor): Item | undefined {
  const rest = cursor.source.slice(cursor.at, cursor.at + 40).join('');
  const match = /^\\(?:([1-9]\d*)|g(\d+)|g\{(-?\d+|\w+)\}|k(?:<(\w+)>|\{(\w+)\}|'(\w+)'))/.exec(rest);
  if (match === null) return undefined;
  const [all, plain, short, braced, ...names] = match;
  if (
    plain !== undefined &&
    (Number(plain) > 9 ? Number(plain) > cursor.groups : /^[89]/.test(plain) && cursor.groups < Number(plain))
  ) {
    return undefined;
  }
  cursor.at += all.length;
  const given = plain ?? short ?? braced ?? names.find((name) => name !== undefined) ?? '';
  if (!/^-?\d+$/.test(given)) return referenceToName(cursor, given);
  const number = Number(given);
  if (number === 0) throw new RegexpFault('a numbered reference must not be zero', cursor.at - 1);
  return referenceTo(cursor, number < 0 ? cursor.groups + 1 + number : number);
}

/** A character or class of them, as it stands in a class; `code` where it is a single one. */
interface ClassItem {
  readonly text: string;
  readonly code: string | undefined;
}

const NAMED_CHARACTERS: Readonly<Record<string, string>> = { a: '\x07', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Parses `\` and a character or class that it stands for. */
function parseCharacter(cursor: Cursor): ClassItem {
  const character = here(cursor, 1);
  const start = cursor.at + 1;
  if (character === '') throw new RegexpFault('\\ at end of pattern', start);
  cursor.at += 2;
  const set = CLASSES[character];
  if (set !== undefined) return { text: set, code: undefined };
  if (character === 'p' || character === 'P') return parseProperty(cursor, character);
  if (/^[LlUuN]$/.test(character)) {
    throw new RegexpFault('PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u', start);
  }
  const code = NAMED_CHARACTERS[character] ?? parseCoded(cursor, character) ?? character;
  return { text: variants(cursor, code), code };
}

/** \x41, \x{41}, \o{101}, \101 and \cA; undefined for any other character. */
function parseCoded(cursor: Cursor, character: string): string | undefined {
  if (character === 'c') {
    const control = here(cursor);
    if (control === '') throw new RegexpFault('\\c at end of pattern', cursor.at);
    cursor.at++;
    return String.fromCharCode(control.toUpperCase().charCodeAt(0) ^ 0x40);
  }
  const rest = character + cursor.source.slice(cursor.at, cursor.at + 12).join('');
  const match = /^(?:x\{([\da-fA-F]+)\}|x([\da-fA-F]{0,2})|o\{([0-7]+)\}|([0-7]{1,3}))/.exec(rest);
  if (match === null) return undefined;
  const [all, long, short, braced, octal] = match;
  cursor.at += all.length - 1;
  const hex = long ?? short;
  const code = hex === undefined ? Number.parseInt(braced ?? (octal as string), 8) : Number.parseInt(hex || '0', 16);
  if (code > 0x10ffff) throw new RegexpFault('character value in \\x{} or \\o{} is too large', cursor.at - 1);
  return String.fromCodePoint(code);
}

function parseProperty(cursor: Cursor, letter: string): ClassItem {
  const match = /^(?:([A-Z])|\{(\^?)([\w&]+)\})/.exec(cursor.source.slice(cursor.at, cursor.at + 40).join(''));
  if (match === null) throw new RegexpFault('malformed \\P or \\p sequence', cursor.at);
  cursor.at += match[0].length;
  const [, short, caret, name = short as string] = match;
  const isNegated = (letter === 'P') !== (caret === '^');
  for (const property of [name, `Script=${name}`]) {
    const text = `\\${isNegated ? 'P' : 'p'}{${property === 'L&' ? 'LC' : property}}`;
    try {
      new RegExp(text, 'v');
      return { text, code: undefined };
    } catch {
      // Not a property of that kind.
    }
  }
  throw new RegexpFault('unknown property name after \\P or \\p', cursor.at - 1);
}

/** Parses `[...]`. */
function parseClass(cursor: Cursor): Item {
  cursor.at++;
  const isNegated = here(cursor) === '^';
  if (isNegated) cursor.at++;
  let text = '';
  for (let isFirst = true; isFirst || here(cursor) !== ']'; isFirst = false) {
    if (cursor.at >= cursor.source.length) throw new RegexpFault('missing terminating ] for character class', cursor.at);
    text += parseClassRange(cursor);
  }
  cursor.at++;
  return { text: isNegated ? `[^${text}]` : `[${text}]`, width: 1, isRepeatable: true };
}

function parseClassRange(cursor: Cursor): string {
  const from = parseClassItem(cursor);
  const isRange = here(cursor) === '-' && here(cursor, 1) !== ']' && here(cursor, 1) !== '' && from?.code !== undefined;
  if (!isRange) return from?.text ?? '';
  cursor.at++;
  const to = parseClassItem(cursor);
  if (to?.code === undefined) throw new RegexpFault('invalid range in character class', cursor.at - 1);
  const [first, last] = [from.code, to.code].map((code) => code.codePointAt(0) as number) as [number, number];
  if (last < first) throw new RegexpFault('range out of order in character class', cursor.at - 1);
  const range = `${escaped(from.code)}-${escaped(to.code)}`;
  if (!has(cursor, 'i') || last - first > 0x1000) return range;
  const characters = Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
  return characters.map((character) => variants(cursor, character)).join('');
}

function parseClassItem(cursor: Cursor): ClassItem | undefined {
  const character = here(cursor);
  const posix = /^\[:(\^?)(\w*):\]/.exec(cursor.source.slice(cursor.at, cursor.at + 16).join(''));
  if (posix !== null) {
    const name = posix[2] as string;
    const set = POSIX_CLASSES[has(cursor, 'i') && (name === 'upper' || name === 'lower') ? 'alpha' : name];
    if (set === undefined) throw new RegexpFault('unknown POSIX class name', cursor.at + 2);
    cursor.at += posix[0].length;
    return { text: posix[1] === '^' ? NOT(set) : set, code: undefined };
  }
  if (character === '\\' && (here(cursor, 1) === 'E' || here(cursor, 1) === 'Q')) {
    cursor.at += 2;
    return here(cursor, -1) === 'Q' ? { text: quotedClass(cursor), code: undefined } : undefined;
  }
  if (character === '\\' && here(cursor, 1) === 'b') {
    cursor.at += 2;
    return { text: '\\x08', code: '\b' };
  }
  if (character === '\\') return parseCharacter(cursor);
  cursor.at++;
  return { text: variants(cursor, character), code: character };
}

function quotedClass(cursor: Cursor): string {
  return [...skipPast(cursor, '\\E', 'missing terminating ] for character class')]
    .map((character) => variants(cursor, character))
    .join('');
}
