// What a module as a whole refers to: behaviours, parse transforms, and of Elixir protocols and structs.
//   Attr   {'__impl__', [{protocol, P}, {for, M}]}      an implementation of a protocol
//   CInf   {options, [{parse_transform, M}, ...]}       those of the command line; the compiler forgets those of the source

import type { BeamModule } from '../../../beam/module.js';
import { isAtom, isTuple, properList, type Term } from '../../../term/model.js';
import type { ModuleFacts } from '../../module-facts.js';
import { structReference } from './data-shapes.js';
import { applicationOfPath } from './record-origins.js';
import { addReference, type ReferenceLog, type Referred } from './reference-log.js';

/** Returns a reference to a behaviour. */
export function behaviourReference(module: string): Referred {
  return { kind: 'behaviour', module, name: null, arity: null, confidence: 'exact' };
}

/** Returns a reference to a parse transform. */
export function transformReference(module: string, confidence: 'exact' | 'inferred'): Referred {
  return { kind: 'transform', module, name: 'parse_transform', arity: 2, confidence };
}

/** By application and header, the parse transform that it is there for. */
const HEADERS: Readonly<Record<string, string>> = {
  'stdlib/ms_transform.hrl': 'ms_transform',
  'stdlib/qlc.hrl': 'qlc_pt',
  'eunit/eunit.hrl': 'eunit_autoexport',
};

/** Returns the parse transform that including a header brings; undefined for nearly all. */
export function headerTransform(path: string): string | undefined {
  if (!path.endsWith('.hrl')) return undefined;
  return HEADERS[`${applicationOfPath(path)}/${path.slice(path.lastIndexOf('/') + 1)}`];
}

/** Adds what the tables of a module and its calls tell; throws ParseError. */
export function addModuleReferences(log: ReferenceLog, module: BeamModule, facts: ModuleFacts): void {
  log.from = -1;
  for (const name of facts.behaviours ?? []) addReference(log, behaviourReference(name));
  addTransforms(log, module.compileInfoValue('options'));
  for (const pair of module.attribute('__impl__')) {
    if (!isTuple(pair, 2) || !isAtom(pair.items[1])) continue;
    const [role, target] = pair.items as readonly [Term, (typeof pair.items)[1] & { readonly name: string }];
    if (isAtom(role, 'protocol') || isAtom(role, 'for')) {
      addReference(log, { kind: 'protocol', module: target.name, name: null, arity: null, confidence: 'exact' });
    }
  }
  addStructCalls(log, facts);
}

/** Adds the parse transforms among options of the compiler. */
export function addTransforms(log: ReferenceLog, options: Term | undefined): void {
  for (const option of properList(options) ?? []) {
    if (!isTuple(option, 2) || !isAtom(option.items[0], 'parse_transform') || !isAtom(option.items[1])) continue;
    addReference(log, transformReference(option.items[1].name, 'exact'));
  }
}

/** `M.__struct__/0,1` makes a struct. */
function addStructCalls(log: ReferenceLog, { targets, calls }: ModuleFacts): void {
  const made = targets.map(({ module, name, arity, unresolved }) => {
    return name === '__struct__' && !unresolved && (arity === 0 || arity === 1) ? structReference(module, 'exact') : undefined;
  });
  for (const { from, target, sites } of calls) {
    const reference = made[target];
    if (reference === undefined) continue;
    log.from = from;
    for (let at = 0; at < sites.length; at += 2) addReference(log, reference, sites[at], sites[at + 1]);
  }
}
