import { describe, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { beamDisasm } from '../../src/code/beam-disasm.js';
import type { Instruction } from '../../src/code/instructions.js';
import { formatTerm } from '../../src/term/format.js';
import { isTuple, properList } from '../../src/term/model.js';
import { madeModule, make, o } from './made-module.js';

const typesOf = {
  25: { version: 1, any: 0x1fff, integer: 0x40 },
  27: { version: 3, any: 0xfff, integer: 0x20 },
  29: { version: 4, any: 0x1fff, integer: 0x20 },
};

/** The instructions of f/0 between its head and `return`, as text. */
function shown(otp: 25 | 27 | 29, ...body: readonly Instruction[]): readonly string[] {
  const { version, any, integer } = typesOf[otp];
  const types = { version, entries: [{ bits: any }, { bits: integer }] };
  const term = beamDisasm(readBeam(madeModule({ body, types })), { otp });
  const functions = isTuple(term, 6) ? properList(term.items[5]) : undefined;
  const instructions = isTuple(functions?.[0], 5) ? properList(functions[0].items[4]) : undefined;
  return instructions?.slice(4, -1).map((instruction) => formatTerm(instruction)) ?? [];
}

describe('the terms of beam_disasm', () => {
  it('name the module, its exports and functions', () => {
    const module = readBeam(madeModule({ body: [] }));
    expect(formatTerm(beamDisasm(module, { otp: 27 }))).toBe(
      '{beam_file,m,[{f,0,2}],[],[],[{function,f,0,2,[{label,1},{line,1},{func_info,{atom,m},{atom,f},0},{label,2},return]},' +
        '{function,g,1,4,[{line,2},{label,3},{func_info,{atom,m},{atom,g},1},{label,4},return,{label,5},return]}]}',
    );
    expect(formatTerm(beamDisasm(module, { otp: 29 }))).toContain('{function,g,1,4,[{label,3},{line,[{location,"x.erl",8}]},');
  });

  // Taken from beam_disasm of these releases; test/otp/code.test.ts asks it about everything.
  const differing: readonly (readonly [Instruction, string, string])[] = [
    [
      make('fadd', o.label(0), o.fr(0), o.fr(1), o.fr(2)),
      '{arithfbif,fadd,{f,0},[{fr,0},{fr,1}],{fr,2}}',
      '{bif,fadd,{f,0},[{fr,0},{fr,1}],{fr,2}}',
    ],
    [make('raise', o.x(2), o.x(1)), '{raise,{f,0},[{x,2},{x,1}],{x,0}}', '{bif,raise,{f,0},[{x,2},{x,1}],{x,0}}'],
    [
      make('bs_get_integer2', o.label(5), o.x(9), o.u(2), o.i(16), o.u(1), o.u(6), o.x(1)),
      '{test,bs_get_integer2,{f,5},[{x,9},2,{integer,16},1,{field_flags,6},{x,1}]}',
      '{test,bs_get_integer2,{f,5},2,[{x,9},{integer,16},1,{field_flags,[little,signed]}],{x,1}}',
    ],
    [
      make('bs_match_string', o.label(5), o.x(9), o.u(12), o.u(1)),
      '{test,bs_match_string,{f,5},[{x,9},12,<<"el">>]}',
      '{test,bs_match_string,{f,5},[{x,9},12,{string,<<"el">>}]}',
    ],
    [make('bs_get_tail', o.x(1), o.x(0), o.u(2)), '{bs_get_tail,{x,1},{x,0},{u,2}}', '{bs_get_tail,{x,1},{x,0},2}'],
    [
      make('bs_start_match3', o.label(5), o.x(0), o.u(1), o.x(1)),
      '{bs_start_match3,{f,5},{x,0},{u,1},{x,1}}',
      '{test,bs_start_match3,{f,5},1,[{x,0}],{x,1}}',
    ],
    [make('call_fun2', o.u(0), o.u(1), o.x(0)), '{call_fun2,{u,0},1,{x,0}}', '{call_fun2,{f,4},1,{x,0}}'],
    [
      make(
        'bs_create_bin',
        o.label(0),
        o.u(0),
        o.u(1),
        o.u(8),
        o.x(0),
        o.list(o.atom('string'), o.u(0), o.u(8), o.nil, o.u(1), o.i(2)),
      ),
      '{bs_create_bin,[{{f,0},{u,0},{u,1},{u,8},{x,0},{z,1},{u,6},[{atom,string},{u,0},{u,8},nil,{u,1},{i,2}]}]}',
      '{bs_create_bin,{f,0},0,1,8,{x,0},{list,[{atom,string},0,8,nil,{string,<<"el">>},{integer,2}]}}',
    ],
    [
      make('badmatch', o.typed(o.x(0), 1)),
      '{badmatch,{tr,{x,0},{{t_integer,any},0,18446744073709551615}}}',
      '{badmatch,{tr,{x,0},{t_integer,any}}}',
    ],
  ];
  it.each(differing.map(([instruction, ...texts]) => [instruction.name, instruction, ...texts] as const))(
    'have the shapes of their release: %s',
    (_, instruction, in25, since26) => {
      expect(shown(25, instruction)).toEqual([in25]);
      expect(shown(27, instruction)).toEqual([since26]);
      expect(shown(29, instruction)).toEqual([since26]);
    },
  );

  it('name files from 29 on only', () => {
    const body = [make('line', o.u(3)), make('line', o.u(1)), make('line', o.u(0))];
    expect(shown(27, ...body)).toEqual(['{line,3}', '{line,1}', '{line,0}']);
    expect(shown(29, ...body)).toEqual(['{line,[{location,"x.erl",9}]}', '{line,[{location,[],7}]}', '{line,[]}']);
  });

  it('show what no release shows in the plainest way', () => {
    const body = [
      make('call', o.u(1), o.label(5)),
      make('m_plus', o.label(0), o.x(0), o.x(1), o.x(2)),
      make('move', o.character(65), o.x(0)),
      make('bs_match', o.label(5), o.x(0), o.list(o.atom('skip'))),
    ];
    expect(shown(29, ...body)).toEqual([
      '{call,1,{f,5}}',
      '{m_plus,{f,0},{x,0},{x,1},{x,2}}',
      '{move,{h,65},{x,0}}',
      '{bs_match,{f,5},{x,0},{list,[{atom,skip}]}}',
    ]);
  });

  it('are those of the release that compiled the module', () => {
    const old = readBeam(madeModule({ body: [make('bs_get_tail', o.x(1), o.x(0), o.u(2))], header: { opcodeMax: 180 } }));
    expect(formatTerm(beamDisasm(old))).toContain('{bs_get_tail,{x,1},{x,0},{u,2}}');
  });

  it('can’t be made of a number that is beyond its table', () => {
    const module = readBeam(madeModule({ body: [make('call_ext', o.u(0), o.u(99))] }), { file: 'm.beam' });
    expect(() => beamDisasm(module)).toThrow(
      expect.objectContaining({ code: 'range', file: 'm.beam', path: ['Code', 'function 0', 'instruction 4'] }),
    );
  });
});
