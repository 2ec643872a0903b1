// The terms that checks and graphs are written as, read by the real file:consult: the names are the same, whatever they are.

import { beforeAll, expect, it } from 'vitest';
import { renderCheckErl } from '../../src/report/formats/check-erl.js';
import { renderGraphErl } from '../../src/report/formats/graph-erl.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { isAtom, isBinary, isTuple, properList, type Term } from '../../src/term/model.js';
import { EACH_KIND, HOSTILE, HOSTILE_NAMES } from '../report/formats/check-results.js';
import { edge, graph, HOSTILE_GRAPH, pairs, SHOP } from '../report/formats/graphs.js';
import { describeWithOtp, otpReleases } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const LONG = 'ł'.repeat(256);

const TEXTS: Readonly<Record<string, Iterable<string>>> = {
  plain: renderGraphErl(SHOP),
  hostile: renderGraphErl(HOSTILE_GRAPH),
  functions: renderGraphErl(
    graph([edge('shop:start/0', "'a:b':'c'/2"), edge('shop:start/0', 'shop:$F_EXPR/-1')], { level: 'function' }),
  ),
  long: renderGraphErl(graph([edge('a', LONG)], { level: 'group' })),
  findings: renderCheckErl(HOSTILE),
  kinds: renderCheckErl(EACH_KIND),
};

const BYTES = Object.values(TEXTS).map((pieces) => new TextEncoder().encode([...pieces].join('')));

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
    let answers: readonly Term[] = [];
    beforeAll(() => {
      answers = properList(decodeTerm(runOracle(release, 'consult_oracle', 'consult_texts', [BYTES]))) ?? [];
    });

    /** What file:consult reads of a text. */
    function consulted(name: string): readonly unknown[] {
      const answer = answers[Object.keys(TEXTS).indexOf(name)];
      if (!isTuple(answer, 2) || !isAtom(answer.items[0], 'ok')) throw new Error(`not read: ${JSON.stringify(answer)}`);
      return (properList(answer.items[1]) ?? []).map(plain);
    }

    it.each([
      ['plain', SHOP],
      ['hostile', HOSTILE_GRAPH],
    ])('have the nodes and edges of a graph: %s', (name, report) => {
      expect(consulted(name)).toEqual([
        ['level', 'module'],
        ['nodes', report.nodes.map(({ id }) => id)],
        ['edges', pairs(report)],
      ]);
    });

    it('have functions as xref has them', () => {
      const start = ['shop', 'start', 0];
      expect(consulted('functions')[2]).toEqual([
        'edges',
        [
          [start, ['a:b', "'c'", 2]],
          [start, ['shop', '$F_EXPR', -1]],
        ],
      ]);
    });

    it('have a name that is too long for an atom as a binary', () =>
      expect(consulted('long')[2]).toEqual(['edges', [['a', LONG]]]));

    it('have the findings of a check', () => {
      const isFinding = (row: unknown) => Array.isArray(row) && row[0] === 'finding';
      expect(consulted('findings').filter(isFinding)).toMatchObject(
        HOSTILE_NAMES.map((name) => ['finding', { rule: name, from: name }]),
      );
      expect(consulted('kinds').filter(isFinding)).toHaveLength(EACH_KIND.findings.length);
      expect(consulted('kinds').at(-1)).toMatchObject([
        'summary',
        { counts: { new: EACH_KIND.counts.new }, baseline: { file: 'beamtool.baseline.jsonl' } },
      ]);
    });
  });
}
