// Relups and errors of the real systools (test/golden/otp/relup/README.md), from the same files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accessFolder } from '../../../src/io/folder-access.js';
import { answerTerm, type BaseRelease, makeRelup, type RelupAnswer, relupTerm } from '../../../src/release/relup/make-relup.js';
import { formatTerm } from '../../../src/term/format.js';
import { isTuple, properList, type Term } from '../../../src/term/model.js';
import { parseTerm, parseTerms } from '../../../src/term/parse.js';
import { dependenciesOf, orderFaults, withoutOrder } from './legal-order.js';

const goldens = fileURLToPath(new URL('../../golden/otp/relup', import.meta.url));

interface Case {
  readonly top: string;
  readonly ups: readonly (string | { readonly rel: string; readonly description: string })[];
  readonly downs: Case['ups'];
  readonly path: readonly string[];
  readonly opts: readonly string[];
}

function base(given: Case['ups'][number]): BaseRelease {
  return typeof given === 'string' ? { rel: given } : { rel: given.rel, description: parseTerm(given.description) };
}

function readTerm(path: string): Term {
  return parseTerms(readFileSync(path, 'utf8'))[0] as Term;
}

const text = (term: Term) => formatTerm(term, { otp: 25 });

/** Of these cases systools has several answers, and those that were seen need not be all. */
function expectLegal(folder: string, answer: RelupAnswer, allowed: readonly Term[]): void {
  const appup = readTerm(join(folder, 'lib/a-2/ebin/a.appup'));
  if (answer.kind !== 'ok' || !isTuple(appup)) throw new Error('no relup');
  const linesOf = (term: Term | undefined) =>
    [1, 2].map((at) => withoutOrder(scriptIn(term, at), dependenciesOf(scriptIn(appup, at))));
  const [ok] = allowed;
  const ours = relupTerm(answer.relup);
  expect(linesOf(ours)).toEqual(linesOf(isTuple(ok) ? ok.items[1] : undefined));
  for (const at of [1, 2]) expect(orderFaults(scriptIn(ours, at), dependenciesOf(scriptIn(appup, at)), at === 1)).toEqual([]);
}

/** The instructions of the first entry, of a relup or of an appup. */
function scriptIn(term: Term | undefined, at: number): readonly Term[] {
  const [entry] = (isTuple(term) && properList(term.items[at])) || [];
  return (isTuple(entry) && properList(entry.items.at(-1))) || [];
}

describe('make_relup of OTP', () => {
  const names = readdirSync(goldens).filter((name) => existsSync(join(goldens, name, 'case.json')));

  it.each(names)('%s', (name) => {
    const folder = join(goldens, name);
    const { top, ups, downs, path, opts } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Case;
    const answer = makeRelup(accessFolder(folder), {
      top,
      upFrom: ups.map(base),
      downTo: downs.map(base),
      path,
      restartEmulator: opts.includes('restart_emulator'),
      warningsAsErrors: opts.includes('warnings_as_errors'),
    });
    const variants = join(folder, 'expected.variants');
    const allowed = existsSync(variants) ? (properList(readTerm(variants)) ?? []) : [readTerm(join(folder, 'expected.result'))];
    if (allowed.length === 1) expect(text(answerTerm(answer))).toBe(text(allowed[0] as Term));
    else expectLegal(folder, answer, allowed);
  });

  it('has all of them', () => expect(names.length).toBe(79));
});
