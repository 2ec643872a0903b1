// Appups that are made to hurt: huge, deep, or with patterns that take for ever. They are refused or done in little time.
import { describe, expect, it } from 'vitest';
import type { ReleaseFiles } from '../../../src/release/release-files.js';
import { makeRelup, type RelupAnswer } from '../../../src/release/relup/make-relup.js';

function filesOf(tree: Readonly<Record<string, string>>): ReleaseFiles {
  return {
    read: (path) => {
      const text = tree[path];
      return text === undefined ? { kind: 'fault', posix: 'enoent' } : { kind: 'bytes', bytes: Buffer.from(text) };
    },
    kindOf: (path) =>
      path in tree ? 'file' : Object.keys(tree).some((name) => name.startsWith(`${path}/`)) ? 'folder' : 'nothing',
    list: () => undefined,
  };
}

const app = (name: string, vsn: string, modules = '', keys = '') =>
  `{application,${name},[{description,""},{vsn,"${vsn}"},{modules,[${modules}]},{registered,[]},{applications,[]}${keys}]}.`;

function relupOf(appup: string, { modules = 'm', vsn = '1', keys = '' } = {}): RelupAnswer {
  const rel = (version: string, one: string) =>
    `{release,{"r","${version}"},{erts,"13.0"},[{kernel,"1"},{stdlib,"1"},{sasl,"3"},{a,"${one}"}]}.`;
  const base = Object.fromEntries(
    ['kernel', 'stdlib', 'sasl'].map((name) => [`lib/${name}.app`, app(name, name === 'sasl' ? '3' : '1')]),
  );
  const files = filesOf({
    ...base,
    'new/a.app': app('a', '2', modules, keys),
    'new/a.appup': appup,
    'old/a.app': app('a', vsn),
    'top.rel': rel('2', '2'),
    'base.rel': rel('1', vsn),
  });
  return makeRelup(files, { top: 'top', upFrom: [{ rel: 'base' }], downTo: [], path: ['lib', 'new', 'old'] });
}

const COUNT = 200_000;
const many = (name: (at: number) => string, count = COUNT) => Array.from({ length: count }, (_, at) => name(at)).join();

describe('appups that hurt', () => {
  it('have hundreds of thousands of instructions, in a list of a list', () => {
    expect(relupOf(`{"2",[{"1",[[${many(() => '{apply,{a,b,[]}}')}]]}],[]}.`).kind).toBe('ok');
  });

  it('have a circle of thousands of modules', () => {
    const count = 20_000;
    const steps = many((at) => `{load_module,m${at},[m${(at + 1) % count}]}`, count);
    const answer = relupOf(`{"2",[{"1",[${steps}]}],[]}.`, { modules: many((at) => `m${at}`, count) });
    expect(answer.kind === 'ok' && answer.relup.up[0]?.script.length).toBe(count + 2);
  });

  it.each(['(a+)+b', '(a|aa)*c', '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x', '((a?){20}){20}b'])('have the pattern %s', (pattern) => {
    const answer = relupOf(`{"2",[{<<"${pattern}">>,[]}],[]}.`, { vsn: 'a'.repeat(60) });
    expect(answer.kind === 'error' && answer.error.place.join()).toContain('takes too long to compare');
  });

  it('have a pattern that is none', () => {
    const answer = relupOf('{"2",[{<<"(1">>,[]}],[]}.');
    expect(answer.kind === 'error' && answer.error.place.join()).toMatch(/is no regular expression: .*, character/);
  });

  it('belong to an application that includes itself', () => {
    const answer = relupOf('{"2",[{"1",[]}],[]}.', { keys: ',{included_applications,[a]}' });
    expect(answer.kind).toBe('error');
  });
});
