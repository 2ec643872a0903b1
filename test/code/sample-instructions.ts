// Instructions of every opcode with operands of every kind that its roles allow: the n-th instruction of an opcode has the n-th sample of
// each role. They need the tables of made-module.ts and make no sense as programs.
import type { Instruction } from '../../src/code/instructions.js';
import type { Opcode, OpcodeName } from '../../src/code/opcodes.js';
import type { Operand } from '../../src/code/operands.js';
import { make, o } from './made-module.js';

const counts = [o.u(2), o.u(0), o.u(300), o.u(100_000)];
const registers = [o.x(1), o.y(2), o.x(1000), o.typed(o.x(3), 0), o.typed(o.y(4), 1)];
const constants = [
  ...[o.atom('a'), o.nil, o.i(5), o.i(-5), o.i(2n ** 70n), o.i(-(2n ** 70n))],
  ...[o.literal(0), o.literal(1), o.literal(2), o.literal(3), o.literal(4), o.literal(5), o.literal(7)],
];
const sources = [...registers, ...constants];
const destinations = [o.x(0), o.y(3), o.x(500)];
const sizes = [o.i(8), o.x(2), o.atom('all'), o.u(5)];
const words = { kind: 'words', count: 1 } as const;
const heaps = [
  o.u(6),
  o.allocation(words),
  o.allocation(words, { kind: 'floats', count: 2 }, { kind: 'funs', count: 3 }),
  o.allocation(),
];
const anyList = [
  o.list(o.atom('a'), o.x(1), o.atom('b'), o.y(2)),
  o.list(),
  o.list(...sources, ...(sources.length % 2 === 0 ? [] : [o.nil])),
];

const BY_ROLE: Readonly<Record<string, readonly Operand[]>> = {
  arity: counts,
  bits: [o.u(16), o.u(0), o.u(7), o.u(9)],
  bytes: [o.u(2), o.u(0)],
  catch: [o.y(1), o.y(0)],
  choices: [
    o.list(o.atom('a'), o.label(4), o.i(-3), o.label(5), o.literal(1), o.label(1), o.literal(7), o.label(2)),
    o.list(o.u(1), o.label(4), o.u(300), o.label(5)),
    o.list(),
  ],
  context: [o.x(9), o.y(0)],
  commands: [
    o.list(...[o.atom('ensure_at_least'), o.u(16), o.u(8), o.atom('skip'), o.u(9)]),
    o.list(
      ...[o.atom('ensure_exactly'), o.u(24), o.atom('integer'), o.u(2), o.literal(6), o.u(8), o.u(1), o.x(2)],
      ...[o.atom('binary'), o.u(3), o.nil, o.u(8), o.u(4), o.y(2), o.atom('get_tail'), o.u(2), o.u(1), o.x(3)],
      ...[o.atom('=:='), o.nil, o.u(8), o.u(65), o.atom('=:='), o.nil, o.u(64), o.u(2n ** 63n)],
    ),
    o.list(),
  ],
  dst: destinations,
  environment: anyList,
  fail: [o.label(5), o.label(0), o.label(3)],
  field: [o.atom('b'), o.atom('a')],
  flags: [0, 1, 2, 3, 4, 6, 8, 16, 18, 20, 22, 31, 32].map(o.u),
  heap: heaps,
  hint: [o.atom('copy')],
  import: [0, 1, 2, 3, 4, 5, 6].map(o.u),
  items: anyList,
  keys: anyList,
  kind: [o.atom('entry'), o.atom('line')],
  label: [o.u(7), o.u(19)],
  lambda: [o.u(0), o.u(1)],
  location: [o.u(1), o.u(2), o.u(3), o.u(0)],
  module: [o.atom('m'), o.atom('a')],
  name: [o.atom('f'), o.atom('a')],
  pairs: anyList,
  registers: [o.list(o.y(0), o.y(1)), o.list()],
  scope: [o.atom('external')],
  segments: [
    o.list(
      ...[o.atom('integer'), o.u(1), o.u(1), o.nil, o.x(1), o.i(8), o.atom('string'), o.u(2), o.u(8), o.nil, o.u(1), o.i(3)],
      ...[o.atom('append'), o.u(0), o.u(8), o.nil, o.typed(o.x(0), 0), o.atom('all')],
      ...[o.atom('utf8'), o.u(2), o.u(0), o.nil, o.i(65), o.atom('undefined')],
      ...[o.atom('float'), o.u(3), o.u(1), o.literal(6), o.literal(1), o.i(64)],
      ...[o.atom('binary'), o.u(300), o.u(1), o.literal(6), o.literal(4), o.y(3)],
    ),
    o.list(o.atom('string'), o.u(0), o.u(8), o.nil, o.u(0), o.i(0)),
    o.list(),
  ],
  size: sizes,
  src: sources,
  string: [o.u(1), o.u(0)],
  target: [o.label(4), o.label(2)],
  time: sources,
  updates: [o.list(o.u(1), o.x(1), o.u(2), o.literal(0)), o.list()],
  value: sources,
};

/** Roles whose samples an opcode needs to be others. */
const BY_OPCODE: { readonly [Name in OpcodeName]?: Readonly<Record<string, readonly Operand[]>> } = {
  call_fun2: { lambda: [o.u(0), o.atom('safe'), o.atom('unsafe'), o.label(4)] },
  bs_start_match4: { fail: [o.label(4), o.atom('no_fail'), o.atom('resume')] },
  put_record: { name: [o.atom('f'), o.literal(0)], src: [o.nil, o.x(1), o.literal(0)] },
  get_record_field: { name: [o.atom('f'), o.literal(0)] },
  fmove: { src: [o.fr(0), o.x(1), o.literal(1), o.float(1.5)], dst: [o.fr(1), o.x(2), o.y(3)] },
  fconv: { dst: [o.fr(2), o.fr(3)] },
  is_function2: { arity: [...counts, o.i(2), o.x(1)] },
  bs_save2: { slot: [o.u(1), o.atom('a')] },
  update_record: { src: registers },
};

/** Returns instructions of one opcode: as many as the role with the most samples has of them. */
export function sampleInstructions({ name, roles }: Opcode): readonly Instruction[] {
  const samples = roles.map((role) => BY_OPCODE[name]?.[role] ?? BY_ROLE[role] ?? registersOrCounts(role));
  const most = Math.max(1, ...samples.map((all) => all.length));
  return Array.from({ length: most }, (_, at) => make(name, ...samples.map((all) => all[at % all.length] as Operand)));
}

const REGISTER_ROLES = ['head', 'tail', 'marker', 'reason', 'reference', 'trace', 'tuple'];

function registersOrCounts(role: string): readonly Operand[] {
  return REGISTER_ROLES.includes(role) ? registers : counts;
}
