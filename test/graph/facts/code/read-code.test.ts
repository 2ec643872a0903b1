import { describe, expect, it } from 'vitest';
import { Writer } from '../../../../src/bytes/writer.js';
import type { ParseError } from '../../../../src/errors.js';
import { readCodeFacts } from '../../../../src/graph/facts/code/read-code.js';
import { atom, list, type Term, tuple } from '../../../../src/term/model.js';
import { make, o } from '../../../code/made-module.js';
import { expandedCalls } from '../../expanded-calls.js';
import { codeModule, line, type MadeFunctions } from './code-module.js';

interface Options {
  readonly builtins?: boolean;
  readonly lines?: Uint8Array | null;
}

/** Calls as `f/0 -> lists:map/2 @3,4`, local ones without a module, those with an unknown part with a question mark. */
function callsOf(functions: MadeFunctions, { builtins = false, ...options }: Options = {}): readonly string[] {
  const facts = readCodeFacts(codeModule(functions, options), { file: 'm.beam', app: null, otp: 29, builtins });
  return expandedCalls(facts).map(({ from, kind, module, name, arity, unresolved, sites }) => {
    const caller = facts.functions[from];
    const target = `${kind === 'local' ? '' : `${module}:`}${name}/${arity}${unresolved ? '?' : ''}`;
    return `${caller?.name}/${caller?.arity} -> ${target} @${sites.map((site) => site.line)}`;
  });
}

const moveAtom = (operand: ReturnType<typeof o.atom>, to: number) => make('move', operand, o.x(to));
const mapFun: Term = { kind: 'export', module: atom('lists'), name: atom('map'), arity: 2 };

describe('calls that stand in the code', () => {
  it('of other modules, with the lines before them', () => {
    const calls = callsOf({
      'f/0': ({ import: named }) => [
        line(11),
        make('call_ext', o.u(2), named('lists:map/2')),
        make('call_ext', o.u(2), named('lists:map/2')),
        line(12),
        make('call_ext_last', o.u(2), named('lists:map/2'), o.u(0)),
      ],
    });
    expect(calls).toEqual(['f/0 -> lists:map/2 @11,12']);
  });

  it('have the line of the definition where the compiler saw no need for another', () => {
    const calls = callsOf({ 'f/0': ({ import: named }) => [make('call_ext_only', o.u(0), named('a:b/0'))] });
    expect(calls).toEqual(['f/0 -> a:b/0 @10']);
  });

  it('of own functions, whose last calls have no line', () => {
    const calls = callsOf({
      'f/0': ({ entry }) => [line(11), make('call', o.u(1), entry('g/1')), make('call_only', o.u(0), entry('f/0'))],
      'g/1': () => [],
    });
    expect(calls).toEqual(['f/0 -> g/1 @11', 'f/0 -> f/0 @0']);
  });

  it('of BIFs, where they are asked for, but for type tests', () => {
    const functions: MadeFunctions = {
      'f/2': ({ import: named }) => [
        make('gc_bif1', o.label(100), o.u(2), named('erlang:length/1'), o.x(0), o.x(2)),
        line(11),
        make('bif2', o.label(0), named('erlang:+/2'), o.x(0), o.x(1), o.x(0)),
        make('bif1', o.label(0), named('erlang:is_atom/1'), o.x(0), o.x(0)),
        make('bif3', o.label(0), named('erlang:is_integer/3'), o.x(0), o.x(0), o.x(0), o.x(0)),
        line(12),
        make('send'),
      ],
    };
    expect(callsOf(functions)).toEqual([]);
    const all = ['f/2 -> erlang:length/1 @0', 'f/2 -> erlang:+/2 @11', 'f/2 -> erlang:is_integer/3 @0', 'f/2 -> erlang:!/2 @12'];
    expect(callsOf(functions, { builtins: true })).toEqual(all);
  });

  it('without those that the compiler makes for generators over maps', () => {
    expect(callsOf({ 'f/1': ({ import: named }) => [make('call_ext', o.u(1), named('erts_internal:mc_iterator/1'))] })).toEqual(
      [],
    );
  });

  it('without lines where there is no table, or one that loaders ignore', () => {
    const functions: MadeFunctions = { 'f/0': ({ import: named }) => [line(11), make('call_ext_only', o.u(0), named('a:b/0'))] };
    const version9 = new Writer().u32(9).u32(0).u32(0).u32(0).u32(0).finish();
    for (const lines of [null, version9]) expect(callsOf(functions, { lines })).toEqual(['f/0 -> a:b/0 @0']);
  });
});

describe('funs', () => {
  it('belong to the function that their name says, with all that is in them', () => {
    const calls = callsOf({
      'f/0': ({ lambda }) => [make('make_fun3', lambda('-f/0-fun-1-/0'), o.x(0), o.list())],
      '-f/0-fun-0-/0': ({ import: named }) => [make('call_ext_only', o.u(0), named('a:b/0'))],
      '-f/0-fun-1-/0': ({ lambda }) => [make('make_fun2', lambda('-f/0-fun-0-/0'))],
    });
    expect(calls).toEqual(['f/0 -> a:b/0 @20']);
  });

  it('belong to those who use them where their name says nothing', () => {
    const calls = callsOf({
      'f/0': ({ lambda }) => [make('make_fun3', lambda('-fun.h/0-/0'), o.x(0), o.list())],
      'g/0': ({ entry }) => [make('call', o.u(0), entry('-gone/0-lc$^0/1-0-/0'))],
      'h/0': () => [],
      '-gone/0-lc$^0/1-0-/0': ({ lambda }) => [make('make_fun3', lambda('-fun.h/0-/0'), o.x(0), o.list())],
      '-fun.h/0-/0': ({ entry }) => [make('call_only', o.u(0), entry('h/0'))],
    });
    expect(calls).toEqual(['f/0 -> h/0 @0', 'g/0 -> h/0 @0']);
  });

  it('of functions stand where the call is that they are made for', () => {
    const calls = callsOf({
      'f/1': ({ lambda, literal, import: named }) => [
        make('make_fun3', lambda('g/1'), o.x(0), o.list()),
        make('move', literal(list([mapFun])), o.x(1)),
        line(11),
        make('call_ext', o.u(2), named('a:b/2')),
      ],
      'g/1': () => [],
    });
    expect(calls).toEqual(['f/1 -> g/1 @11', 'f/1 -> lists:map/2 @11', 'f/1 -> a:b/2 @11']);
  });

  it('are found in literals of any kind, also as an item of a list of operands', () => {
    const inside: Term = { kind: 'map', pairs: [[atom('k'), tuple(mapFun)]] };
    const functions: MadeFunctions = {
      'f/0': ({ literal }) => [make('put_tuple2', o.x(0), o.list(literal(atom('q')), literal(inside)))],
    };
    expect(callsOf(functions)).toEqual(['f/0 -> lists:map/2 @0']);
  });

  it('that are called count where they may be anything', () => {
    const calls = callsOf({
      'f/2': ({ lambda, literal, atom: named, entry }) => [
        make('call_fun', o.u(1)),
        make('make_fun3', lambda('g/1'), o.x(1), o.list()),
        make('call_fun', o.u(1)),
        make('move', literal(mapFun), o.x(2)),
        make('call_fun', o.u(2)),
        make('label', o.u(100)),
        make('call_fun2', named('unsafe'), o.u(1), o.x(1)),
        make('call_fun2', lambda('g/1'), o.u(1), o.x(1)),
        make('call_last', o.u(1), entry('g/1'), o.u(0)),
      ],
      'g/1': () => [],
    });
    expect(calls).toEqual(['f/2 -> $M_EXPR:$F_EXPR/1? @10', 'f/2 -> g/1 @0,10', 'f/2 -> lists:map/2 @10']);
  });
});

describe('what apply and spawn are given', () => {
  const spawn = (functions: (names: Parameters<MadeFunctions[string]>[0]) => readonly ReturnType<typeof make>[]) =>
    callsOf({ 'f/3': (names) => [...functions(names), line(11), make('call_ext_only', o.u(3), names.import('erlang:spawn/3'))] });

  it('is a call where all of it is there', () => {
    const calls = spawn(({ atom: named, literal }) => [
      make('put_list', o.x(1), literal(list([1, 2])), o.x(2)),
      make('swap', o.x(5), o.x(2)),
      make('move', o.x(5), o.x(2)),
      moveAtom(named('a'), 0),
      moveAtom(named('b'), 1),
    ]);
    expect(calls).toEqual(['f/3 -> a:b/3 @11']);
    const list3 = spawn(({ atom: named, literal }) => [
      make('put_list', o.x(1), literal(list([1, 2])), o.x(2)),
      moveAtom(named('a'), 0),
      moveAtom(named('b'), 1),
    ]);
    expect(list3).toEqual(['f/3 -> a:b/3 @11']);
  });

  it('is unknown after a label, and in part where only a part is there', () => {
    expect(spawn(({ atom: named }) => [moveAtom(named('a'), 0), make('label', o.u(100))])).toEqual([
      'f/3 -> $M_EXPR:$F_EXPR/-1? @11',
    ]);
    expect(spawn(({ atom: named }) => [moveAtom(named('a'), 0), make('move', o.nil, o.x(2))])).toEqual([
      'f/3 -> a:$F_EXPR/0? @11',
    ]);
  });

  it('is what two registers name, in a dynamic call', () => {
    const calls = callsOf({
      'f/2': ({ atom: named }) => [
        moveAtom(named('a'), 2),
        make('apply', o.u(2)),
        moveAtom(named('a'), 1),
        moveAtom(named('b'), 2),
        make('apply_last', o.u(1), o.u(0)),
      ],
    });
    expect(calls).toEqual(['f/2 -> a:$F_EXPR/2? @10', 'f/2 -> a:b/1 @10']);
  });

  it('is not looked for in registers that nobody has', () => {
    const calls = callsOf({
      'f/0': () => [make('move', o.x(5000), o.x(4000)), make('move', o.i(2n ** 70n), o.x(2 ** 40)), make('apply', o.u(3000))],
    });
    expect(calls).toEqual(['f/0 -> $M_EXPR:$F_EXPR/3000? @10']);
  });
});

describe('functions', () => {
  it('are those of the source, with their lines', () => {
    const module = codeModule({
      'f/0': () => [],
      '-f/0-fun-0-/0': () => [],
      'module_info/0': () => [],
      'module_info/1': () => [],
      'behaviour_info/1': () => [],
    });
    const { functions, source } = readCodeFacts(module, { file: 'm.beam', app: null });
    expect(source).toBe('code');
    expect(functions).toEqual([
      { name: 'f', arity: 0, line: 10 },
      // It has a line, so somebody wrote it.
      { name: 'behaviour_info', arity: 1, line: 50 },
    ]);
  });
});

describe('damage', () => {
  it('is a ParseError with the file', () => {
    const cases: readonly (readonly [string, MadeFunctions])[] = [
      ['range', { 'f/0': () => [make('call_ext', o.u(0), o.u(7))] }],
      ['range', { 'f/0': () => [make('func_info', o.nil, { kind: 'atom', value: 99 }, o.u(0))] }],
    ];
    for (const [code, functions] of cases) {
      const read = () => readCodeFacts(codeModule(functions), { file: 'm.beam', app: null, otp: 25 });
      expect(read).toThrow(expect.objectContaining({ code, file: 'm.beam' }) as ParseError);
    }
  });

  it('in the owners of funs costs no more than there are functions', () => {
    const count = 400;
    const functions: Record<string, MadeFunctions[string]> = {};
    for (let at = 0; at < count; at++) {
      functions[`f${at}/0`] = ({ entry }) => [make('call', o.u(0), entry(`-x/0-${at}-/0`))];
      functions[`-x/0-${at}-/0`] = ({ entry }) => [make('call', o.u(0), entry(`-x/0-${(at + 1) % count}-/0`))];
    }
    expect(readCodeFacts(codeModule(functions), { file: 'm.beam', app: null }).calls).toEqual([]);
  });
});
