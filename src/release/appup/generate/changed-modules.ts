// How the code of each changed module is replaced, and what is wrong with that:
//
//   supervisors                              update as a supervisor: init/1 is called anew
//   what exports or is given code_change     update with {advanced, []}: processes are suspended and their state is converted
//   everything else                          load_module; a process whose state changed keeps the old one, which is warned of
//
// Defined by the manual page appup(4) of sasl; release-upgrade 4.

import type { BeamModule } from '../../../beam/module.js';
import type { ModuleChange, StateChange } from '../../../changes/module-change.js';
import type { AppupFault } from './model.js';
import type { ChangeMethod } from './module-steps.js';
import { CODE_CHANGES, type ModuleFinder, nameText, type ProcessKind, processKind } from './process-kind.js';

/** How a module is replaced, and what is wrong with it. */
export interface ChosenMethod {
  readonly method: ChangeMethod;
  readonly faults: readonly AppupFault[];
}

/** What is known beside the module. */
export interface ModuleSurroundings {
  /** Finds modules of the new build, and of the old one. */
  readonly find: ModuleFinder;
  readonly findOld: ModuleFinder;
  /** Modules that will be given a code_change. */
  readonly injected: ReadonlySet<string>;
}

/** Chooses how the new build of a module takes the place of the old one; throws ParseError. */
export function chooseMethod(
  module: BeamModule,
  change: ModuleChange,
  { find, injected }: Omit<ModuleSurroundings, 'findOld'>,
): ChosenMethod {
  const kind = processKind(module, find);
  const { supervisor, process, wanted } = kind;
  if (supervisor !== undefined) {
    const isBoth = process !== undefined && process !== supervisor;
    const both: AppupFault = { kind: 'two_kinds', module: change.module, behaviours: [supervisor, process ?? ''] };
    return { method: 'supervisor', faults: isBoth ? [both] : [] };
  }
  const exported = module.exports.map(nameText).filter((name) => CODE_CHANGES.has(name));
  const isCalled = (name: string) => wanted.size === 0 || wanted.has(name) || name === 'system_code_change/4';
  if (injected.has(change.module) || exported.some(isCalled)) return { method: 'update', faults: [] };
  return { method: 'load', faults: [...callbackFaults(change, kind, exported), ...stateFaults(change, kind)] };
}

function callbackFaults(
  { module }: ModuleChange,
  { process, wanted }: ProcessKind,
  exported: readonly string[],
): readonly AppupFault[] {
  if (exported.length === 0 || process === undefined) return [];
  return [{ kind: 'wrong_callback', module, behaviour: process, wanted: [...wanted].join(' or ') }];
}

/** What loading alone does to a state. */
function stateFaults({ module, state, records }: ModuleChange, { process }: ProcessKind): readonly AppupFault[] {
  if (state !== null) return recordFaults(module, state);
  if (process === undefined) return [];
  if (records === null) return [{ kind: 'state_unknown', module, record: null }];
  const changed = records.filter(({ kind, from, to }) => kind === 'changed' && from?.join() !== to?.join());
  return changed.length === 0 ? [] : [{ kind: 'records_changed', module, records: changed.map(({ name }) => name) }];
}

function recordFaults(module: string, { status, record }: StateChange): readonly AppupFault[] {
  if (status === 'unhandled') return [{ kind: 'state_unhandled', module, record }];
  return status === 'unknown' ? [{ kind: 'state_unknown', module, record }] : [];
}
