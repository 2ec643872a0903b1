// Which nodes a part of a rule is about: patterns as `--include` takes them, and some more.
//
//   lists*   /^shop_/   app:stdlib     as everywhere; of a function the module alone, where a glob has no colon
//   group:web                          what is in a group of the config
//   !lists                             takes away; where all do that, from everything
//   $1 ... $9                          what the parentheses of the regular expression matched that chose the other node

import { knownApplications } from '../graph/applications/known-applications.js';
import type { ModuleGroup } from '../graph/dependencies/groups.js';
import { matchesName, matchesNode, type NamePattern, parsePattern } from '../graph/dependencies/name-pattern.js';
import type { SelectorText } from './config/config.js';
import { groupName, type RuleGraph, type RuleNode } from './rule-graph.js';

/** A pattern that is read. */
type SelectorPattern =
  | { readonly kind: 'name'; readonly pattern: NamePattern }
  | { readonly kind: 'group'; readonly name: string };

/** Patterns that are read. */
export interface Selector {
  /** All nodes, where there is none. */
  readonly include: readonly SelectorPattern[];
  readonly exclude: readonly SelectorPattern[];
}

/** Runs what a regular expression of a config may make take for ever; who has a clock ends it. */
export type RegexpGuard = <T>(what: string, run: () => T) => T;

/** What selecting takes besides the graph. */
export interface SelectContext {
  readonly groups: readonly ModuleGroup[];
  readonly guard: RegexpGuard;
}

/** Reads patterns; throws UsageError for one that is none. */
export function parseSelector(texts: SelectorText): Selector {
  const [include, exclude]: [SelectorPattern[], SelectorPattern[]] = [[], []];
  for (const text of texts) {
    if (text.startsWith('!')) exclude.push(parseOne(text.slice(1)));
    else include.push(parseOne(text));
  }
  return { include, exclude };
}

const GROUP = 'group:';

function parseOne(text: string): SelectorPattern {
  if (text.startsWith(GROUP)) return { kind: 'group', name: text.slice(GROUP.length) };
  return { kind: 'name', pattern: parsePattern(text) };
}

/** Tells whether patterns stand for what another one matched. */
export function hasCaptures(texts: SelectorText): boolean {
  return texts.some((text) => /\$[1-9]/.test(text));
}

/** Puts what was matched where `$1` and the like stand: as it is into globs, escaped into regular expressions. */
export function withCaptures(texts: SelectorText, captures: readonly (string | undefined)[]): SelectorText {
  return texts.map((text) => {
    const isRegexp = /^!?(?:app:)?\//.test(text);
    return text.replace(/\$([1-9])/g, (_, digit: string) => {
      const capture = captures[Number(digit) - 1] ?? '';
      return isRegexp ? capture.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : capture;
    });
  });
}

/** Returns 1 at the nodes that are meant. */
export function selectNodes(graph: RuleGraph, selector: Selector, context: SelectContext): Uint8Array {
  if (isEverything(selector)) return new Uint8Array(graph.nodes.length).fill(1);
  const test = () => Uint8Array.from(graph.nodes, (node) => (matchesSelector(graph, node, selector, context) ? 1 : 0));
  return guarded(selector, context, test);
}

function isEverything({ include, exclude }: Selector): boolean {
  const isAll = (one: SelectorPattern) => one.kind === 'name' && one.pattern.kind === 'glob' && one.pattern.text === '*';
  return exclude.length === 0 && (include.length === 0 || include.some(isAll));
}

function guarded<T>({ include, exclude }: Selector, { guard }: SelectContext, run: () => T): T {
  const regexp = [...include, ...exclude].find((one) => one.kind === 'name' && one.pattern.kind === 'regexp');
  return regexp?.kind === 'name' ? guard(regexp.pattern.text, run) : run();
}

/** Tells whether a node is meant. */
export function isSelected(graph: RuleGraph, node: RuleNode, selector: Selector, context: SelectContext): boolean {
  return guarded(selector, context, () => matchesSelector(graph, node, selector, context));
}

function matchesSelector(graph: RuleGraph, node: RuleNode, { include, exclude }: Selector, { groups }: SelectContext): boolean {
  const matches = (one: SelectorPattern) => matchesPattern(graph, node, one, groups);
  return (include.length === 0 || include.some(matches)) && !exclude.some(matches);
}

function matchesPattern({ level }: RuleGraph, node: RuleNode, one: SelectorPattern, groups: readonly ModuleGroup[]): boolean {
  if (one.kind === 'group') return isInGroup(level, node, one.name, groups);
  const { pattern } = one;
  const isModule = level === 'function' && pattern.of === 'name' && pattern.kind === 'glob' && !pattern.glob.includes(':');
  return matchesNode(pattern, isModule ? { id: node.module ?? node.id, app: null } : node);
}

/** An application is in a group where the group names it. */
function isInGroup(level: RuleGraph['level'], node: RuleNode, name: string, groups: readonly ModuleGroup[]): boolean {
  if (level === 'group') return node.id === name;
  if (level !== 'application') return groupName(groups, { ...node, id: node.module ?? node.id }) === name;
  const patterns = groups.find((group) => group.name === name)?.patterns ?? [];
  return patterns.some((pattern) => pattern.of === 'application' && matchesName(pattern, node.id));
}

/** Returns what the parentheses matched of the first pattern that chose a node; none where it is no regular expression. */
export function capturesOf(
  graph: RuleGraph,
  node: RuleNode,
  selector: Selector,
  context: SelectContext,
): readonly (string | undefined)[] {
  return guarded(selector, context, () => {
    const chosen = selector.include.find((one) => matchesPattern(graph, node, one, context.groups));
    if (chosen?.kind !== 'name' || chosen.pattern.kind !== 'regexp') return [];
    const { of, regexp } = chosen.pattern;
    return regexp.exec(of === 'application' ? (node.app ?? '') : node.id)?.slice(1) ?? [];
  });
}

/** Tells whether patterns name something of OTP or Elixir: then nobody using it is no sign of a mistake. */
export function isOfKnownApplications({ include }: Selector, { guard }: SelectContext): boolean {
  const applications = [...knownApplications()];
  return include.some((one) => {
    if (one.kind === 'group') return false;
    const { pattern } = one;
    const matches = (name: string) => matchesName(pattern, name);
    const module = pattern.kind === 'glob' && pattern.of === 'name' ? /^([^:*?]+):/.exec(pattern.glob)?.[1] : undefined;
    if (module !== undefined) return applications.some(([, modules]) => modules.includes(module));
    return guard(pattern.text, () =>
      applications.some(([name, modules]) => matches(name) || (pattern.of === 'name' && modules.some(matches))),
    );
  });
}
