// Patterns over names, as `--include`, `--exclude`, `--collapse` and the groups of a config take them:
//
//   lists*        a glob over the whole name: * is any characters, ? is one
//   /^ranch_/     a regular expression that matches anywhere in the name; /.../i without regard to case
//   app:stdlib    nodes of applications whose names match what follows, a glob or a regular expression

import { UsageError } from '../../errors.js';

/** A pattern, and whether it is held against names or against applications. */
export type NamePattern = { readonly text: string; readonly of: 'name' | 'application' } & (
  | { readonly kind: 'glob'; readonly glob: string }
  | { readonly kind: 'regexp'; readonly regexp: RegExp }
);

const APPLICATION = 'app:';

/** Reads a pattern; throws UsageError for a regular expression that is none. */
export function parsePattern(text: string): NamePattern {
  const of = text.startsWith(APPLICATION) ? 'application' : 'name';
  const body = of === 'application' ? text.slice(APPLICATION.length) : text;
  if (body === '') throw new UsageError(`'${text}' is no pattern: it has no name`);
  const [, source, flags] = /^\/(.+)\/(i?)$/su.exec(body) ?? [];
  if (source === undefined) return { text, of, kind: 'glob', glob: body };
  try {
    return { text, of, kind: 'regexp', regexp: new RegExp(source, `u${flags}`) };
  } catch (error) {
    throw new UsageError(`'${text}' is no pattern: ${(error as Error).message}`);
  }
}

/** Tells whether a text can mean several names. */
export function isPattern(text: string): boolean {
  return text.startsWith(APPLICATION) || /^\/.+\/i?$/su.test(text) || /[*?]/.test(text);
}

/** Tells whether a node of that name and application is meant. */
export function matchesNode(pattern: NamePattern, node: { readonly id: string; readonly app: string | null }): boolean {
  if (pattern.of === 'name') return matchesName(pattern, node.id);
  return node.app !== null && matchesName(pattern, node.app);
}

/** Tells whether a name matches, be it of a node or of an application. */
export function matchesName(pattern: NamePattern, name: string): boolean {
  return pattern.kind === 'glob' ? matchesGlob(pattern.glob, name) : pattern.regexp.test(name);
}

/** Matches in time proportional to both lengths: after a mismatch only the last star takes one character more. */
export function matchesGlob(glob: string, name: string): boolean {
  // Most globs are names, and are held against many.
  if (!glob.includes('*') && !glob.includes('?')) return glob === name;
  const [pattern, text] = [Array.from(glob), Array.from(name)];
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let next = 0; next < text.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      resume = next;
    } else if (pattern[at] === '?' || pattern[at] === text[next]) {
      at++;
      next++;
    } else if (star >= 0) {
      at = star + 1;
      next = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
