// Calls that BIFs make for their caller, as far as they can be seen in the source:
//   apply/2     a fun or {M, F}, arguments          spawn/1, spawn_link/1, spawn_opt/2    a fun or {M, F}
//   apply/3     M, F, arguments                     .../2, spawn_opt/3                    node, a fun or {M, F}
//   .../3, spawn_opt/4   M, F, arguments            .../4, spawn_opt/5                    node, M, F, arguments
// Arguments count where they are written out as a list, or a variable was matched with such a list before. xref resolves no other BIF.

import { addCall } from '../call-log.js';
import { ANY_FUNCTION, ANY_MODULE } from '../unknown-parts.js';
import { externalTarget, unresolvedTarget } from './call-targets.js';
import { ATOM, CALL, CONS, FUN, NAMED_FUN, NIL, TUPLE, VAR } from './node-kinds.js';
import { findRecord } from './record-table.js';
import type { Place } from './scope.js';
import type { Walker } from './walker.js';

/** An argument: a node, or what the expansion of a fun puts in the place of one. */
export type Argument =
  | { readonly kind: 'node'; readonly place: Place }
  | { readonly kind: 'atom'; readonly name: string }
  | { readonly kind: 'fresh variable' }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'list'; readonly items: readonly Argument[] };

/** Where a call stands. */
interface Site {
  readonly line: number;
  readonly column: number;
}

const FUN_CALLERS: ReadonlyMap<string, readonly number[]> = new Map([
  ['apply', [2, 3]],
  ['spawn', [1, 2, 3, 4]],
  ['spawn_opt', [2, 3, 4, 5]],
  ['spawn_link', [1, 2, 3, 4]],
]);

/** Tells whether it is one of the functions that call what their arguments name. */
export function isCaller(module: string, name: string, arity: number): boolean {
  // This is asked of every call, and the first letter answers for most.
  if (!name.startsWith('apply') && !name.startsWith('spawn')) return false;
  if (module === 'erlang') return FUN_CALLERS.get(name)?.includes(arity) === true;
  return arity === 4 && name === 'apply' && module === 'erts_debug';
}

/** Moves past the next arguments and returns them. */
export function argumentsOf(walker: Walker, count: number): readonly Argument[] {
  const { pos, context } = walker;
  const args: Argument[] = [];
  for (let at = 0; at < count; at++) {
    args.push({ kind: 'node', place: { at: walker.pos, context } });
    walker.skip();
  }
  walker.reread(walker.pos - pos);
  return args;
}

/** Adds a call with these arguments, with what it calls in turn, and walks over the arguments. */
export function callExternal(walker: Walker, module: string, name: string, args: readonly Argument[], site: Site): void {
  const { targets, builtins } = walker.settings;
  const target = externalTarget(targets, module, name, args.length, walker.guard);
  if (target !== null && (builtins || !target.builtin)) addCall(targets.log, target, site.line, site.column);
  if (!isCaller(module, name, args.length)) {
    walkArguments(walker, args);
    return;
  }
  const [first, second, third, fourth, ...rest] = args as readonly [Argument, Argument, Argument, Argument, ...Argument[]];
  const shape =
    module === 'erts_debug' ? 'debug' : name === 'apply' ? -args.length : args.length - (name === 'spawn_opt' ? 1 : 0);
  switch (shape) {
    case 'debug':
      callNamed(walker, { module: first, name: second, args: third }, args, [], site);
      return;
    case -2:
      callFun(walker, first, second, args, [], site);
      return;
    case 1:
      callFun(walker, first, undefined, args, args.slice(1), site);
      return;
    case 2:
      callFun(walker, second, undefined, args, [first, ...args.slice(2)], site);
      return;
    case -3:
    case 3:
      callNamed(walker, { module: first, name: second, args: third }, args, args.slice(3), site);
      return;
    default:
      callNamed(walker, { module: second, name: third, args: fourth }, args, [first, ...rest], site);
      return;
  }
}

function walkArguments(walker: Walker, args: readonly Argument[]): void {
  for (const argument of args) {
    if (argument.kind === 'node') walker.walkAt(argument.place);
    else if (argument.kind === 'list') walkArguments(walker, argument.items);
  }
}

/** A function by its module, name and list of arguments. */
interface NamedCall {
  readonly module: Argument;
  readonly name: Argument;
  readonly args: Argument;
}

/** Adds the call of a named function; `all` are the arguments of the call that makes it, `extra` those that aren't part of it. */
export function callNamed(
  walker: Walker,
  call: NamedCall,
  all: readonly Argument[],
  extra: readonly Argument[],
  site: Site,
): void {
  const module = atomIn(walker, call.module);
  const name = atomIn(walker, call.name);
  const items = itemsIn(walker, call.args);
  if (items === undefined || module === undefined || name === undefined) {
    addUnresolved(walker, module ?? ANY_MODULE, name ?? ANY_FUNCTION, items?.length ?? -1, site);
    walkArguments(walker, all);
    return;
  }
  walkArguments(walker, extra);
  walker.nest(() => callExternal(walker, module, name, items, site));
}

/** Adds the call of a fun, or of `{M, F}`; without `args` the fun has none. */
function callFun(
  walker: Walker,
  fun: Argument,
  args: Argument | undefined,
  all: readonly Argument[],
  extra: readonly Argument[],
  site: Site,
): void {
  const pair = pairIn(walker, fun);
  if (pair !== undefined) {
    callNamed(walker, { ...pair, args: args ?? { kind: 'list', items: [] } }, all, extra, site);
    return;
  }
  if (!surelyFun(walker, fun)) {
    const arity = args === undefined ? 0 : (itemsIn(walker, args)?.length ?? -1);
    addUnresolved(walker, ANY_MODULE, ANY_FUNCTION, arity, site);
  }
  walkArguments(walker, all);
}

function addUnresolved(walker: Walker, module: string, name: string, arity: number, { line, column }: Site): void {
  const { targets } = walker.settings;
  addCall(targets.log, unresolvedTarget(targets, module, name, arity), line, column);
}

/** Tells whether the argument is a fun, or a variable that holds one. */
export function surelyFun(walker: Walker, argument: Argument): boolean {
  return (
    peek(walker, argument, (size) => {
      if (walker.kind === FUN) return size === 3 || size === 4;
      if (walker.kind === NAMED_FUN) return size === 4;
      if (walker.kind !== VAR) return false;
      walker.skipAnno();
      return walker.scope.funs.some((name) => walker.sameAtom(name, walker.pos));
    }) ?? false
  );
}

function atomIn(walker: Walker, argument: Argument): string | undefined {
  if (argument.kind === 'atom') return argument.name;
  return peek(walker, argument, (size) => {
    if (size !== 3 || walker.kind !== ATOM) return undefined;
    walker.skipAnno();
    return walker.atom();
  });
}

/** Returns the elements of a pair that is written out. */
function pairIn(walker: Walker, argument: Argument): Pick<NamedCall, 'module' | 'name'> | undefined {
  return peek(walker, argument, (size) => {
    if (size !== 3 || walker.kind !== TUPLE) return undefined;
    walker.skipAnno();
    if (walker.enterList() !== 2) return undefined;
    const [module, name] = argumentsOf(walker, 2) as readonly [Argument, Argument];
    return { module, name };
  });
}

/** Returns the items of a list that is written out, or that the variable was matched with; undefined for any other argument. */
export function itemsIn(walker: Walker, argument: Argument): readonly Argument[] | undefined {
  const items: Argument[] = [];
  let rest: Argument | 'end' | undefined = argument;
  // A variable that was matched with itself would go on for ever (and does so in xref).
  let variables = walker.scope.matched.length;
  while (rest !== undefined && rest !== 'end') {
    if (rest.kind === 'list') return [...items, ...rest.items];
    const isVariable = variableTest(walker, rest);
    if (isVariable === undefined) rest = takeCell(walker, rest, items);
    else {
      const place = variables-- > 0 ? walker.scope.places[walker.scope.matched.findLastIndex(isVariable)] : undefined;
      rest = place && { kind: 'node', place };
    }
  }
  return rest === 'end' ? items : undefined;
}

/** Returns what tells whether a position names the same variable; undefined where the argument is none. */
function variableTest(walker: Walker, argument: Argument): ((name: number) => boolean) | undefined {
  if (argument.kind === 'fresh variable') return () => false;
  if (argument.kind === 'wildcard') return (name) => walker.isAtom(name, '_');
  return peek(walker, argument, (size) => {
    if (size !== 3 || walker.kind !== VAR) return undefined;
    walker.skipAnno();
    const { pos } = walker;
    return (name) => walker.sameAtom(name, pos);
  });
}

/** Takes the cells of a list literal; returns what follows them. */
function takeCell(walker: Walker, argument: Argument, items: Argument[]): Argument | 'end' | undefined {
  return peek(walker, argument, (size, context) => {
    if (walker.kind === NIL && size === 2) return 'end';
    if (walker.kind === CALL && size === 4) return takeFieldNames(walker, items);
    if (walker.kind !== CONS || size !== 4) return undefined;
    walker.skipAnno();
    items.push(...argumentsOf(walker, 1));
    return { kind: 'node', place: { at: walker.pos, context } };
  });
}

/** `record_info(fields, Name)` is a list of atoms to xref. */
function takeFieldNames(walker: Walker, items: Argument[]): 'end' | undefined {
  walker.skipAnno();
  if (walker.atomOf(ATOM) !== 'record_info' || walker.enterList() !== 2 || walker.atomOf(ATOM) !== 'fields') return undefined;
  const fields = findRecord(walker, walker.settings.records, walker.atomOf(ATOM) ?? '');
  for (const { name } of fields ?? []) items.push({ kind: 'atom', name });
  return fields && 'end';
}

/** Looks at a node elsewhere, entered, without moving. */
function peek<T>(walker: Walker, argument: Argument, look: (size: number, context: Place['context']) => T): T | undefined {
  if (argument.kind !== 'node') return undefined;
  const { pos, context } = walker;
  walker.pos = argument.place.at;
  walker.context = argument.place.context;
  const size = walker.enterNode();
  const found = size === 0 ? undefined : look(size, argument.place.context);
  walker.pos = pos;
  walker.context = context;
  return found;
}
