// Terms as text on one line, equal to what io_lib:format("~0tp", [T]) and ("~tw", [T]) give, and without the `t` where asked for.
// Maps are in the exact order of their keys: ~0ktp and ~ktw of OTP 26 and later, and what 25 has for maps of up to 32 keys.
//
//   1 1.5 ok 'Ok' "text" [a|b] {a} #{k => v} <<"é"/utf8>> <<1,2:3>> fun m:f/1 #Fun<m.0.1> <0.1.2> #Port<0.1> #Ref<0.3.2.1> #m:r{f = 1}
//
// The number of another node depends on the runtime that prints; here its name stands instead: <shop@host.1.2>. Two things of the order
// of keys aren't followed: before OTP 27 it takes 0.0 and -0.0 for the same, and since 26 it compares maps within keys by the numbers
// that the runtime gave to their atoms.
// Defined by lib/stdlib/src/io_lib.erl, io_lib_pretty.erl and, for funs, pids, ports and references, erts/emulator/beam/erl_printf_term.c.

import { ParseError } from '../errors.js';
import { MAX_INTEGER_BITS_IN_TEXT, MAX_LISTING_CHARACTERS } from '../limits.js';
import { formatExportFun, formatLocalFun } from './format-fun.js';
import { isPrintable, type PrintableBytes, printableBytes } from './format-printable.js';
import { type CharacterSet, formatAtom, formatFloat, formatString } from './format-token.js';
import type { Atom, Bitstring, List, NativeRecord, Term } from './model.js';
import { sortedPairs } from './order.js';

/** How to format a term. */
export interface FormatOptions {
  /** `p`, the default, shows printable lists and binaries as strings; `w` shows what they consist of. */
  readonly mode?: 'p' | 'w' | undefined;
  /** What is printable, as the runtime's `+pc` says: `latin1` by default. */
  readonly encoding?: CharacterSet | undefined;
  /** `latin1` is to leave out the `t`: atoms have \x{...} for characters above 255, and no string has any. `unicode` by default. */
  readonly output?: CharacterSet | undefined;
  /** Release whose rules hold, 29 by default: `maybe` is quoted since 27. */
  readonly otp?: number | undefined;
}

/** Options with their defaults. */
interface Context {
  readonly strings: boolean;
  readonly printable: CharacterSet;
  readonly output: CharacterSet;
  readonly otp: number;
}

/** A container that is being written: `open`, then the terms with what goes before each, then `close`. */
interface Container {
  readonly open: string;
  readonly terms: readonly Term[];
  readonly before: (at: number) => string;
  readonly close: string;
}

/** Formats a term on one line, however deep it is; throws ParseError `limit` where the text or an integer is too long. */
export function formatTerm(term: Term, options: FormatOptions = {}): string {
  const { mode = 'p', encoding = 'latin1', output = 'unicode', otp = 29 } = options;
  const printable = output === 'latin1' ? 'latin1' : encoding;
  try {
    return format(term, { strings: mode === 'p', printable, output, otp });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ParseError({ code: 'limit', reason: 'a term whose text is longer than a string can be', space: 'term' });
  }
}

/** Walks the term with a stack of its own, since terms may be deeper than the engine's stack. */
function format(root: Term, context: Context): string {
  let text = '';
  const outer: { readonly container: Container; next: number }[] = [];
  for (let term: Term | undefined = root; term !== undefined; ) {
    const part: string | Container = begin(term, context);
    if (typeof part === 'string') {
      text += part;
      if (text.length > MAX_LISTING_CHARACTERS) failTooLong();
    } else {
      text += part.open;
      outer.push({ container: part, next: 0 });
    }
    term = undefined;
    for (let top = outer.at(-1); top !== undefined && term === undefined; top = outer.at(-1)) {
      const { container } = top;
      if (top.next < container.terms.length) {
        text += container.before(top.next);
        term = container.terms[top.next++];
      } else {
        text += container.close;
        outer.pop();
      }
    }
  }
  return text;
}

function failTooLong(): never {
  throw new ParseError({ code: 'limit', reason: `text of more than ${MAX_LISTING_CHARACTERS} characters`, space: 'term' });
}

/** Digits of a huge integer cost more than linear time: no release prints or reads one of more bits than this. */
function formatBig(value: bigint): string {
  // The limit itself takes longer to make than most integers to print.
  if (BigInt.asIntN(USUAL_BITS, value) === value) return String(value);
  largest ??= 1n << BigInt(MAX_INTEGER_BITS_IN_TEXT);
  if (value < largest && value > -largest) return String(value);
  throw new ParseError({ code: 'limit', reason: `integer of more than ${MAX_INTEGER_BITS_IN_TEXT} bits`, space: 'term' });
}

const USUAL_BITS = 256;
let largest: bigint | undefined;

/** Returns the text of a term without parts, or the container. A dispatch table by kind. */
function begin(term: Term, context: Context): string | Container {
  if (typeof term === 'bigint') return formatBig(term);
  if (typeof term === 'number') return String(term);
  switch (term.kind) {
    case 'atom':
      return formatAtom(term.name, context);
    case 'float':
      return formatFloat(term.value);
    case 'nil':
      return '[]';
    case 'tuple':
      return { open: '{', terms: term.items, before: comma, close: '}' };
    case 'list':
      return list(term, context);
    case 'map':
      return { open: '#{', terms: sortedPairs(term).flat(), before: commaOrArrow, close: '}' };
    case 'bitstring':
      return bitstring(term, context);
    case 'pid':
      return `<${node(term.node, context)}.${term.id}.${term.serial}>`;
    case 'port':
      return `#Port<${node(term.node, context)}.${term.id}>`;
    case 'reference':
      return `#Ref<${[node(term.node, context), ...[...term.ids].reverse()].join('.')}>`;
    case 'export':
      return formatExportFun(term);
    case 'fun':
      return formatLocalFun(term);
    case 'record':
      return record(term, context);
  }
}

function comma(at: number): string {
  return at === 0 ? '' : ',';
}

function commaOrArrow(at: number): string {
  return at % 2 === 1 ? ' => ' : comma(at);
}

function list(term: List, context: Context): string | Container {
  const { items, tail } = term;
  if (typeof tail !== 'object' || tail.kind !== 'nil') {
    return { open: '[', terms: [...items, tail], before: (at) => (at === items.length ? '|' : comma(at)), close: ']' };
  }
  const text = context.strings ? printableText(items, context.printable) : undefined;
  return text === undefined ? { open: '[', terms: items, before: comma, close: ']' } : formatString(text, context.output);
}

function printableText(codes: readonly Term[], set: CharacterSet): string | undefined {
  for (const code of codes) if (typeof code !== 'number' || !isPrintable(code, set)) return undefined;
  let text = '';
  for (const code of codes) text += String.fromCodePoint(code as number);
  return text;
}

function record(term: NativeRecord, context: Context): Container {
  const { module, name, fields } = term;
  return {
    open: `#${formatAtom(module.name, context)}:${formatAtom(name.name, context)}{`,
    terms: fields.map(([, value]) => value),
    before: (at) => `${comma(at)}${formatAtom((fields[at] as (typeof fields)[number])[0].name, context)} = `,
    close: '}',
  };
}

function bitstring({ bytes, bits }: Bitstring, context: Context): string {
  if (bits < 8) {
    const whole = bytes.subarray(0, -1);
    const last = (bytes[whole.length] as number) >> (8 - bits);
    return `<<${whole.join(',')}${comma(whole.length)}${last}:${bits}>>`;
  }
  const found = context.strings ? printable(bytes, context) : undefined;
  if (found === undefined) return `<<${bytes.join(',')}>>`;
  return `<<${formatString(found.text)}${found.isUtf8 ? '/utf8' : ''}>>`;
}

function printable(bytes: Uint8Array, context: Context): PrintableBytes | undefined {
  if (bytes.length === 0) return undefined;
  return printableBytes(bytes, context.output === 'latin1' ? undefined : context.printable, context.otp);
}

/** Returns what stands for the node: 0 for one that isn't distributed, the name of others. */
function node(name: Atom, context: Context): string {
  return name.name === 'nonode@nohost' ? '0' : formatAtom(name.name, context);
}
