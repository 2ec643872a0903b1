// A program of three modules for tests without Erlang:
//
//   shop:start/0 -> shop:loop/1 (local) -> store:get/1, erlang:apply/2 (BIF), '$M_EXPR':stop/0; loop calls itself
//   shop:start/0 -> log:write/1, which nobody has; shop:unused/0 is local and called by nobody
//   store:get/1 -> store:find/2 (local) -> shop:start/0; store:old/0 is deprecated for the next version
//   bare:run/0 -> store:old/0; bare has no application

import { builtinTable } from '../../../src/code/builtins.js';
import type { FunctionName, ModuleFacts } from '../../../src/graph/module-facts.js';
import { buildProgram } from '../../../src/graph/program/build-program.js';
import type { Program, ProgramMode } from '../../../src/graph/program/program.js';
import { callFacts, type ExpandedCall } from '../expanded-calls.js';

function functionName(text: string): FunctionName {
  const [, name = '', arity = ''] = /^(.*)\/(-?\d+)$/.exec(text) ?? [];
  return { name, arity: Number(arity) };
}

/** Makes facts of functions `name/arity` (on lines 10, 20, ...; those with `+` are exported) and calls `from -> [m:]f/a @ line`. */
export function moduleFacts(
  module: string,
  app: string | null,
  functions: readonly string[],
  calls: readonly string[],
  more: Partial<ModuleFacts> = {},
): ModuleFacts {
  const names = functions.map((one) => functionName(one.replace(/^\+/, '')));
  const made = calls.map((text): ExpandedCall => {
    const [, from = '', target = '', callee = '', line = ''] = /^(\S+) -> (?:([^:\s]+):)?(\S+) @ (\d+)$/.exec(text) ?? [];
    const { name, arity } = functionName(callee);
    const caller = functionName(from);
    return {
      from: names.findIndex((one) => one.name === caller.name && one.arity === caller.arity),
      kind: target === '' ? 'local' : 'external',
      module: target === '' ? module : target,
      name,
      arity,
      unresolved: target === '$M_EXPR' || name === '$F_EXPR' || arity === -1,
      builtin: builtinTable(25).get(target)?.get(name)?.has(arity) === true,
      sites: [{ line: Number(line), column: 5 }],
    };
  });
  return {
    module,
    app,
    file: `${module}.beam`,
    source: 'abstract',
    otp: 25,
    sourceFile: null,
    functions: names.map((name, at) => ({ ...name, line: (at + 1) * 10 })),
    exports: functions.filter((one) => one.startsWith('+')).map((one) => functionName(one.slice(1))),
    ...callFacts(made),
    onLoad: null,
    deprecated: [],
    imports: made
      .filter(({ kind, unresolved }) => kind === 'external' && !unresolved)
      .map(({ module: target, name, arity, builtin }) => ({ module: target, name, arity, builtin })),
    ...more,
  };
}

export const SMALL_FACTS: readonly ModuleFacts[] = [
  moduleFacts(
    'shop',
    'shop',
    ['+start/0', 'loop/1', 'unused/0'],
    [
      'start/0 -> loop/1 @ 11',
      'start/0 -> log:write/1 @ 12',
      'loop/1 -> store:get/1 @ 21',
      'loop/1 -> store:get/1 @ 23',
      'loop/1 -> erlang:apply/2 @ 22',
      'loop/1 -> $M_EXPR:stop/0 @ 24',
      'loop/1 -> loop/1 @ 25',
    ],
  ),
  moduleFacts('store', 'store', ['+get/1', 'find/2', '+old/0'], ['get/1 -> find/2 @ 11', 'find/2 -> shop:start/0 @ 21'], {
    deprecated: [{ name: 'old', arity: 0, category: 1 }],
  }),
  moduleFacts('bare', null, ['+run/0'], ['run/0 -> store:old/0 @ 11']),
];

export function smallProgram(mode: ProgramMode = 'functions', builtins = false): Program {
  const applications = [
    { name: 'shop', release: 'rel' },
    { name: 'store', release: 'rel' },
  ];
  return buildProgram(SMALL_FACTS, { mode, builtins, otp: 25 }, { applications });
}
