// The answer of an analysis as findings for people: each function, call or module with the places in the source that it is about.

import { atom, isAtom, isTuple, properList, type Term, tuple } from '../../term/model.js';
import { findFunction, findName } from '../program/function-table.js';
import { EXTERNAL, type Program, sitesOfEdge } from '../program/program.js';
import { rowOf } from '../sets/relation.js';
import type { ExportClass } from './explain-exports.js';

/** A place in a source file. */
export interface Place {
  /** Source file as the compiler knew it, or the file of the module where it doesn't say; null for a function that isn't analysed. */
  readonly file: string | null;
  /** In order of line and column; 0 where a line or column isn't known. */
  readonly sites: readonly { readonly line: number; readonly column: number }[];
}

/** One entry of an answer. */
export type Finding = Place &
  (
    | { readonly kind: 'call'; readonly from: string; readonly to: string }
    | { readonly kind: 'function' /** Of the program; -1 for none of it. */; readonly id: number; readonly function: string }
    | { readonly kind: 'name'; readonly name: string }
  ) & {
    /** Of an unused export: why it is exported, where that was looked for. */
    readonly class?: ExportClass;
    /** More about that, such as the behaviour of a callback; null where there is no more. */
    readonly detail?: string | null;
  };

/**
 * Returns a finding for each item of an answer of functions, calls from outside, modules, applications or releases; the places of a call are
 * those of its qualified calls.
 */
export function findingsOf(program: Program, answer: Term): readonly Finding[] {
  return (properList(answer) ?? []).map((item): Finding => {
    if (isAtom(item)) return { kind: 'name', name: item.name, ...placeOfModule(program, item.name) };
    if (isTuple(item, 2)) return callFinding(program, item.items[0] as Term, item.items[1] as Term);
    const id = idOf(program, item);
    return { kind: 'function', id, function: functionText(item), ...definitionPlace(program, id) };
  });
}

/** Returns the finding of a function. */
export function functionFinding(program: Program, id: number): Finding {
  const { modules, names, moduleOf, nameOf, arityOf } = program.functions;
  const [module, name] = [modules[moduleOf[id] as number] as string, names[nameOf[id] as number] as string];
  const term = tuple(atom(module), atom(name), arityOf[id] as number);
  return { kind: 'function', id, function: functionText(term), ...definitionPlace(program, id) };
}

function callFinding(program: Program, from: Term, to: Term): Finding {
  const [caller, callee] = [idOf(program, from), idOf(program, to)];
  const row = caller < 0 || callee < 0 ? -1 : rowOf(program.calls.edges, caller, callee);
  const sites = row < 0 ? [] : sitesOfEdge(program, row, EXTERNAL);
  const file = caller < 0 ? null : fileOf(program, program.functions.moduleOf[caller] as number);
  return { kind: 'call', from: functionText(from), to: functionText(to), file, sites };
}

function definitionPlace(program: Program, id: number): Place {
  const file = id < 0 ? null : fileOf(program, program.functions.moduleOf[id] as number);
  const line = id < 0 ? 0 : (program.lines[id] as number);
  return { file, sites: line > 0 ? [{ line, column: 0 }] : [] };
}

function placeOfModule(program: Program, name: string): Place {
  const module = findName(program.functions.modules, name);
  return { file: module < 0 ? null : fileOf(program, module), sites: [] };
}

function fileOf(program: Program, module: number): string | null {
  const notes = program.notes.get(module);
  return notes === undefined ? null : (notes.sourceFile ?? notes.file);
}

/** `lists:map/2`, without Erlang's quotes. */
function functionText(term: Term): string {
  if (!isTuple(term, 3)) return isAtom(term) ? term.name : '';
  const [module, name, arity] = term.items;
  return isAtom(module) && isAtom(name) ? `${module.name}:${name.name}/${arity}` : '';
}

function idOf({ functions }: Program, term: Term): number {
  if (!isTuple(term, 3)) return -1;
  const [module, name, arity] = term.items;
  return isAtom(module) && isAtom(name) ? findFunction(functions, module.name, name.name, Number(arity)) : -1;
}

/** Returns what a finding is about: `m:f/1`, `m`, or `a:f/1 -> b:g/2` for a call. */
export function findingText(finding: Finding): string {
  switch (finding.kind) {
    case 'call':
      return `${finding.from} -> ${finding.to}`;
    case 'function':
      return finding.function;
    case 'name':
      return finding.name;
  }
}
