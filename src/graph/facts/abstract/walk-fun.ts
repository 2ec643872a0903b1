// Funs, and what a match makes known of a variable:
//   {'fun', Anno, {clauses, Clauses}}            {named_fun, Anno, Name, Clauses}
//   {'fun', Anno, {function, Name, Arity}}       a call where the fun is made
//   {'fun', Anno, {function, Module, Name, Arity}}, each a node; bare terms in code that transforms of old made

import { ANY_FUNCTION, ANY_MODULE } from '../unknown-parts.js';
import { externalTarget, localTarget, unqualifiedTarget, unresolvedTarget } from './call-targets.js';
import { type Argument, callExternal, isCaller, itemsIn } from './dynamic-call.js';
import { defines, isAutoImported, moduleOf } from './names.js';
import { ATOM, CLAUSES, FUN, FUNCTION, INTEGER, NAMED_FUN } from './node-kinds.js';
import type { Walker } from './walker.js';

/** Walks over a fun whose tag has been read. */
export function walkFun(walker: Walker): void {
  const anno = walker.pos;
  walker.skipAnno();
  const start = walker.pos;
  const size = walker.enterNode();
  if (walker.kind === CLAUSES && size === 2) {
    walker.walkClauses();
    return;
  }
  if (walker.kind === FUNCTION && size === 3) {
    const name = walker.atom();
    const arity = walker.integer();
    if (name !== undefined && arity !== undefined) {
      makeNamedFun(walker, name, arity, anno);
      return;
    }
  }
  if (walker.kind === FUNCTION && size === 4) {
    makeRemoteFun(walker, anno);
    return;
  }
  walker.pos = start;
  walker.walk();
}

/** Walks over a named fun whose tag has been read. Its name is known from then on, beyond its own clauses too. */
export function walkNamedFun(walker: Walker): void {
  walker.skipAnno();
  const name = walker.pos;
  if (walker.atom() === undefined) walker.skip();
  else walker.scope.funs.push(name);
  walker.walkClauses();
}

/**
 * Learns of the variable, named at that position, that is matched with the expression that follows. Up to OTP 28 a fun of a BIF's name is one with clauses to xref,
 * and other named functions are no fun that it knows.
 */
export function learnMatch(walker: Walker, name: number): void {
  const at = walker.pos;
  const size = walker.enterNode();
  const isFun = (walker.kind === FUN && size === 3 && hasClauses(walker)) || (walker.kind === NAMED_FUN && size === 4);
  walker.pos = at;
  const { funs, matched, places } = walker.scope;
  if (isFun) funs.push(name);
  else {
    matched.push(name);
    places.push({ at, context: walker.context });
  }
}

function hasClauses(walker: Walker): boolean {
  walker.skipAnno();
  const size = walker.enterNode();
  if (walker.kind === CLAUSES && size === 2) return true;
  if (walker.kind !== FUNCTION || size !== 3) return false;
  const name = walker.atom();
  const arity = walker.integer();
  return name !== undefined && arity !== undefined && becomesClauses(walker, name, arity);
}

/** From OTP 29 on a fun keeps its name unless nothing has it, as with `module_info`. */
function becomesClauses(walker: Walker, name: string, arity: number): boolean {
  const { rules, targets } = walker.settings;
  if (rules.funsOfBifNamesCall) return isAutoImported(targets.names, name, arity);
  if (name !== 'module_info' && name !== 'behaviour_info') return false;
  return moduleOf(targets.names, name, arity) === undefined && !defines(targets.names, name, arity);
}

function makeNamedFun(walker: Walker, name: string, arity: number, anno: number): void {
  const { rules, targets } = walker.settings;
  if (rules.funsOfBifNamesCall && !isAutoImported(targets.names, name, arity)) {
    walker.addAt(localTarget(targets, name, arity), anno);
    return;
  }
  const module = isCaller('erlang', name, arity) ? moduleOf(targets.names, name, arity) : undefined;
  if (module === undefined) {
    walker.addAt(unqualifiedTarget(targets, name, arity, walker.guard), anno);
    return;
  }
  const argument: Argument = rules.funsOfBifNamesCall ? { kind: 'fresh variable' } : PLACEHOLDER;
  callWith(walker, module, name, new Array<Argument>(arity).fill(argument), anno);
}

/** What xref takes for each argument of the function that a fun names. */
const PLACEHOLDER: Argument = { kind: 'atom', name: 'foo' };

function makeRemoteFun(walker: Walker, anno: number): void {
  const { targets } = walker.settings;
  const [module, name, arity] = [remotePart(walker), remotePart(walker), arityPart(walker)];
  if (arity === undefined || module === undefined || name === undefined) {
    // Without a number xref takes the arguments for the variable `_`, which may have been matched.
    const count = arity ?? itemsIn(walker, { kind: 'wildcard' })?.length ?? -1;
    walker.addAt(unresolvedTarget(targets, module ?? ANY_MODULE, name ?? ANY_FUNCTION, count), anno);
  } else if (isCaller(module, name, arity)) {
    callWith(walker, module, name, new Array<Argument>(arity).fill(PLACEHOLDER), anno);
  } else walker.addAt(externalTarget(targets, module, name, arity, walker.guard), anno);
}

function remotePart(walker: Walker): string | undefined {
  const name = walker.atomOf(ATOM);
  if (name === undefined) walker.walk();
  return name;
}

function arityPart(walker: Walker): number | undefined {
  const start = walker.pos;
  if (walker.enterNode() === 3 && walker.kind === INTEGER) {
    walker.skipAnno();
    const arity = walker.integer();
    if (arity !== undefined && arity >= 0 && arity <= 255) return arity;
  }
  walker.pos = start;
  walker.walk();
  return undefined;
}

function callWith(walker: Walker, module: string, name: string, args: readonly Argument[], anno: number): void {
  walker.readSite(anno);
  callExternal(walker, module, name, args, { line: walker.line, column: walker.column });
}
