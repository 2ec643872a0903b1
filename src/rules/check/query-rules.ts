// The rule that a query of xref has the answer that is expected. A finding is one line of the answer: an item of a list, or what isn't a list as a
// whole.

import { ParseError, UsageError } from '../../errors.js';
import { findingsOf } from '../../graph/analyses/findings.js';
import type { Program } from '../../graph/program/program.js';
import { answerTerm } from '../../graph/query/answer.js';
import { QueryError } from '../../graph/query/query-error.js';
import { runQuery } from '../../graph/query/run-query.js';
import { formatTerm } from '../../term/format.js';
import { isAtom, isTuple, list, properList, type Term } from '../../term/model.js';
import { parseTerm } from '../../term/parse.js';
import type { QueryExpectation, Rule, RuleQuestion } from '../config/config.js';
import { type Draft, type Evidence, refuseTooMany } from './draft.js';

/** Returns the lines of the answer that aren't expected, and those that are and aren't there. */
export function askQuery(
  rule: Rule,
  { query, expect }: Extract<RuleQuestion, { readonly kind: 'query' }>,
  program: Program,
): readonly Draft[] {
  const answer = answerOf(rule, query, program);
  const drafts: Draft[] = [];
  for (const { term, isMissing, message } of unexpected(rule, answer, expect)) {
    const line = lineOf(term);
    const subject = { kind: 'query', line, isMissing } as const;
    const evidence = isMissing ? ({ kind: 'config' } as const) : evidenceOf(program, term);
    drafts.push({ rule, subject, message: `${message}: ${line}`, evidence, anyModule: false });
    refuseTooMany(rule, drafts.length);
  }
  return drafts;
}

function answerOf({ file, name }: Rule, query: string, program: Program): Term {
  try {
    const { type, value } = runQuery(program, query);
    return answerTerm(program, type, value);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new UsageError(`${file}: rule ${name}: ${error.message}`);
  }
}

interface Line {
  readonly term: Term;
  readonly isMissing: boolean;
  readonly message: string;
}

function unexpected(rule: Rule, answer: Term, expect: QueryExpectation): readonly Line[] {
  const items = properList(answer);
  const there = (message: string) => (items ?? [answer]).map((term) => ({ term, isMissing: false, message }));
  switch (expect.kind) {
    case 'empty':
      // A path that isn't there is `false`, a number of nothing 0.
      return answer === 0 || isAtom(answer, 'false') ? [] : there('the answer is to be empty');
    case 'max': {
      const count = items?.length ?? (typeof answer === 'number' ? answer : 1);
      return count <= expect.most ? [] : there(`the answer has ${count}, and at most ${expect.most} are expected`);
    }
    case 'exact':
      return differences(answer, expectedTerm(rule, expect.term));
  }
}

function expectedTerm({ file, name }: Rule, text: string): Term {
  try {
    return parseTerm(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new UsageError(`${file}: rule ${name}: expect: ${error.message}`);
  }
}

/** Lists are compared as sets: an answer has each item once, in Erlang's order. */
function differences(answer: Term, expected: Term): readonly Line[] {
  const [there, wanted] = [itemsOf(answer), itemsOf(expected)];
  const isList = (term: Term) => properList(term) !== undefined;
  if (isList(answer) !== isList(expected) && there.size + wanted.size > 0) {
    return [{ term: answer, isMissing: false, message: `the answer is to be ${lineOf(expected)}` }];
  }
  return [
    ...[...there].filter(([line]) => !wanted.has(line)).map(([, term]) => ({ term, isMissing: false, message: 'not expected' })),
    ...[...wanted]
      .filter(([line]) => !there.has(line))
      .map(([, term]) => ({ term, isMissing: true, message: 'expected and not there' })),
  ];
}

function itemsOf(term: Term): ReadonlyMap<string, Term> {
  return new Map((properList(term) ?? [term]).map((item) => [lineOf(item), item]));
}

/** On one line, quoted as Erlang needs it, whatever the width. */
function lineOf(term: Term): string {
  return formatTerm(term, { mode: 'w' });
}

/** The places of a function, a module, a call between functions; nothing else has any. */
function evidenceOf(program: Program, term: Term): Evidence {
  const isPlaced = isAtom(term) || isTuple(term, 3) || (isTuple(term, 2) && term.items.every((end) => isTuple(end, 3)));
  const [finding] = isPlaced ? findingsOf(program, list([term])) : [];
  if (finding?.file == null) return { kind: 'sites', sites: [], modules: [] };
  const first = isTuple(term, 2) ? term.items[0] : term;
  const name = isTuple(first, 3) ? first.items[0] : first;
  const module = isAtom(name) ? name.name : '';
  const what = lineOf(term);
  return {
    kind: 'sites',
    sites: finding.sites.map((site) => ({ module, file: finding.file ?? '', ...site, what })),
    modules: [module],
  };
}
