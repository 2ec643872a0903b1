// Exports that are called by name though no module of the program says so: by the compiler, the runtime and tools. Told by the names of
// functions and by what else their module exports.
//
//   glue         what a compiler or generator makes and calls: __struct__, MACRO-..., __impl__, behaviour_info, the parsers of yecc and leex
//   convention   what a tool calls of a module that it is given: parse_transform/2, format_error/1, main/1, system_continue/3
//   test         what EUnit runs: ..._test/0 and ..._test_/0 of a module with test/0

import type { FunctionName } from '../module-facts.js';

/** Why a name is known. */
export interface Glue {
  readonly class: 'glue' | 'convention' | 'test';
  /** A phrase for people: what calls it. */
  readonly detail: string;
}

/** Tells whether a module exports a function, `name/arity`. */
export type Exports = (name: string) => boolean;

const ELIXIR = 'Elixir';

const MADE: ReadonlyMap<string, string> = new Map([
  ['module_info/0', 'the compiler'],
  ['module_info/1', 'the compiler'],
  ['behaviour_info/1', 'the compiler, of implementations'],
]);

const CONVENTIONS: ReadonlyMap<string, string> = new Map([
  ['parse_transform/2', 'the compiler, as a parse transform'],
  ['parse_transform_info/0', 'the compiler, as a parse transform'],
  ['core_transform/2', 'the compiler, as a transform of Core Erlang'],
  ['format_error/1', 'who got an error of this module'],
  ['format_error/2', 'erl_error, of exceptions'],
  ['main/1', 'escript'],
  ['$handle_undefined_function/2', 'error_handler'],
  ['system_continue/3', 'sys'],
  ['system_terminate/4', 'sys'],
  ['system_code_change/4', 'sys'],
  ['system_get_state/1', 'sys'],
  ['system_replace_state/2', 'sys'],
]);

const YECC: ReadonlySet<string> = new Set(['parse/1', 'parse_and_scan/1', 'format_error/1']);
const LEEX: ReadonlySet<string> = new Set([
  'string/1',
  'string/2',
  'token/2',
  'token/3',
  'tokens/2',
  'tokens/3',
  'format_error/1',
]);

/** Returns what calls a function of that name, if names tell. */
export function explainName({ name, arity }: FunctionName, isElixir: boolean, exports: Exports): Glue | undefined {
  const text = `${name}/${arity}`;
  const made = MADE.get(text) ?? generatorOf(text, exports) ?? (isElixir ? elixirGlue(name, text, exports) : undefined);
  if (made !== undefined) return { class: 'glue', detail: made };
  if (arity === 0 && exports('test/0') && /(_test_?|^test)$/.test(name)) return { class: 'test', detail: 'EUnit' };
  const convention = CONVENTIONS.get(text);
  return convention === undefined ? undefined : { class: 'convention', detail: convention };
}

function generatorOf(text: string, exports: Exports): string | undefined {
  if (YECC.has(text) && [...YECC].every(exports)) return 'yecc, in all its parsers';
  if (LEEX.has(text) && [...LEEX].every(exports)) return 'leex, in all its scanners';
  return undefined;
}

function elixirGlue(name: string, text: string, exports: Exports): string | undefined {
  if (name === '__struct__') return `${ELIXIR}, of a struct`;
  if (name.startsWith('MACRO-')) return `${ELIXIR}, as a macro`;
  if (text === '__impl__/1') return `${ELIXIR}, of an implementation of a protocol`;
  if (text === '__protocol__/1') return `${ELIXIR}, of a protocol`;
  if ((text === 'impl_for/1' || text === 'impl_for!/1') && exports('__protocol__/1')) return `${ELIXIR}, of a protocol`;
  if (text === 'child_spec/1') return 'supervisors, of {Module, Argument}';
  // `__info__`, `__schema__`, `__before_compile__`: names that only macros and the compiler use.
  return /^__.+__[?!]?$/.test(name) ? `${ELIXIR}, by a reserved name` : undefined;
}
