// Who calls the exports of modules from outside, with modules of tests told apart by their names.

import { DEFINED, EXPORTED, EXTERNAL, PREDEFINED, type Program } from '../program/program.js';

/** Returns 1 for each module whose name fits one of the patterns, `*` standing for any characters. */
export function testModules({ functions }: Program, patterns: readonly string[]): Uint8Array {
  const tests = patterns.map((pattern) => {
    const escaped = pattern.replace(/[\\^$.|+?()[\]{}]/g, '\\$&').replace(/\*+/g, '.*');
    return new RegExp(`^${escaped}$`, 's');
  });
  return Uint8Array.from(functions.modules, (name) => (tests.some((test) => test.test(name)) ? 1 : 0));
}

/** By function: whether it is called, and by whom. */
export interface ExternalUse {
  /** 1 where a module that is none of tests calls it, from outside or fully qualified. */
  readonly isUsed: Uint8Array;
  /** The first function (in modules mode, module) of a module of tests that calls it, or -1. */
  readonly testCaller: Int32Array;
}

/** Finds out who calls each function, as xref's XU has it; `tests` is what {@link testModules} returns. */
export function externalUse(program: Program, tests: Uint8Array): ExternalUse {
  const { calls, imports, functions, mode, marks } = program;
  const isUsed = new Uint8Array(marks.length);
  const testCaller = new Int32Array(marks.length).fill(-1);
  const { sources, targets } = mode === 'modules' ? imports : calls.edges;
  for (let row = 0; row < sources.length; row++) {
    if (mode === 'functions' && ((calls.kinds[row] as number) & EXTERNAL) === 0) continue;
    const [source, target] = [sources[row] as number, targets[row] as number];
    const module = mode === 'modules' ? source : (functions.moduleOf[source] as number);
    if (tests[module] === 0) isUsed[target] = 1;
    else if (testCaller[target] === -1) testCaller[target] = source;
  }
  return { isUsed, testCaller };
}

/** Returns the functions that xref's X has of an analysed module. */
export function exportsOf({ functions, marks }: Program, module: number): readonly number[] {
  const exports: number[] = [];
  for (let id = functions.firstOf[module] as number; id < (functions.firstOf[module + 1] as number); id++) {
    const mark = marks[id] as number;
    if ((mark & (DEFINED | EXPORTED)) === (DEFINED | EXPORTED) || (mark & PREDEFINED) !== 0) exports.push(id);
  }
  return exports;
}
