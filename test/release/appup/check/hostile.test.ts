// Appups that are made to hurt `appup check`: huge, deep, with patterns that take for ever. They are refused or done in little time.
import { describe, expect, it } from 'vitest';
import { checkCompiled } from '../../../../src/release/appup/check/check-compiled.js';
import { parseAppup } from '../../../../src/release/appup/read-appup.js';

const many = (count: number, name: (at: number) => string) => Array.from({ length: count }, (_, at) => name(at)).join();
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const supervisor = (name: string, at: number) => `{apply,{supervisor,${name},[s,${at}]}}`;

const CASES: Readonly<Record<string, string>> = {
  'entries without end': `{"2",[${many(100_000, (at) => `{"${at}",[]}`)}],[]}.`,
  'patterns and strings': `{"2",[${many(250, (at) => `{<<"a*b*${at}">>,[]}`)},${many(250, (at) => `{"${at}",[]}`)}],[]}.`,
  'patterns that take long': `{"2",[{<<"(a*)*(a*)*b">>,[]},{"${'a'.repeat(100)}",[]}],[]}.`,
  'instructions without end': `{"2",[{"1",[${many(20_000, (at) => `{load_module,m${at}}`)}]}],[]}.`,
  'dependencies without end': `{"2",[{"1",[{load_module,m,[${many(40_000, (at) => `m${at}`)}]}]}],[]}.`,
  'children without end': `{"2",[{"1",[${many(10_000, (at) => `${supervisor('terminate_child', at)},${supervisor('delete_child', at)}`)}]}],[]}.`,
  'deep versions': `{"2",[{${deep(1900)},[]},{${deep(1900)},[]}],[]}.`,
  'deep children': `{"2",[{"1",[{apply,{supervisor,delete_child,[s,${deep(1900)}]}}]}],[]}.`,
  'lists in lists': `{"2",[{"1",[[[[[{load_module,m}]]]],[a|b],${deep(1900)}]}],[]}.`,
  'long instructions': `{"2",[{"1",[{load_module,"${'x'.repeat(1_000_000)}"}]}],[]}.`,
};

describe('hostile appups', () => {
  it.each(Object.keys(CASES))('%s', (name) => {
    const appup = parseAppup(new TextEncoder().encode(CASES[name]), 'a.appup');
    const start = performance.now();
    const findings = checkCompiled(appup, { file: 'a.appup', application: 'a', vsn: '2' });
    expect(findings.length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
