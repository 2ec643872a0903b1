// What an appup does with a module whose state has to be converted. code_change is called by `{update, Module, {advanced, Extra}, ..}` alone:
// neither `load_module` nor an `update` without it does.
//
// Defined by the manual page appup(4) of sasl.

import { isAtom, isTuple, properList, type Term } from '../../term/model.js';
import { matchVersion } from './match-version.js';
import { type Appup, type AppupEntry, versionText } from './model.js';

/** What happens to a process of the module: its state is converted, or it starts anew, or it keeps a state that the code doesn't know. */
export type AppupStep = 'code_change' | 'restart' | 'update' | 'load_module' | 'nothing' | 'no_entry';

/** What the appup does with one module on the way from or to one version; that is as the appup has it where it isn't known. */
export interface AppupVerdict {
  readonly direction: 'up' | 'down';
  readonly vsn: string;
  readonly step: AppupStep;
}

/** What is asked about: a module of an application. */
export interface AppupSubject {
  readonly application: string;
  readonly module: string;
}

/** Tells what the appup does with a module in both directions; every entry is looked at where the older version isn't known. */
export function checkAppup(appup: Appup, subject: AppupSubject, older: string | undefined): readonly AppupVerdict[] {
  return (['up', 'down'] as const).flatMap((direction) => {
    const entries = appup[direction];
    if (older === undefined)
      return entries.map((entry) => ({ direction, vsn: versionText(entry.from), step: stepOf(entry, subject) }));
    // A pattern that can't be tried is taken to match: no warning rather than a wrong one.
    const entry = entries.find(({ from }) => matchVersion(from, older).kind !== 'other version');
    return [{ direction, vsn: older, step: entry === undefined ? 'no_entry' : stepOf(entry, subject) }];
  });
}

const STEPS: readonly AppupStep[] = ['code_change', 'restart', 'update', 'load_module'];

function stepOf({ instructions }: AppupEntry, subject: AppupSubject): AppupStep {
  const found = new Set(instructions.map((instruction) => instructionStep(instruction, subject)));
  return STEPS.find((step) => found.has(step)) ?? 'nothing';
}

function instructionStep(instruction: Term, { application, module }: AppupSubject): AppupStep | undefined {
  if (isAtom(instruction)) return /^restart_(new_)?emulator$/.test(instruction.name) ? 'restart' : undefined;
  if (!isTuple(instruction) || !isAtom(instruction.items[0])) return undefined;
  const [name, subject, ...rest] = instruction.items;
  const isAbout = isAtom(subject, module);
  switch (name.name) {
    case 'update':
      if (!isAbout) return undefined;
      return rest.some((item) => isTuple(item, 2) && isAtom(item.items[0], 'advanced')) ? 'code_change' : 'update';
    case 'load_module':
      return isAbout ? 'load_module' : undefined;
    case 'code_change':
      return [subject, ...rest].some((item) => namesModule(item, module)) ? 'code_change' : undefined;
    case 'load':
      return isTuple(subject) && isAtom(subject.items[0], module) ? 'load_module' : undefined;
    case 'restart_application':
      return isAtom(subject, application) ? 'restart' : undefined;
    default:
      return undefined;
  }
}

/** `[{Module, Extra}]` of the low-level instruction. */
function namesModule(pairs: Term | undefined, module: string): boolean {
  return properList(pairs)?.some((pair) => isTuple(pair) && isAtom(pair.items[0], module)) ?? false;
}
