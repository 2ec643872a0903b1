// The example of OTP 25's own layers: what its baseline has is what xref says of the installed OTP, and it fails where an entry is missing or stale.
// And what compilers make of -beamtool, in Erlang and Elixir.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readAppFile } from '../../src/graph/applications/app-file.js';
import { parseBaseline } from '../../src/rules/baseline/baseline.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { isAtom, isTuple, properList, type Term } from '../../src/term/model.js';
import { makeTree } from '../io/temporary-tree.js';
import { describeWithOtp, insidePath, otpEbins, repository, runCommand } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const example = join(repository, 'examples/otp-25');
const beamtool = join(repository, 'bin/beamtool.js');

const ebins = () => otpEbins(25).filter((ebin) => !/\/elixir\//.test(ebin));
const items = (term: Term | undefined): readonly Term[] => (isTuple(term) ? term.items : (properList(term) ?? []));
const names = (term: Term) => items(term).map((one) => (isAtom(one) ? one.name : '?'));

function askXref(queries: readonly string[]): readonly Term[] {
  const folders = ebins().map((ebin) => insidePath(25, dirname(ebin)));
  const answers = decodeTerm(runOracle(25, 'xref_oracle', 'answers', [['functions', 'false', []], folders, queries]));
  return items(answers).map((answer) => items(answer)[1] as Term);
}

function check(cwd: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [beamtool, 'deps', 'check', ...words], { cwd, encoding: 'utf8' });
  return { exit: status, lines: stdout.split('\n').slice(0, -1), errors: stderr };
}

describeWithOtp(25, 'the layers of OTP 25', () => {
  const baseline = parseBaseline(readFileSync(join(example, 'beamtool.baseline.jsonl'), 'utf8'), 'beamtool.baseline.jsonl');
  const { rules } = JSON.parse(readFileSync(join(example, 'beamtool.config.json'), 'utf8'));
  const layers: readonly (readonly (string | readonly string[])[])[] = rules.layers.layers;
  let [cycles, edges]: (readonly Term[])[] = [];

  beforeAll(() => {
    [cycles, edges] = askXref(['components strict ME', 'strict AE']).map(items);
  }, 120_000);

  it('let be the 29 cycles of modules that xref finds', () => {
    const theirs = (cycles ?? []).map((one) => [...names(one)].sort().join(' '));
    const ours = baseline.entries.flatMap(({ subject }) => (subject.kind === 'cycle' ? [subject.members.join(' ')] : []));
    expect(theirs).toHaveLength(29);
    expect([...ours].sort()).toEqual([...theirs].sort());
  });

  it('let be the 53 edges of xref between applications that no .app declares, erts left out on both sides', () => {
    const declared = new Set<string>();
    for (const ebin of ebins()) {
      const name = dirname(ebin)
        .replace(/^.*\//, '')
        .replace(/-[^-]*$/, '');
      const { applications, included, optional } = readAppFile(readFileSync(join(ebin, `${name}.app`)), name);
      for (const one of [...(applications ?? []), ...included, ...optional]) declared.add(`${name} -> ${one}`);
    }
    const theirs = (edges ?? []).map((edge) => names(edge)).filter((ends) => !ends.includes('erts'));
    const undeclared = theirs.map((ends) => ends.join(' -> ')).filter((edge) => !declared.has(edge));
    const ours = baseline.entries.flatMap(({ subject }) => (subject.kind === 'edge' ? [`${subject.from} -> ${subject.to}`] : []));
    expect(undeclared).toHaveLength(53);
    expect([...ours].sort()).toEqual(undeclared.sort());
  });

  it('are six, in which every edge of xref leads down or stays in its item', () => {
    const place = new Map(
      layers.flatMap((items, layer) => items.flatMap((item) => [item].flat().map((app) => [app, { layer, item }] as const))),
    );
    expect(layers).toHaveLength(6);
    expect(layers.flat().filter((item) => typeof item !== 'string')).toEqual([
      ['inets', 'ssl'],
      ['compiler', 'crypto', 'erts', 'kernel', 'stdlib'],
    ]);
    const bad = (edges ?? []).map(names).filter(([from = '', to = '']) => {
      const [above, below] = [place.get(from), place.get(to)];
      return above === undefined || below === undefined || !(above.layer < below.layer || above.item === below.item);
    });
    expect(bad).toEqual([]);
  });

  it('pass, and fail where an entry of the baseline is missing or stale', () => {
    const paths = ebins().map((ebin) => dirname(ebin));
    expect(check(example, ...paths)).toMatchObject({ exit: 0, errors: '' });
    const root = makeTree({ '.git/': '' });
    copyFileSync(join(example, 'beamtool.config.json'), join(root, 'beamtool.config.json'));
    const lines = readFileSync(join(example, 'beamtool.baseline.jsonl'), 'utf8').split('\n');
    const kept = lines.filter((line) => !line.includes('"from":"tools","to":"compiler"') && !line.includes('"pubkey_cert"'));
    expect(kept).toHaveLength(lines.length - 2);
    kept.splice(1, 0, '{"rule":"no-module-cycles","kind":"cycle","level":"module","members":["lists","lists_gone"]}');
    writeFileSync(join(root, 'beamtool.baseline.jsonl'), kept.join('\n'));
    const failed = check(root, '--quiet', ...paths);
    expect(failed.exit).toBe(1);
    expect(failed.lines.filter((line) => !line.startsWith(' '))).toEqual([
      'error no-module-cycles: cycle of 6 modules: pubkey_cert, pubkey_crl, pubkey_ocsp, pubkey_os_cacerts, pubkey_pem, public_key',
      "error declared-applications: tools calls compiler and doesn't declare it (it is a runtime dependency only)",
      'stale beamtool.baseline.jsonl:2: no-module-cycles: cycle of lists, lists_gone (there is none any more: --prune)',
      'failed: 2 errors',
      'failed: the baseline has 1 stale entry',
    ]);
  });
});

const CONFIG = { rules: { 'no-lists': { kind: 'forbidden', to: ['lists', 'Elixir.Enum'] } } };

const ERLANG = `-module(m).
-export([f/1]).
-beamtool({ignore, 'no-lists', "it is \\x{e9}l\\x{e9}mentaire"}).
f(X) -> lists:map(fun(Y) -> Y end, X).
`;

const ELIXIR = `defmodule M do
  Module.register_attribute(__MODULE__, :beamtool, persist: true, accumulate: true)
  @beamtool {:ignore, :"no-lists", "on purpose"}
  def f(x), do: Enum.sum(x)
end
`;

describeWithOtp(25, 'a suppression', () => {
  it.each([
    ['Erlang', 'm.erl', ERLANG, ['erlc', '+debug_info'], 'it is \xe9l\xe9mentaire'],
    ['Elixir', 'm.ex', ELIXIR, ['elixirc'], 'on purpose'],
  ])('in %s is read from import tables and from calls', (_language, name, source, command, reason) => {
    const root = makeTree({ '.git/': '', 'ebin/': '', [name]: source, 'beamtool.config.json': JSON.stringify(CONFIG) });
    runCommand(25, [...command, '-o', join(root, 'ebin'), join(root, name)]);
    for (const source of ['imports', 'auto']) {
      const { exit, lines } = check(root, '--format', 'json', '--source', source, 'ebin');
      const { findings } = JSON.parse(lines.join('\n'));
      expect([exit, findings.length, findings[0].status, findings[0].reason]).toEqual([0, 1, 'suppressed', reason]);
    }
  });
});
