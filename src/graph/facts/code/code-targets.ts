// What the numbers in the code of a module call: rows of its tables of imports, literals and lines, each looked up once.

import { decodeLines, type LineTable } from '../../../beam/chunks/lines.js';
import type { BeamModule } from '../../../beam/module.js';
import { ParseError } from '../../../errors.js';
import { type ExportFun, properList, type Term } from '../../../term/model.js';
import { isTypeTest } from '../abstract/type-tests.js';
import { newTarget, type Target } from '../call-log.js';
import type { IsBuiltin } from '../context.js';

/** Looks targets up. */
export interface CodeTargets {
  /** Name of an atom, from 1. */
  atom(index: number): string;
  /** Target of an import, from 0; undefined for a type test, which is no call. */
  imported(index: number): Target | undefined;
  external(module: string, name: string, arity: number): Target;
  unresolved(module: string, name: string, arity: number): Target;
  local(name: string, arity: number): Target;
  /** External funs in a literal, from 0. */
  funsIn(literal: number): readonly Target[];
  /** Items of a literal that is a list, and -1 for any other. */
  lengthOf(literal: number): number;
  isFun(literal: number): boolean;
  /** Line of a `line` operand; 0 where it isn't known. */
  lineOf(location: number): number;
}

/** Opens the tables of a module. */
export function openTargets(module: BeamModule, isBuiltin: IsBuiltin, otp: number): CodeTargets {
  const { atoms, importRows, name: own } = module;
  const lines = readLines(module);
  const known = new Map<string, Target>();
  const imports: (Target | undefined | null)[] = [];
  const funs: (readonly Target[] | undefined)[] = [];
  const find = (key: string, make: () => Target): Target => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make();
    known.set(key, made);
    return made;
  };
  const external = (target: string, name: string, arity: number): Target =>
    find(`X${target}:${name}/${arity}`, () =>
      newTarget({ kind: 'external', module: target, name, arity, unresolved: false, builtin: isBuiltin(target, name, arity) }),
    );
  const importTarget = (index: number): Target | null => {
    const row = importRows[index];
    if (row === undefined) throw new ParseError({ code: 'range', reason: `import ${index} isn't in its table` });
    const [target, name] = [atoms.name(row.module), atoms.name(row.name)];
    return target === 'erlang' && isTypeTest(otp, name, row.arity) ? null : external(target, name, row.arity);
  };
  const term = (index: number): Term => module.literals.term(index);
  return {
    atom: (index) => atoms.name(index),
    imported: (index) => {
      imports[index] ??= importTarget(index);
      return imports[index] ?? undefined;
    },
    external,
    unresolved: (target, name, arity) =>
      find(`U${target}:${name}/${arity}`, () =>
        newTarget({ kind: 'external', module: target, name, arity, unresolved: true, builtin: false }),
      ),
    local: (name, arity) =>
      find(`L${name}/${arity}`, () =>
        newTarget({ kind: 'local', module: own, name, arity, unresolved: false, builtin: isBuiltin(own, name, arity) }),
      ),
    funsIn: (index) => {
      // Hardly any literal has a fun in it, and without its tag none has.
      funs[index] ??= module.literals.bytes(index).includes(EXPORT_TAG)
        ? exportFuns(term(index)).map((fun) => external(fun.module.name, fun.name.name, fun.arity))
        : NONE;
      return funs[index] ?? NONE;
    },
    lengthOf: (index) => properList(term(index))?.length ?? -1,
    isFun: (index) => isKind(term(index), 'export'),
    lineOf: (location) => (location === 0 ? 0 : (lines?.items[location - 1]?.line ?? 0)),
  };
}

const NONE: readonly Target[] = [];

/** Tag of `fun M:F/A` in the external term format. */
const EXPORT_TAG = 113;

/** Reads the line table; loaders take one of an unknown version for none. */
function readLines(module: BeamModule): LineTable | undefined {
  try {
    return module.decode('Line', decodeLines);
  } catch (error) {
    if (error instanceof ParseError && error.code === 'unsupported') return undefined;
    throw error;
  }
}

function exportFuns(root: Term): readonly ExportFun[] {
  const found: ExportFun[] = [];
  const waiting: Term[] = [root];
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    if (typeof term !== 'object') continue;
    if (term.kind === 'export') found.push(term);
    else waiting.push(...partsOf(term));
  }
  return found;
}

function partsOf(term: Exclude<Term, number | bigint>): readonly Term[] {
  switch (term.kind) {
    case 'tuple':
      return term.items;
    case 'list':
      return [...term.items, term.tail];
    case 'map':
      return term.pairs.flat();
    case 'record':
      return term.fields.map(([, value]) => value);
    default:
      return [];
  }
}

function isKind(term: Term, kind: string): boolean {
  return typeof term === 'object' && term.kind === kind;
}
