// CODEOWNERS as GitHub and GitLab read it: a line has a pattern and owners, and of the lines that match a file the last counts; in GitLab's
// `[Section][2] @default` that is so in each section, and a line without owners has those of the section.
//
//   *.erl   /apps/shop/   docs/*   **/test/*_SUITE.erl     as in .gitignore, without ! and []; `docs/*` means the files right in docs

import { matchesGlob } from '../../graph/dependencies/name-pattern.js';

/** Tells who owns a file, given its path from the root; in the order of the lines, each once. */
export type OwnerLookup = (file: string) => readonly string[];

interface OwnerLine {
  readonly section: number;
  readonly parts: readonly string[];
  readonly owners: readonly string[];
}

/** Reads CODEOWNERS. What is no line of it is passed over, as both do. */
export function parseOwners(text: string): OwnerLookup {
  const lines: OwnerLine[] = [];
  let section = 0;
  let defaults: readonly string[] = [];
  for (const written of text.split(/\r?\n/)) {
    const line = written.replace(/(^|\s)#.*$/, '').trim();
    const head = /^\^?\[[^\]]+\](?:\[\d+\])?(?<rest>.*)$/.exec(line);
    if (head !== null) {
      section++;
      defaults = wordsOf(head.groups?.rest ?? '');
      continue;
    }
    const [pattern, ...owners] = wordsOf(line);
    if (pattern !== undefined) lines.push({ section, parts: partsOf(pattern), owners: owners.length === 0 ? defaults : owners });
  }
  return (file) => ownersOf(lines, file);
}

/** A blank after a backslash is part of a word. */
function wordsOf(line: string): readonly string[] {
  return (line.match(/(?:\\.|[^\s\\])+/g) ?? []).map((word) => word.replace(/\\(.)/g, '$1'));
}

/** A pattern as parts that stand for one folder each, `**` for any number; what is below a match matches as well. */
function partsOf(pattern: string): readonly string[] {
  const inner = pattern.replace(/^\//, '').replace(/\/$/, '');
  const isAnchored = pattern.startsWith('/') || inner.includes('/');
  const parts = [...(isAnchored ? [] : ['**']), ...inner.split('/')];
  if (parts.at(-1) === '*' && parts.length > 1 && isAnchored) return parts;
  return pattern.endsWith('/') ? [...parts, '*', '**'] : [...parts, '**'];
}

function ownersOf(lines: readonly OwnerLine[], file: string): readonly string[] {
  const folders = file.split('/');
  const bySection = new Map<number, readonly string[]>();
  for (const { section, parts, owners } of lines) if (matchesParts(parts, folders)) bySection.set(section, owners);
  return [...new Set([...bySection.values()].flat())];
}

/** In time proportional to both lengths: after a mismatch only the last `**` takes one folder more. */
function matchesParts(parts: readonly string[], folders: readonly string[]): boolean {
  let [at, star, resume] = [0, -1, 0];
  for (let next = 0; next < folders.length; ) {
    const part = parts[at];
    if (part === '**') {
      star = at++;
      resume = next;
    } else if (part !== undefined && matchesGlob(part, folders[next] as string)) {
      at++;
      next++;
    } else if (star >= 0) {
      at = star + 1;
      next = ++resume;
    } else return false;
  }
  while (parts[at] === '**') at++;
  return at === parts.length;
}
