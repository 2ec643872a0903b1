// The appups of a build, with instructions as texts.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formatTerm } from '../../../src/term/format.js';
import { isTuple, properList, type Term, textOf } from '../../../src/term/model.js';
import { parseTerms } from '../../../src/term/parse.js';
import type { ExpectedAppup } from './model.js';

/** Returns the appups below a folder by application; each must have one entry for each direction. */
export function readAppups(lib: string): Readonly<Record<string, ExpectedAppup>> {
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.appup'));
  return Object.fromEntries(files.sort().map((file) => [basename(file, '.appup'), onlyEntry(readEntries(join(lib, file)))]));
}

function onlyEntry({ up, down }: AppupEntries): ExpectedAppup {
  if (up.length !== 1 || down.length !== 1) throw new Error('not one entry');
  return { up: up[0]?.[1] ?? [], down: down[0]?.[1] ?? [] };
}

/** The entries of an appup: version and instructions, without the default purging. */
export interface AppupEntries {
  readonly vsn: string;
  readonly up: readonly AppupEntryText[];
  readonly down: readonly AppupEntryText[];
}

type AppupEntryText = readonly [vsn: string, instructions: readonly string[]];

/** Reads an appup. */
export function readEntries(file: string): AppupEntries {
  const [appup] = parseTerms(readFileSync(file, 'utf8'));
  if (!isTuple(appup)) throw new Error('no appup');
  const [vsn, up, down] = appup.items;
  return { vsn: text(vsn), up: entriesIn(up), down: entriesIn(down) };
}

function entriesIn(entries: Term | undefined): readonly AppupEntryText[] {
  return (properList(entries) ?? []).map((entry) => {
    const [vsn, instructions] = isTuple(entry) ? entry.items : [];
    return [text(vsn), (properList(instructions) ?? []).map((one) => written(one).replace(',brutal_purge,brutal_purge', ''))];
  });
}

const written = (term: Term): string => formatTerm(term, { otp: 25, mode: 'w' });
const text = (term: Term | undefined): string => (term === undefined ? '' : (textOf(term) ?? written(term)));
