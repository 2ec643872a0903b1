// What no injection can mend, as far as the forms tell: a code_change that can't succeed, and a gen_statem whose callback_mode is another.
// Where code_change fails, release_handler restarts the node into the old release; after a downgrade of a gen_statem the newer mode is
// still in use, since code_change runs before the older module is loaded. Both were seen on real nodes (release-upgrade, 4.3 and 4.4).

import type { Clause, Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import type { CallbackKind, MigrationPlan, StateDescription } from './model.js';

type Direction = 'up' | 'down';

/** Returns a sentence for each thing that will go wrong in spite of the migration. */
export function diagnose({ to, from, callback, user }: MigrationPlan): readonly string[] {
  const form = user === 'called' ? to.functionForm(callback.name, callback.arity) : undefined;
  const failing =
    form === undefined ? [] : (['up', 'down'] as const).filter((direction) => alwaysFails(form, callback, direction));
  return [...failing.map((direction) => failureText(to, callback, direction)), ...diagnoseModes(to, from)];
}

function failureText({ module }: StateDescription, { name, arity }: CallbackKind, direction: Direction): string {
  const what = direction === 'up' ? 'upgrade' : 'downgrade';
  return `${module}:${name}/${arity} never answers ok: the ${what} fails, and release_handler restarts the node into the permanent release`;
}

function alwaysFails({ clauses }: FunctionForm, callback: CallbackKind, direction: Direction): boolean {
  const own = clauses.filter(({ patterns }) => mayMatch(patterns[callback.oldVsn], direction));
  const last = own.findIndex((clause) => matchesAll(clause, callback));
  return own.slice(0, last < 0 ? undefined : last + 1).every(({ body }) => isFailure(body.at(-1), callback));
}

/** `{down, Vsn}` is for the way down only, any other constant for the way up. */
function mayMatch(pattern: Expression | undefined, direction: Direction): boolean {
  if (pattern === undefined || pattern.kind === 'var') return true;
  if (pattern.kind === 'match') return mayMatch(pattern.pattern, direction) && mayMatch(pattern.value, direction);
  if (pattern.kind !== 'tuple' || pattern.elements.length !== 2) return direction === 'up';
  const [tag] = pattern.elements;
  if (tag?.kind === 'var') return true;
  return (tag?.kind === 'atom' && tag.name === 'down') === (direction === 'down');
}

/** Whether a clause for one direction leaves nothing to those behind it. */
function matchesAll({ patterns, guards }: Clause, { oldVsn }: CallbackKind): boolean {
  const isAny = (pattern: Expression, at: number): boolean => {
    if (pattern.kind === 'match') return isAny(pattern.pattern, at) && isAny(pattern.value, at);
    return pattern.kind === 'var' || (at === oldVsn && pattern.kind === 'tuple' && pattern.elements[1]?.kind === 'var');
  };
  return guards.length === 0 && patterns.every(isAny);
}

const CONSTANTS: ReadonlySet<string> = new Set([
  'atom',
  'integer',
  'char',
  'float',
  'string',
  'nil',
  'cons',
  'map',
  'bin',
  'fun',
]);

/** Tells whether the value can't be what the behaviour takes for success. */
function isFailure(node: Expression | undefined, callback: CallbackKind): boolean {
  if (node === undefined) return false;
  if (CONSTANTS.has(node.kind)) return true;
  switch (node.kind) {
    case 'tuple':
      return isOtherTuple(node.elements, callback);
    case 'match':
      return isFailure(node.value, callback);
    case 'block':
      return isFailure(node.body.at(-1), callback);
    case 'case':
    case 'if':
      return areFailures(node.clauses, callback);
    case 'try': {
      const value = node.clauses.length === 0 ? isFailure(node.body.at(-1), callback) : areFailures(node.clauses, callback);
      return value && areFailures(node.handlers, callback);
    }
    case 'call':
      return isRaise(node.callee, node.args, callback);
    default:
      return false;
  }
}

function areFailures(clauses: readonly Clause[], callback: CallbackKind): boolean {
  return clauses.every(({ body }) => isFailure(body.at(-1), callback));
}

function isOtherTuple([tag, ...rest]: readonly Expression[], { result }: CallbackKind): boolean {
  if (tag?.kind !== 'atom') return tag !== undefined && CONSTANTS.has(tag.kind);
  return tag.name !== 'ok' || rest.length !== (result === 'ok_state' ? 1 : 2);
}

/** `error(...)`, `exit(...)`, and a throw of what is no success or isn't taken for a result. */
function isRaise(callee: Expression, args: readonly Expression[], callback: CallbackKind): boolean {
  const name = callee.kind === 'remote' && isAtom(callee.module, 'erlang') ? callee.name : callee;
  if (isAtom(name, 'error') || (isAtom(name, 'exit') && args.length === 1)) return true;
  return isAtom(name, 'throw') && (!callback.thrownIsResult || isFailure(args[0], callback));
}

function isAtom(node: Expression, name: string): boolean {
  return node.kind === 'atom' && node.name === name;
}

/** Returns a sentence for each older build of a gen_statem in which callback_mode is another constant. */
export function diagnoseModes(to: StateDescription, from: readonly StateDescription[]): readonly string[] {
  const mode = callbackMode(to);
  return from.flatMap((build) => {
    const older = callbackMode(build);
    if (mode === undefined || older === undefined || mode === older) return [];
    return [
      `${to.module}:callback_mode/0 answers ${mode}, and ${older} in ${build.file}: after a downgrade the process still calls by ` +
        `${mode} and crashes on its next event`,
    ];
  });
}

/** Undefined where it isn't a constant. */
function callbackMode({ functionForm }: StateDescription): string | undefined {
  const { clauses } = functionForm('callback_mode', 0) ?? { clauses: [] };
  const answers = clauses.flatMap(({ body }) => modesIn(body.at(-1)));
  return answers.length === 1 ? answers[0] : undefined;
}

/** `mode` or `[mode, state_enter]`. */
function modesIn(node: Expression | undefined): readonly string[] {
  if (node?.kind === 'cons') return [...modesIn(node.head), ...modesIn(node.tail)];
  const isMode = node?.kind === 'atom' && (node.name === 'state_functions' || node.name === 'handle_event_function');
  return isMode ? [node.name] : [];
}
