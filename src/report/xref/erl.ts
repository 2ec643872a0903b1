// Renderers of `xref` and `query` as terms that file:consult reads.
//
//   {undefined_functions,[
//    {shop_db,put,2}
//   ]}.

import { type AnalysisReport, isRefusal, type QueryReport } from '../../graph/analyses/report.js';
import { formatTerm } from '../../term/format.js';
import { properList, type Term } from '../../term/model.js';

/** Renders `{Analysis, Answer}.` with what xref:analyze/2 answers: the list of `{ok, List}`, or all of `{error, Module, Reason}`. */
export function renderAnalysisErl({ analysis, result }: AnalysisReport): string {
  return `{${termText(analysis)},${isRefusal(result) ? termText(result.error.term) : answerText(result.answer)}}.\n`;
}

/** Renders what xref:q/2 answers: the answer of `{ok, Answer}`, or all of `{error, Module, Reason}`. */
export function renderAnswerErl({ result }: QueryReport): string {
  return `${isRefusal(result) ? termText(result.error.term) : answerText(result.answer)}.\n`;
}

/** An item a line, since answers are long. */
function answerText(answer: Term): string {
  const items = properList(answer);
  if (items === undefined || items.length === 0) return formatTerm(answer, EXACT);
  return `[\n ${items.map((item) => formatTerm(item, EXACT)).join(',\n ')}\n]`;
}

/** Texts in errors are lists of characters; they are for people. */
function termText(term: Term): string {
  return formatTerm(term, { mode: 'p', encoding: 'latin1', otp: 29 });
}

/** `maybe` and `else` in quotes, which every release reads. */
const EXACT = { mode: 'w', otp: 29 } as const;
