// What the numbers in the code of a module call, each a number of a table of targets: rows of its table of imports, funs in its literals, and
// what `apply` and `spawn` are given.

import { decodeImportColumns } from '../../../beam/chunks/imports.js';
import type { BeamModule } from '../../../beam/module.js';
import { ParseError } from '../../../errors.js';
import { properList } from '../../../term/model.js';
import { addTarget, IS_BUILTIN, IS_UNRESOLVED, type ModuleColumns } from '../../module-columns.js';
import { numberAtom, numberName } from '../../names.js';
import { isTypeTest } from '../abstract/type-tests.js';
import type { IsBuiltin } from '../context.js';
import { ANY_FUNCTION, ANY_MODULE } from '../unknown-parts.js';
import { type GivenPlace, givenPlace } from './given-place.js';

/** Looks targets up; each is a row of the columns of the module, and -1 where calls of it don't count. */
export interface CodeTargets {
  /** Name of an atom, from 1. */
  atom(index: number): string;
  /** Target of an import, from 0. */
  imported(index: number): number;
  /** Where an import that was looked up has what it calls in turn. */
  givenTo(index: number): GivenPlace | undefined;
  external(module: string, name: string, arity: number): number;
  unresolved(module: string, name: string, arity: number): number;
  /** A function that is wholly unknown, with so many arguments. */
  unknown(arity: number): number;
  /** Items of a literal that is a list, and -1 for any other. */
  lengthOf(literal: number): number;
  isFun(literal: number): boolean;
}

/** Which calls count. */
export interface CountedCalls {
  /** Whose calls they are. */
  readonly module: string;
  readonly isBuiltin: IsBuiltin;
  readonly otp: number;
  /** Whether those of BIFs do. */
  readonly builtins: boolean;
}

/** An import that hasn't been looked up, among their targets. */
const NOT_YET = -2;

/** Opens the tables of a module; type tests and what generators over maps call don't count, nor do BIFs without `builtins`. */
export function openTargets(module: BeamModule, columns: ModuleColumns, counted: CountedCalls): CodeTargets {
  const { atoms, literals } = module;
  const { names } = columns;
  const rows = readImports(module);
  const imports = new Int32Array(rows.length / 3).fill(NOT_YET);
  const given = new Map<number, GivenPlace>();
  const named = openNamedTargets(columns, counted);
  const unknown: number[] = [];
  const lookUp = (index: number): number => {
    if (!(index < imports.length)) throw new ParseError({ code: 'range', reason: `import ${index} isn't in its table` });
    const at = numberAtom(names, atoms, rows[index * 3] as number);
    const of = numberAtom(names, atoms, rows[index * 3 + 1] as number);
    const [target, name, arity] = [names.texts[at] as string, names.texts[of] as string, rows[index * 3 + 2] as number];
    const place = givenPlace(target, name, arity);
    if (place !== undefined) given.set(index, place);
    const counts = target === 'erlang' ? !isTypeTest(counted.otp, name, arity) : !isMapGenerator(target, name);
    const kind = counted.isBuiltin(target, name, arity) ? IS_BUILTIN : 0;
    return counts && (kind === 0 || counted.builtins) ? addTarget(columns, kind, at, of, arity) : -1;
  };
  return {
    atom: (index) => atoms.name(index),
    imported: (index) => {
      const before = imports[index];
      if (before !== undefined && before !== NOT_YET) return before;
      const made = lookUp(index);
      imports[index] = made;
      return made;
    },
    givenTo: (index) => (given.size === 0 ? undefined : given.get(index)),
    external: (target, name, arity) => named(target, name, arity, false),
    unresolved: (target, name, arity) => named(target, name, arity, true),
    unknown: (arity) => {
      unknown[arity + 1] ??= named(ANY_MODULE, ANY_FUNCTION, arity, true);
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

type NamedTarget = (module: string, name: string, arity: number, unresolved: boolean) => number;

/** Returns what finds a target by names, or adds it. Most modules have none but imports, so keys are made when the first is looked for. */
function openNamedTargets(columns: ModuleColumns, { isBuiltin, builtins }: CountedCalls): NamedTarget {
  const known = new Map<string, number>();
  let seen = 0;
  return (module, name, arity, unresolved) => {
    const builtin = !unresolved && isBuiltin(module, name, arity);
    if (builtin && !builtins) return -1;
    for (; seen < columns.targetKinds.length; seen++) known.set(keyOfTarget(columns, seen), seen);
    const key = keyOf(module, name, arity, unresolved);
    const before = known.get(key);
    if (before !== undefined) return before;
    const kind = (unresolved ? IS_UNRESOLVED : 0) | (builtin ? IS_BUILTIN : 0);
    return addTarget(columns, kind, numberName(columns.names, module), numberName(columns.names, name), arity);
  };
}

function keyOfTarget(columns: ModuleColumns, at: number): string {
  const { targetModules, targetNames, targetArities, targetKinds, names } = columns;
  const unresolved = ((targetKinds.values[at] as number) & IS_UNRESOLVED) !== 0;
  const module = names.texts[targetModules.values[at] as number] as string;
  const name = names.texts[targetNames.values[at] as number] as string;
  return keyOf(module, name, targetArities.values[at] as number, unresolved);
}

function keyOf(module: string, name: string, arity: number, unresolved: boolean): string {
  return `${unresolved ? 'U' : 'X'}${module}:${name}/${arity}`;
}
