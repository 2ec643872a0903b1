// Terms as text on one line, equal to what io_lib:format("~0tp", [T]) and ("~tw", [T]) give, and without the `t` where asked for.
// Maps are in the exact order of their keys: ~0ktp and ~ktw of OTP 26 and later, and what 25 has for maps of up to 32 keys.
//
//   1 1.5 ok 'Ok' "text" [a|b] {a} #{k => v} <<"é"/utf8>> <<1,2:3>> fun m:f/1 #Fun<m.0.1> <0.1.2> #Port<0.1> #Ref<0.3.2.1> #m:r{f = 1}
//
// The number of another node depends on the runtime that prints; here its name stands instead: <shop@host.1.2>.
// Defined by lib/stdlib/src/io_lib.erl, io_lib_pretty.erl and, for funs, pids, ports and references, erts/emulator/beam/erl_printf_term.c.

import { ParseError } from '../errors.js';
import { MAX_DEPTH } from '../limits.js';
import { formatExportFun, formatLocalFun } from './format-fun.js';
import { isPrintable, type PrintableBytes, printableBytes } from './format-printable.js';
import { type CharacterSet, formatAtom, formatFloat, formatString } from './format-token.js';
import type { Atom, Bitstring, List, MapTerm, NativeRecord, Term } from './model.js';
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

/** Options with their defaults, and how deep the term is that is formatted now. */
interface Context {
  readonly strings: boolean;
  readonly printable: CharacterSet;
  readonly output: CharacterSet;
  readonly otp: number;
  depth: number;
}

/** Formats a term on one line; throws ParseError `limit` where it nests deeper than MAX_DEPTH. */
export function formatTerm(term: Term, options: FormatOptions = {}): string {
  const { mode = 'p', encoding = 'latin1', output = 'unicode', otp = 29 } = options;
  const printable = output === 'latin1' ? 'latin1' : encoding;
  return format(term, { strings: mode === 'p', printable, output, otp, depth: 0 });
}

/** A dispatch table by kind. */
function format(term: Term, context: Context): string {
  if (typeof term !== 'object') return String(term);
  switch (term.kind) {
    case 'atom':
      return formatAtom(term.name, context);
    case 'float':
      return formatFloat(term.value);
    case 'nil':
      return '[]';
    case 'tuple':
      return nested(context, () => `{${items(term.items, context)}}`);
    case 'list':
      return nested(context, () => list(term, context));
    case 'map':
      return nested(context, () => `#{${pairs(term, context)}}`);
    case 'bitstring':
      return bitstring(term, context);
    case 'pid':
      return `<${node(term.node)}.${term.id}.${term.serial}>`;
    case 'port':
      return `#Port<${node(term.node)}.${term.id}>`;
    case 'reference':
      return `#Ref<${[node(term.node), ...[...term.ids].reverse()].join('.')}>`;
    case 'export':
      return formatExportFun(term);
    case 'fun':
      return formatLocalFun(term);
    case 'record':
      return nested(context, () => record(term, context));
  }
}

function nested(context: Context, inside: () => string): string {
  if (++context.depth > MAX_DEPTH) {
    throw new ParseError({ code: 'limit', reason: `nested more than ${MAX_DEPTH} deep`, space: 'term' });
  }
  const text = inside();
  context.depth--;
  return text;
}

// Texts grow by +=, which doesn't copy what is there; join would copy each level's text once more.
function items(terms: readonly Term[], context: Context): string {
  let text = '';
  let separator = '';
  for (const term of terms) {
    text += separator + format(term, context);
    separator = ',';
  }
  return text;
}

function list(term: List, context: Context): string {
  const isProper = typeof term.tail === 'object' && term.tail.kind === 'nil';
  if (context.strings && isProper) {
    const text = printableText(term.items, context.printable);
    if (text !== undefined) return formatString(text, context.output);
  }
  return `[${items(term.items, context)}${isProper ? '' : `|${format(term.tail, context)}`}]`;
}

function printableText(codes: readonly Term[], set: CharacterSet): string | undefined {
  for (const code of codes) if (typeof code !== 'number' || !isPrintable(code, set)) return undefined;
  let text = '';
  for (const code of codes) text += String.fromCodePoint(code as number);
  return text;
}

function pairs(term: MapTerm, context: Context): string {
  let text = '';
  let separator = '';
  for (const [key, value] of sortedPairs(term)) {
    text += `${separator}${format(key, context)} => ${format(value, context)}`;
    separator = ',';
  }
  return text;
}

function record(term: NativeRecord, context: Context): string {
  let text = '';
  let separator = '';
  for (const [name, value] of term.fields) {
    text += `${separator}${formatAtom(name.name, context)} = ${format(value, context)}`;
    separator = ',';
  }
  return `#${formatAtom(term.module.name, context)}:${formatAtom(term.name.name, context)}{${text}}`;
}

function bitstring(term: Bitstring, context: Context): string {
  const { bytes, bits } = term;
  if (bytes.length === 0) return '<<>>';
  if (bits < 8) {
    const last = (bytes[bytes.length - 1] as number) >> (8 - bits);
    return `<<${[...bytes.subarray(0, -1), `${last}:${bits}`].join(',')}>>`;
  }
  const found = context.strings ? printable(bytes, context) : undefined;
  if (found === undefined) return `<<${bytes.join(',')}>>`;
  return `<<${formatString(found.text)}${found.isUtf8 ? '/utf8' : ''}>>`;
}

function printable(bytes: Uint8Array, context: Context): PrintableBytes | undefined {
  return printableBytes(bytes, context.output === 'latin1' ? undefined : context.printable, context.otp);
}

/** Returns what stands for the node: 0 for the one that prints and for one without a name. */
function node(name: Atom): string {
  return name.name === 'nonode@nohost' ? '0' : formatAtom(name.name);
}
