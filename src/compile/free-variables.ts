// The variables that a fun or a comprehension may take from around it: all names in it but those that its own heads and generators bind.
// Which of them are really bound around it is for the caller to see.

import type { Clause, Expression, Qualifier } from '../forms/expression-model.js';
import { childrenOf, type Node } from '../forms/walk.js';
import type { Unit } from './builder.js';

type Closure = Extract<Expression, { readonly kind: 'fun' | 'named_fun' | 'lc' | 'bc' | 'mc' }>;

/** Returns the names of variables in a node that may come from around it. */
export function mentionsOf(unit: Unit, node: Node): ReadonlySet<string> {
  const known = unit.mentions.get(node);
  if (known !== undefined) return known;
  const found = isClosure(node) ? closureMentions(unit, node) : plainMentions(unit, node);
  unit.mentions.set(node, found);
  return found;
}

function isClosure(node: Node): node is Closure {
  return ['fun', 'named_fun', 'lc', 'bc', 'mc'].includes(node.kind);
}

function plainMentions(unit: Unit, node: Node): ReadonlySet<string> {
  if (node.kind === 'var') return new Set(node.name === '_' ? [] : [node.name as string]);
  return union(childrenOf(node).map((child) => mentionsOf(unit, child)));
}

function closureMentions(unit: Unit, node: Closure): ReadonlySet<string> {
  if (node.kind === 'fun' || node.kind === 'named_fun') {
    const found = union(node.clauses.map((clause) => clauseMentions(unit, clause)));
    return node.kind === 'named_fun' ? without(found, new Set([node.name])) : found;
  }
  return qualifierMentions(unit, node.qualifiers, union([node.template].flat().map((part) => mentionsOf(unit, part as Node))));
}

function clauseMentions(unit: Unit, clause: Clause): ReadonlySet<string> {
  const inside = union([...clause.guards.flat(), ...clause.body].map((node) => mentionsOf(unit, node)));
  return patternMentions(unit, clause.patterns, inside);
}

/** What is inside sees the variables of the patterns; keys and sizes in these may be from outside. */
function patternMentions(unit: Unit, patterns: readonly Node[], inside: ReadonlySet<string>): ReadonlySet<string> {
  const bound = boundIn(unit, patterns);
  return union([without(inside, bound), ...patterns.map((pattern) => outerMentions(unit, pattern))]);
}

function qualifierMentions(unit: Unit, qualifiers: readonly Qualifier[], template: ReadonlySet<string>): ReadonlySet<string> {
  let found = template;
  for (const qualifier of qualifiers.toReversed()) {
    const generators = qualifier.kind === 'zip' ? qualifier.generators : [qualifier];
    const sources: Node[] = [];
    const patterns: Node[] = [];
    for (const generator of generators) {
      if ('source' in generator && 'pattern' in generator) {
        sources.push(generator.source);
        patterns.push(generator.pattern);
      } else sources.push(generator as Node);
    }
    found = union([patternMentions(unit, patterns, found), ...sources.map((source) => mentionsOf(unit, source))]);
  }
  return found;
}

/** Returns the variables of patterns that the patterns bind, if they are new: all that aren't in keys and sizes alone. */
export function boundIn(unit: Unit, patterns: readonly Node[]): ReadonlySet<string> {
  return union(patterns.map((pattern) => boundInPattern(unit, pattern)));
}

function boundInPattern(unit: Unit, pattern: Node): ReadonlySet<string> {
  if (pattern.kind === 'map_field_exact' || pattern.kind === 'map_field_assoc')
    return boundInPattern(unit, pattern.value as Node);
  if (pattern.kind === 'bin_element') return boundInPattern(unit, pattern.value);
  if (pattern.kind === 'var') return plainMentions(unit, pattern);
  return union(childrenOf(pattern).map((child) => boundInPattern(unit, child)));
}

/** The variables of keys and sizes. */
function outerMentions(unit: Unit, pattern: Node): ReadonlySet<string> {
  if (pattern.kind === 'map_field_exact' || pattern.kind === 'map_field_assoc') {
    return union([mentionsOf(unit, pattern.key as Node), outerMentions(unit, pattern.value as Node)]);
  }
  if (pattern.kind === 'bin_element') {
    return pattern.size === 'default' ? new Set() : mentionsOf(unit, pattern.size);
  }
  return union(childrenOf(pattern).map((child) => outerMentions(unit, child)));
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const set of sets) for (const name of set) all.add(name);
  return all;
}

function without(names: ReadonlySet<string>, removed: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].filter((name) => !removed.has(name)));
}
