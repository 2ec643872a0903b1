// Which modules are tests, by what the tools that run them go by: Common Test by the name, EUnit by the name or by test/0 (which eunit.hrl exports),
// ExUnit by __ex_unit__/0 (which `use ExUnit.Case` defines).

import { findFunction } from '../graph/program/function-table.js';
import { EXPORTED, type Program } from '../graph/program/program.js';

/** The tool that runs a suite. */
export type SuiteKind = 'ct' | 'eunit' | 'exunit';

/** A module of tests. */
export interface Suite {
  readonly module: string;
  readonly app: string | null;
  readonly kind: SuiteKind;
  /** The source file as the compiler knew it; null where the module doesn't say. */
  readonly sourceFile: string | null;
}

/** Returns the suites of a program, by Erlang's order of their names. */
export function findSuites(program: Program): readonly Suite[] {
  const { functions, notes } = program;
  return Array.from(program.analysed).flatMap((id) => {
    const module = functions.modules[id] as string;
    const kind = kindOf(program, module);
    const note = notes.get(id);
    return kind === undefined ? [] : [{ module, app: note?.app ?? null, kind, sourceFile: note?.sourceFile ?? null }];
  });
}

function kindOf(program: Program, module: string): SuiteKind | undefined {
  if (module.endsWith('_SUITE')) return 'ct';
  if (isExported(program, module, '__ex_unit__')) return 'exunit';
  return module.endsWith('_tests') || isExported(program, module, 'test') ? 'eunit' : undefined;
}

function isExported({ functions, marks }: Program, module: string, name: string): boolean {
  const id = findFunction(functions, module, name, 0);
  return id >= 0 && ((marks[id] as number) & EXPORTED) !== 0;
}
