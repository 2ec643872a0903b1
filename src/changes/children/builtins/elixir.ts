// Functions of Elixir that supervisors are written with.
//
//   Supervisor.init([Child], options)    Child   map | {Module, Arg} and Module, which stand for Module.child_spec(Arg), with [] for none
//   Supervisor.child_spec(Child, overrides)
//
// Defined by lib/elixir/lib/supervisor.ex, dynamic_supervisor.ex, task/supervisor.ex, registry.ex, agent.ex and task.ex.

import { atom, isAtom, NIL, type Term } from '../../../term/model.js';
import { itemsOf } from '../list-items.js';
import type { PartialMap, PartialTerm } from '../partial-term.js';
import {
  isAtomValue,
  isPartialMap,
  isPartialTuple,
  isSplice,
  isUnknown,
  listOf,
  mapValue,
  partsOfList,
  withPair,
} from '../values.js';
import { type Builtin, type Builtins, FAILS, type FoldContext, type Folded } from './builtin.js';
import { LISTS, PROPLISTS } from './lists.js';

function tupleOf(...items: readonly PartialTerm[]): PartialTerm {
  return { kind: 'tuple', items };
}

/** Returns the value of a keyword list; `otherwise` where it hasn't got the key. */
function option(options: PartialTerm | undefined, key: string, otherwise: PartialTerm, context: FoldContext): Folded {
  return (PROPLISTS['get_value/3'] as Builtin)([atom(key), options ?? NIL, otherwise], context);
}

/** Returns the specification that a child stands for. */
function specOf(child: PartialTerm, context: FoldContext): Folded {
  if (isUnknown(child) || isPartialMap(child)) return child;
  if (isAtomValue(child)) return context.call(child.name, 'child_spec', [NIL]);
  if (!isPartialTuple(child)) return FAILS;
  const [module, argument] = child.items;
  if (child.items.length === 2 && argument !== undefined) {
    if (isUnknown(module)) return module;
    return isAtomValue(module) ? context.call(module.name, 'child_spec', [argument]) : FAILS;
  }
  return child.items.length === 6 ? child : FAILS;
}

function specsOf(children: readonly PartialTerm[], context: FoldContext): readonly PartialTerm[] | typeof FAILS | undefined {
  const specs: PartialTerm[] = [];
  for (const child of children) {
    if (isSplice(child)) {
      const alternatives = child.alternatives.map((items) => specsOf(items, context));
      if (alternatives.some((one) => one === FAILS || one === undefined)) return undefined;
      specs.push({ ...child, alternatives: alternatives as readonly (readonly PartialTerm[])[] });
      continue;
    }
    const spec = specOf(child, context);
    if (spec === undefined || spec === FAILS) return spec;
    specs.push(spec);
  }
  return specs;
}

function init([children, options]: readonly PartialTerm[], context: FoldContext): Folded {
  const flags = ['strategy', 'max_restarts', 'max_seconds', 'auto_shutdown'].map((key, at) =>
    option(options, key, [atom('nil'), 3, 5, atom('never')][at] as PartialTerm, context),
  );
  const unclear = [options, children].find(isUnknown);
  if (flags.some((flag) => flag === undefined || flag === FAILS)) return undefined;
  const [strategy, intensity, period, shutdown] = flags as readonly PartialTerm[];
  const names = ['strategy', 'intensity', 'period', 'auto_shutdown'].map((name) => atom(name));
  const values = [strategy, intensity, period, shutdown];
  const map: PartialMap = { kind: 'map', pairs: names.map((name, at) => [name, values[at] as PartialTerm] as const) };
  const parts = partsOfList(children);
  const specs = parts === undefined ? undefined : specsOf(parts, context);
  if (specs === FAILS) return FAILS;
  const list = specs === undefined ? unclear : listOf(specs);
  return list === undefined ? undefined : tupleOf(atom('ok'), tupleOf(map, list));
}

const FIELDS = ['id', 'start', 'restart', 'significant', 'shutdown', 'type', 'modules'];

function childSpec([child, overrides]: readonly PartialTerm[], context: FoldContext): Folded {
  const spec = specOf(child as PartialTerm, context);
  const changes = itemsOf(overrides);
  if (spec === undefined || spec === FAILS || isUnknown(spec)) return spec;
  if (!isPartialMap(spec) || changes === undefined) return undefined;
  let made: PartialMap = spec;
  for (const change of changes) {
    const [key, value] = isPartialTuple(change) ? change.items : [];
    if (isUnknown(key) || value === undefined) return undefined;
    if (!isAtomValue(key) || !FIELDS.includes(key.name)) return FAILS;
    made = withPair(made, key, value);
  }
  return made;
}

/** Makes child_spec/1 of a module of Elixir's own: its name is the id. */
function specByName(module: string, type: 'supervisor' | 'worker', extra: readonly (readonly [Term, Term])[] = []): Builtin {
  return ([options], context) => {
    const name = type === 'worker' ? atom(module) : option(options, 'name', atom(module), context);
    if (name === undefined || name === FAILS) return undefined;
    const last = isPartialTuple(name) && !isAtom(name as Term) ? name.items.at(-1) : name;
    const start = tupleOf(atom(module), atom('start_link'), listOf([options as PartialTerm]));
    const pairs = [
      [atom('id'), module === REGISTRY ? name : (last as PartialTerm)],
      [atom('start'), start],
    ] as const;
    const kind = type === 'worker' ? [] : [[atom('type'), atom(type)] as const];
    return { kind: 'map', pairs: [...pairs, ...kind, ...extra] };
  };
}

const REGISTRY = 'Elixir.Registry';

/** No term of a module's: it is known by being this one. */
const NOTHING: PartialTerm = { kind: 'tuple', items: [] };

/** Takes what is enumerated first, as Elixir does, and a range for the list of its integers. */
function swapped(name: string): Builtin {
  return (args, context) => {
    const [values, ...rest] = args as [PartialTerm, ...PartialTerm[]];
    return (LISTS[name] as Builtin)([...[...rest].reverse(), rangeItems(values) ?? values], context);
  };
}

const MAX_RANGE = 1_000;

function rangeItems(value: PartialTerm): PartialTerm | undefined {
  if (!isPartialMap(value) || !isAtomValue(mapValue(value, atom('__struct__')), 'Elixir.Range')) return undefined;
  const [first, last, step] = ['first', 'last', 'step'].map((name) => mapValue(value, atom(name)));
  if (typeof first !== 'number' || typeof last !== 'number' || typeof step !== 'number' || step === 0) return undefined;
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  return count > MAX_RANGE ? undefined : listOf(Array.from({ length: count }, (_, at) => first + at * step));
}

/** Functions by module, then by `name/arity`. */
export const ELIXIR: Readonly<Record<string, Builtins>> = {
  'Elixir.Supervisor': { 'init/2': init, 'child_spec/2': childSpec },
  'Elixir.DynamicSupervisor': { 'child_spec/1': specByName('Elixir.DynamicSupervisor', 'supervisor') },
  'Elixir.Task.Supervisor': { 'child_spec/1': specByName('Elixir.Task.Supervisor', 'supervisor') },
  [REGISTRY]: { 'child_spec/1': specByName(REGISTRY, 'supervisor') },
  'Elixir.Agent': { 'child_spec/1': specByName('Elixir.Agent', 'worker') },
  'Elixir.Task': { 'child_spec/1': specByName('Elixir.Task', 'worker', [[atom('restart'), atom('temporary')]]) },
  'Elixir.Enum': {
    'map/2': swapped('map/2'),
    // foldl takes the fun first, then what it starts with.
    'reduce/3': swapped('foldl/3'),
    'filter/2': swapped('filter/2'),
    'flat_map/2': swapped('flatmap/2'),
    'concat/1': LISTS['append/1'] as Builtin,
    'concat/2': LISTS['append/2'] as Builtin,
    'reverse/1': LISTS['reverse/1'] as Builtin,
  },
  'Elixir.List': { 'flatten/1': LISTS['flatten/1'] as Builtin, 'wrap/1': wrap },
  'Elixir.Keyword': {
    'get/2': ([list, key], context) => (PROPLISTS['get_value/3'] as Builtin)([key, list, atom('nil')] as PartialTerm[], context),
    'fetch!/2': ([list, key], context) => {
      const found = (PROPLISTS['get_value/3'] as Builtin)([key, list, NOTHING] as PartialTerm[], context);
      return found === NOTHING ? FAILS : found;
    },
    'get/3': ([list, key, otherwise], context) =>
      (PROPLISTS['get_value/3'] as Builtin)([key, list, otherwise] as PartialTerm[], context),
  },
};

function wrap([value]: readonly PartialTerm[]): Folded {
  if (value === undefined || isUnknown(value)) return undefined;
  if (isAtomValue(value, 'nil')) return NIL;
  return typeof value === 'object' && (value.kind === 'list' || value.kind === 'nil') ? value : listOf([value]);
}
