// The shapes of instructions that match and build bitstrings, in which `beam_disasm` of OTP 26 and later reads the string table and the
// commands of bs_match. Each shape says what it makes; shapes-by-release.ts says which release has it.

import { atom, binary, list, type Term, tuple } from '../term/model.js';
import { type Operand, operandIndex } from './operands.js';
import { plain, type Shape, type Subject } from './shapes.js';

const TEST = atom('test');
const LIST = atom('list');

/** `{test,bs_match_string,{f,1},[{x,0},16,Bytes]}`, with the bytes as they are or in `{string,_}`. */
export const matchString =
  (show: (bytes: Term) => Term): Shape =>
  ({ name, tables, operands, terms: [fail, context, bits] }) => {
    const bytes = tables.string(operandIndex(operands[3]), Math.ceil(operandIndex(operands[2]) / 8));
    return tuple(TEST, atom(name), fail, list([context, bits, show(binary(bytes))]));
  };

/** `{string,<<"ab">>}`. */
export function stringOperand(bytes: Term): Term {
  return tuple(atom('string'), bytes);
}

/** `{test,bs_get_integer2,{f,1},3,[{x,0},{integer,8},1,{field_flags,[]}],{x,1}}`: live count and destination outside the list. */
export const matchField: Shape = ({ name, terms: [fail, context, live, size, unit, flags, dst] }) =>
  tuple(TEST, atom(name), fail, live, list([context, size, unit, flags]), dst);

/** `{test,bs_start_match3,{f,1},2,[{x,0}],{x,1}}`. */
export const startMatch3: Shape = ({ name, terms: [fail, src, live, dst] }) =>
  tuple(TEST, atom(name), fail, live, list([src]), dst);

/** `{bs_create_bin,[{{f,0},{u,0},{u,1},{u,8},{x,0},{z,1},{u,6},[...]}]}`: as it was read. */
export const createBinTagged: Shape = ({ name, operands, raw }) => {
  const segments = operands[5];
  if (segments.kind !== 'list') return tuple(atom(name), ...operands.map(raw));
  const head = operands.slice(0, 5).map(raw);
  const count = tuple(atom('u'), segments.items.length);
  return tuple(atom(name), list([tuple(...head, tuple(atom('z'), 1), count, list(segments.items.map(raw)))]));
};

/** Operands of one segment of bs_create_bin: type, number, unit, flags, value, size. */
const SEGMENT_SIZE = 6;

/** `{bs_create_bin,{f,0},0,1,8,{x,0},{list,[{atom,string},0,8,nil,{string,<<"ab">>},{integer,2}]}}`: with its strings read. */
export const createBin: Shape = (subject) => {
  const { name, operands, terms } = subject;
  const segments = operands[5];
  if (segments.kind !== 'list') return plain(subject);
  const shown: Term[] = [];
  for (let at = 0; at < segments.items.length; at += SEGMENT_SIZE) {
    shown.push(...segment(subject, segments.items.slice(at, at + SEGMENT_SIZE)));
  }
  return tuple(atom(name), ...terms.slice(0, 5), tuple(LIST, list(shown)));
};

function segment({ tables, term }: Subject, items: readonly Operand[]): readonly Term[] {
  const [type, , , , value, size] = items;
  const terms = items.map(term);
  if (type?.kind !== 'atom' || type.value === 0 || tables.atom(type.value) !== 'string') return terms;
  if (value === undefined || size?.kind !== 'integer') return terms;
  terms[4] = stringOperand(binary(tables.string(operandIndex(value), Number(size.value))));
  return terms;
}

/** How many operands the commands of bs_match take. */
const COMMANDS: ReadonlyMap<string, number> = new Map([
  ['ensure_at_least', 2],
  ['ensure_exactly', 1],
  ['integer', 5],
  ['binary', 5],
  ['skip', 1],
  ['get_tail', 3],
  ['=:=', 3],
]);

/** `{bs_match,{f,1},{x,0},{commands,[{ensure_at_least,8,8},{integer,1,{literal,[]},8,1,{x,1}}]}}`. */
export const match: Shape = (subject) => {
  const { name, operands, terms } = subject;
  const commands = operands[2].kind === 'list' ? commandTerms(subject, operands[2].items) : undefined;
  if (commands === undefined) return plain(subject);
  return tuple(atom(name), terms[0], terms[1], tuple(atom('commands'), list(commands)));
};

/** Returns the commands, or undefined where one is unknown or cut off. */
function commandTerms({ tables, term }: Subject, items: readonly Operand[]): readonly Term[] | undefined {
  const commands: Term[] = [];
  for (let at = 0; at < items.length; ) {
    const command = items[at];
    const name = command?.kind === 'atom' && command.value > 0 ? tables.atom(command.value) : '';
    const size = COMMANDS.get(name);
    if (size === undefined || at + size >= items.length) return undefined;
    const terms = items.slice(at + 1, at + 1 + size).map(term);
    if (name === 'integer' || name === 'binary') terms[1] = flagsTerm(items[at + 2], terms[1] as Term);
    commands.push(tuple(atom(name), ...terms));
    at += 1 + size;
  }
  return commands;
}

/** No flags are shown as an empty literal, not as nil. */
function flagsTerm(operand: Operand | undefined, term: Term): Term {
  return operand?.kind === 'atom' && operand.value === 0 ? tuple(atom('literal'), list([])) : term;
}
