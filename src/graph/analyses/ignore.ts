// What `--ignore` leaves out of answers, by the `-ignore_xref` of modules. Both ways look at what is answered and not at the calls, so
// `X - XU` may have lost a function that `XU` still holds.
//
//   otp29    as xref does since OTP 29: in functions mode what any analysed module ignores, and in either mode what those ignore whose
//            functions, or calls from them, are answered
//   rebar3   the latter alone, with what a configuration ignores; of exports_not_used also the callbacks of their behaviours
//
// An answer goes where it is an ignored function, of an ignored module, or a pair with such an end. What is neither a function nor a module
// (calls with lines, components) stays. Defined by lib/tools/src/xref.erl of OTP 29 and rebar_prv_xref of rebar3.

import { isAtom, isTuple, list, properList, type Term } from '../../term/model.js';
import type { FunctionName, IgnoredName, ModuleNotes } from '../module-facts.js';
import type { Program } from '../program/program.js';

/** Whose rules count. */
export type IgnoreMode = 'off' | 'rebar3' | 'otp29';

/** What is left out of answers. */
export interface IgnoreChoices {
  readonly mode: IgnoreMode;
  /** What a configuration ignores (rebar3's `xref_ignores`). */
  readonly configured?: readonly IgnoredName[] | undefined;
  /** Callbacks of behaviours that are not analysed. */
  readonly callbacks?: ReadonlyMap<string, readonly FunctionName[]> | undefined;
}

/** Returns the answer without what is ignored; `analysis` is its name, undefined for a query. */
export function withoutIgnored(program: Program, answer: Term, choices: IgnoreChoices, analysis?: string): Term {
  const items = choices.mode === 'off' ? undefined : properList(answer);
  if (items === undefined) return answer;
  const ignored = ignoredNames(program, items, choices, analysis);
  return ignored.size === 0 ? answer : list(items.filter((item) => !isIgnored(item, ignored)));
}

function ignoredNames(program: Program, items: readonly Term[], choices: IgnoreChoices, analysis?: string): ReadonlySet<string> {
  const { mode, configured = [] } = choices;
  const names = new Set<string>(configured.map(ignoredKey));
  const modules = new Set(items.flatMap((item) => moduleOfAnswer(item) ?? []));
  const everywhere = mode === 'otp29' && program.mode === 'functions';
  for (const notes of program.notes.values()) {
    if (!everywhere && !modules.has(notes.module)) continue;
    for (const name of notes.ignored ?? []) names.add(ignoredKey(name));
    if (mode === 'rebar3' && analysis === 'exports_not_used') addCallbacks(names, program, notes, choices);
  }
  return names;
}

function addCallbacks(names: Set<string>, program: Program, notes: ModuleNotes, { callbacks }: IgnoreChoices): void {
  for (const behaviour of notes.behaviours ?? []) {
    for (const { name, arity } of callbacksOf(program, behaviour, callbacks) ?? []) {
      names.add(functionKey(notes.module, name, arity));
    }
  }
}

/** Returns the callbacks of a behaviour; undefined where they aren't known. */
function callbacksOf(
  program: Program,
  behaviour: string,
  others: IgnoreChoices['callbacks'],
): readonly FunctionName[] | undefined {
  return declaredCallbacks(program).get(behaviour) ?? others?.get(behaviour);
}

const declared = new WeakMap<Program, ReadonlyMap<string, readonly FunctionName[]>>();

function declaredCallbacks(program: Program): ReadonlyMap<string, readonly FunctionName[]> {
  const known = declared.get(program);
  if (known !== undefined) return known;
  const made = new Map<string, readonly FunctionName[]>();
  for (const { module, callbacks } of program.notes.values()) if (callbacks !== undefined) made.set(module, callbacks);
  declared.set(program, made);
  return made;
}

/** The module of a function, or of the caller of a call. */
function moduleOfAnswer(item: Term): string | undefined {
  const named = isTuple(item, 2) && isTuple(item.items[1], 3) ? item.items[0] : item;
  const module = isTuple(named, 3) ? named.items[0] : undefined;
  return isAtom(module) ? module.name : undefined;
}

function isIgnored(item: Term, ignored: ReadonlySet<string>): boolean {
  return isTuple(item, 2) ? item.items.some((end) => isIgnoredVertex(end, ignored)) : isIgnoredVertex(item, ignored);
}

function isIgnoredVertex(vertex: Term, ignored: ReadonlySet<string>): boolean {
  if (isAtom(vertex)) return ignored.has(vertex.name);
  if (!isTuple(vertex, 3)) return false;
  const [module, name, arity] = vertex.items;
  if (!isAtom(module)) return false;
  return ignored.has(module.name) || (isAtom(name) && ignored.has(functionKey(module.name, name.name, Number(arity))));
}

/** A function's key holds a NUL, which no name of a module does. */
function functionKey(module: string, name: string, arity: number): string {
  return `${module}\0${name}\0${arity}`;
}

function ignoredKey(ignored: IgnoredName): string {
  return typeof ignored === 'string' ? ignored : functionKey(ignored.module, ignored.name, ignored.arity);
}
