// Calls:
//   {call, Anno, {remote, _, {atom, _, Module}, {atom, _, Name}}, Args}      external
//   {call, Anno, {atom, _, Name}, Args}                                      decided by the module's names
//   {call, Anno, {tuple, _, [Module, Name]}, Args}                           as {remote, ...}, a call of old
//   {call, Anno, Expression, Args}                                           unresolved, unless it surely is a fun

import { ANY_FUNCTION, ANY_MODULE } from '../unknown-parts.js';
import { externalTarget, unqualifiedTarget, unresolvedTarget } from './call-targets.js';
import { argumentsOf, callExternal, isCaller, surelyFun } from './dynamic-call.js';
import { moduleOf } from './names.js';
import { ATOM, REMOTE, TUPLE } from './node-kinds.js';
import { walkRecordTest } from './walk-record.js';
import type { Walker } from './walker.js';

/** Walks over a call whose tag has been read. */
export function walkCall(walker: Walker): void {
  const anno = walker.pos;
  walker.skipAnno();
  const callee = walker.pos;
  const size = walker.enterNode();
  if (size === 3 && walker.kind === ATOM) {
    walker.skipAnno();
    const name = walker.atom();
    if (name !== undefined) {
      walkUnqualified(walker, name, anno);
      return;
    }
  } else if (size === 4 && walker.kind === REMOTE) {
    walker.skipAnno();
    walkQualified(walker, anno);
    return;
  } else if (size === 3 && walker.kind === TUPLE) {
    walker.skipAnno();
    if (walker.enterList() === 2) {
      walkQualified(walker, anno, 2);
      return;
    }
  }
  walker.pos = callee;
  walkFunCall(walker, anno);
}

function walkUnqualified(walker: Walker, name: string, anno: number): void {
  const { targets } = walker.settings;
  const arity = walker.enterList();
  if (name === 'record_info' && arity === 2) walker.skip(arity);
  else if (name === 'is_record' && arity === 2 && walkRecordTest(walker)) {
    walker.leaveList(arity);
    return;
  } else if (isCaller('erlang', name, arity) || isCaller('erts_debug', name, arity)) {
    const module = moduleOf(targets.names, name, arity);
    if (module !== undefined && isCaller(module, name, arity)) {
      walkCaller(walker, module, name, arity, anno);
      return;
    }
    walker.addAt(unqualifiedTarget(targets, name, arity, walker.guard), anno);
    walker.walkNodes(arity);
  } else {
    walker.addAt(unqualifiedTarget(targets, name, arity, walker.guard), anno);
    walker.walkNodes(arity);
  }
  walker.leaveList(arity);
}

/** Walks on from the module of a call; in a tuple the list of `listed` items must be left after the name. */
function walkQualified(walker: Walker, anno: number, listed = 0): void {
  const { targets } = walker.settings;
  const module = walker.atomOf(ATOM);
  if (module === undefined) walker.walk();
  const name = walker.atomOf(ATOM);
  if (name === undefined) walker.walk();
  walker.leaveList(listed);
  const arity = walker.enterList();
  if (module === undefined || name === undefined) {
    walker.addAt(unresolvedTarget(targets, module ?? ANY_MODULE, name ?? ANY_FUNCTION, arity), anno);
  } else if (isCaller(module, name, arity)) {
    walkCaller(walker, module, name, arity, anno);
    return;
  } else if (module === 'erlang' && name === 'is_record' && arity === 2 && walkRecordTest(walker)) {
    walker.leaveList(arity);
    return;
  } else walker.addAt(externalTarget(targets, module, name, arity, walker.guard), anno);
  walker.walkNodes(arity);
  walker.leaveList(arity);
}

/** Walks over the arguments of `apply`, `spawn` and the like, which call what these name. */
function walkCaller(walker: Walker, module: string, name: string, arity: number, anno: number): void {
  const args = argumentsOf(walker, arity);
  walker.leaveList(arity);
  walker.readSite(anno);
  callExternal(walker, module, name, args, { line: walker.line, column: walker.column });
}

function walkFunCall(walker: Walker, anno: number): void {
  const known = surelyFun(walker, { kind: 'node', place: { at: walker.pos, context: walker.context } });
  walker.walk();
  const arity = walker.enterList();
  if (!known) walker.addAt(unresolvedTarget(walker.settings.targets, ANY_MODULE, ANY_FUNCTION, arity), anno);
  walker.walkNodes(arity);
  walker.leaveList(arity);
}
