// Whether an entry has an instruction for all that changed, and none for what isn't there.

import type { BuiltAppFile, BuiltApplication } from '../../../changes/build.js';
import type { EntryFacts, EntryFault } from './entry.js';
import type { Instruction } from './instruction.js';

/** Checks which modules the instructions name. */
export function checkModules(facts: EntryFacts): readonly EntryFault[] {
  return [...facts.instructions.flatMap((one) => checkInstruction(one, facts)), ...notMentioned(facts)];
}

function checkInstruction(instruction: Instruction, facts: EntryFacts): readonly EntryFault[] {
  const fault = (code: string, module: string, message: string): EntryFault => {
    return { code, severity: 'warning', module, message, instruction };
  };
  return [
    ...checkDeleted(instruction, facts, fault),
    ...checkForeignDeps(instruction, facts, fault),
    ...checkObjectCode(instruction, facts, fault),
  ];
}

type Fault = (code: string, module: string, message: string) => EntryFault;

function checkDeleted(instruction: Instruction, { from, to, ownerOf }: EntryFacts, fault: Fault): readonly EntryFault[] {
  if (instruction.kind !== 'delete') return [];
  const { module } = instruction;
  if (hasModule(to, module)) {
    return [fault('module-still-there', module, `${module} is deleted, and the application that is gone to has it`)];
  }
  if (from === null || hasModule(from, module) || ownerOf(module) !== undefined) return [];
  return [fault('unknown-module', module, `${module} is deleted, and no application has such a module`)];
}

function checkForeignDeps(instruction: Instruction, { from, to, ownerOf }: EntryFacts, fault: Fault): readonly EntryFault[] {
  const deps = 'deps' in instruction ? [...new Set(instruction.deps)] : [];
  return deps.flatMap((dep) => {
    const owner = hasModule(from, dep) || hasModule(to, dep) ? undefined : ownerOf(dep);
    const risk = `from an older release whose ${owner} is the same, systools refuses it as undef_module`;
    return owner === undefined
      ? []
      : [fault('dep-in-other-application', dep, `the DepMod ${dep} is a module of ${owner}: ${risk}`)];
  });
}

function checkObjectCode(instruction: Instruction, { to, ownerOf }: EntryFacts, fault: Fault): readonly EntryFault[] {
  if (instruction.kind !== 'low level' || instruction.verb !== 'load_object_code' || to === null) return [];
  const missing = instruction.modules.filter((module) => !hasModule(to, module) && ownerOf(module) === undefined);
  return missing.map((module) =>
    fault('unknown-module', module, `the code of ${module} is read, and no application has such a module`),
  );
}

/** Tells whether an application has a module: whether its `.app` lists it, or its file is there. */
export function hasModule(application: BuiltApplication | null, module: string): boolean {
  return application !== null && (application.modules.has(module) || isListed(application, module));
}

const listed = new WeakMap<BuiltAppFile, ReadonlySet<string>>();

/** Tells whether the `.app` of an application lists a module. */
export function isListed({ app }: BuiltApplication, module: string): boolean {
  if (app === undefined) return false;
  const known = listed.get(app) ?? new Set(app.modules);
  listed.set(app, known);
  return known.has(module);
}

/** Modules that differ and that nothing is done about; none where all of the application starts anew. */
function notMentioned({ way, application, instructions, old }: EntryFacts): readonly EntryFault[] {
  const change = old?.change ?? null;
  if (change === null || old === null || restartsAll(instructions, application)) return [];
  const mentioned = new Set(instructions.flatMap(modulesOf));
  const [gained, lost] = way === 'up' ? [change.added, change.removed] : [change.removed, change.added];
  const missing = (names: readonly string[], code: string, message: (module: string) => string): readonly EntryFault[] =>
    names
      .filter((module) => !mentioned.has(module))
      .map((module) => ({ code, severity: 'warning', module, message: message(module) }));
  const versions = way === 'up' ? `since ${old.vsn}` : `back to ${old.vsn}`;
  const changed = change.changed.map(({ module }) => module);
  return [
    ...missing(
      changed,
      'changed-module-not-mentioned',
      (name) => `${name} changed ${versions} and isn't loaded: its old code goes on`,
    ),
    ...missing(
      gained,
      'added-module-not-mentioned',
      (name) => `${name} is new ${versions} and isn't loaded: add_module does that`,
    ),
    ...missing(lost, 'removed-module-not-mentioned', (name) => `${name} is gone ${versions} and isn't deleted: its code stays`),
  ];
}

/** Tells whether the entry starts all of the application anew, alone or with the emulator. */
export function restartsAll(instructions: readonly Instruction[], application: string): boolean {
  return instructions.some(
    (one) =>
      (one.kind === 'plain' && /^restart_(new_)?emulator$/.test(one.name)) ||
      (one.kind === 'application' && one.verb === 'restart_application' && one.application === application),
  );
}

function modulesOf(instruction: Instruction): readonly string[] {
  if (instruction.kind === 'low level') return ['load', 'remove'].includes(instruction.verb) ? instruction.modules : [];
  return 'deps' in instruction ? [instruction.module] : [];
}
