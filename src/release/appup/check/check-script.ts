// What systools has against the instructions of one entry, asked of what `relup` is made by. Where systools stops at the first fault, all
// are told.
//
// What the appup alone can't tell is taken to be right: other applications that an instruction names are there, and so are all modules
// where nothing lists those of the application.

import { type Atom, atom, isAtom, isTuple, list, NIL, properList, type Term, tuple } from '../../../term/model.js';
import type { ReleaseApplication } from '../../model.js';
import { ReleaseError } from '../../release-error.js';
import { checkInstructions } from '../../relup/check-instruction.js';
import { type Step, stepError, tupleOf } from '../../relup/step.js';
import { translateScripts } from '../../relup/translate-scripts.js';
import { stringOf } from '../../term-shapes.js';
import type { EntryFacts } from './entry.js';
import type { Instruction } from './instruction.js';

/** Returns what systools has against the instructions of an entry. */
export function scriptErrors(facts: EntryFacts): readonly ReleaseError[] {
  const { instructions } = facts;
  const malformed = instructions.flatMap(({ step }) => errorOf(() => checkInstructions([step])));
  if (malformed.length > 0) return malformed;
  const known = named(instructions);
  const faults = [...missingDeps(facts, known), ...missingModules(facts)];
  const assumed = assumedReleases(facts);
  // What stands in a list is taken as it is: short forms are written out already, where they may be.
  const steps = instructions.map((one) => {
    const step = withoutDeps(one.step, new Set(missingIn(known, one)));
    return { ...step, term: list([step.term]) };
  });
  return [...faults, ...errorOf(() => translateScripts(facts.way === 'up' ? 'up' : 'dn', [steps], assumed))];
}

function errorOf(attempt: () => unknown): readonly ReleaseError[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (error instanceof ReleaseError) return [error];
    throw error;
  }
}

/** Modules of an entry that a DepMod may name. */
function named(instructions: readonly Instruction[]): ReadonlySet<string> {
  return new Set(instructions.flatMap((one) => ('deps' in one ? [one.module] : [])));
}

/** DepMods without an instruction. Those that belong to another application may have one there. */
function missingDeps(facts: EntryFacts, known: ReadonlySet<string>): readonly ReleaseError[] {
  return facts.instructions.flatMap((one) => {
    const own = [...new Set(missingIn(known, one))].filter((dep) => facts.ownerOf(dep) === undefined);
    return own.map((dep) => stepError('undef_module', one.step, atom(dep)));
  });
}

function missingIn(known: ReadonlySet<string>, one: Instruction): readonly string[] {
  return 'deps' in one ? one.deps.filter((dep) => !known.has(dep)) : [];
}

/** DepMods are the last part of all instructions that have them. */
function withoutDeps(step: Step, missing: ReadonlySet<string>): Step {
  if (missing.size === 0 || !isTuple(step.term)) return step;
  const deps = (properList(step.term.items.at(-1)) ?? []) as readonly Atom[];
  const left: Term = list(deps.filter(({ name }) => !missing.has(name)));
  return { ...step, term: tuple(...step.term.items.slice(0, -1), left) };
}

/** Modules that are to be loaded and that no application of the release lists. */
function missingModules({ instructions, to, ownerOf }: EntryFacts): readonly ReleaseError[] {
  const listed = to?.app && new Set(to.app.modules);
  if (listed === undefined) return [];
  return instructions.flatMap((one) => {
    if (one.kind !== 'load' && one.kind !== 'update') return [];
    const isThere = listed.has(one.module) || ownerOf(one.module) !== undefined;
    return isThere ? [] : [stepError('no_such_module', one.step, atom(one.module))];
  });
}

/** Two releases in which all is there that the entry names. */
function assumedReleases({ application, instructions, to }: EntryFacts) {
  const modules = [...named(instructions)];
  const others = (...verbs: readonly string[]) => {
    const names = instructions.flatMap((one) =>
      one.kind === 'application' && verbs.includes(one.verb) ? [one.application] : [],
    );
    return [...new Set(names)].filter((name) => name !== application).map((name) => assumed(name, []));
  };
  const own = assumed(application, modules, to?.vsn ?? readVersion(instructions, application));
  return {
    to: [own, ...others('add_application', 'restart_application')],
    from: [own, ...others('remove_application', 'restart_application')],
  };
}

/** The version whose code the entry reads itself, where it does. */
function readVersion(instructions: readonly Instruction[], application: string): string {
  for (const { step } of instructions) {
    const library = tupleOf(step, 'load_object_code')?.items[1];
    const [name, vsn] = isTuple(library, 3) ? library.items : [];
    if (isAtom(name, application)) return stringOf(vsn) ?? '';
  }
  return '';
}

function assumed(name: string, modules: readonly string[], vsn = ''): ReleaseApplication {
  const nothing = { uses: [], optional: [], includes: [], registered: [], id: NIL, description: NIL, env: NIL, mod: NIL };
  const times = { maxT: NIL, maxP: NIL, startPhases: atom('undefined') };
  return { ...nothing, ...times, name, modules, type: 'permanent', vsn, dir: '' };
}
