// How a supervisor is started, from the calls in its own module:
//
//   supervisor:start_link({local, Name}, Module, Arg)    supervisor:start_link(Module, Arg)
//   'Elixir.Supervisor':start_link(Module, Arg, [{name, Name}])
//
// All functions that may come to such a call are followed, from those that other modules may call.

import type { BeamModule } from '../../beam/module.js';
import { atom, isAtom, type Term } from '../../term/model.js';
import { type FollowOptions, openMachine, type Pass, placeIn, readWithOthers } from './follow.js';
import { hasSameOrigin } from './format-partial.js';
import { joinValues } from './join-values.js';
import { itemsOf } from './list-items.js';
import type { SupervisorName } from './model.js';
import type { CodePlace, PartialTerm } from './partial-term.js';
import { numberOf, openProgram, type Program, type ProgramFunction, reachedFrom } from './program.js';
import { type Machine, type RemoteCall, spentReason } from './run.js';
import { sameValues } from './same-values.js';
import { unknown } from './state.js';
import { isAtomValue, isPartialTuple, isUnknown, unknownIn } from './values.js';

/** What the calls of a module say of how it is started. */
export interface StartCalls {
  /** What init/1 is given: one for each call that gives another. */
  readonly args: readonly PartialTerm[];
  readonly name: SupervisorName;
}

const ERLANG_SUPERVISORS: ReadonlySet<string> = new Set(['supervisor', 'supervisor2', 'mirrored_supervisor']);
const ELIXIR_SUPERVISOR = 'Elixir.Supervisor';

interface StartCall {
  readonly call: RemoteCall;
  readonly module: PartialTerm;
  readonly argument: PartialTerm;
  /** undefined where it is started without a name. */
  readonly name: PartialTerm | undefined;
}

/** Finds how a supervisor is started; throws ParseError where its code is damaged. */
export function readStartCalls(module: BeamModule, options: FollowOptions = {}): StartCalls {
  return module.located('Code', () => startCallsIn(module, options));
}

function startCallsIn(module: BeamModule, options: FollowOptions): StartCalls {
  const program = openProgram(module);
  const { calls, isComplete } = readWithOthers(
    options,
    (pass) => {
      const found = findCalls(program, options, pass).filter(({ module: started }) => isAtomValue(started, program.module));
      return { calls: found, isComplete: pass.budget.left > 0 };
    },
    (found) =>
      found.calls
        .flatMap(({ name }) => (name === undefined ? [] : (unknownIn(name) ?? [])))
        .find(({ call }) => call !== undefined),
  );
  if (isComplete) return { args: argumentsOf(program, calls), name: nameOf(program, calls) };
  const because = `the argument of init/1, which takes ${spentReason()} to know`;
  return { args: [unknown(because, placeIn(program, program.byName.get('init/1')))], name: { kind: 'unknown', because } };
}

function findCalls(program: Program, options: FollowOptions, pass: Pass): readonly StartCall[] {
  const starters = program.functions.filter((one) => hasStartCall(program, one));
  const found: StartCall[] = [];
  const seen = new Set<string>();
  const onCall = (call: RemoteCall): void => {
    const start = call.place.module === program.module ? startCall(call) : undefined;
    if (start === undefined) return;
    seen.add(call.place.function);
    found.push(start);
  };
  const entries = program.functions.filter(
    (one) => one.isExported && !isMade(one) && starters.some((starter) => reachedFrom(program, [one]).has(starter)),
  );
  for (const one of entries) follow(program, one, openMachine({ ...options, onCall }, pass));
  // What only a fun does that someone else calls is followed by itself.
  for (const one of starters) if (!seen.has(one.name)) follow(program, one, openMachine({ ...options, onCall }, pass));
  return found;
}

const MADE: ReadonlySet<string> = new Set(['module_info/0', 'module_info/1', 'init/1']);

function isMade({ name }: ProgramFunction): boolean {
  return MADE.has(name);
}

function follow(program: Program, target: ProgramFunction, machine: Machine): void {
  const place = placeIn(program, target);
  const args = Array.from({ length: target.arity }, (_, at) => argumentOf(target, at, place));
  machine.follow(machine, program, target, args);
}

function argumentOf({ name }: ProgramFunction, at: number, place: CodePlace): PartialTerm {
  const because = `argument ${at + 1} of ${name}`;
  return unknown(because, place, because);
}

function hasStartCall({ instructions, tables }: Program, { start, end }: ProgramFunction): boolean {
  return instructions.slice(start, end).some(({ name, operands }) => {
    if (!name.startsWith('call_ext')) return false;
    const { module, name: called } = tables.import(numberOf(operands[1]));
    return called === 'start_link' && (ERLANG_SUPERVISORS.has(module) || module === ELIXIR_SUPERVISOR);
  });
}

function startCall(call: RemoteCall): StartCall | undefined {
  const { module, name, args } = call;
  if (name !== 'start_link') return undefined;
  if (module === ELIXIR_SUPERVISOR && args.length === 3) {
    const [started, argument, options] = args as readonly [PartialTerm, PartialTerm, PartialTerm];
    return { call, module: started, argument, name: nameOption(options) };
  }
  if (!ERLANG_SUPERVISORS.has(module)) return undefined;
  const [argument, started, registered] = [...args].reverse();
  if (argument === undefined || started === undefined || args.length > 3) return undefined;
  return { call, module: started, argument, name: registered };
}

/** Returns `{local, Name}` for the option `{name, Name}` of Elixir, whose atoms are local names. */
function nameOption(options: PartialTerm): PartialTerm | undefined {
  if (isUnknown(options)) return options;
  const items = itemsOf(options);
  if (items === undefined) return undefined;
  const pair = items.find((item) => isPartialTuple(item) && isAtomValue(item.items[0], 'name'));
  const unclear = items.find(isUnknown);
  if (!isPartialTuple(pair)) return unclear;
  const [, name] = pair.items;
  return isAtom(name as Term) ? { kind: 'tuple', items: [atom('local'), name as PartialTerm] } : name;
}

/** Several are joined where there are many. */
const MAX_ARGUMENTS = 8;

function argumentsOf(program: Program, calls: readonly StartCall[]): readonly PartialTerm[] {
  const place = placeIn(program, program.byName.get('init/1'));
  const [first, ...others] = calls.map(({ argument }) => argument);
  if (first === undefined)
    return [unknown(`the argument of init/1: no function of ${program.module} starts it by name`, place, 'argument')];
  const args = [first];
  for (const other of others) if (!args.some((one) => hasSameOrigin(one, other))) args.push(other);
  if (args.length <= MAX_ARGUMENTS) return args;
  const why = unknown(`the argument of init/1, of which there are ${args.length}`, place);
  return [args.reduce((argument, other) => joinValues(argument, other, why))];
}

function placesOf(calls: readonly StartCall[]): string {
  return [...new Set(calls.map(({ call }) => call.place.function))].join(' and ');
}

function nameOf({ module }: Program, calls: readonly StartCall[]): SupervisorName {
  const [first, ...others] = calls;
  const no = (because: string): SupervisorName => ({ kind: 'unknown', because });
  if (first === undefined) return no(`no function of ${module} starts it by supervisor:start_link`);
  if (calls.some(({ name }) => name === undefined))
    return no(`${placesOf(calls.filter(({ name }) => name === undefined))} starts it without a name`);
  const { name } = first;
  if (others.some((call) => sameValues(call.name as PartialTerm, name as PartialTerm) !== true))
    return no(`${placesOf(calls)} start it by several names`);
  if (isUnknown(name)) return no(`its name depends on ${name.because}`);
  const [kind, registered] = isPartialTuple(name) && name.items.length === 2 ? name.items : [];
  if (!isAtomValue(kind, 'local')) return no('its name is no local one');
  if (isUnknown(registered)) return no(`its name depends on ${registered.because}`);
  return isAtomValue(registered) ? { kind: 'known', name: registered.name } : no('its name is no atom');
}
