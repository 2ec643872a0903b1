// The terms by which `beam_disasm` shows the type of a typed register: `{t_integer, {0, 10}}`, `any`, a `t_union` of several.
// The shapes are those of the release's beam_types.erl after a round through its compact form, which loses and confuses some: found by
// giving every possible entry to the beam_types of OTP 25, 27 and 29.

import { type TypeEntry, type TypeName, type TypeTable, typeMembers } from '../beam/chunks/types.js';
import { atom, integer, map, type Term, tuple } from '../term/model.js';

const ANY = atom('any');
const NONE = atom('none');
const NIL_TYPE = atom('nil');

const CONS = tuple(atom('t_cons'), ANY, ANY);
const LIST = tuple(atom('t_list'), ANY, ANY);
const TUPLE = tuple(atom('t_tuple'), 0, atom('false'), map([]));
const RECORD = tuple(atom('t_record'), NIL_TYPE, map([]));
const FLOAT = tuple(atom('t_float'), ANY);
const ATOM = tuple(atom('t_atom'), ANY);

/** The members of which a union has room for one only. */
const OTHERS: ReadonlyMap<TypeName, Term> = new Map<TypeName, Term>([
  ['fun', tuple(atom('t_fun'), ANY, ANY, ANY)],
  ['map', tuple(atom('t_map'), ANY, ANY)],
  ['pid', atom('pid')],
  ['port', atom('port')],
  ['reference', atom('reference')],
]);

/** Returns the type as the `beam_disasm` of that release shows it; `any` for a module without types. */
export function typeTerm(table: TypeTable | undefined, entry: TypeEntry | undefined, otp: number): Term {
  if (table === undefined || entry === undefined) return ANY;
  const members = new Set(typeMembers(table, entry));
  return otp < 26 ? boundedType(members, entry) : looseType(members, entry, table.version, otp);
}

/** OTP 25: the type, and its bounds as unsigned words even where it is no number. */
function boundedType(members: ReadonlySet<TypeName>, { lower, upper }: TypeEntry): Term {
  const word = (value: bigint): Term => integer(BigInt.asUintN(64, value));
  return tuple(type25(members), word(lower ?? 0n), word(upper ?? -1n));
}

function type25(members: ReadonlySet<TypeName>): Term {
  const others = othersOf(members);
  const [bitstring, context] = [members.has('bitstring'), members.has('match_context')];
  if (bitstring || context) {
    others.push(tuple(atom(bitstring && context ? 't_bs_matchable' : bitstring ? 't_bitstring' : 't_bs_context'), 1));
  }
  if (others.length > 1) return ANY;
  const number = numberOf(members, atom('number'), tuple(atom('t_integer'), ANY));
  return union([atomOf(members), listOf(members), number, tupleOf(members), others[0]]);
}

/** OTP 26 and later: in a union, the compact form takes two numbers for an integer and two others for a bitstring. */
function looseType(members: ReadonlySet<TypeName>, entry: TypeEntry, version: number, otp: number): Term {
  const bounds = boundsOf(entry);
  const isNumber = members.has('integer') && members.has('float');
  const { one, several } = otherOf(members);
  const parts = (number: Term, other: Term | undefined): readonly (Term | undefined)[] => [
    atomOf(members),
    listOf(members),
    numberOf(members, number, tuple(atom('t_integer'), bounds)),
    tupleOf(members),
    ...(otp >= 29 ? [members.has('record') ? RECORD : undefined] : []),
    other,
  ];
  const exact = parts(tuple(atom('t_number'), bounds), several ? atom('other') : one);
  const isFull = exact.every((part) => part !== undefined);
  if (isFull && isNumber && several && members.has('cons') && members.has('nil')) return ANY;
  if (exact.filter((part) => part !== undefined).length < 2) return union(exact);
  const isBits = several || one === BITS;
  const bits = tuple(atom('t_bitstring'), unitOf(entry, version, otp), atom('false'));
  return union(parts(tuple(atom('t_integer'), bounds), isBits ? bits : one));
}

const BITS = tuple(atom('t_bs_matchable'), 1);

/** Returns the only member of those for which a union has one place (pids, ports and references are one), or that there are several. */
function otherOf(members: ReadonlySet<TypeName>): { readonly one?: Term | undefined; readonly several: boolean } {
  const others = othersOf(members);
  const isBits = members.has('bitstring') || members.has('match_context');
  if (isBits) return others.length > 0 ? { several: true } : { one: BITS, several: false };
  if (others.length < 2) return { one: others[0], several: false };
  const areIdentifiers = !members.has('fun') && !members.has('map');
  return areIdentifiers ? { one: atom('identifier'), several: false } : { several: true };
}

/** The unit as the release reads it, which is one less than the file says, and two less for a table of an older version. */
function unitOf({ unit }: TypeEntry, version: number, otp: number): number {
  const ownVersion = otp >= 29 ? 4 : otp >= 27 ? 3 : 2;
  return (unit === undefined ? 1 : unit - 1) - (version < ownVersion ? 1 : 0);
}

function boundsOf({ lower, upper }: TypeEntry): Term {
  if (lower === undefined && upper === undefined) return ANY;
  return tuple(lower === undefined ? atom('-inf') : integer(lower), upper === undefined ? atom('+inf') : integer(upper));
}

function othersOf(members: ReadonlySet<TypeName>): Term[] {
  return [...OTHERS].filter(([name]) => members.has(name)).map(([, term]) => term);
}

function atomOf(members: ReadonlySet<TypeName>): Term | undefined {
  return members.has('atom') ? ATOM : undefined;
}

function listOf(members: ReadonlySet<TypeName>): Term | undefined {
  if (!members.has('cons')) return members.has('nil') ? NIL_TYPE : undefined;
  return members.has('nil') ? LIST : CONS;
}

function numberOf(members: ReadonlySet<TypeName>, both: Term, whole: Term): Term | undefined {
  if (!members.has('integer')) return members.has('float') ? FLOAT : undefined;
  return members.has('float') ? both : whole;
}

function tupleOf(members: ReadonlySet<TypeName>): Term | undefined {
  return members.has('tuple') ? TUPLE : undefined;
}

/** Returns the only part there is, or all of them in their places. */
function union(parts: readonly (Term | undefined)[]): Term {
  const present = parts.filter((part) => part !== undefined);
  if (present.length < 2) return present[0] ?? NONE;
  return tuple(atom('t_union'), ...parts.map((part) => part ?? NONE));
}
