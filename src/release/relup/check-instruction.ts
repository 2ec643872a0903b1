// Which instructions there are, and what each of their parts has to be. Of several faults the first in systools' order counts: that is the
// order of the checks of a form, which for code_change isn't the order of its parts.
//
// Defined by lib/sasl/src/systools_rc.erl, check_op/1.

import { atom, isAtom, isInteger, isTuple, properList, type Term, type tuple } from '../../term/model.js';
import { isAnyList } from '../term-shapes.js';
import { type Step, stepError } from './step.js';

/** The fault of a part: the tag of the error, and the term that is wrong. */
type Fault = readonly [tag: string, term: Term];
type Check = (part: Term) => Fault | undefined;

/** Checks of parts by their position, in the order of systools. */
type Form = readonly (readonly [position: number, check: Check])[];

const must =
  (tag: string, isLegal: (part: Term) => boolean): Check =>
  (part) =>
    isLegal(part) ? undefined : [tag, part];

const isOneOf =
  (...names: readonly string[]) =>
  (part: Term): boolean =>
    isAtom(part) && names.includes(part.name);

const isAnyAtom = (part: Term): boolean => isAtom(part);

const module = must('bad_module', isAnyAtom);
const application = must('bad_application', isAnyAtom);
const change = must('bad_change', (part) => isAtom(part, 'soft') || (isTuple(part, 2) && isAtom(part.items[0], 'advanced')));
const moduleType = must('bad_mod_type', isOneOf('static', 'dynamic'));
const purge = must('bad_purge_method', isOneOf('soft_purge', 'brutal_purge'));
const startType = must('bad_start_type', isOneOf('none', 'load', 'temporary', 'transient', 'permanent'));
const direction = must('bad_mode', isOneOf('up', 'down'));
const args = must('bad_args_list', isAnyList);
const timeout = must('bad_timeout', (part) => isOneOf('default', 'infinity')(part) || (isInteger(part) && part > 0));

/** An improper list, on which systools crashes, is a bad list as well. */
const listOf =
  (check: Check): Check =>
  (part) => {
    const items = properList(part);
    if (items === undefined) return ['bad_list', part];
    for (const item of items) {
      const fault = check(item);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

const tupleOf =
  (...checks: readonly Check[]): Check =>
  (part) => {
    const items = isTuple(part) ? part.items : [];
    for (const [at, check] of checks.entries()) {
      const fault = check(items[at] as Term);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

const modules = listOf(module);
const suspended = listOf((item) => (isTuple(item, 2) ? tupleOf(module, timeout)(item) : module(item)));
const changed = listOf((item) => (isTuple(item, 2) ? module(item.items[0] as Term) : ['bad_code_change', item]));
const call = tupleOf(module, must('bad_func', isAnyAtom), args);
const nodes = listOf(must('bad_node', isAnyAtom));
const library = tupleOf(must('bad_lib', isAnyAtom), must('bad_lib_vsn', isAnyList), modules);
const purges = tupleOf(module, purge, purge);

const inOrder = (...checks: readonly Check[]): Form => checks.map((check, at) => [at + 1, check] as const);

/** By name and size; a table. */
const FORMS: Readonly<Record<string, Form>> = {
  'update/6': inOrder(module, change, purge, purge, modules),
  'update/7': inOrder(module, timeout, change, purge, purge, modules),
  'update/8': inOrder(module, moduleType, timeout, change, purge, purge, modules),
  'load_module/5': inOrder(module, purge, purge, modules),
  'add_module/2': inOrder(module),
  'add_module/3': inOrder(module, modules),
  'delete_module/2': inOrder(module),
  'delete_module/3': inOrder(module, modules),
  'remove_application/2': inOrder(application),
  'add_application/3': inOrder(application, startType),
  'restart_application/2': inOrder(application),
  'load_object_code/2': inOrder(library),
  'load/2': inOrder(purges),
  'remove/2': inOrder(purges),
  'purge/2': inOrder(modules),
  'suspend/2': inOrder(suspended),
  'resume/2': inOrder(modules),
  'code_change/2': inOrder(changed),
  'code_change/3': [
    [2, must('bad_list', isAnyList)],
    [1, direction],
    [2, changed],
  ],
  'stop/2': inOrder(modules),
  'start/2': inOrder(modules),
  'sync_nodes/3': [[2, (part) => (isTuple(part, 3) ? call(part) : nodes(part))]],
  'apply/2': inOrder(call),
};

/** Forms whose only part has to be a triple to be that form at all. */
const TRIPLES = ['load_object_code', 'load', 'remove', 'apply'];
const PLAIN = ['restart', 'reboot', 'point_of_no_return', 'restart_new_emulator', 'restart_emulator'];

/** Checks every instruction; throws ReleaseError for the first that is wrong. */
export function checkInstructions(script: readonly Step[]): void {
  for (const step of script) {
    const fault = faultOf(step.term);
    if (fault !== undefined) throw stepError(fault[0], step, fault[1]);
  }
}

function faultOf(term: Term): Fault | undefined {
  if (isAtom(term, 'mnesia_backup')) return ['not_yet_implemented', term];
  if (isAtom(term) && PLAIN.includes(term.name)) return undefined;
  const form = formOf(term);
  if (form === undefined) return ['bad_instruction', term];
  const { items } = term as ReturnType<typeof tuple>;
  for (const [position, check] of form) {
    const fault = check(items[position] ?? atom('undefined'));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function formOf(term: Term): Form | undefined {
  if (!isTuple(term)) return undefined;
  const [name, part] = term.items;
  if (!isAtom(name) || (TRIPLES.includes(name.name) && !isTuple(part, 3))) return undefined;
  const key = `${name.name}/${term.items.length}`;
  return Object.hasOwn(FORMS, key) ? FORMS[key] : undefined;
}
