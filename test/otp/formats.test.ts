// The terms that checks and graphs are written as, read by the real file:consult: the names are the same, whatever they are.

import { expect, it } from 'vitest';
import { renderCheckErl } from '../../src/report/formats/check-erl.js';
import { renderGraphErl } from '../../src/report/formats/graph-erl.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { isAtom, isBinary, isTuple, properList, type Term } from '../../src/term/model.js';
import { EACH_KIND, HOSTILE, HOSTILE_NAMES } from '../report/formats/check-results.js';
import { edge, graph, HOSTILE_GRAPH, pairs, SHOP } from '../report/formats/graphs.js';
import { describeWithOtp, otpReleases } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

/** What file:consult reads of the text. */
function consult(release: (typeof otpReleases)[number], pieces: Iterable<string>): readonly Term[] {
  const text = new TextEncoder().encode([...pieces].join(''));
  const [answer] = properList(decodeTerm(runOracle(release, 'consult_oracle', 'consult_texts', [[text]]))) ?? [];
  if (!isTuple(answer, 2) || !isAtom(answer.items[0], 'ok')) throw new Error(`not read: ${JSON.stringify(answer)}`);
  return properList(answer.items[1]) ?? [];
}

/** Terms as JSON: atoms and binaries are strings, tuples and lists arrays, maps objects. */
function plain(term: Term | undefined): unknown {
  if (isAtom(term)) return term.name;
  if (isBinary(term)) return new TextDecoder().decode(term.bytes);
  if (isTuple(term)) return term.items.map(plain);
  if (typeof term === 'object' && term.kind === 'map')
    return Object.fromEntries(term.pairs.map(([key, value]) => [plain(key), plain(value)]));
  return properList(term)?.map(plain) ?? term;
}

for (const release of otpReleases) {
  describeWithOtp(release, `terms for OTP ${release}`, () => {
    it.each([
      ['plain', SHOP],
      ['hostile', HOSTILE_GRAPH],
    ])('have the nodes and edges of a graph: %s', (_, report) => {
      expect(consult(release, renderGraphErl(report)).map(plain)).toEqual([
        ['level', 'module'],
        ['nodes', report.nodes.map(({ id }) => id)],
        ['edges', pairs(report)],
      ]);
    });

    it('have functions as xref has them', () => {
      const functions = graph([edge('shop:start/0', "'a:b':'c'/2"), edge('shop:start/0', 'shop:$F_EXPR/-1')], {
        level: 'function',
      });
      const [, , edges] = consult(release, renderGraphErl(functions)).map(plain);
      expect(edges).toEqual([
        'edges',
        [
          [
            ['shop', 'start', 0],
            ['a:b', "'c'", 2],
          ],
          [
            ['shop', 'start', 0],
            ['shop', '$F_EXPR', -1],
          ],
        ],
      ]);
    });

    it('have a name that is too long for an atom as a binary', () => {
      const long = 'ł'.repeat(256);
      const [, , edges] = consult(release, renderGraphErl(graph([edge('a', long)], { level: 'group' })));
      expect(plain(edges)).toEqual(['edges', [['a', long]]]);
    });

    it('have the findings of a check', () => {
      const of = (result: typeof HOSTILE) => consult(release, renderCheckErl(result)).map(plain) as readonly [string, object][];
      expect(of(HOSTILE).filter(([type]) => type === 'finding')).toMatchObject(
        HOSTILE_NAMES.map((name) => ['finding', { rule: name, from: name }]),
      );
      const rows = of(EACH_KIND);
      expect(rows.map(([type]) => type)).toEqual([
        'check',
        ...EACH_KIND.rules.map(() => 'rule'),
        ...EACH_KIND.findings.map(() => 'finding'),
        'summary',
      ]);
      expect(rows.at(-1)?.[1]).toMatchObject({
        counts: { new: EACH_KIND.counts.new },
        baseline: { file: 'beamtool.baseline.jsonl' },
      });
    });
  });
}
