// Analyses and queries of one run as plain data: for each its answer, without what is ignored, or what is wrong with the question.

import type { Term } from '../../term/model.js';
import type { Program } from '../program/program.js';
import { answerTerm } from '../query/answer.js';
import { QueryError } from '../query/query-error.js';
import { runQuery, type UserVariables } from '../query/run-query.js';
import { type Analysis, analysisTerm, runAnalysis } from './analysis.js';
import { type Finding, findingsOf } from './findings.js';
import { type IgnoreChoices, withoutIgnored } from './ignore.js';

/** What is wrong with a question: for people, and as xref says it. */
export interface Refusal {
  readonly error: QueryError;
}

/** An analysis and what it found. */
export interface AnalysisReport {
  readonly name: string;
  /** `Name` or `{Name, Argument}`. */
  readonly analysis: Term;
  /** What it is asked about; undefined where it asks nothing. */
  readonly argument: Term | undefined;
  readonly result: { readonly answer: Term; readonly findings: readonly Finding[] } | Refusal;
}

/** A query and its answer. */
export interface QueryReport {
  readonly query: string;
  readonly result: { readonly answer: Term } | Refusal;
}

/** Makes analyses, one after the other. */
export function reportAnalyses(
  program: Program,
  analyses: readonly Analysis[],
  ignore: IgnoreChoices,
): readonly AnalysisReport[] {
  return analyses.map((analysis) => ({
    name: analysis.name,
    analysis: analysisTerm(analysis),
    argument: analysis.argument,
    result: orRefusal(() => {
      const { type, value } = runAnalysis(program, analysis);
      const answer = withoutIgnored(program, answerTerm(program, type, value), ignore, analysis.name);
      return withFindings(program, answer);
    }),
  }));
}

/** Whoever prints terms asks for none of the findings, and to look up their places takes longer than most analyses. */
function withFindings(program: Program, answer: Term): { readonly answer: Term; readonly findings: readonly Finding[] } {
  let found: readonly Finding[] | undefined;
  return {
    answer,
    get findings() {
      found ??= findingsOf(program, answer);
      return found;
    },
  };
}

/** Answers queries, one after the other; the variables that one assigns are known to those after it. */
export function reportQueries(program: Program, queries: readonly string[], ignore: IgnoreChoices): readonly QueryReport[] {
  let variables: UserVariables = new Map();
  return queries.map((query) => ({
    query,
    result: orRefusal(() => {
      const { type, value, variables: kept } = runQuery(program, query, variables);
      variables = kept;
      return { answer: withoutIgnored(program, answerTerm(program, type, value), ignore) };
    }),
  }));
}

function orRefusal<T>(answer: () => T): T | Refusal {
  try {
    return answer();
  } catch (error) {
    if (error instanceof QueryError) return { error };
    throw error;
  }
}

/** Tells whether an answer refuses the question. */
export function isRefusal(result: object): result is Refusal {
  return 'error' in result;
}
