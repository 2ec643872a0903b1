// Releases with one thing wrong or unusual each: make_relup/4 and make_script/2 of OTP say of them what we say.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { accessFolder } from '../../src/io/folder-access.js';
import { buildBootScript } from '../../src/release/boot/boot-script.js';
import { getRelease } from '../../src/release/get-release.js';
import { ReleaseError } from '../../src/release/release-error.js';
import { answerTerm, makeRelup } from '../../src/release/relup/make-relup.js';
import { expandSearchPath } from '../../src/release/search-path.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { isTuple, properList, type Term } from '../../src/term/model.js';
import { describeWithOtp } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

type Tree = Readonly<Record<string, string>>;

const app = (name: string, vsn: string, keys = '{applications,[kernel]}', modules = `${name}_m`) =>
  `{application,${name},[{description,"d"},{vsn,"${vsn}"},{modules,[${modules}]},{registered,[]},${keys}]}.\n`;
const rel = (vsn: string, apps: string) =>
  `{release,{"r","${vsn}"},{erts,"13.1.5"},[{kernel,"8"},{stdlib,"4"},{sasl,"4.2"},${apps}]}.\n`;
const TOP = 'rel/top.rel';
const APP = 'lib/a-2/ebin/a.app';
const APPUP = 'lib/a-2/ebin/a.appup';

const USUAL: Tree = {
  'lib/kernel-8/ebin/kernel.app': app('kernel', '8', '{applications,[]}'),
  'lib/stdlib-4/ebin/stdlib.app': app('stdlib', '4'),
  'lib/sasl-4.2/ebin/sasl.app': app('sasl', '4.2'),
  'lib/a-1/ebin/a.app': app('a', '1'),
  'lib/b-1/ebin/b.app': app('b', '1'),
  [APP]: app('a', '2'),
  [APPUP]: '{"2",[{"1",[{load_module,a_m}]}],[{"1",[{load_module,a_m}]}]}.\n',
  [TOP]: rel('2', '{a,"2"}'),
  'rel/base.rel': rel('1', '{a,"1"}'),
};

/** By name, the files that differ. Lists that are no strings are left out: systools crashes on them. */
const CASES: Readonly<Record<string, Tree>> = {
  usual: {},
  'more terms after the first': { [TOP]: `${rel('2', '{a,"2"}')} garbage ( "`, [APPUP]: `${USUAL[APPUP]} {{{` },
  'latin1 appup': { [APPUP]: `%% coding: latin-1\n${USUAL[APPUP]}` },
  'rel: a list': { [TOP]: '[release].\n' },
  'rel: wrong applications': { [TOP]: rel('2', '{a},{"a","2"},{a,"2",often},{a,"2",[1]},{a,"2",load,load},a') },
  'rel: a type before what is included': { [TOP]: rel('2', '{a,"2",transient,[]}') },
  'rel: twice the same': { [TOP]: rel('2', '{a,"2"},{b,"1"},{b,"1"}') },
  'rel: kernel of another type': { [TOP]: rel('2', '{a,"2"}').replace('{kernel,"8"}', '{kernel,"8",load}') },
  'rel: no stdlib': { [TOP]: rel('2', '{a,"2"}').replace('{stdlib,"4"},', '') },
  'rel: empty': { [TOP]: '' },
  'rel: a comment alone': { [TOP]: '%% nothing\n' },
  'rel: an unfinished string': { [TOP]: '{release,"' },
  'app: another version': { [APP]: app('a', '3') },
  'app: another name': { [APP]: app('z', '2') },
  'app: no description': { [APP]: '{application,a,[{vsn,"2"},{modules,[]},{registered,[]},{applications,[]}]}.\n' },
  'app: modules that are strings': { [APP]: app('a', '2', '{applications,[kernel]}', '"a_m"') },
  'app: a wrong mod': { [APP]: app('a', '2', '{applications,[kernel]},{mod,a}') },
  'app: an empty mod': { [APP]: app('a', '2', '{applications,[kernel]},{mod,[]}') },
  'app: maxT': { [APP]: app('a', '2', '{applications,[kernel]},{maxT,0}') },
  'app: phases': { [APP]: app('a', '2', '{applications,[kernel]},{start_phases,[{go,[]},{on,x}]}') },
  'app: undefined phases': { [APP]: app('a', '2', '{applications,[kernel]},{start_phases,undefined}') },
  'app: env that is no list of pairs': { [APP]: app('a', '2', '{applications,[kernel]},{env,[a]}') },
  'app: keys twice': { [APP]: app('a', '2', '{applications,[kernel]},{vsn,"9"},{applications,[stdlib]}') },
  'app: a key that is no pair': { [APP]: app('a', '2', '{applications}') },
  'app: not an application': { [APP]: '{app,a,[]}.\n' },
  'app: a list of keys that is none': { [APP]: '{application,a,keys}.\n' },
  'app: two that are wrong': { [APP]: '{app,a,[]}.\n', [TOP]: rel('2', '{a,"2"},{nowhere,"1"}') },
  'app: an unknown one is used': { [APP]: app('a', '2', '{applications,[kernel,x,y,x]}') },
  'app: an unknown one may be missing': { [APP]: app('a', '2', '{applications,[kernel,x]},{optional_applications,[x]}') },
  'apps: wait for each other': {
    [APP]: app('a', '2', '{applications,[kernel,b]}'),
    'lib/b-1/ebin/b.app': app('b', '1', '{applications,[kernel,a]}'),
    [TOP]: rel('2', '{a,"2"},{b,"1"}'),
  },
  'apps: one includes another that is used': {
    [APP]: app('a', '2', '{applications,[kernel]},{included_applications,[b]}'),
    'lib/c-1/ebin/c.app': app('c', '1', '{applications,[kernel,b]}'),
    [TOP]: rel('2', '{c,"1"},{b,"1"},{a,"2"}'),
  },
  'apps: one uses what it includes': {
    [APP]: app('a', '2', '{applications,[b,kernel]},{included_applications,[b]}'),
    [TOP]: rel('2', '{b,"1"},{a,"2"}'),
  },
  'apps: the included one uses its top': {
    [APP]: app('a', '2', '{applications,[kernel]},{included_applications,[b]}'),
    'lib/b-1/ebin/b.app': app('b', '1', '{applications,[kernel,a]}'),
    [TOP]: rel('2', '{b,"1"},{a,"2"}'),
  },
  'apps: an included one twice': {
    [APP]: app('a', '2', '{applications,[kernel]},{included_applications,[b]}'),
    'lib/c-1/ebin/c.app': app('c', '1', '{applications,[kernel]},{included_applications,[b]}'),
    [TOP]: rel('2', '{c,"1"},{b,"1"},{a,"2"}'),
  },
  'apps: the .rel includes less': {
    [APP]: app('a', '2', '{applications,[kernel]},{included_applications,[b]}'),
    [TOP]: rel('2', '{a,"2",[]},{b,"1"}'),
  },
  'apps: names are registered twice': {
    [APP]: app('a', '2').replace('{registered,[]}', '{registered,[x,y,x]}'),
    'lib/b-1/ebin/b.app': app('b', '1').replace('{registered,[]}', '{registered,[y]}'),
    [TOP]: rel('2', '{a,"2"},{b,"1"}'),
  },
  'apps: the order of starting': {
    [APP]: app('a', '2', '{applications,[d,c,kernel]}'),
    'lib/b-1/ebin/b.app': app('b', '1', '{applications,[kernel,d]}'),
    'lib/c-1/ebin/c.app': app('c', '1', '{applications,[kernel,d]},{included_applications,[]}'),
    'lib/d-1/ebin/d.app': app('d', '1', '{applications,[kernel]}'),
    [TOP]: rel('2', '{a,"2"},{b,"1"},{c,"1"},{d,"1"}'),
  },
  'appup: an atom as version': { [APPUP]: '{two,[{"1",[]}],[{"1",[]}]}.\n' },
  'appup: entries of other shapes': { [APPUP]: '{"2",[x,{"1"},{one,[]},{"1",[]}],[{<<"1">>,[]}]}.\n' },
  'appup: a pattern that fits at another place': { [APPUP]: '{"2",[{<<"[2-9]*">>,[]},{<<".">>,[]}],[{<<"^1$">>,[]}]}.\n' },
  'appup: four parts': { [APPUP]: '{"2",[],[],[]}.\n' },
  'appup: a scan that fails': { [APPUP]: '{"2",[],[$\n' },
  'erts: restarts in an appup': {
    [APPUP]: '{"2",[{"1",[restart_emulator,restart_new_emulator,{load_module,a_m}]}],[{"1",[restart_new_emulator]}]}.\n',
    'rel/base.rel': rel('1', '{a,"1"}').replace('13.1.5', '12.0'),
  },
  'sasl: before R15': {
    'rel/base.rel': rel('1', '{a,"1"}').replace('13.1.5', '5.8').replace('"4.2"', '"2.1.9"'),
    'lib/sasl-2.1.9/ebin/sasl.app': app('sasl', '2.1.9'),
    'lib/sasl-4.2/ebin/sasl.appup': '{"4.2",[{"2.1.9",[restart_emulator]}],[{"2.1.9",[]}]}.\n',
  },
};

const text = (term: Term | undefined) => (term === undefined ? 'nothing' : formatTerm(term, { otp: 25 }));

function bootAnswer(folder: string, otp: number): string {
  const files = accessFolder(folder);
  try {
    const release = getRelease(files, 'r', expandSearchPath(files, ['lib/*/ebin']), otp);
    return text(buildBootScript(release, { otp }));
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return `{error,${error.module},${text(error.reason)}}`;
  }
}

/** The script where there is one. */
function theirBoot(term: Term | undefined): string {
  const [answer, script] = isTuple(term, 2) ? term.items : [];
  const terms = isTuple(script) ? properList(script.items[1]) : undefined;
  return terms?.length === 1 && isTuple(answer, 3) && text(answer.items[0]) === 'ok' ? text(terms[0]) : text(answer ?? term);
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `faults of releases for OTP ${release}`, () => {
    const root = mkdtempSync('/tmp/beamtool-faults-');
    afterAll(() => rmSync(root, { recursive: true, force: true }));
    const names = Object.keys(CASES);
    const folders = names.map((_, at) => join(root, String(at)));
    names.forEach((name, at) => {
      const tree: Tree = { ...USUAL, ...CASES[name] };
      for (const [path, content] of [...Object.entries(tree), ['r.rel', tree[TOP] as string] as const]) {
        const file = join(folders[at] as string, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
    });
    const ask = (question: string) => properList(decodeTerm(runOracle(release, 'relup_oracle', question, [folders]))) ?? [];
    const theirs = { relups: ask('relups'), boots: ask('boots') };

    it.each(names)('%s', (name) => {
      const at = names.indexOf(name);
      const folder = folders[at] as string;
      const base = [{ rel: 'rel/base' }];
      const answer = makeRelup(accessFolder(folder), {
        top: 'rel/top',
        upFrom: base,
        downTo: base,
        path: ['lib/*/ebin'],
        otp: release,
      });
      expect(text(answerTerm(answer))).toBe(text(theirs.relups[at]));
      expect(bootAnswer(folder, release)).toBe(theirBoot(theirs.boots[at]));
    });
  });
}
