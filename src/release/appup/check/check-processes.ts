// What becomes of the processes of a module whose code is replaced.
//
//   load_module, add_module    a process goes on with the state that it has, also where the new code has another
//   {update, M} without        the same, but that it is suspended meanwhile
//     {advanced, Extra}
//   {update, M, {advanced,..}} code_change is called: up by the new code, down by the newer one, or by the older one where it is static
//   supervisors                code_change is init/1: what it returns are the new flags and children
//
// Defined by lib/sasl/src/release_handler_1.erl, systools_rc.erl and the behaviours of stdlib; release-upgrade 4.3 and 4.4.

import type { BeamModule } from '../../../beam/module.js';
import type { ModuleChange } from '../../../changes/module-change.js';
import { ParseError } from '../../../errors.js';
import { CODE_CHANGES, nameText, type ProcessKind, processKind } from '../generate/process-kind.js';
import { hasModule } from './check-modules.js';
import type { EntryFacts, EntryFault } from './entry.js';
import type { Instruction } from './instruction.js';

type Replacing = Instruction & { readonly kind: 'load' | 'update' };

/** Checks what is done about processes. */
export function checkProcesses(facts: EntryFacts): readonly EntryFault[] {
  return facts.instructions.flatMap((instruction) => {
    if (instruction.kind !== 'load' && instruction.kind !== 'update') return [];
    if (instruction.kind === 'load' && instruction.verb === 'add_module' && !hasModule(facts.from, instruction.module)) return [];
    const [older, newer] = facts.way === 'up' ? [facts.from, facts.to] : [facts.to, facts.from];
    const module = newer?.modules.get(instruction.module) ?? older?.modules.get(instruction.module);
    const kind = module && orUndefined(() => processKind(module, facts.find));
    if (module === undefined || kind === undefined) return [];
    return kind.supervisor === undefined
      ? checkProcess(instruction, module, kind, facts)
      : checkSupervisor(instruction, kind.supervisor, facts);
  });
}

/** A module that is damaged is told of elsewhere. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

function checkProcess(instruction: Replacing, module: BeamModule, kind: ProcessKind, facts: EntryFacts): readonly EntryFault[] {
  if (kind.process === undefined && callbackOf(module, CODE_CHANGES) === undefined) return [];
  if (instruction.kind === 'update' && instruction.isAdvanced) return checkCallback(instruction, kind, facts);
  const loss = stateLoss(instruction, module, facts);
  if (loss === undefined) return [];
  const how = instruction.kind === 'update' ? 'updated without {advanced, Extra}' : 'only loaded';
  const what = kind.process === undefined ? '' : `, a ${kind.process},`;
  const message = `${instruction.module}${what} is ${how}, so that code_change isn't called: ${loss}`;
  return [{ code: 'stateful-module-only-loaded', severity: 'warning', module: instruction.module, message, instruction }];
}

/** Returns what may be lost where code_change isn't called, as a phrase; undefined where nothing is. */
function stateLoss(instruction: Replacing, module: BeamModule, { old }: EntryFacts): string | undefined {
  const callback = callbackOf(module, CODE_CHANGES);
  const exported = callback === undefined ? undefined : `${callback} is there for that`;
  if (old === null || old.change === null) return instruction.kind === 'load' ? exported : undefined;
  const change = old.change.changed.find((one) => one.module === instruction.module);
  return change === undefined ? undefined : changedState(change, exported);
}

function changedState({ state, records }: ModuleChange, exported: string | undefined): string | undefined {
  if (state !== null) {
    if (state.status === 'kept') return undefined;
    return state.status === 'unknown' ? (exported ?? UNKNOWN) : `its state #${state.record}{} is laid out otherwise`;
  }
  if (records === null) return exported ?? UNKNOWN;
  const changed = records.filter(({ kind, from, to }) => kind === 'changed' && from?.join() !== to?.join());
  const names = changed.map(({ name }) => `#${name}{}`);
  return names.length > 0 ? `${names.join(', ')}, laid out otherwise now, may be part of its state` : exported;
}

const UNKNOWN = 'no debug info tells whether its state is laid out as before';

/** The code that converts a state has to export what is called; where it doesn't, the install fails and the node restarts. */
function checkCallback(
  instruction: Replacing & { kind: 'update' },
  { process, wanted }: ProcessKind,
  { way, from, to }: EntryFacts,
): readonly EntryFault[] {
  const { module } = instruction;
  const isAfterLoad = way === 'up' || instruction.isStatic;
  const converting = (isAfterLoad ? to : from)?.modules.get(module);
  if (converting === undefined || process === undefined || wanted.size === 0) return [];
  if (callbackOf(converting, wanted) !== undefined) return [];
  const whose = (way === 'up') === isAfterLoad ? 'new' : 'older';
  const message = `${module} is a ${process}, and its ${whose} build doesn't export ${[...wanted].join(' or ')}: the install fails and the node restarts`;
  return [{ code: 'code-change-missing', severity: 'error', module, message, instruction }];
}

function callbackOf(module: BeamModule, wanted: ReadonlySet<string>): string | undefined {
  return module.exports.map(nameText).find((name) => wanted.has(name));
}

function checkSupervisor(instruction: Replacing, behaviour: string, { way, old }: EntryFacts): readonly EntryFault[] {
  const { module } = instruction;
  const fault = (code: string, message: string): readonly EntryFault[] => [
    { code, severity: 'warning', module, message, instruction },
  ];
  if (instruction.kind === 'update' && instruction.isAdvanced) {
    if (instruction.isStatic || way === 'up') return [];
    const advice = 'its init/1 is asked before the older code is loaded; {update, Module, supervisor} is static';
    return fault('supervisor-not-static', `${module} is a ${behaviour}: ${advice}`);
  }
  const isSame = old?.change != null && !old.change.changed.some((change) => change.module === module);
  if (isSame) return [];
  const how = instruction.kind === 'update' ? 'updated without {advanced, Extra}' : 'only loaded';
  return fault(
    'stateful-module-only-loaded',
    `${module} is a ${behaviour}, and ${how}: it keeps its flags and children; {update, Module, supervisor} asks its init/1`,
  );
}
