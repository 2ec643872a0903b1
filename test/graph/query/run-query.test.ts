// Queries of a small program, without Erlang; test/otp/xref.test.ts holds every construct against xref.
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/errors.js';
import { buildProgram } from '../../../src/graph/program/build-program.js';
import { QueryError } from '../../../src/graph/query/query-error.js';
import { queryTerm, runQuery } from '../../../src/graph/query/run-query.js';
import { renderQueryError } from '../../../src/report/query-error.js';
import { formatTerm } from '../../../src/term/format.js';
import { SMALL_FACTS, smallProgram } from '../program/small-program.js';

const answer = (query: string, program = smallProgram()) => formatTerm(queryTerm(program, query), { mode: 'w' });

describe('queries', () => {
  it.each([
    ['AM', '[bare,shop,store]'],
    ['UM', "['$M_EXPR',log]"],
    [
      'XC',
      "[{{bare,run,0},{store,old,0}},{{shop,loop,1},{'$M_EXPR',stop,0}},{{shop,loop,1},{store,get,1}},{{shop,start,0},{log,write,1}},{{store,find,2},{shop,start,0}}]",
    ],
    ['L', '[{shop,loop,1},{shop,unused,0},{store,find,2}]'],
    ['(Lin) (LC | shop)', '[{{{shop,loop,1},{shop,loop,1}},[25]},{{{shop,start,0},{shop,loop,1}},[11]}]'],
    ['(Lin) XC || store:get/1', '{type}'],
    ['(XLin) (E || store:get/1)', '[{{{shop,loop,1},{store,get,1}},[21,23]}]'],
    ['(Lin) shop : Mod', '[{{shop,loop,1},20},{{shop,start,0},10},{{shop,unused,0},30}]'],
    ['components E', '[[{shop,loop,1},{shop,start,0},{store,find,2},{store,get,1}]]'],
    ['components ME', '[[shop,store]]'],
    ['components strict AE', '[[shop,store]]'],
    ['condensation ME', "[{[bare],[shop,store]},{[shop,store],['$M_EXPR']},{[shop,store],[log]}]"],
    ['{bare:run/0, shop:start/0} of E', 'false'],
    ['{store:get/1, shop:loop/1} of E', '[{store,get,1},{store,find,2},{shop,start,0},{shop,loop,1}]'],
    ['domain (closure E || log:write/1)', '[{shop,loop,1},{shop,start,0},{store,find,2},{store,get,1}]'],
    ['# E', '8'],
    ['EE', '[{{bare,run,0},{store,old,0}},{{shop,start,0},{store,get,1}},{{store,get,1},{shop,start,0}}]'],
    ['DF_1', '[{store,old,0}]'],
    ['RE', '[{rel,rel}]'],
    ['closure E', "'closure()'"],
    ['[shop, store] : App', '[shop,store]'],
    ['"s.*":_/"[01]"', '[{shop,loop,1},{shop,start,0},{shop,unused,0},{store,get,1},{store,old,0}]'],
  ])('%s', (query, expected) => {
    if (expected === '{type}') expect(answer(query)).toContain('{error,xref_compiler,{type_error,');
    else expect(answer(query)).toBe(`{ok,${expected}}`);
  });

  it('count calls of BIFs where asked', () => {
    expect(answer('B', smallProgram('functions', true))).toBe('{ok,[{erlang,apply,2}]}');
    expect(answer('B')).toBe('{ok,[]}');
  });

  it('know imports alone in modules mode', () => {
    const program = smallProgram('modules');
    expect(answer('ME', program)).toBe('{ok,[{bare,store},{shop,log},{shop,store},{store,shop}]}');
    expect(answer('E', program)).toBe("{error,xref_compiler,{unknown_variable,'E'}}");
  });

  it('keep user variables for later queries, and others not', () => {
    const program = smallProgram();
    const { variables } = runQuery(program, 'Mine := AM, Other = M, Other - Mine');
    expect([...variables.keys()]).toEqual(['Mine']);
    expect(runQuery(program, '# Mine', variables).value).toEqual({ kind: 'number', value: 3 });
    expect(() => runQuery(program, 'Other', variables)).toThrow('unknown variable Other');
    expect(() => runQuery(program, 'Mine := X', variables)).toThrow('Mine has a value already');
  });

  it('answer the same whatever order the modules come in', () => {
    const turned = buildProgram([...SMALL_FACTS].reverse(), { mode: 'functions', builtins: false, otp: 25 });
    const program = buildProgram(SMALL_FACTS, { mode: 'functions', builtins: false, otp: 25 });
    for (const query of ['E', 'V', 'ME', 'AE', '(Lin) E', 'components E'])
      expect(answer(query, turned)).toBe(answer(query, program));
  });

  it('refuse what nests too deeply', () => {
    const program = smallProgram();
    expect(() => runQuery(program, `${'('.repeat(5000)}E${')'.repeat(5000)}`)).toThrow(UsageError);
    expect(() => runQuery(program, Array.from({ length: 5000 }, () => 'E').join(' + '))).toThrow(UsageError);
    expect(answer(Array.from({ length: 1500 }, () => 'AM').join(' + '), program)).toBe('{ok,[bare,shop,store]}');
  });
});

describe('errors', () => {
  const rendered = (query: string) => {
    try {
      runQuery(smallProgram(), query);
      return 'no error';
    } catch (error) {
      if (error instanceof QueryError) return renderQueryError(query, error).split('\n').slice(0, 3);
      throw error;
    }
  };

  it.each([
    ['XC || Foo', ['unknown variable Foo', '  XC || Foo', '        ^^^']],
    ['XC || nosuch', ['unknown constant nosuch', '  XC || nosuch', '        ^^^^^^']],
    ['XC +\nX | E', ['operands of wrong or different types: X | E', '  X | E', '  ^^^^^']],
    ['(XC', ['the query ends too early', '  (XC', '     ^']],
    ['XC || || L', ["syntax error before '||'", '  XC || || L', '        ^^']],
    ['foo E', ['foo is not an operator', '  foo E', '  ^^^']],
    ['X * "a(":Mod', ['invalid regular expression: missing )', '  X * "a(":Mod', '      ^^^^']],
    ['X * "a"', ['a regular expression needs a type, such as : Mod', '  X * "a"', '      ^^^']],
    [
      '[shop, shop:loop/1]',
      ['constants of different types: shop and shop:loop/1', '  [shop, shop:loop/1]', '         ^^^^^^^^^^^'],
    ],
    ['a : Fun', ['the type does not fit what it is given to', '  a : Fun', '  ^^^^^^^']],
    ["X * 'a", ["unterminated atom starting with 'a'", "  X * 'a", '      ^^']],
    ['E := X', ['E has a value already', '  E := X', '  ^']],
  ])('%s', (query, expected) => {
    expect(rendered(query)).toEqual(expected);
  });
});
