// What init/1 returned as flags and child specifications, with the defaults that supervisor gives what is left out.
//
//   restart permanent, significant false, type worker, shutdown infinity for a supervisor and 5000 else, modules [M] of the start function
//   strategy one_for_one, intensity 1, period 5, auto_shutdown never
//
// Defined by lib/stdlib/src/supervisor.erl; what it refuses would keep the supervisor from starting.

import { atom, isInteger, type Term } from '../../term/model.js';
import { formatPartial, hasSameOrigin } from './format-partial.js';
import { joinValues } from './join-values.js';
import { itemsOf } from './list-items.js';
import type { Children, ChildStart, PartialChildSpec, SupervisorFlags } from './model.js';
import type { CodePlace, PartialMap, PartialTerm, Splice, Unknown } from './partial-term.js';
import {
  idIn,
  isAtomValue,
  isPartialMap,
  isPartialTuple,
  isSplice,
  isUnknown,
  mapValue,
  partOf,
  partsOfList,
  unknownIn,
} from './values.js';

/** What is wrong with a part of what init/1 returned. */
type Fault = { readonly kind: 'fault'; readonly what: string };

function fault(what: string): Fault {
  return { kind: 'fault', what };
}

/** The children, and what they depend on where they aren't known. */
export interface ChildrenRead {
  readonly children: Children;
  readonly why?: Unknown | undefined;
}

/** Returns the children that init/1 returned; `place` is init/1's own. */
export function childrenFrom(value: PartialTerm, place: CodePlace): ChildrenRead {
  if (isUnknown(value)) return dependsOn('what init/1 returns', value);
  if (isAtomValue(value, 'ignore')) return { children: { kind: 'ignore' } };
  const refused = (what: string): ChildrenRead => ({ children: { kind: 'unknown', because: what, ...place } });
  const [ok, specification] = isPartialTuple(value) && value.items.length === 2 ? value.items : [];
  if (isUnknown(ok)) return dependsOn('whether init/1 returns ok', ok);
  if (!isAtomValue(ok, 'ok')) return refused(`init/1 returns ${shortText(value)}, which is no supervisor's`);
  if (isUnknown(specification)) return dependsOn('what init/1 returns', specification);
  const [flags, list] = isPartialTuple(specification) && specification.items.length === 2 ? specification.items : [];
  if (flags === undefined || list === undefined) return refused(`init/1 returns ${shortText(value)}, which is no supervisor's`);
  const read = readFlags(flags);
  if (read.kind === 'unknown') return dependsOn('the flags', read);
  if (read.kind === 'fault') return refused(read.what);
  return readChildList(list, read.flags, refused);
}

function readChildList(list: PartialTerm, flags: SupervisorFlags, refused: (what: string) => ChildrenRead): ChildrenRead {
  const items = partsOfList(list);
  if (items === undefined) {
    const why = typeof list === 'object' && list.kind === 'list' ? list.tail : list;
    return isUnknown(why)
      ? dependsOn('which children there are', why)
      : refused(`init/1 returns ${shortText(list)} as its children`);
  }
  const children: PartialChildSpec[] = [];
  for (const [at, { value, condition }] of childItems(items, null).entries()) {
    const spec = readSpec(value, condition);
    if (spec.kind === 'fault') return refused(`child ${at + 1}: ${spec.what}`);
    if (spec.kind === 'unknown') return dependsOn(`the ${spec.what} of child ${at + 1}`, spec.why);
    children.push(spec.spec);
  }
  return { children: { kind: 'known', flags, children } };
}

interface ChildItem {
  readonly value: PartialTerm;
  readonly condition: Unknown | null;
}

/** Returns all specifications that may be among the children; those that all alternatives have are unconditional. */
function childItems(items: readonly PartialTerm[], condition: Unknown | null): readonly ChildItem[] {
  return items.flatMap((item) => {
    if (isSplice(item)) return alternativeItems(item, condition);
    if (!isUnknown(item) || item.options === undefined) return [{ value: item, condition }];
    return alternativeItems({ kind: 'splice', why: item, alternatives: item.options.map((option) => [option]) }, condition);
  });
}

/** Each keeps its place among those of its own alternative. */
function alternativeItems({ alternatives, why }: Splice, condition: Unknown | null): readonly ChildItem[] {
  const lists = alternatives.map((items) => childItems(items, condition));
  const found: { value: PartialTerm; condition: Unknown | null; count: number }[] = [];
  for (const list of lists) {
    let next = 0;
    for (const { value, condition: own } of list) {
      const at = found.findIndex((one) => isSameChild(one.value, value));
      const known = found[at];
      if (known === undefined) found.splice(next++, 0, { value, condition: own, count: 1 });
      else {
        known.value = joinValues(known.value, value, why);
        known.condition ??= own;
        known.count++;
        next = Math.max(next, at + 1);
      }
    }
  }
  return found.map((one) => ({ value: one.value, condition: one.condition ?? (one.count < lists.length ? why : null) }));
}

function isSameChild(left: PartialTerm, right: PartialTerm): boolean {
  const [one, other] = [idIn(left), idIn(right)];
  return one !== undefined && other !== undefined && hasSameOrigin(one, other);
}

function dependsOn(what: string, why: Unknown): ChildrenRead {
  return { children: { kind: 'unknown', because: `${what} depends on ${why.because}`, ...why.place }, why };
}

const MAX_TEXT = 60;

function shortText(value: PartialTerm): string {
  const text = formatPartial(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}...` : text;
}

type FlagsRead = { readonly kind: 'flags'; readonly flags: SupervisorFlags } | Fault | Unknown;

function readFlags(value: PartialTerm): FlagsRead {
  if (isUnknown(value)) return value;
  const never = atom('never');
  if (isPartialTuple(value) && value.items.length === 3) {
    const [strategy, intensity, period] = value.items as readonly [PartialTerm, PartialTerm, PartialTerm];
    return flagsOf(strategy, intensity, period, never);
  }
  if (!isPartialMap(value)) return fault(`${shortText(value)} are no flags`);
  const field = (name: string, otherwise: Term): PartialTerm => mapValue(value, atom(name)) ?? otherwise;
  return flagsOf(
    field('strategy', atom('one_for_one')),
    field('intensity', 1),
    field('period', 5),
    field('auto_shutdown', never),
  );
}

function flagsOf(strategy: PartialTerm, intensity: PartialTerm, period: PartialTerm, autoShutdown: PartialTerm): FlagsRead {
  const name = nameOf(strategy);
  if (name === undefined) return fault(`${shortText(strategy)} is no strategy`);
  return { kind: 'flags', flags: { strategy: name, intensity, period, autoShutdown } };
}

function nameOf(value: PartialTerm | undefined): string | Unknown | undefined {
  if (isUnknown(value)) return value;
  return isAtomValue(value) ? value.name : undefined;
}

type SpecRead =
  | { readonly kind: 'spec'; readonly spec: PartialChildSpec }
  | Fault
  | { readonly kind: 'unknown'; readonly what: string; readonly why: Unknown };

function readSpec(value: PartialTerm, condition: Unknown | null): SpecRead {
  if (isUnknown(value)) return { kind: 'unknown', what: 'specification', why: value };
  if (isPartialTuple(value) && value.items.length === 6) {
    const [id, start, restart, shutdown, type, modules] = value.items as readonly PartialTerm[];
    return buildSpec({ id, start, restart, shutdown, type, modules }, condition);
  }
  return isPartialMap(value) ? buildSpec(fieldsOf(value), condition) : fault(`${shortText(value)} is no child specification`);
}

type Fields = Readonly<Record<string, PartialTerm | undefined>>;

function fieldsOf({ pairs }: PartialMap): Fields {
  return Object.fromEntries(pairs.flatMap(([key, value]) => (isAtomValue(key) ? [[key.name, value] as const] : [])));
}

function buildSpec({ id, start, restart, shutdown, type, modules, significant }: Fields, condition: Unknown | null): SpecRead {
  if (id === undefined || start === undefined) return fault(`no ${id === undefined ? 'id' : 'start'}`);
  const started = readStart(start);
  const kind = readType(type);
  if (started.kind === 'fault') return started;
  if (kind === undefined) return fault(`${shortText(type ?? atom('undefined'))} is no type of a child`);
  const found = readModules(modules, started.start);
  if (found === undefined) return fault(`${shortText(modules ?? atom('undefined'))} are no modules`);
  const wait: PartialTerm = typeof kind === 'object' ? partOf(kind, 'shutdown') : kind === 'supervisor' ? atom('infinity') : 5000;
  const spec: PartialChildSpec = {
    id,
    start: started.start,
    restart: restart ?? atom('permanent'),
    shutdown: shutdown ?? wait,
    type: kind,
    modules: found,
    significant: significant ?? atom('false'),
    condition,
  };
  return faultOf(spec) ?? { kind: 'spec', spec };
}

function readStart(value: PartialTerm): { readonly kind: 'start'; readonly start: ChildStart } | Fault {
  if (isUnknown(value)) return { kind: 'start', start: { module: value, function: value, args: value } };
  const [module, name, args] = isPartialTuple(value) && value.items.length === 3 ? value.items : [];
  const names = [nameOf(module), nameOf(name)] as const;
  if (names[0] === undefined || names[1] === undefined || args === undefined)
    return fault(`${shortText(value)} is no start function`);
  if (typeof args !== 'object' || !['list', 'nil', 'unknown'].includes(args.kind))
    return fault(`${shortText(args)} are no arguments`);
  return { kind: 'start', start: { module: names[0], function: names[1], args } };
}

function readType(value: PartialTerm | undefined): PartialChildSpec['type'] | undefined {
  if (value === undefined) return 'worker';
  if (isUnknown(value)) return value;
  return isAtomValue(value, 'worker') ? 'worker' : isAtomValue(value, 'supervisor') ? 'supervisor' : undefined;
}

function readModules(value: PartialTerm | undefined, start: ChildStart): PartialChildSpec['modules'] | undefined {
  if (value === undefined) return typeof start.module === 'string' ? [start.module] : partOf(start.module, 'modules');
  if (isUnknown(value)) return value;
  if (isAtomValue(value, 'dynamic')) return 'dynamic';
  const unclear = unknownIn(value);
  if (unclear !== undefined) return unclear;
  const names = itemsOf(value)?.map(nameOf);
  return names?.every((name) => typeof name === 'string') ? (names as readonly string[]) : undefined;
}

const RESTARTS = ['permanent', 'transient', 'temporary', 'intrinsic'];
const SHUTDOWNS = ['infinity', 'brutal_kill'];

/** supervisor2 of RabbitMQ also has `intrinsic`, and `{permanent, Delay}`. */
function faultOf({ restart, shutdown }: PartialChildSpec): Fault | undefined {
  const kind = isPartialTuple(restart) && restart.items.length === 2 ? restart.items[0] : restart;
  const isRestart = isUnknown(kind) || (isAtomValue(kind) && RESTARTS.includes(kind.name));
  if (!isRestart) return fault(`${shortText(restart)} is no way to restart`);
  const isShutdown =
    isUnknown(shutdown) || isInteger(shutdown as Term) || (isAtomValue(shutdown) && SHUTDOWNS.includes(shutdown.name));
  return isShutdown ? undefined : fault(`${shortText(shutdown)} is no way to shut down`);
}
