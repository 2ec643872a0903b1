// The records that a field's value can hold, from its type: the field's value itself, or the elements of a list. Local types are followed,
// with their parameters; a record deeper inside (tuples, maps, lists of lists) is found too but can't be converted there, and a remote
// type could hide any.
//
//   #r{}   undefined | #r{}   t() with -type t() :: #r{}       direct
//   [#r{}]   nonempty_list(#r{})   maybe_improper_list(#r{}, _)   list
//   {ok, #r{}}   #{k => #r{}}   [[#r{}]]                       inside

import type { Type } from '../forms/type-model.js';
import { childrenOf, type Node } from '../forms/walk.js';
import type { StateDescription } from './model.js';

/** Names of records in each place of a type; remote types as `module:name/arity`. */
export interface TypeReach {
  readonly direct: ReadonlySet<string>;
  readonly list: ReadonlySet<string>;
  readonly inside: ReadonlySet<string>;
  readonly remote: ReadonlySet<string>;
  /** Local types that were followed, as `name/arity`. */
  readonly aliases: ReadonlySet<string>;
}

type Place = 'direct' | 'list' | 'inside';

/** What the parameters of a local type stand for: types of an outer scope. */
interface Scope {
  /** Scopes around it. */
  readonly depth: number;
  readonly bindings: ReadonlyMap<string, { readonly type: Type; readonly scope: Scope | undefined }>;
}

interface Pending {
  readonly node: Node;
  readonly place: Place;
  readonly scope: Scope | undefined;
}

/** Scopes in each other, and types visited for one field; a recursive type with parameters could go on without end. */
const MAX_SCOPES = 30;
const MAX_STEPS = 5_000;

const LISTS: ReadonlySet<string> = new Set([
  ...['list', 'nonempty_list', 'maybe_improper_list', 'nonempty_improper_list', 'nonempty_maybe_improper_list'],
]);

const NOTHING: TypeReach = { direct: new Set(), list: new Set(), inside: new Set(), remote: new Set(), aliases: new Set() };

/** What was found of each type, by the types of the build: a type is asked about for many reasons. */
const remembered = new WeakMap<StateDescription['types'], WeakMap<Type, TypeReach>>();

/** Finds the records that a value of the type can hold. */
export function reachOf(type: Type | undefined, state: Pick<StateDescription, 'types'>): TypeReach {
  if (type === undefined) return NOTHING;
  const known = remembered.get(state.types) ?? new WeakMap<Type, TypeReach>();
  remembered.set(state.types, known);
  const reach = known.get(type) ?? findReach(type, state);
  known.set(type, reach);
  return reach;
}

function findReach(type: Type, state: Pick<StateDescription, 'types'>): TypeReach {
  const reach = { direct: new Set<string>(), list: new Set<string>(), inside: new Set<string>(), remote: new Set<string>() };
  const aliases = new Set<string>();
  const followed = new Set<string>();
  const pending: Pending[] = [{ node: type, place: 'direct', scope: undefined }];
  let steps = 0;
  for (let next = pending.pop(); next !== undefined && steps < MAX_STEPS; next = pending.pop(), steps++)
    pending.push(...visit(next));
  return { ...reach, aliases };

  function visit({ node, place, scope }: Pending): readonly Pending[] {
    switch (node.kind) {
      case 'record_type':
        if (node.name.kind === 'atom') reach[place].add(node.name.name);
        else reach.remote.add(`#${node.name.module.name}:${node.name.name.name}{}`);
        return [];
      case 'remote_type':
        reach.remote.add(remoteName(node.module, node.name, node.args.length));
        return node.args.map((arg) => ({ node: arg, place: 'inside', scope }));
      case 'user_type':
        return follow(node.name, node.args, place, scope);
      case 'var': {
        const bound = scope?.bindings.get(node.name);
        return bound === undefined ? [] : [{ node: bound.type, place, scope: bound.scope }];
      }
      case 'ann_type':
        return [{ node: node.type, place, scope }];
      case 'type':
        return node.args.flatMap((arg, at) =>
          arg.kind === 'atom' ? [] : [{ node: arg, place: placeInside(node.name, at, place), scope }],
        );
      default:
        return childrenOf(node).map((child) => ({ node: child, place: 'inside', scope }));
    }
  }

  /** A type without parameters need be followed once for each place. */
  function follow(name: string, args: readonly Type[], place: Place, scope: Scope | undefined): readonly Pending[] {
    const key = `${name}/${args.length}`;
    const form = state.types.get(key);
    const depth = (scope?.depth ?? 0) + 1;
    if (form === undefined || depth > MAX_SCOPES || (args.length === 0 && followed.has(`${place} ${key}`))) return [];
    followed.add(`${place} ${key}`);
    aliases.add(key);
    const bindings = new Map(
      form.parameters.flatMap((parameter, at) =>
        parameter.kind === 'var' ? [[parameter.name, { type: args[at] as Type, scope }] as const] : [],
      ),
    );
    return [{ node: form.type, place, scope: { depth, bindings } }];
  }
}

function placeInside(container: string, at: number, place: Place): Place {
  if (container === 'union') return place;
  return place === 'direct' && at === 0 && LISTS.has(container) ? 'list' : 'inside';
}

function remoteName(module: Type, name: Type, arity: number): string {
  const text = (type: Type): string => (type.kind === 'atom' ? type.name : '_');
  return `${text(module)}:${text(name)}/${arity}`;
}
