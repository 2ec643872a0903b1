// The shapes in which the macros of OTP and of Elixir put a line or a file into code. Where only these differ, code does what it did before.
//
//   logger      #{mfa => {M,F,A}, line => 7, file => "src/m.erl"}, also with other keys     ?LOG_*, Logger of Elixir
//   assert.hrl  [{module,M},{line,7}|_], built of literals where a value is only known at run time
//   ?FILE       a string that is the path of the module's source
//
// A bare ?LINE is an integer as any other.

import type { BeamModule } from '../../beam/module.js';
import { encodeUtf8 } from '../../bytes/text.js';
import { isAtom, isList, isTuple, type List, type MapTerm, NIL, type Term, textOf, tuple } from '../../term/model.js';
import { opcodeByName } from '../opcodes.js';
import type { OperandCursor } from '../operand-cursor.js';
import { KIND_LITERAL } from '../scanner.js';

/** What finds lines and files among a module's literals. */
export interface LineLiterals {
  /** Returns the literal with the same line and file as all others have. */
  readonly without: (literal: Term) => Term;
  /** Tells whether the put_list whose operands come next adds `{line,7}`, and the instruction after it `{module,M}`. */
  readonly isLineOfList: (code: OperandCursor) => boolean;
}

/** Tells whether any literal may be of one of these shapes, from its bytes: in most modules none is. */
export function mayHoldLines({ name, literals }: BeamModule): boolean {
  const file = encodeUtf8(`${name}.erl`);
  for (let at = 0; at < literals.count; at++) {
    const bytes = literals.bytes(at);
    if (holds(bytes, LINE_ATOM) || holds(bytes, file)) return true;
  }
  return false;
}

/** The atom `line`, as all compilers write it in literals. */
const LINE_ATOM = Uint8Array.of(119, 4, ...encodeUtf8('line'));

function holds(bytes: Uint8Array, part: Uint8Array): boolean {
  const [first] = part as unknown as readonly [number];
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (part.every((byte, place) => bytes[at + place] === byte)) return true;
  }
  return false;
}

/** Returns what finds them in that module. */
export function lineLiterals(module: BeamModule): LineLiterals {
  const { name } = module;
  return {
    without: (literal) => withoutLines(literal, name),
    isLineOfList: (code) => {
      const { pos, op, arity } = code;
      const found = isLineThenModule(module, code);
      Object.assign(code, { pos, op, arity });
      return found;
    },
  };
}

const PUT_LIST = opcodeByName('put_list').number;

function isLineThenModule(module: BeamModule, code: OperandCursor): boolean {
  if (!isLine(readLiteral(module, code))) return false;
  code.skip(1);
  code.read();
  const { kind, value } = code;
  if (!code.next() || code.op !== PUT_LIST || !isModule(readLiteral(module, code), module.name)) return false;
  code.read();
  return code.kind === kind && code.value === value;
}

function readLiteral(module: BeamModule, code: OperandCursor): Term {
  code.read();
  return code.kind === KIND_LITERAL && code.value < module.literals.count ? module.literals.term(code.value) : NIL;
}

function isLine(term: Term | undefined): boolean {
  return isTuple(term, 2) && isAtom(term.items[0], 'line') && typeof term.items[1] === 'number';
}

function isModule(term: Term | undefined, name: string): boolean {
  return isTuple(term, 2) && isAtom(term.items[0], 'module') && isAtom(term.items[1], name);
}

function withoutLines(term: Term, module: string): Term {
  if (isFile(term, module)) return NIL;
  if (isList(term)) return withoutLineOfList(term, module);
  return isMap(term) && isLocation(term, module) ? withoutLocation(term) : term;
}

/** `"src/m.erl"`, as the compiler was given it. */
function isFile(term: Term, module: string): boolean {
  const text = textOf(term) ?? '';
  return text === `${module}.erl` || text.endsWith(`/${module}.erl`);
}

function withoutLineOfList(term: List, module: string): Term {
  const at = term.items.findIndex((item, place) => isLine(item) && isModule(term.items[place - 1], module));
  if (at < 0) return term;
  return { ...term, items: term.items.with(at, tuple(term.items[at - 1] as Term)) };
}

function isMap(term: Term): term is MapTerm {
  return typeof term === 'object' && term.kind === 'map';
}

function isLocation({ pairs }: MapTerm, module: string): boolean {
  const value = (key: string) => pairs.find(([name]) => isAtom(name, key))?.[1];
  const mfa = value('mfa');
  const isOwn = isTuple(mfa, 3) && isAtom(mfa.items[0], module);
  return isOwn && typeof value('line') === 'number' && textOf(value('file')) !== undefined;
}

function withoutLocation({ pairs }: MapTerm): Term {
  const kept = pairs.map(([key, value]) => [key, isAtom(key, 'line') || isAtom(key, 'file') ? NIL : value] as const);
  return { kind: 'map', pairs: kept };
}
