// An appup as text: read back it is the same term, and an instruction has a line.
import { describe, expect, it } from 'vitest';
import { formatAppup } from '../../../src/release/appup/format-appup.js';
import { type Appup, appupTerm } from '../../../src/release/appup/model.js';
import { parseAppup } from '../../../src/release/appup/read-appup.js';
import { atom, binary, list, stringTerm, type Term, tuple } from '../../../src/term/model.js';
import { equalTerms } from '../../../src/term/order.js';

const load = (module: string): Term => tuple(atom('load_module'), atom(module), list([atom('b')]));
const appup: Appup = {
  vsn: '2.0-ü',
  up: [
    { from: stringTerm('1.0'), instructions: [load('a'), load('Elixir.Shop')] },
    { from: binary(new TextEncoder().encode('0\\..*')), instructions: [] },
  ],
  down: [],
};

describe('formatAppup', () => {
  it('gives what is read back', () => {
    const bytes = formatAppup(appup);
    expect(equalTerms(appupTerm(parseAppup(bytes, 'shop.appup')), appupTerm(appup))).toBe(true);
    expect(new TextDecoder().decode(bytes).split('\n')).toEqual([
      '%% coding: utf-8',
      '{"2.0-ü",',
      ' [{"1.0",',
      '   [{load_module,a,[b]},',
      "    {load_module,'Elixir.Shop',[b]}]},",
      '  {<<"0\\\\..*">>,',
      '   []}],',
      ' []}.',
      '',
    ]);
  });
});
