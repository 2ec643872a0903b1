// The findings of exports_not_used with why each function is exported, and with those that tests alone use, which xref counts as used. The
// answer itself stays xref's.

import { atom, list, type Term, tuple } from '../../term/model.js';
import type { Program } from '../program/program.js';
import type { ExplainedExport } from './explain-exports.js';
import { type Finding, functionFinding } from './findings.js';
import { type IgnoreChoices, withoutIgnored } from './ignore.js';
import { type AnalysisReport, isRefusal } from './report.js';

/** The analysis that is explained. */
export const EXPLAINED_ANALYSIS = 'exports_not_used';

/** Returns the report with explained findings, in order of their functions; any other report as it is. */
export function explainFindings(
  program: Program,
  report: AnalysisReport,
  explained: readonly ExplainedExport[],
  ignore: IgnoreChoices,
): AnalysisReport {
  const { name, result } = report;
  if (name !== EXPLAINED_ANALYSIS || isRefusal(result)) return report;
  const answered = new Set(result.findings.flatMap((finding) => (finding.kind === 'function' ? [finding.id] : [])));
  const whys = new Map(explained.map((one) => [one.function, one]));
  const others = explained.filter(({ class: why, function: id }) => why === 'tests_only' && !answered.has(id));
  const kept = keptFunctions(program, others, ignore);
  const ids = [...answered, ...kept].sort((left, right) => left - right);
  return { ...report, result: { ...result, findings: ids.map((id) => explainedFinding(program, id, whys.get(id))) } };
}

function explainedFinding(program: Program, id: number, why: ExplainedExport | undefined): Finding {
  const finding = functionFinding(program, id);
  return why === undefined ? finding : { ...finding, class: why.class, detail: why.detail };
}

function keptFunctions(program: Program, explained: readonly ExplainedExport[], ignore: IgnoreChoices): readonly number[] {
  const ids = new Map<Term, number>(explained.map(({ function: id }) => [functionTerm(program, id), id]));
  const kept = withoutIgnored(program, list([...ids.keys()]), ignore, EXPLAINED_ANALYSIS);
  return typeof kept === 'object' && kept.kind === 'list' ? kept.items.flatMap((term) => ids.get(term) ?? []) : [];
}

function functionTerm({ functions }: Program, id: number): Term {
  const { modules, names, moduleOf, nameOf, arityOf } = functions;
  const [module, name] = [modules[moduleOf[id] as number] as string, names[nameOf[id] as number] as string];
  return tuple(atom(module), atom(name), arityOf[id] as number);
}
