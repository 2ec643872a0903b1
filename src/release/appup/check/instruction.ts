// Instructions of an entry as the checks see them: short forms are written out, and what an instruction is about is told.
//
// Defined by the manual page appup(4) of sasl.

import { formatTerm } from '../../../term/format.js';
import { isAtom, isTuple, properList, type Term } from '../../../term/model.js';
import { expandScript } from '../../relup/expand.js';
import type { Step } from '../../relup/step.js';
import { normalizeStep } from '../../relup/translate-applications.js';
import { atomNames } from '../../term-shapes.js';
import type { AppupEntry } from '../model.js';
import { entryName } from '../read-appup.js';
import type { Way } from './model.js';

/** An instruction; what has another form than it must have is `other`. */
export type Instruction = { readonly step: Step } & (
  | {
      readonly kind: 'load';
      readonly verb: 'load_module' | 'add_module';
      readonly module: string;
      readonly deps: readonly string[];
    }
  /** `isAdvanced`: code_change is called; `isStatic`: after the code is loaded, in both directions. */
  | {
      readonly kind: 'update';
      readonly module: string;
      readonly deps: readonly string[];
      readonly isAdvanced: boolean;
      readonly isStatic: boolean;
    }
  | { readonly kind: 'delete'; readonly module: string; readonly deps: readonly string[] }
  | { readonly kind: 'apply'; readonly module: string; readonly function: string; readonly args: Term }
  | { readonly kind: 'application'; readonly verb: string; readonly application: string }
  /** Instructions of the low level that name modules. */
  | { readonly kind: 'low level'; readonly verb: string; readonly modules: readonly string[] }
  | { readonly kind: 'plain'; readonly name: string }
  | { readonly kind: 'other' }
);

/** Reads the instructions of an entry of the appup `file`; those in a list stand for themselves. */
export function readInstructions(file: string, way: Way, { from, instructions }: AppupEntry): readonly Instruction[] {
  const name = entryName(way, from);
  const steps = instructions.map((term, at) => ({ term, place: [file, name, `instruction ${at + 1}`] }));
  return expandScript(steps).map((step) => ({ step, ...describe(normalizeStep(step).term) }));
}

/** Returns an instruction as Erlang text of a readable length. */
export function instructionText({ step }: Instruction): string {
  const text = formatTerm(step.term);
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

type Described = Instruction extends infer One ? (One extends { readonly step: Step } ? Omit<One, 'step'> : never) : never;

const OTHER: Described = { kind: 'other' };

/** A dispatch by name. */
function describe(term: Term): Described {
  if (isAtom(term)) return { kind: 'plain', name: term.name };
  const [name, subject, ...rest] = isTuple(term) ? term.items : [];
  if (!isAtom(name) || subject === undefined) return OTHER;
  switch (name.name) {
    case 'update':
    case 'load_module':
    case 'add_module':
    case 'delete_module':
      return aboutModule(name.name, subject, rest);
    case 'add_application':
    case 'remove_application':
    case 'restart_application':
      return isAtom(subject) ? { kind: 'application', verb: name.name, application: subject.name } : OTHER;
    case 'apply':
      return call(subject);
    default:
      return { kind: 'low level', verb: name.name, modules: modulesIn(name.name, subject, rest) };
  }
}

function aboutModule(
  verb: 'update' | 'load_module' | 'add_module' | 'delete_module',
  subject: Term,
  rest: readonly Term[],
): Described {
  const deps = atomNames(rest.at(-1));
  if (!isAtom(subject) || deps === undefined) return OTHER;
  const module = subject.name;
  if (verb === 'delete_module') return { kind: 'delete', module, deps };
  if (verb !== 'update') return { kind: 'load', verb, module, deps };
  const isAdvanced = isTuple(rest[2], 2) && isAtom(rest[2].items[0], 'advanced');
  return { kind: 'update', module, deps, isAdvanced, isStatic: isAtom(rest[0], 'static') };
}

function call(subject: Term): Described {
  const [module, name, args] = isTuple(subject, 3) ? subject.items : [];
  return isAtom(module) && isAtom(name) && args !== undefined
    ? { kind: 'apply', module: module.name, function: name.name, args }
    : OTHER;
}

/** `load` and `remove` have one module, `load_object_code` a library, `code_change` pairs with their modules; all others a list. */
function modulesIn(verb: string, subject: Term, rest: readonly Term[]): readonly string[] {
  if (verb === 'load' || verb === 'remove') return namesOf(isTuple(subject) ? [subject.items[0]] : []);
  if (verb === 'load_object_code') return namesOf(isTuple(subject) ? properList(subject.items[2]) : []);
  return namesOf(properList(isAtom(subject) ? rest[0] : subject));
}

function namesOf(items: readonly (Term | undefined)[] | undefined): readonly string[] {
  return (items ?? []).flatMap((item) => {
    const name = isTuple(item) ? item.items[0] : item;
    return isAtom(name) ? [name.name] : [];
  });
}
