// Puts the answer of a check together: what was found, where it stands, whose it is, and what that means for the exit code.

import type { BaselineAnswer } from './baseline/compare-baseline.js';
import { type Draft, type FoundSite, identityOf, subjectText } from './check/draft.js';
import type { Config, Rule } from './config/config.js';
import {
  type CheckCoverage,
  type CheckResult,
  type CheckSettings,
  type Comparison,
  type Failure,
  type Finding,
  type FindingStatus,
  type FindingSubject,
  MOST_PLACES,
  type Place,
  type RuleSummary,
  SEVERITIES,
  type Severity,
  SUPPRESSIONS,
} from './model.js';
import type { Located } from './places/locate-drafts.js';
import type { OwnerLookup } from './places/owners.js';
import { suppressionRule } from './suppressions.js';

/** A finding with what is known of its place. */
export interface LocatedDraft {
  readonly draft: Draft;
  readonly located: Located;
}

/** Where code and configs are in the repository. */
export interface PlaceNames {
  readonly ofSite: (site: FoundSite) => Place;
  /** The file of an application; undefined where none is known. */
  readonly ofApplication: (modules: readonly string[], subject: FindingSubject, what: string) => Place | undefined;
  readonly ofRule: (rule: Rule, what: string) => Place;
}

/** What a result is made of. */
export interface ResultParts {
  readonly config: Config;
  readonly settings: CheckSettings;
  readonly found: readonly LocatedDraft[];
  readonly places: PlaceNames;
  readonly owners: OwnerLookup;
  /** By identity. */
  readonly suppressed: ReadonlyMap<string, string | null>;
  readonly baseline: (BaselineAnswer & { readonly file: string; readonly count: number }) | null;
  /** The findings of the base, with the text of each by its identity. */
  readonly base: {
    readonly name: string;
    readonly findings: ReadonlyMap<string, { readonly rule: string; readonly text: string }>;
  } | null;
  readonly coverage: CheckCoverage;
  readonly leastCoverage: number | null;
  readonly mostFindings: number;
}

/** Makes the result. */
export function makeResult(parts: ResultParts): CheckResult {
  const { config, settings, coverage, baseline } = parts;
  const findings = inOrder(
    parts.found.map((one) => findingOf(parts, one)),
    config,
  );
  const comparison = comparisonOf(parts, findings);
  const count = (test: (finding: Finding) => boolean) => findings.filter(test).length;
  const news = (severity: Severity) => count((one) => one.status === 'new' && one.severity === severity);
  const counts = {
    new: { error: news('error'), warning: news('warning'), info: news('info') },
    baselined: count(({ status }) => status === 'baselined'),
    suppressed: count(({ status }) => status === 'suppressed'),
    old: count(({ status }) => status === 'old'),
    withoutPlace: count(({ status, places }) => status === 'new' && places[0]?.kind !== 'source'),
  };
  return {
    config: config.file,
    settings,
    rules: ruleSummaries(config, findings),
    findings,
    counts,
    baseline: baseline === null ? null : { file: baseline.file, entries: baseline.count, faulty: baseline.faulty },
    comparison,
    coverage,
    failures: failuresOf(parts, counts.new.error),
  };
}

function findingOf({ places, owners, suppressed, baseline, base }: ResultParts, { draft, located }: LocatedDraft): Finding {
  const { rule, subject, message } = draft;
  const identity = identityOf(rule.name, subject);
  const entry = baseline?.entries.get(identity);
  const shown = placesOf(places, draft, located);
  const change = baseline?.changes.get(identity) ?? null;
  return {
    rule: rule.name,
    severity: rule.severity,
    identity,
    message,
    places: shown,
    placeCount: located.count,
    owners: [...new Set(shown.flatMap(({ file, isInRepository }) => (isInRepository ? owners(file) : [])))],
    ...statusOf(identity),
    ...(subject.kind === 'cycle' ? { ...subject, change } : subject),
  };

  function statusOf(of: string): { readonly status: FindingStatus; readonly reason: string | null } {
    const reason = suppressed.get(of);
    if (reason !== undefined) return { status: 'suppressed', reason };
    if (entry !== undefined) return { status: 'baselined', reason: entry.reason };
    return { status: base?.findings.has(of) === true ? 'old' : 'new', reason: null };
  }
}

/** Code first; what has none points at its application, else at its rule. */
function placesOf(places: PlaceNames, { rule, subject }: Draft, { modules, sites }: Located): readonly Place[] {
  const what = subjectText(subject);
  const made = sites.map(places.ofSite);
  const inside = made.filter(({ isInRepository }) => isInRepository);
  if (inside.length > 0) return inside;
  const fallback = places.ofApplication(modules, subject, what) ?? places.ofRule(rule, what);
  return [fallback, ...made].slice(0, MOST_PLACES);
}

function inOrder(findings: readonly Finding[], { rules }: Config): readonly Finding[] {
  const places = new Map(rules.map(({ name }, at) => [name, at]));
  const place = ({ rule }: Finding) => places.get(rule) ?? rules.length;
  const worst = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  return [...findings].sort((left, right) => worst(left) - worst(right) || place(left) - place(right));
}

function comparisonOf({ base, suppressed }: ResultParts, findings: readonly Finding[]): Comparison | null {
  if (base === null) return null;
  const now = new Set(findings.flatMap(({ identity }) => (suppressed.has(identity) ? [] : [identity])));
  const fixed = [...base.findings].filter(([identity]) => !now.has(identity));
  return {
    base: base.name,
    added: [...now].filter((identity) => !base.findings.has(identity)).length,
    fixed: fixed.map(([identity, { rule, text }]) => ({ rule, identity, text })),
  };
}

function ruleSummaries(config: Config, findings: readonly Finding[]): readonly RuleSummary[] {
  const ofRule = (name: string) => findings.filter(({ rule }) => rule === name);
  const own = config.rules.map((rule) => summaryOf(rule, rule.question.kind, ofRule(rule.name)));
  const [about] = ofRule(SUPPRESSIONS);
  if (about === undefined) return own;
  return [...own, summaryOf(suppressionRule(config, about.severity), 'suppressions', ofRule(SUPPRESSIONS))];
}

/** Describes a rule, with how much it found. */
export function summaryOf(rule: Rule, kind: RuleSummary['kind'], findings: readonly Finding[]): RuleSummary {
  const { name, severity, level, comment, file, line } = rule;
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length;
  const isLevelled = !['applications', 'analysis', 'query', 'suppressions'].includes(kind);
  return {
    name,
    kind,
    severity,
    level: isLevelled ? level : null,
    comment,
    file,
    line,
    counts: { new: count('new'), baselined: count('baselined'), suppressed: count('suppressed'), old: count('old') },
  };
}

function failuresOf({ baseline, coverage, leastCoverage, mostFindings }: ResultParts, errors: number): readonly Failure[] {
  const faulty = (kind: 'stale' | 'expired') => (baseline?.faulty ?? []).filter((entry) => entry.kind === kind).length;
  const [stale, expired] = [faulty('stale'), faulty('expired')];
  return [
    ...(errors > mostFindings ? [{ kind: 'findings', errors, allowed: mostFindings } as const] : []),
    ...(stale > 0 ? [{ kind: 'stale', entries: stale } as const] : []),
    ...(expired > 0 ? [{ kind: 'expired', entries: expired } as const] : []),
    ...(leastCoverage !== null && coverage.percent < leastCoverage
      ? [{ kind: 'coverage', percent: coverage.percent, least: leastCoverage } as const]
      : []),
  ];
}
