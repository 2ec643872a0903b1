// Calls of a supervisor that an entry makes. A child that goes is stopped before the code is touched: with DepMods its module is purged under
// it, and the supervisor dies with it. A child that comes is started when all code is loaded and the supervisor knows of it.
//
//   {apply, {supervisor, terminate_child, [Sup, Id]}}   {apply, {supervisor, delete_child, [Sup, Id]}}   first
//   {apply, {supervisor, restart_child, [Sup, Id]}}                                                      last
//
// What these calls return is passed over: `{error, not_found}` and `{error, running}` count as success.
// Defined by the manual page supervisor(3) of stdlib; release-upgrade 4.5.

import { formatTerm } from '../../../term/format.js';
import { properList, type Term } from '../../../term/model.js';
import type { EntryFacts, EntryFault } from './entry.js';
import type { Instruction } from './instruction.js';

/** A call of a supervisor about a child. */
export interface ChildCall {
  readonly instruction: Instruction;
  readonly function: 'terminate_child' | 'delete_child' | 'restart_child';
  readonly supervisor: Term;
  readonly id: Term;
}

/** Returns the calls in an entry. */
export function childCalls(instructions: readonly Instruction[]): readonly ChildCall[] {
  return instructions.flatMap((instruction) => {
    const call = callOf(instruction);
    return call === undefined ? [] : [call];
  });
}

function callOf(instruction: Instruction): ChildCall | undefined {
  if (instruction.kind !== 'apply' || instruction.module !== 'supervisor') return undefined;
  const { function: name, args } = instruction;
  const [supervisor, id, ...more] = properList(args) ?? [];
  if (supervisor === undefined || id === undefined || more.length > 0) return undefined;
  return isChildFunction(name) ? { instruction, function: name, supervisor, id } : undefined;
}

function isChildFunction(name: string): name is ChildCall['function'] {
  return name === 'terminate_child' || name === 'delete_child' || name === 'restart_child';
}

/** Checks where these calls stand. */
export function checkChildCalls({ instructions }: EntryFacts): readonly EntryFault[] {
  const code = instructions.flatMap((one, at) => (touchesCode(one) ? [at] : []));
  const [first = Number.POSITIVE_INFINITY, last = -1] = [code[0], code.at(-1)];
  const stopped = new Set<string>();
  return instructions.flatMap((instruction, position): readonly EntryFault[] => {
    const call = callOf(instruction);
    if (call === undefined) return [];
    if (call.function === 'restart_child') {
      return position > last ? [] : [misplaced(call, 'restart-child-not-last', 'after all instructions about code')];
    }
    const place = position < first ? [] : [misplaced(call, 'terminate-child-not-first', 'before all instructions about code')];
    const child = `${formatTerm(call.supervisor)} ${formatTerm(call.id)}`;
    if (call.function === 'terminate_child') stopped.add(child);
    return [...place, ...(stopped.has(child) ? [] : [stillRunning(call)])];
  });
}

/** Instructions that load, remove or suspend; those about other applications are as good as these. */
function touchesCode(instruction: Instruction): boolean {
  const { kind } = instruction;
  if (kind === 'low level') return instruction.verb !== 'load_object_code';
  return kind === 'load' || kind === 'update' || kind === 'delete' || kind === 'application';
}

const REASONS: Readonly<Record<ChildCall['function'], string>> = {
  terminate_child: 'its code may be purged while it runs, which kills it and may kill its supervisor',
  delete_child: 'once the supervisor has its new children it knows of no such child',
  restart_child: 'until its supervisor has its new children there is no such child, and what comes later is not loaded yet',
};

function misplaced({ instruction, function: name }: ChildCall, code: string, where: string): EntryFault {
  return { code, severity: 'warning', message: `${name} has to stand ${where}: ${REASONS[name]}`, instruction };
}

function stillRunning({ instruction, id }: ChildCall): EntryFault {
  const message = `no terminate_child of ${formatTerm(id)} stands before its delete_child: a child that runs isn't deleted`;
  return { code: 'delete-child-running', severity: 'warning', message, instruction };
}
