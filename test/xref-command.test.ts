// `xref` and `query` as processes: what they write in each format, exit codes, and input that is stripped, encrypted, truncated, there twice,
// made by another compiler, or empty.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { beamsFolder, fixtureBeams } from './support/fixtures.js';

const program = fileURLToPath(new URL('../bin/beamtool.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'beamtool-xref-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const fixture = (path: string) => join(beamsFolder, path);
const variant = (folder: string) => fixtureBeams().find(({ file }) => file.startsWith(`variants/${folder}/`))?.path as string;
const shop = fixture('shop-1');

function beamtool(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [program, ...args], {
    encoding: 'utf8',
    cwd: scratch,
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

function written(name: string, bytes: Uint8Array | string): string {
  const path = join(scratch, name);
  writeFileSync(path, bytes);
  return path;
}

describe('xref', () => {
  const attributes = fixture('otp25/attributes.beam');
  const contract = fixture('otp25/contract.beam');

  it('says what is called and not there, with the place, and exits with 1', () => {
    const { status, stdout, stderr } = beamtool('xref', '--analysis', 'undefined_function_calls', fixture('otp25/closures.beam'));
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(
      /^undefined_function_calls: \d+\n( {2}\S+:\d+:\d+: closures:\S+ -> \S+:\S+\/\d+( \(also .*\))?\n)+1 module: 1 exact, 0 from code, 0 skipped\n$/,
    );
  });

  it('exits with 0 where nothing counts that was found', () => {
    expect(beamtool('xref', '--fail-on', 'none', contract).status).toBe(0);
    expect(beamtool('xref', '--analysis', 'exports_not_used', contract).status).toBe(0);
    expect(beamtool('xref', '--analysis', 'exports_not_used', '--fail-on', 'exports_not_used', contract).status).toBe(1);
  });

  it('writes terms, one an analysis, in the order asked', () => {
    const asked = [
      '--analysis',
      'module_call=contract',
      '--analysis',
      'deprecated_functions=next_version',
      '--analysis',
      'deprecated_functions=""',
    ];
    const { status, stdout } = beamtool('xref', '--format', 'erl', ...asked, contract);
    expect(status).toBe(2);
    expect(stdout).toBe(
      "{{module_call,contract},[\n '$M_EXPR',\n contract,\n lists,\n math\n]}.\n{{deprecated_functions,next_version},[]}.\n" +
        "{{deprecated_functions,[]},{error,xref_compiler,{unknown_variable,'DF_4'}}}.\n",
    );
  });

  it('writes JSON with the coverage', () => {
    const { status, stdout } = beamtool(
      'xref',
      '--format',
      'json',
      '--mode',
      'modules',
      '--analysis',
      'undefined_functions',
      contract,
      attributes,
    );
    const answer = JSON.parse(stdout);
    expect(status).toBe(answer.analyses[0].findings.length > 0 ? 1 : 0);
    expect(answer).toMatchObject({
      schema: 'beamtool-xref/1',
      mode: 'modules',
      source: 'tables',
      builtins: false,
      otp: null,
      ignore: 'off',
      coverage: {
        files: 2,
        modules: { abstract: 0, code: 0, tables: 2 },
        failed: [],
        skipped: [],
        fallbacks: [],
        duplicates: [],
      },
      analyses: [{ analysis: 'undefined_functions', argument: null, error: null }],
    });
  });

  it.each([
    [
      'an analysis that modules mode has not',
      ['--mode', 'modules', '--analysis', 'call=a:b/1'],
      /\{\{call,\{a,b,1\}\},\{error,xref_base,\{unavailable_analysis/,
    ],
    ['an analysis that there is not', ['--analysis', 'nosuch'], /\{nosuch,\{error,xref_base,\{unknown_analysis,nosuch\}\}\}/],
    ['a module that there is not', ['--analysis', 'module_call=nosuch'], /\{error,xref_compiler,\{unknown_constant,"nosuch"\}\}/],
  ])('exits with 2 for %s, and says it as a term', (_what, args, term) => {
    const { status, stdout, stderr } = beamtool('xref', '--format', 'erl', ...args, contract);
    expect(status).toBe(2);
    expect(stdout).toMatch(term);
    expect(stderr).toMatch(/^beamtool: .+\n$/);
  });

  it.each([
    ['--fail-on', 'nosuch'],
    ['--analysis', 'call=%'],
    ['--mode', 'nosuch'],
    ['--otp', '26'],
  ])('exits with 2 for wrong usage: %s %s', (...args) => {
    const { status, stdout } = beamtool('xref', ...args, contract);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('leaves out what -ignore_xref names', () => {
    const unused = (mode: string) =>
      beamtool('xref', '--analysis', 'exports_not_used', '--format', 'erl', '--ignore', mode, attributes).stdout;
    expect(unused('off')).toContain('{attributes,here,0}');
    expect(unused('otp29')).not.toContain('{attributes,here,0}');
    expect(unused('rebar3')).not.toContain('{attributes,here,0}');
  });

  it('knows callbacks for rebar3 by the behaviour, here or on the library path, and says which it does not know', () => {
    const door = fixture('otp25/door.beam');
    const { stdout, stderr } = beamtool('xref', '--analysis', 'exports_not_used', '--format', 'erl', '--ignore', 'rebar3', door);
    expect(stdout).toContain('{door,init,1}');
    expect(stderr).toContain('those of gen_statem');
  });
});

describe('query', () => {
  it('answers in a row and keeps variables', () => {
    const { status, stdout } = beamtool('query', '--format', 'erl', '--query', 'Mine := M * AM', '--query', '# Mine', shop);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\[\n shop[\s\S]*\n\]\.\n\d+\.\n$/);
  });

  it('puts a caret under what is wrong, and goes on', () => {
    const { status, stdout, stderr } = beamtool(
      'query',
      '--query',
      'XC || Foo',
      '--query',
      '# AM',
      fixture('otp25/counter.beam'),
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '1\n' });
    expect(stderr).toContain('  XC || Foo\n        ^^^\n');
    const erl = beamtool('query', '--format', 'erl', '--query', 'XC || Foo', '--query', '# AM', fixture('otp25/counter.beam'));
    expect(erl.stdout).toBe("{error,xref_compiler,{unknown_variable,'Foo'}}.\n1.\n");
  });

  it('writes every sort of answer', () => {
    const queries = [
      'AM',
      '# AM',
      'ME',
      '(Lin) V',
      'components E',
      'condensation ME',
      'closure E',
      '{counter,nosuch} of ME',
      '{counter,lists} of ME',
    ];
    const args = ['query', ...queries.flatMap((text) => ['--query', text]), fixture('otp25/counter.beam')];
    expect(beamtool(...args).stdout).toContain('counter\n1\n');
    const { queries: answers } = JSON.parse(beamtool(...args, '--format', 'json').stdout);
    expect(answers[0]).toEqual({ query: 'AM', error: null, answer: ['counter'] });
    expect(answers[1].answer).toBe(1);
    expect(answers[2].answer[0]).toEqual({ from: 'counter', to: expect.any(String) });
    expect(answers[3].answer[0]).toEqual({ function: expect.stringMatching(/^counter:\w+\/\d+$/), line: expect.any(Number) });
    expect(answers[6].answer).toBe('closure()');
    expect(answers[7].error).toMatchObject({ at: [expect.any(Number), expect.any(Number)] });
  });
});

describe('the order of the input', () => {
  it('changes nothing', () => {
    const whole = ['audit', 'bits', 'closures', 'contract', 'counter', 'door'].map((name) => fixture(`otp25/${name}.beam`));
    const others = [
      variant('otp25-stripped'),
      fixture('elixir-1.14/Elixir.Parcel.beam'),
      written('bad.beam', 'no'),
      written('worse.beam', ''),
    ];
    const files = [...whole, ...others];
    for (const format of ['json', 'text', 'erl']) {
      const args = ['xref', '--format', format, '--builtins'];
      expect(beamtool(...args, ...[...files].reverse()).stdout).toBe(beamtool(...args, ...files).stdout);
    }
    const query = ['query', '--format', 'erl', '--query', '(Lin) E'];
    expect(beamtool(...query, ...[...files].reverse()).stdout).toBe(beamtool(...query, ...files).stdout);
  });
});

describe('input that is not as it should be', () => {
  const whole = fixture('otp25/counter.beam');
  const bytes = readFileSync(fixture('otp25/door.beam'));
  const debugInfo = bytes.indexOf('Dbgi');
  // A byte in the middle of the compressed forms.
  const damaged = new Uint8Array(bytes);
  damaged[debugInfo + 60] = (damaged[debugInfo + 60] as number) ^ 0xff;

  interface Coverage {
    readonly modules: { readonly abstract: number; readonly code: number };
    readonly failed: readonly { readonly reason: string }[];
    readonly fallbacks: readonly { readonly reason: string }[];
    readonly duplicates: readonly { readonly file: string }[];
  }

  function covered(...paths: readonly string[]) {
    const { status, stdout, stderr } = beamtool('xref', '--format', 'json', '--analysis', 'exports_not_used', whole, ...paths);
    const answer = JSON.parse(stdout) as {
      readonly coverage: Coverage;
      readonly analyses: readonly { readonly findings: readonly object[] }[];
    };
    expect(answer.analyses[0]?.findings.length).toBeGreaterThan(0);
    return { status, stderr, ...answer.coverage };
  }

  it.each([
    ['stripped', variant('otp25-stripped'), /no debug info/],
    ['of the least chunks that load', variant('otp25-essentials'), /no debug info/],
    ['encrypted', variant('otp25-encrypted'), /encrypted/],
    ['made by another compiler', variant('otp25-foreign-debug-info'), /debug info/],
    ["of Elixir's", fixture('elixir-1.14/Elixir.Parcel.beam'), /elixir_erl/],
    ['with damaged debug info', written('door.beam', damaged), /./],
  ])('is read from its code where it is %s', (_what, path, reason) => {
    const { status, modules, fallbacks, failed } = covered(path);
    expect({ status, modules, failed }).toEqual({ status: 0, modules: { abstract: 1, code: 1, tables: 0 }, failed: [] });
    expect(fallbacks[0]?.reason).toMatch(reason);
  });

  it.each([
    ['truncated', written('cut.beam', bytes.subarray(0, bytes.length >> 1))],
    ['cut in the header', written('head.beam', bytes.subarray(0, 9))],
    ['empty', written('empty.beam', '')],
    ['no beam', written('text.beam', 'no beam at all')],
    ['not there', join(scratch, 'nowhere.beam')],
  ])('is named and left out where it is %s', (_what, path) => {
    const { status, modules, failed, stderr } = covered(path);
    expect({ status, modules }).toEqual({ status: 0, modules: { abstract: 1, code: 0, tables: 0 } });
    expect(failed).toHaveLength(1);
    expect(stderr).toContain(path);
    expect(beamtool('xref', '--strict-input', whole, path).status).toBe(3);
    expect(beamtool('xref', path).status).toBe(3);
    expect(beamtool('query', '--query', 'M', path).status).toBe(3);
  });

  it('counts once where a module is there twice', () => {
    const { status, modules, duplicates, stderr } = covered(variant('otp25-no-debug-info'), variant('otp29-no-debug-info'));
    expect({ status, modules }).toEqual({ status: 0, modules: { abstract: 1, code: 0, tables: 0 } });
    expect(duplicates).toHaveLength(2);
    expect(stderr).toContain('was read from');
    const { stdout } = beamtool('xref', '--analysis', 'exports_not_used', whole, variant('otp25-no-debug-info'));
    expect(stdout).toMatch(/\n1 module: 1 exact, 0 from code, 1 skipped \(1 duplicate\)\n$/);
  });

  it('is refused where only abstract code will do', () => {
    const { status, stderr } = beamtool('xref', '--source', 'abstract', variant('otp25-encrypted'));
    expect(status).toBe(3);
    expect(stderr).toContain('encrypted');
  });

  it('is nothing to read where a folder is empty', () => {
    mkdirSync(join(scratch, 'void'));
    const { status, stdout } = beamtool('xref', join(scratch, 'void'));
    expect(status).toBe(3);
    expect(stdout).toBe('0 modules: 0 exact, 0 from code, 1 skipped (1 not readable)\n');
    expect(JSON.parse(beamtool('xref', '--format', 'json', join(scratch, 'void')).stdout).analyses).toEqual([]);
  });
});

describe('several readers', () => {
  const questions = ['--query', 'E', '--query', 'ME', '--query', '(Lin) XC', '--format', 'json'];

  it('give the same bytes as one, also of modules that are there twice', () => {
    const everything = fixture('');
    const [one, ...others] = ['1', '2', '3'].map((jobs) => beamtool('query', '--jobs', jobs, ...questions, everything));
    expect(one?.status).toBe(0);
    expect(JSON.parse(one?.stdout ?? '').coverage.duplicates.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(one);
  });

  it('are at least one', () => {
    expect(beamtool('query', '--jobs', '0', '--query', 'E', shop)).toMatchObject({ status: 2, stdout: '' });
  });
});
