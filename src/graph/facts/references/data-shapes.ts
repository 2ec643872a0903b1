// What data looks like that names functions of other modules, or modules:
//   {M, F, A}  {M, F, Args}                                  a function
//   #{start => {M, F, Args}}  {Id, {M, F, Args}, _, _, _, _} a child specification
//   #{'__struct__' => M}                                     a struct of Elixir

import { MAX_ARITY } from '../../../limits.js';
import { isAtom, isTuple, properList, type Term, type Tuple } from '../../../term/model.js';
import type { Referred } from './reference-log.js';

/** Atoms that stand first in tuples of three all over, and are no modules. */
const NO_MODULES: ReadonlySet<string> = new Set(
  'ok error true false undefined none exit throw EXIT DOWN reply noreply stop local via atom var integer call op clause'.split(
    ' ',
  ),
);

/** When a child is started again. */
export const RESTARTS: ReadonlySet<string> = new Set(['permanent', 'transient', 'temporary']);
/** What a child is. */
export const CHILD_TYPES: ReadonlySet<string> = new Set(['worker', 'supervisor']);

/** Tells whether an atom that stands first in a tuple may be a module. */
export function mayBeModule(name: string): boolean {
  return !NO_MODULES.has(name);
}

/** Returns a reference to a function that data names; `arity` is null where it isn't known. */
export function functionReference(module: string, name: string, arity: number | null): Referred {
  return { kind: 'mfa', module, name, arity, confidence: arity === null ? 'inferred' : 'literal' };
}

/** Returns a reference to the function that a child is started by. */
export function childReference(module: string, name: string, arity: number | null): Referred {
  return { kind: 'child_spec', module, name, arity, confidence: 'literal' };
}

/** Returns a reference to a struct. */
export function structReference(module: string, confidence: 'exact' | 'literal'): Referred {
  return { kind: 'struct', module, name: null, arity: null, confidence };
}

/** Returns what a term refers to, whatever its depth. */
export function referencesInTerm(root: Term): readonly Referred[] {
  const found: Referred[] = [];
  const children = new Set<Term>();
  const waiting: Term[] = [root];
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    if (typeof term !== 'object') continue;
    switch (term.kind) {
      case 'tuple':
        readTuple(term, children, found);
        for (const item of term.items) waiting.push(item);
        break;
      case 'list':
        for (const item of term.items) waiting.push(item);
        waiting.push(term.tail);
        break;
      case 'map':
        for (const [key, value] of term.pairs) {
          readPair(key, value, children, found);
          waiting.push(key, value);
        }
        break;
      case 'record':
        found.push({ kind: 'record', module: term.module.name, name: term.name.name, arity: null, confidence: 'literal' });
        for (const [, value] of term.fields) waiting.push(value);
    }
  }
  return found;
}

function readTuple(tuple: Tuple, children: Set<Term>, found: Referred[]): void {
  if (tuple.items.length === 6 && isOneOf(tuple.items[2], RESTARTS) && isOneOf(tuple.items[4], CHILD_TYPES)) {
    addChild(tuple.items[1], children, found);
  }
  const named = children.has(tuple) ? undefined : namedFunction(tuple);
  if (named === undefined || named.last === 'other' || !mayBeModule(named.module)) return;
  found.push(functionReference(named.module, named.name, named.arity));
}

function isOneOf(term: Term | undefined, names: ReadonlySet<string>): boolean {
  return isAtom(term) && names.has(term.name);
}

function readPair(key: Term, value: Term, children: Set<Term>, found: Referred[]): void {
  if (isAtom(key, 'start')) addChild(value, children, found);
  else if (isAtom(key, '__struct__') && isAtom(value)) found.push(structReference(value.name, 'literal'));
}

function addChild(start: Term | undefined, children: Set<Term>, found: Referred[]): void {
  const named = namedFunction(start);
  if (start === undefined || named?.last !== 'list') return;
  children.add(start);
  found.push(childReference(named.module, named.name, named.arity));
}

/** What data of three parts names, of which the first two are atoms. */
export interface NamedFunction {
  readonly module: string;
  readonly name: string;
  /** null where it isn't known. */
  readonly arity: number | null;
  /** What the third part is: an arity, a list of arguments, or neither as far as is known. */
  readonly last: 'arity' | 'list' | 'other';
}

/** Returns what `{M, F, A}` or `{M, F, Args}` names; undefined where the term is no such thing. */
export function namedFunction(term: Term | undefined): NamedFunction | undefined {
  if (!isTuple(term, 3)) return undefined;
  const [module, name, last] = term.items;
  if (!isAtom(module) || !isAtom(name)) return undefined;
  const named = { module: module.name, name: name.name };
  if (isArity(last)) return { ...named, arity: last, last: 'arity' };
  const args = properList(last);
  const arity = isArity(args?.length) ? args.length : null;
  return { ...named, arity, last: args === undefined ? 'other' : 'list' };
}

/** Tells whether it can be a number of arguments. */
export function isArity(term: Term | undefined): term is number {
  return typeof term === 'number' && term >= 0 && term <= MAX_ARITY;
}
