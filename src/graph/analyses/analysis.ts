// xref's predefined analyses: each is a query. Those of calls need the mode `functions`; the last three are of OTP 29.
//
//   undefined_function_calls   undefined_functions   locals_not_used   exports_not_used   deprecated_function_calls   deprecated_functions
//   {deprecated_function_calls, Flag}   {deprecated_functions, Flag}      Flag: next_version | next_major_release | eventually | "text"
//   {call | use, F}   {module_call | module_use, M}   {application_call | application_use, A}   {release_call | release_use, R}
//   private_function_calls   undocumented_function_calls   unsafe_function_calls
//
// Defined by the manual page of xref and lib/tools/src/xref_base.erl.

import { formatTerm } from '../../term/format.js';
import { atom, isAtom, isInteger, properList, type Term, tuple } from '../../term/model.js';
import type { Program, ProgramMode } from '../program/program.js';
import { answerTerm } from '../query/answer.js';
import { QueryError } from '../query/query-error.js';
import { type QueryAnswer, runQuery } from '../query/run-query.js';
import { ELIXIR_DEPRECATED, elixirDeprecatedCalls } from './elixir-deprecated.js';

/** An analysis by its name, with what it is asked about where it needs that. */
export interface Analysis {
  readonly name: string;
  readonly argument?: Term | undefined;
}

interface Definition {
  /** The query, `~` standing for the argument or the number of a flag. */
  readonly query: string;
  /** The query in modules mode; absent where there is none. */
  readonly modules?: string;
}

const PLAIN: Readonly<Record<string, Definition>> = {
  undefined_function_calls: { query: '(XC - UC) || (XU - X - B)' },
  undefined_functions: { query: 'XU - range UC - X - B', modules: 'XU - X - B' },
  locals_not_used: { query: '(L - (OL + range (closure LC | OL))) * ((UU + XU - LU) + domain EE + range EE)' },
  exports_not_used: { query: 'X - XU', modules: 'X - XU' },
  deprecated_function_calls: { query: 'XC || DF' },
  deprecated_functions: { query: 'XU * DF', modules: 'XU * DF' },
  private_function_calls: { query: '((Fun) strict AE) || DC_2' },
  undocumented_function_calls: { query: '((Fun) strict AE) || (X - DC)' },
  unsafe_function_calls: { query: '(XC || US) + (((Fun) strict AE) || DC_2)' },
};

const FLAGGED: Readonly<Record<string, Definition>> = {
  deprecated_function_calls: { query: 'XC || DF_~' },
  deprecated_functions: { query: 'XU * DF_~', modules: 'XU * DF_~' },
};

const ASKING: Readonly<Record<string, Definition>> = {
  call: { query: 'range (E | ~ : Fun)' },
  use: { query: 'domain (E || ~ : Fun)' },
  ...neighbours('module', 'ME', 'Mod'),
  ...neighbours('application', 'AE', 'App'),
  ...neighbours('release', 'RE', 'Rel'),
};

function neighbours(what: string, edges: string, type: string): Record<string, Definition> {
  const [call, use] = [`range (${edges} | ~ : ${type})`, `domain (${edges} || ~ : ${type})`];
  return { [`${what}_call`]: { query: call, modules: call }, [`${what}_use`]: { query: use, modules: use } };
}

/** The analyses that ask nothing, in the order of the manual; those of OTP 29 are the last three. */
export const ANALYSIS_NAMES: readonly string[] = Object.keys(PLAIN);

/** The analyses that are asked about something: a flag, function, module, application or release. */
export const ASKING_ANALYSIS_NAMES: readonly string[] = [...Object.keys(FLAGGED), ...Object.keys(ASKING)];

/** All there are: xref's, and that of Elixir's deprecated functions. */
export const KNOWN_ANALYSIS_NAMES: readonly string[] = [...ANALYSIS_NAMES, ELIXIR_DEPRECATED, ...Object.keys(ASKING)];

/** Those of them that xref has since OTP 29; they look at the Docs chunk. */
export const ANALYSIS_NAMES_OF_29: readonly string[] = [
  'private_function_calls',
  'undocumented_function_calls',
  'unsafe_function_calls',
];

/** Returns the analyses that can be made in a mode and ask nothing, without those that xref of that release doesn't have. */
export function availableAnalyses(mode: ProgramMode, otp: number = 29): readonly string[] {
  return ANALYSIS_NAMES.filter(
    (name) => (mode === 'functions' || PLAIN[name]?.modules !== undefined) && (otp >= 29 || !ANALYSIS_NAMES_OF_29.includes(name)),
  );
}

/** Makes an analysis; throws QueryError where there is no such one, or none in the program's mode. */
export function runAnalysis(program: Program, analysis: Analysis): QueryAnswer {
  if (analysis.name === ELIXIR_DEPRECATED && analysis.argument === undefined) return elixirDeprecatedCalls(program);
  const definition = findDefinition(analysis);
  const query = definition === undefined || program.mode === 'functions' ? definition?.query : definition.modules;
  if (definition === undefined || query === undefined) {
    const tag = definition === undefined ? 'unknown_analysis' : 'unavailable_analysis';
    const problem =
      definition === undefined ? 'is not an analysis' : `needs the calls of functions, and this is ${program.mode} mode`;
    throw new QueryError(`${formatAnalysis(analysis)} ${problem}`, 'xref_base', tuple(atom(tag), analysisTerm(analysis)));
  }
  return runQuery(
    program,
    query.replace('~', () => argumentText(analysis)),
  );
}

function findDefinition({ name, argument }: Analysis): Definition | undefined {
  if (argument === undefined) return own(PLAIN, name);
  const flagged = own(FLAGGED, name);
  if (flagged !== undefined) return flagNumber(argument) === undefined ? undefined : flagged;
  return own(ASKING, name);
}

function own(definitions: Readonly<Record<string, Definition>>, name: string): Definition | undefined {
  return Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}

function argumentText({ name, argument = atom('') }: Analysis): string {
  return Object.hasOwn(FLAGGED, name) ? String(flagNumber(argument)) : formatTerm(argument, { mode: 'w' });
}

const FLAGS: Readonly<Record<string, number>> = { next_version: 1, next_major_release: 2, eventually: 3 };

/** Any text is a flag of its own, for which there is no variable. */
function flagNumber(flag: Term): number | undefined {
  if (isAtom(flag)) return FLAGS[flag.name];
  return properList(flag)?.every(isInteger) === true ? 4 : undefined;
}

/** Returns the analysis as Erlang writes it: `Name` or `{Name, Argument}`. */
export function analysisTerm({ name, argument }: Analysis): Term {
  return argument === undefined ? atom(name) : tuple(atom(name), argument);
}

function formatAnalysis(analysis: Analysis): string {
  return formatTerm(analysisTerm(analysis));
}

/** Returns `{ok, Answer}` or `{error, Module, Reason}`: what xref:analyze/2 returns. */
export function analysisAnswer(program: Program, analysis: Analysis): Term {
  try {
    const { type, value } = runAnalysis(program, analysis);
    return tuple(atom('ok'), answerTerm(program, type, value));
  } catch (error) {
    if (error instanceof QueryError) return error.term;
    throw error;
  }
}
