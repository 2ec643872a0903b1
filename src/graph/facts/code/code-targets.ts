// What the numbers in the code of a module call, each a number of a list of targets: rows of its table of imports, funs in its literals, and
// what `apply` and `spawn` are given.

import { decodeImportColumns } from '../../../beam/chunks/imports.js';
import type { BeamModule } from '../../../beam/module.js';
import { ParseError } from '../../../errors.js';
import { properList } from '../../../term/model.js';
import { isTypeTest } from '../abstract/type-tests.js';
import { newTarget, type Target } from '../call-log.js';
import type { IsBuiltin } from '../context.js';
import { ANY_FUNCTION, ANY_MODULE } from '../unknown-parts.js';
import { type GivenPlace, givenPlace } from './given-place.js';

/** What a row of the import table is. */
export interface ImportTarget {
  /** -1 where calls of it don't count. */
  readonly target: number;
  /** Where it has what it calls in turn. */
  readonly given: GivenPlace | undefined;
}

/** Looks targets up. */
export interface CodeTargets {
  readonly list: readonly Target[];
  /** Name of an atom, from 1. */
  atom(index: number): string;
  /** Target of an import, from 0. */
  imported(index: number): ImportTarget;
  external(module: string, name: string, arity: number): number;
  unresolved(module: string, name: string, arity: number): number;
  /** A function that is wholly unknown, with so many arguments. */
  unknown(arity: number): number;
  /** Items of a literal that is a list, and -1 for any other. */
  lengthOf(literal: number): number;
  isFun(literal: number): boolean;
}

/** Opens the tables of a module; type tests and what generators over maps call don't count, nor do BIFs without `builtins`. */
export function openTargets(module: BeamModule, isBuiltin: IsBuiltin, otp: number, builtins: boolean): CodeTargets {
  const { atoms, literals } = module;
  const rows = readImports(module);
  const { list, add, find } = openList(isBuiltin, builtins);
  const imports: ImportTarget[] = [];
  const unknown: number[] = [];
  const importTarget = (index: number): ImportTarget => {
    if (!(index < rows.length / 3)) throw new ParseError({ code: 'range', reason: `import ${index} isn't in its table` });
    const target = atoms.name(rows[index * 3] as number);
    const name = atoms.name(rows[index * 3 + 1] as number);
    const arity = rows[index * 3 + 2] as number;
    const counts = target === 'erlang' ? !isTypeTest(otp, name, arity) : !isMapGenerator(target, name);
    return { target: counts ? add(target, name, arity, false) : -1, given: givenPlace(target, name, arity) };
  };
  return {
    list,
    atom: (index) => atoms.name(index),
    imported: (index) => {
      const before = imports[index];
      if (before !== undefined) return before;
      const made = importTarget(index);
      imports[index] = made;
      return made;
    },
    external: (target, name, arity) => find(target, name, arity, false),
    unresolved: (target, name, arity) => find(target, name, arity, true),
    unknown: (arity) => {
      unknown[arity + 1] ??= find(ANY_MODULE, ANY_FUNCTION, arity, true);
      return unknown[arity + 1] as number;
    },
    lengthOf: (index) => properList(literals.term(index))?.length ?? -1,
    isFun: (index) => {
      const term = literals.term(index);
      return typeof term === 'object' && term.kind === 'export';
    },
  };
}

/** From OTP 26 on the compiler makes these calls of generators over maps; nobody writes them. */
function isMapGenerator(module: string, name: string): boolean {
  return module === 'erts_internal' && (name === 'mc_iterator' || name === 'mc_refill');
}

function readImports(module: BeamModule): Uint32Array {
  return module.chunk('ImpT') === undefined
    ? new Uint32Array(0)
    : module.located('ImpT', () => decodeImportColumns(module.reader('ImpT')));
}

/** The targets of a module by number. */
interface TargetList {
  readonly list: readonly Target[];
  /** Adds one that isn't there yet, and returns -1 where it doesn't count. */
  add(module: string, name: string, arity: number, unresolved: boolean): number;
  /** Adds one unless it is there already. */
  find(module: string, name: string, arity: number, unresolved: boolean): number;
}

/** Rows of the import table come once each, and most modules have no other targets: keys are made when the first of those is looked for. */
function openList(isBuiltin: IsBuiltin, builtins: boolean): TargetList {
  const list: Target[] = [];
  let known: Map<string, number> | undefined;
  const add = (module: string, name: string, arity: number, unresolved: boolean): number => {
    const builtin = !unresolved && isBuiltin(module, name, arity);
    if (builtin && !builtins) return -1;
    const made = list.push(newTarget({ kind: 'external', module, name, arity, unresolved, builtin })) - 1;
    known?.set(keyOf(module, name, arity, unresolved), made);
    return made;
  };
  const find = (module: string, name: string, arity: number, unresolved: boolean): number => {
    known ??= new Map(list.map((each, at) => [keyOf(each.module, each.name, each.arity, each.unresolved), at]));
    return known.get(keyOf(module, name, arity, unresolved)) ?? add(module, name, arity, unresolved);
  };
  return { list, add, find };
}

function keyOf(module: string, name: string, arity: number, unresolved: boolean): string {
  return `${unresolved ? 'U' : 'X'}${module}:${name}/${arity}`;
}
