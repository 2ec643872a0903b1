// How the children of a supervisor differ between two builds, on what the compiler makes of an edit.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { compareModules } from '../../src/changes/compare-modules.js';
import { childrenTexts } from '../../src/report/diff/children.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { isBinary, properList } from '../../src/term/model.js';
import { describeWithOtp } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const folder = mkdtempSync('/tmp/beamtool-children-compared-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BASE = `
-module(m).
-behaviour(supervisor).
-export([start_link/0, init/1, other/0]).
start_link() -> supervisor:start_link({local, m_sup}, ?MODULE, []).
init([]) -> N = application:get_env(m, n, 7), {ok, {#{}, [spec(a, N), spec(b, 1), #{id => c, start => {w, start_link, []}}] ++ more()}}.
spec(Id, N) -> #{id => Id, start => {w, start_link, [N]}, modules => [w]}.
more() -> case application:get_env(m, more) of {ok, true} -> [spec(z, 9)]; _ -> [] end.
other() -> 1.
`;

/** Name, edit, and what \`diff\` says. */
const EDITS: readonly (readonly [string, (source: string) => string, readonly string[]])[] = [
  ['nothing of it', (source) => source.replace('other() -> 1', 'other() -> 2'), []],
  ['a child more', (source) => source.replace('spec(b, 1)', 'spec(b, 1), spec({d, 1}, 2)'), ['+ {d,1}']],
  ['a child less', (source) => source.replace('spec(b, 1),', ''), ['- b']],
  ['another id', (source) => source.replace('id => c', 'id => d'), ['+ d', '- c']],
  ['other arguments', (source) => source.replace('spec(b, 1)', 'spec(b, 2)'), ['~ b (start)']],
  ['another default of what is configured', (source) => source.replace('n, 7', 'n, 8'), ['~ a (perhaps start)']],
  [
    'how it ends',
    (source) => source.replace('id => c,', 'id => c, shutdown => 100, type => supervisor,'),
    ['~ c (shutdown, type)'],
  ],
  ['what is the default', (source) => source.replace('id => c,', 'id => c, restart => permanent, modules => [w],'), []],
  [
    'modules of several',
    (source) => source.replace('modules => [w]', 'modules => [w, v]'),
    ['~ a (modules)', '~ b (modules)', '~ z (modules)'],
  ],
  ['another order', (source) => source.replace('spec(a, N), spec(b, 1)', 'spec(b, 1), spec(a, N)'), []],
  ['flags', (source) => source.replace('#{}', '#{strategy => one_for_all, intensity => 1}'), ['flag ~ strategy']],
  [
    'one that is there where it is asked for',
    (source) => source.replace('[spec(z, 9)]', '[spec(z, 9), spec(y, 9)]'),
    ['+ y (depends on what application:get_env(m, more) returns)'],
  ],
  [
    'children that only a system knows',
    (source) => source.replace('++ more()', '++ application:get_env(m, specs, [])'),
    [
      'not known in the new build: which children there are depends on what application:get_env(m, specs, []) returns (init/1, line 6)',
    ],
  ],
];

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `children of supervisors by OTP ${release}`, () => {
    it('differ by what was edited', () => {
      const sources = [BASE, ...EDITS.map(([, edit]) => edit(BASE))];
      const asked = sources.map((source, at) => [join(folder, String(release), String(at)), source, '[debug_info]']);
      const beams = properList(decodeTerm(runOracle(release, 'changes_oracle', 'compile', [asked]))) ?? [];
      const [base, ...others] = beams.map((beam) => readBeam(isBinary(beam) ? new Uint8Array(beam.bytes) : new Uint8Array(0)));
      const found = others.map((other, at) => {
        const { children } = compareModules(base as NonNullable<typeof base>, other);
        const texts = children === null ? { children: [], flags: [] } : childrenTexts(children);
        if (children !== null) expect(children.name).toEqual({ kind: 'known', name: 'm_sup' });
        return [EDITS[at]?.[0], [...texts.children, ...texts.flags.map((flag) => `flag ${flag}`)]];
      });
      expect(found).toEqual(EDITS.map(([name, , texts]) => [name, texts]));
    });
  });
}
