// What a call without a module means: a function of the run, one that is in the module already, an imported one, or a BIF.

import type { Label } from '../beam/chunks/entries.js';
import { autoImported } from '../code/builtins.js';
import type { Expression } from '../forms/expression-model.js';

import type { Unit } from './builder.js';
import { type Refusable, refuse } from './compile-error.js';

/** What is called. */
export type CallTarget =
  | { readonly kind: 'local'; readonly label: Label }
  | { readonly kind: 'remote'; readonly module: string; readonly name: string }
  | { readonly kind: 'dynamic'; readonly module: Expression; readonly name: Expression }
  | { readonly kind: 'fun'; readonly callee: Expression };

/** A function by its name without a module. */
export type NamedTarget = Extract<CallTarget, { readonly kind: 'local' | 'remote' }>;

/** Returns what `name/arity` means without a module, or undefined. */
export function findTarget({ context, entries }: Unit, name: string, arity: number): NamedTarget | undefined {
  const key = `${name}/${arity}`;
  const label = entries.get(key) ?? context.existing(name, arity);
  if (label !== undefined) return { kind: 'local', label };
  const imported = context.imported?.get(key);
  if (imported !== undefined) return { kind: 'remote', module: imported, name };
  const isBif = autoImported(context.otp).get(name)?.has(arity) === true;
  return isBif && context.shadowed?.has(key) !== true ? { kind: 'remote', module: 'erlang', name } : undefined;
}

/** Returns what a name without a module means; throws CompileError where there is no such function. */
export function localTarget(unit: Unit, node: Refusable & { readonly name: string }, arity: number): NamedTarget {
  return findTarget(unit, node.name, arity) ?? refuse(node, `function ${node.name}/${arity} is undefined`);
}
