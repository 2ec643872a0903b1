// Configs put together: what a config says counts before what those say that it extends. Of settings the whole value counts, of groups and
// rules each by its name; a severity alone changes a rule that is there.

import { UsageError } from '../../errors.js';
import type { ExportClass } from '../../graph/analyses/explain-exports.js';
import { EDGE_KINDS, type EdgeKind } from '../../graph/dependencies/build-dependencies.js';
import { type ModuleGroup, NO_GROUP } from '../../graph/dependencies/groups.js';
import { parsePattern } from '../../graph/dependencies/name-pattern.js';
import { SUPPRESSIONS } from '../model.js';
import { parseSelector, withCaptures } from '../select-nodes.js';
import type { Config, ConfigPath, QueryExpectation, Rule, RuleQuestion, SelectorText } from './config.js';
import type { RawConfig, RawRule, RawSelector, RawSeverity } from './raw-config.js';
import { type ConfigFile, faultAt } from './read-config.js';

/** Merges configs, those that are extended first and the config itself last; throws UsageError for what doesn't fit together. */
export function mergeConfigs(files: readonly ConfigFile[]): Config {
  const last = files.at(-1) as ConfigFile;
  const setting = <K extends keyof RawConfig>(key: K): RawConfig[K] | undefined =>
    files.findLast(({ raw }) => raw[key] !== undefined)?.raw[key];
  const paths = (key: 'libraryPath' | 'sourceRoots') => {
    const owner = files.findLast(({ raw }) => raw[key] !== undefined);
    return (owner?.raw[key] ?? []).map((path) => ({ path, config: (owner as ConfigFile).file }));
  };
  const level = setting('level') ?? 'module';
  const edges = edgeSet(setting('edges') ?? ['call']);
  const groups = mergeGroups(files);
  return {
    file: last.file,
    groups,
    level,
    edges,
    minConfidence: setting('minConfidence') ?? 'inferred',
    source: setting('source') ?? null,
    builtins: setting('builtins') ?? false,
    libraryPath: paths('libraryPath'),
    tests: setting('tests') ?? null,
    baseline: pathSetting(files, 'baseline') || null,
    codeowners: pathSetting(files, 'codeowners'),
    sourceRoots: paths('sourceRoots'),
    pathMap: Object.entries(setting('pathMap') ?? {}),
    unusedSuppressions: setting('unusedSuppressions') ?? null,
    rules: mergeRules(files, { level, edges, groups }),
  };
}

function pathSetting(files: readonly ConfigFile[], key: 'baseline' | 'codeowners'): ConfigPath | false | null {
  const owner = files.findLast(({ raw }) => raw[key] !== undefined);
  const path = owner?.raw[key];
  return path === undefined || path === false ? (path ?? null) : { path, config: (owner as ConfigFile).file };
}

function edgeSet(edges: 'all' | readonly EdgeKind[]): ReadonlySet<EdgeKind> {
  return new Set(edges === 'all' ? EDGE_KINDS : edges);
}

/** Those of the config itself come first, since the first that a module is in counts. */
function mergeGroups(files: readonly ConfigFile[]): readonly ModuleGroup[] {
  const groups = new Map<string, ModuleGroup>();
  for (const one of [...files].reverse()) {
    for (const [name, patterns] of Object.entries(one.raw.groups ?? {})) {
      if (name === NO_GROUP) throw faultAt(one, ['groups', name], `'${name}' can't be the name of a group`);
      if (groups.has(name)) continue;
      groups.set(name, {
        name,
        patterns: patterns.map((text, at) => orFault(one, ['groups', name, String(at)], () => parsePattern(text))),
      });
    }
  }
  return [...groups.values()];
}

function orFault<T>(file: ConfigFile, path: readonly string[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UsageError ? faultAt(file, path, error.message) : error;
  }
}

type Defaults = Pick<Config, 'level' | 'edges' | 'groups'>;

interface Draft {
  readonly file: ConfigFile;
  readonly raw: RawRule;
  readonly severity: RawSeverity;
}

function mergeRules(files: readonly ConfigFile[], defaults: Defaults): readonly Rule[] {
  const drafts = new Map<string, Draft>();
  for (const file of files) {
    for (const [name, raw] of Object.entries(file.raw.rules ?? {})) {
      if (name === SUPPRESSIONS) throw faultAt(file, ['rules', name], `'${name}' is the name of beamtool's own rule`);
      const before = drafts.get(name);
      if (typeof raw !== 'string') drafts.set(name, { file, raw, severity: raw.severity ?? 'error' });
      else if (before !== undefined) drafts.set(name, { ...before, severity: raw });
      else throw faultAt(file, ['rules', name], `no config that this one extends has a rule of that name`);
    }
  }
  return Array.from(drafts).flatMap(([name, draft]) => {
    const { severity } = draft;
    return severity === 'off' ? [] : [ruleOf(name, draft, severity, defaults)];
  });
}

function ruleOf(name: string, { file, raw }: Draft, severity: Rule['severity'], defaults: Defaults): Rule {
  const path = ['rules', name];
  checkPatterns(file, path, raw, defaults.groups);
  const edges = raw.edges === undefined ? defaults.edges : edgeSet(raw.edges);
  const extra = [...edges].find((kind) => !defaults.edges.has(kind));
  if (extra !== undefined) throw faultAt(file, [...path, 'edges'], `the config's own edges are without ${extra}`);
  return {
    name,
    severity,
    comment: raw.comment ?? null,
    allowEmpty: raw.allowEmpty ?? false,
    level: raw.level ?? defaults.level,
    edges,
    file: file.file,
    line: file.placeOf(path)?.line ?? null,
    question: questionOf(file, path, raw),
  };
}

const patternsOf = (selector: RawSelector): SelectorText => (typeof selector === 'string' ? [selector] : selector);

/** Whatever is captured later is escaped. */
const ANY_CAPTURES = Array.from({ length: 9 }, () => 'x');

/** Patterns are patterns, and `group:web` names a group that there is. */
function checkPatterns(file: ConfigFile, path: readonly string[], raw: RawRule, groups: readonly ModuleGroup[]): void {
  const check = (value: unknown, at: readonly string[]): void => {
    if (Array.isArray(value)) for (const [place, item] of value.entries()) check(item, [...at, String(place)]);
    if (typeof value !== 'string') return;
    orFault(file, at, () => parseSelector(withCaptures([value], ANY_CAPTURES)));
    const name = /^!?group:(.*)$/su.exec(value)?.[1];
    if (name === undefined || name === NO_GROUP || groups.some((group) => group.name === name)) return;
    throw faultAt(file, at, `there is no group '${name}'`);
  };
  for (const key of ['from', 'to', 'of', 'entries', 'layers', 'groups'] as const) check(raw[key], [...path, key]);
}

const ALL: SelectorText = ['*'];

/** By kind; the schema has made sure that each has what it needs. */
function questionOf(file: ConfigFile, path: readonly string[], raw: RawRule): RuleQuestion {
  const { kind, reachable = false } = raw;
  const from = patternsOf(raw.from ?? ALL);
  const to = patternsOf(raw.to ?? ALL);
  const of = patternsOf(raw.of ?? ALL);
  switch (kind) {
    case 'forbidden':
      if (reachable && raw.moreUnstable === true)
        throw faultAt(file, [...path, 'moreUnstable'], 'goes with direct dependencies alone');
      return { kind, from, to, reachable, moreUnstable: raw.moreUnstable ?? false };
    case 'allowed':
    case 'protected':
      return { kind, from, to };
    case 'required':
      return { kind, from, to, reachable };
    case 'layers': {
      const { adjacent = false, independent = false, complete = false } = raw;
      const layers = (raw.layers ?? []).map((layer) => (typeof layer === 'string' ? [[layer]] : layer.map(patternsOf)));
      return { kind, layers, adjacent, independent, complete, reachable };
    }
    case 'independent':
      return { kind, groups: (raw.groups ?? []).map(patternsOf), reachable };
    case 'acyclic':
      return { kind, of, minimum: raw.minimum ?? 2 };
    case 'orphans':
      return { kind, of, entries: raw.entries === undefined ? null : patternsOf(raw.entries) };
    case 'metric': {
      const { metric = 'fan-in', maximum = null, minimum = null } = raw;
      if (maximum === null && minimum === null) throw faultAt(file, path, "no limit: it needs 'maximum' or 'minimum'");
      return { kind, of, metric, maximum, minimum };
    }
    case 'applications':
      return { kind, of, checks: raw.checks ?? ['undeclared'] };
    case 'analysis':
      return { kind, of, analysis: raw.analysis ?? '', classes: raw.classes ?? DEFAULT_CLASSES };
    case 'query':
      return { kind, query: raw.query ?? '', expect: expectationOf(raw) };
  }
}

/** Who is exported for somebody is no finding. */
const DEFAULT_CLASSES: readonly ExportClass[] = ['nobody', 'tests_only'];

function expectationOf({ expect = 'empty' }: RawRule): QueryExpectation {
  if (expect === 'empty') return { kind: 'empty' };
  return 'max' in expect ? { kind: 'max', most: expect.max } : { kind: 'exact', term: expect.exact };
}
