// The rule that an analysis of xref finds nothing. Its findings are xref's own; of exports_not_used those count that are exported for nobody, or
// whichever classes the rule names.

import { UsageError } from '../../errors.js';
import type { ExplainedExport } from '../../graph/analyses/explain-exports.js';
import { EXPLAINED_ANALYSIS, explainFindings } from '../../graph/analyses/explain-findings.js';
import { type Finding as AnalysisFinding, findingText } from '../../graph/analyses/findings.js';
import { parseAnalysis } from '../../graph/analyses/parse-analysis.js';
import { isRefusal, reportAnalyses } from '../../graph/analyses/report.js';
import type { Program } from '../../graph/program/program.js';
import type { Rule, RuleQuestion } from '../config/config.js';
import type { FindingSubject } from '../model.js';
import type { RuleGraph } from '../rule-graph.js';
import { moduleOfFunction } from '../rule-graphs.js';
import { parseSelector, type SelectContext, selectNodes } from '../select-nodes.js';
import { matchesNothing } from './ask.js';
import { type Draft, type Evidence, refuseTooMany } from './draft.js';

/** What an analysis is asked of: functions with their calls, and why exports aren't used. */
export interface AnalysisInput {
  readonly program: Program;
  readonly modules: RuleGraph;
  readonly explained: readonly ExplainedExport[];
}

/** The analyses of what is called; their findings are suppressed by what the caller ignores. */
const NOT_IGNORED = { mode: 'off' } as const;

/** Returns what the analysis finds; throws UsageError where there is no such analysis. */
export function askAnalysis(
  rule: Rule,
  { analysis, of, classes }: Extract<RuleQuestion, { readonly kind: 'analysis' }>,
  { program, modules, explained }: AnalysisInput,
  context: SelectContext,
): readonly Draft[] {
  const drafts: Draft[] = [];
  const selector = parseSelector(of);
  const marks = selectNodes(modules, selector, context);
  const isChosen = new Map(modules.nodes.map(({ id }, at) => [id, marks[at] === 1]));
  if (!marks.includes(1)) matchesNothing({ rule, drafts }, 'of');
  const [report] = reportAnalyses(program, [parseAnalysis(analysis)], NOT_IGNORED).map((one) =>
    explainFindings(program, one, explained, NOT_IGNORED),
  );
  if (report === undefined || isRefusal(report.result)) {
    const reason = report === undefined ? '' : `: ${(report.result as { error: Error }).error.message}`;
    throw new UsageError(`${rule.file}: rule ${rule.name}${reason}`);
  }
  const own = new Set(modules.nodes.flatMap(({ id, isOwn }) => (isOwn ? [id] : [])));
  const isExplained = report.name === EXPLAINED_ANALYSIS;
  for (const finding of report.result.findings) {
    if (isExplained && !(finding.class !== undefined && classes.includes(finding.class))) continue;
    const module = moduleOf(finding);
    if (isChosen.get(module) === false) continue;
    drafts.push({ rule, ...draftOf(finding, analysis, module, own), anyModule: false });
    refuseTooMany(rule, drafts.length);
  }
  return drafts;
}

/** The module that the finding is about: of a call, the caller's. */
function moduleOf(finding: AnalysisFinding): string {
  switch (finding.kind) {
    case 'call':
      return moduleOfFunction(finding.from);
    case 'function':
      return moduleOfFunction(finding.function);
    case 'name':
      return finding.name;
  }
}

function draftOf(
  finding: AnalysisFinding,
  analysis: string,
  module: string,
  own: ReadonlySet<string>,
): Pick<Draft, 'subject' | 'message' | 'evidence'> {
  const sites = finding.sites.map((site) => ({ module, file: finding.file ?? '', ...site, what: findingText(finding) }));
  const evidence: Evidence = { kind: 'sites', sites, modules: own.has(module) ? [module] : [] };
  return { subject: subjectOf(finding), message: messageOf(finding, analysis), evidence };
}

function subjectOf(finding: AnalysisFinding): FindingSubject {
  switch (finding.kind) {
    case 'call':
      return { kind: 'edge', level: 'function', from: finding.from, to: finding.to, edgeKinds: ['call'], chain: null };
    case 'function':
      return { kind: 'node', level: 'function', node: finding.function };
    case 'name':
      return { kind: 'node', level: 'module', node: finding.name };
  }
}

/** How an analysis speaks of what it found. */
const PHRASES: Readonly<Record<string, string>> = {
  undefined_function_calls: 'calls a function that is not defined',
  undefined_functions: 'is called and not defined',
  locals_not_used: 'is local and not used',
  exports_not_used: 'is exported and not used',
  deprecated_function_calls: 'calls a deprecated function',
  deprecated_functions: 'is deprecated and called',
  elixir_deprecated_calls: 'calls a function that Elixir calls deprecated',
  private_function_calls: 'calls a function that is hidden in the documentation of another application',
  undocumented_function_calls: 'calls a function of another application that is not documented',
  unsafe_function_calls: 'calls an unsafe function',
};

function messageOf(finding: AnalysisFinding, analysis: string): string {
  const name = analysis.replace(/=.*$/su, '');
  const phrase = PHRASES[name] ?? `is an answer of ${analysis}`;
  const note =
    finding.class === undefined ? '' : ` (${[finding.class, ...(finding.detail == null ? [] : [finding.detail])].join(': ')})`;
  if (finding.kind !== 'call') return `${findingText(finding)} ${phrase}${note}`;
  return `${finding.from} ${phrase}: ${finding.to}`;
}
