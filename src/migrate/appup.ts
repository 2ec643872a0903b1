// What an appup does with a module whose state has to be converted: `ebin/shop.appup`, one term
//
//   {"2.0", [{FromVsn, Instructions}], [{ToVsn, Instructions}]}.      a version is a string, or a binary that is a regular expression
//
// code_change is called by `{update, Module, {advanced, Extra}, ..}` alone: neither `load_module` nor an `update` without it does.
// Defined by the manual page appup(4) of sasl.

import { ParseError } from '../errors.js';
import { badShape, readResourceTerm } from '../graph/applications/resource-terms.js';
import { formatTerm } from '../term/format.js';
import { isAtom, isBinary, isTuple, properList, type Term, textOf } from '../term/model.js';

/** The instructions for one older version, or for those that a pattern means. */
export interface AppupEntry {
  readonly vsn: Term;
  readonly instructions: readonly Term[];
}

/** An appup as far as it is looked at. */
export interface Appup {
  readonly file: string;
  /** Of the application, as the name of the file has it. */
  readonly application: string;
  readonly up: readonly AppupEntry[];
  readonly down: readonly AppupEntry[];
}

/** What happens to a process of the module: its state is converted, or it starts anew, or it keeps a state that the code doesn't know. */
export type AppupStep = 'code_change' | 'restart' | 'update' | 'load_module' | 'nothing' | 'no_entry';

/** What the appup does with one module on the way from or to one version; that is as the appup has it where it isn't known. */
export interface AppupVerdict {
  readonly direction: 'up' | 'down';
  readonly vsn: string;
  readonly step: AppupStep;
}

/** Reads an appup; throws ParseError, with line and column or for a term of another shape. */
export function readAppup(bytes: Uint8Array, file: string): Appup {
  try {
    const term = readResourceTerm(bytes, file);
    if (!isTuple(term, 3)) throw badShape('not {Version, Up, Down}');
    const [, up, down] = term.items;
    const application = file.slice(file.lastIndexOf('/') + 1).replace(/\.appup$/, '');
    return { file, application, up: readEntries(up), down: readEntries(down) };
  } catch (error) {
    throw error instanceof ParseError ? error.inFile(file) : error;
  }
}

/** Tells what the appup does with `module` in both directions; every entry is looked at where the older version isn't known. */
export function checkAppup(appup: Appup, module: string, older: string | undefined): readonly AppupVerdict[] {
  return (['up', 'down'] as const).flatMap((direction) => {
    const entries = appup[direction];
    if (older === undefined)
      return entries.map((entry) => ({ direction, vsn: versionText(entry.vsn), step: stepOf(entry, module, appup) }));
    const entry = entries.find(({ vsn }) => matchesVersion(vsn, older));
    return [{ direction, vsn: older, step: entry === undefined ? 'no_entry' : stepOf(entry, module, appup) }];
  });
}

function readEntries(term: Term | undefined): readonly AppupEntry[] {
  const entries = properList(term);
  if (entries === undefined) throw badShape('not a list of {Version, Instructions}');
  return entries.map((entry) => {
    const [vsn, steps] = isTuple(entry) ? entry.items : [];
    const instructions = properList(steps);
    if (vsn === undefined || instructions === undefined) throw badShape('not {Version, Instructions}');
    return { vsn, instructions };
  });
}

function versionText(vsn: Term): string {
  return textOf(vsn) ?? formatTerm(vsn);
}

/** Versions and patterns longer than this, or with more repetitions, are more than any appup has. */
const LONGEST = 64;
const MOST_REPETITIONS = 8;

function matchesVersion(vsn: Term, older: string): boolean {
  const text = textOf(vsn);
  if (text !== undefined) return text === older;
  if (!isBinary(vsn)) return false;
  const pattern = simplePattern(new TextDecoder().decode(vsn.bytes));
  // What isn't understood is taken to match: no warning rather than a wrong one.
  // The first match has to be all of the version, as systools has it.
  return pattern === undefined || older.length > LONGEST || pattern.exec(older)?.[0] === older;
}

/** Returns the pattern, or undefined where it isn't one that means the same here as in Erlang and takes little time. */
function simplePattern(source: string): RegExp | undefined {
  const repetitions = source.match(/[*+?{]/g)?.length ?? 0;
  if (source.length > LONGEST || repetitions > MOST_REPETITIONS || /\)[*+?{]|\(\?|\\[^.dDwWsS]/.test(source)) return undefined;
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

const STEPS: readonly AppupStep[] = ['code_change', 'restart', 'update', 'load_module'];

function stepOf({ instructions }: AppupEntry, module: string, { application }: Appup): AppupStep {
  const found = new Set(instructions.map((instruction) => instructionStep(instruction, module, application)));
  return STEPS.find((step) => found.has(step)) ?? 'nothing';
}

function instructionStep(instruction: Term, module: string, application: string): AppupStep | undefined {
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
