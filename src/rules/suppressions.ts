// What the code says of findings: `-beamtool({ignore, Rule, Reason})` of any rule, and `-ignore_xref` of analyses, as rebar3 takes it (of a call the
// caller's; either end or its module). One that suppresses nothing is a finding, and so is one that can't.

import type { IgnoredName, Suppression } from '../graph/module-facts.js';
import { type Draft, identityOf } from './check/draft.js';
import type { Config, Rule } from './config/config.js';
import { type FindingSubject, type RuleFault, type Severity, SUPPRESSIONS } from './model.js';
import type { PlacedDraft } from './places/trace-drafts.js';
import { moduleOfFunction } from './rule-graphs.js';

/** What modules say. */
export interface ModuleSuppressions {
  readonly suppressions?: readonly Suppression[];
  readonly ignored?: readonly IgnoredName[];
}

/** By identity of a finding, why it is suppressed: null where no reason is given. */
export interface Suppressed {
  readonly reasons: ReadonlyMap<string, string | null>;
  /** What is wrong with suppressions. */
  readonly drafts: readonly Draft[];
}

/** Tells which findings are suppressed, by what the modules say that make them. */
export function suppress(
  placed: readonly PlacedDraft[],
  saying: ReadonlyMap<string, ModuleSuppressions>,
  config: Config,
): Suppressed {
  const used = new Set<unknown>();
  const reasons = new Map<string, string | null>();
  for (const { draft, modules } of placed) {
    const reason = ownReason(draft, modules, saying, used) ?? ignoredReason(draft, saying, used);
    if (reason !== undefined) reasons.set(identityOf(draft.rule.name, draft.subject), reason.text);
  }
  return { reasons, drafts: faultsOf(saying, config, used) };
}

type Reason = { readonly text: string | null } | undefined;

/** All modules that make a finding have to mean it; of a cycle one is enough, since each could break it. */
function ownReason(
  { rule, anyModule }: Draft,
  modules: readonly string[],
  saying: ReadonlyMap<string, ModuleSuppressions>,
  used: Set<unknown>,
): Reason {
  const found = modules.map((module) =>
    saying.get(module)?.suppressions?.find((one) => one.rule === rule.name && one.reason !== null),
  );
  for (const one of found) if (one !== undefined) used.add(one);
  const first = found.find((one) => one !== undefined);
  const isMeant = first !== undefined && (anyModule || !found.includes(undefined));
  return isMeant ? { text: first.reason } : undefined;
}

function ignoredReason({ rule, subject }: Draft, saying: ReadonlyMap<string, ModuleSuppressions>, used: Set<unknown>): Reason {
  if (rule.question.kind !== 'analysis') return undefined;
  const ends = endsOf(subject);
  const [first] = ends;
  const ignored = first === undefined ? [] : (saying.get(moduleOfFunction(first))?.ignored ?? []);
  const entries = ignored.filter((entry) => ends.some((end) => isNamed(entry, end)));
  for (const entry of entries) used.add(entry);
  return entries.length === 0 ? undefined : { text: null };
}

function endsOf(subject: FindingSubject): readonly string[] {
  if (subject.kind === 'edge') return [subject.from, subject.to];
  return subject.kind === 'node' ? [subject.node] : [];
}

function isNamed(entry: IgnoredName, id: string): boolean {
  if (typeof entry === 'string') return moduleOfFunction(id) === entry;
  return moduleOfFunction(id) === entry.module && id.endsWith(`:${entry.name}/${entry.arity}`);
}

/** The rule that suppressions are findings of. */
export function suppressionRule(config: Config, severity: Severity): Rule {
  return {
    name: SUPPRESSIONS,
    severity,
    comment: 'what the code says of rules has to be so',
    allowEmpty: true,
    level: 'module',
    edges: config.edges,
    file: config.file,
    line: null,
    question: { kind: 'acyclic', of: [], minimum: 2 },
  };
}

function faultsOf(saying: ReadonlyMap<string, ModuleSuppressions>, config: Config, used: ReadonlySet<unknown>): readonly Draft[] {
  const { unusedSuppressions } = config;
  const own = unusedSuppressions ?? 'error';
  const xref = unusedSuppressions ?? 'warning';
  const names = new Set(config.rules.map(({ name }) => name));
  return Array.from(saying).flatMap(([module, { suppressions = [], ignored = [] }]) => [
    ...(own === 'off' ? [] : suppressions.flatMap((one) => suppressionFault(one, module, names, used.has(one)))).map((found) =>
      draftOf(module, found, suppressionRule(config, own as Severity)),
    ),
    ...(xref === 'off' ? [] : ignored.flatMap((one) => ignoredFault(one, module, config, used.has(one)))).map((found) =>
      draftOf(module, found, suppressionRule(config, xref as Severity)),
    ),
  ]);
}

interface FoundFault {
  readonly kind: Exclude<RuleFault['kind'], 'matches-nothing'>;
  readonly entry: string;
  readonly message: string;
}

function suppressionFault(
  { rule, reason, entry }: Suppression,
  module: string,
  names: ReadonlySet<string>,
  isUsed: boolean,
): readonly FoundFault[] {
  const bad = (why: string): readonly FoundFault[] => [
    { kind: 'bad-suppression', entry, message: `${module}: -beamtool(${entry}) ${why}` },
  ];
  if (rule === null) return bad('names no rule');
  if (reason === null) return bad('gives no reason');
  if (!names.has(rule)) return bad('is about a rule that the config does not have');
  return isUsed ? [] : [{ kind: 'unused-suppression', entry, message: `${module}: -beamtool(${entry}) suppresses nothing` }];
}

/** Analyses of calls say nothing of what is exported for nobody, and the other way around: what no rule could need isn't called unused. */
function ignoredFault(one: IgnoredName, module: string, { rules }: Config, isUsed: boolean): readonly FoundFault[] {
  const owner = typeof one === 'string' ? one : one.module;
  const about = owner === module ? ['exports_not_used', 'undefined_function_calls'] : ['undefined_function_calls'];
  const isAsked = about.every((name) => rules.some(({ question }) => question.kind === 'analysis' && question.analysis === name));
  if (isUsed || !isAsked) return [];
  const entry = typeof one === 'string' ? one : `${one.module}:${one.name}/${one.arity}`;
  return [{ kind: 'unused-suppression', entry, message: `${module}: -ignore_xref of ${entry} suppresses nothing` }];
}

function draftOf(module: string, { kind, entry, message }: FoundFault, rule: Rule): Draft {
  const evidence = { kind: 'node', level: 'module', node: module } as const;
  return { rule, subject: { kind: 'rule', fault: { kind, module, entry } }, message, evidence, anyModule: false };
}
