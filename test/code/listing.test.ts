import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { formatListing, listCode } from '../../src/code/listing.js';
import { fixtureBeams } from '../support/fixtures.js';
import { madeModule, make, o } from './made-module.js';

describe('a listing', () => {
  it('is a .S file with everything resolved', () => {
    const body = [
      make('line', o.u(3)),
      make('call_ext', o.u(2), o.u(2)),
      make('move', o.literal(2), o.typed(o.y(1), 1)),
      make('make_fun3', o.u(0), o.x(0), o.list(o.x(1))),
      make('call', o.u(1), o.label(4)),
      make('jump', o.label(5)),
      make('line', o.u(0)),
      make('bs_match_string', o.label(5), o.x(0), o.u(16), o.u(1)),
    ];
    const types = { version: 3, entries: [{ bits: 0xfff }, { bits: 0x1020, lower: 0n }] };
    expect(formatListing(listCode(readBeam(madeModule({ body, types }))))).toBe(`{module, m}.

{exports, [{f,0}]}.

{labels, 20}.


%% f/0
{function, f, 0, 2}.
  {label,1}.
    {line,[{location,"m.erl",7}]}.
    {func_info,{atom,m},{atom,f},0}.
  {label,2}.
    {line,[{location,"x.erl",9}]}.
    {call_ext,2,{extfunc,lists,map,2}}.
    {move,{literal,"a"},{tr,{y,1},{t_integer,{0,'+inf'}}}}.
    {make_fun3,{m,'-f/0-fun-0-',1},0,1234,{x,0},{list,[{x,1}]}}.
    {call,1,{m,g,1}}.
    {jump,{f,5}}.
    {line,[]}.
    {test,bs_match_string,{f,5},[{x,0},16,{string,<<"el">>}]}.
    return.


%% g/1
{function, g, 1, 4}.
  {label,3}.
    {line,[{location,"x.erl",8}]}.
    {func_info,{atom,m},{atom,g},1}.
  {label,4}.
    return.
  {label,5}.
    return.
`);
  });

  it('has offsets and names beside the text', () => {
    const { functions } = listCode(readBeam(madeModule({ body: [make('move', o.i(1), o.x(0))] })));
    expect(functions[0]).toMatchObject({ name: 'f', arity: 0, entry: 2, exported: true });
    expect(functions[0]?.instructions[4]).toEqual({ offset: 30, name: 'move', text: '{move,{integer,1},{x,0}}' });
    expect(functions[1]).toMatchObject({ name: 'g', exported: false });
  });

  it('can be made of every fixture', () => {
    for (const { path } of fixtureBeams()) {
      const listing = listCode(readBeam(readFileSync(path), { file: path }));
      expect(listing.functions.length).toBeGreaterThan(0);
    }
  });
});
