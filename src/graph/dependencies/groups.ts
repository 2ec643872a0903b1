// Groups of modules, as a config file names them: `{"groups": {"web": ["cowboy*", "/^ranch/", "app:gun"]}}`. Of several groups that a module
// is in, the first counts; modules in no group make up one of their own, `(none)`.

import { UsageError } from '../../errors.js';
import { matchesNode, type NamePattern, parsePattern } from './name-pattern.js';

/** A group and the patterns of its modules and applications. */
export interface ModuleGroup {
  readonly name: string;
  readonly patterns: readonly NamePattern[];
}

/** The name of the group of modules that are in none. */
export const NO_GROUP = '(none)';

/** Reads the groups of a config; other keys are left alone. Throws UsageError, which begins with `file`. */
export function parseGroups(text: string, file: string): readonly ModuleGroup[] {
  const fault = (reason: string) => new UsageError(`${file}: ${reason}`);
  const groups = asObject(parseJson(text, fault))?.groups;
  if (groups === undefined) throw fault('there are no groups in it: {"groups": {"name": ["pattern"]}}');
  const entries = asObject(groups);
  if (entries === undefined) throw fault('groups: not an object of names and lists of patterns');
  return Object.entries(entries).map(([name, patterns]) => {
    if (name === '' || name === NO_GROUP) throw fault(`groups: '${name}' can't be the name of a group`);
    if (!Array.isArray(patterns)) throw fault(`groups.${name}: not a list of patterns`);
    return { name, patterns: patterns.map((pattern, at) => readPattern(pattern, `groups.${name}[${at}]`, fault)) };
  });
}

type Fault = (reason: string) => UsageError;

function parseJson(text: string, fault: Fault): unknown {
  try {
    // A byte order mark is no JSON, and some editors write one.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw fault(`not JSON: ${(error as Error).message}`);
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function readPattern(pattern: unknown, place: string, fault: Fault): NamePattern {
  if (typeof pattern !== 'string') throw fault(`${place}: not a pattern: a string was expected`);
  try {
    return parsePattern(pattern);
  } catch (error) {
    throw error instanceof UsageError ? fault(`${place}: ${error.message}`) : error;
  }
}

/** Returns the position of the first group that a module is in, or -1. */
export function groupOf(groups: readonly ModuleGroup[], module: string, app: string | null): number {
  return groups.findIndex(({ patterns }) => patterns.some((pattern) => matchesNode(pattern, { id: module, app })));
}
