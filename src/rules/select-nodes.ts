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

/** What selecting takes besides the graph. */
export interface SelectContext {
  readonly groups: readonly ModuleGroup[];
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
    const made = text.replace(/\$([1-9])/g, (_, digit: string) => {
      const capture = captures[Number(digit) - 1] ?? '';
      return isRegexp ? capture.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : capture;
    });
    // Where nothing was captured, a pattern may be left with nothing: that is no name.
    return /^!?(?:app:|group:)?$/.test(made) ? `${made.startsWith('!') ? '!' : ''}${NOTHING}` : made;
  });
}

const NOTHING = '/(?!)/';

/** Tells whether a node is meant. */
export type NodeTest = (node: RuleNode) => boolean;

/** Returns 1 at the nodes that are meant. */
export function selectNodes(graph: RuleGraph, selector: Selector, context: SelectContext): Uint8Array {
  const marks = new Uint8Array(graph.nodes.length);
  if (isEverything(selector)) return marks.fill(1);
  const test = nodeTest(graph.level, selector, context);
  graph.nodes.forEach((node, at) => {
    if (test(node)) marks[at] = 1;
  });
  return marks;
}

function isEverything({ include, exclude }: Selector): boolean {
  const isAll = (one: SelectorPattern) => one.kind === 'name' && one.pattern.kind === 'glob' && one.pattern.text === '*';
  return exclude.length === 0 && (include.length === 0 || include.some(isAll));
}

/** Returns the test of a selector for the nodes of a level. */
export function nodeTest(level: RuleGraph['level'], { include, exclude }: Selector, { groups }: SelectContext): NodeTest {
  const [wanted, unwanted] = [include, exclude].map((patterns) => patterns.map((one) => patternTest(level, one, groups))) as [
    NodeTest[],
    NodeTest[],
  ];
  const [first, second] = wanted;
  // Nearly all selectors are one pattern.
  if (first !== undefined && second === undefined && unwanted.length === 0) return first;
  return (node) => (wanted.length === 0 || wanted.some((test) => test(node))) && !unwanted.some((test) => test(node));
}

function patternTest(level: RuleGraph['level'], one: SelectorPattern, groups: readonly ModuleGroup[]): NodeTest {
  if (one.kind === 'group') return (node) => isInGroup(level, node, one.name, groups);
  const { pattern } = one;
  const name = literalOf(pattern);
  if (pattern.of === 'application') {
    return name === undefined ? (node) => matchesNode(pattern, node) : ({ app }) => app === name;
  }
  const isModule = level === 'function' && pattern.kind === 'glob' && !pattern.glob.includes(':');
  if (isModule) return ({ module, id }) => matchesName(pattern, module ?? id);
  return name === undefined ? ({ id }) => matchesName(pattern, id) : ({ id }) => id === name;
}

/** The name that a pattern without wildcards is. */
function literalOf(pattern: NamePattern): string | undefined {
  return pattern.kind === 'glob' && !/[*?]/.test(pattern.glob) ? pattern.glob : undefined;
}

/** An application is in a group where the group names it. */
function isInGroup(level: RuleGraph['level'], node: RuleNode, name: string, groups: readonly ModuleGroup[]): boolean {
  if (level === 'group') return node.id === name;
  if (level !== 'application') return groupName(groups, { ...node, id: node.module ?? node.id }) === name;
  const patterns = groups.find((group) => group.name === name)?.patterns ?? [];
  return patterns.some((pattern) => pattern.of === 'application' && matchesName(pattern, node.id));
}

/** Returns what tells what the parentheses matched of the first pattern that chose a node; none where it is no regular expression. */
export function captureReader(
  level: RuleGraph['level'],
  { include }: Selector,
  { groups }: SelectContext,
): (node: RuleNode) => readonly (string | undefined)[] {
  const tests = include.map((one) => ({ one, test: patternTest(level, one, groups) }));
  return (node) => {
    const chosen = tests.find(({ test }) => test(node))?.one;
    if (chosen?.kind !== 'name' || chosen.pattern.kind !== 'regexp') return [];
    const { of, regexp } = chosen.pattern;
    return regexp.exec(of === 'application' ? (node.app ?? '') : node.id)?.slice(1) ?? [];
  };
}

/** Tells whether patterns name something of OTP or Elixir: then nobody using it is no sign of a mistake. */
export function isOfKnownApplications({ include }: Selector): boolean {
  const applications = [...knownApplications()];
  return include.some((one) => {
    if (one.kind === 'group') return false;
    const { pattern } = one;
    const matches = (name: string) => matchesName(pattern, name);
    const module = pattern.kind === 'glob' && pattern.of === 'name' ? /^([^:*?]+):/.exec(pattern.glob)?.[1] : undefined;
    if (module !== undefined) return applications.some(([, modules]) => modules.includes(module));
    return applications.some(([name, modules]) => matches(name) || (pattern.of === 'name' && modules.some(matches)));
  });
}
