// The command line as a process: exit codes, what goes to which stream, pipes that are slow or end early.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { beamsFolder, fixtureBeams } from './support/fixtures.js';

const program = fileURLToPath(new URL('../bin/beamtool.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'beamtool-cli-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const counter = join(beamsFolder, 'otp25/counter.beam');
const encrypted = fixtureBeams().find((fixture) => fixture.file.startsWith('variants/otp25-encrypted/'))?.path as string;

function beamtool(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [program, ...args], {
    encoding: 'utf8',
    cwd: scratch,
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

function broken(name: string, text = 'no beam'): string {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

describe('exit codes', () => {
  it('are 0 when all was read', () => expect(beamtool('info', counter)).toMatchObject({ status: 0, stderr: '' }));

  it.each([
    ['no command', []],
    ['an unknown command', ['frobnicate', counter]],
    ['an unknown option', ['info', '--frobnicate', counter]],
    ['no path', ['info']],
    ['a choice that is none', ['info', '--format', 'xml', counter]],
  ])('are 2 for wrong usage: %s', (_what, args) => {
    const { status, stdout, stderr } = beamtool(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^beamtool: .+\nTry 'beamtool --help'.\n$/s);
  });

  it('are 3 when nothing could be read', () => {
    expect(beamtool('info', join(scratch, 'nowhere.beam')).status).toBe(3);
    expect(beamtool('deps', broken('a.beam')).status).toBe(3);
    expect(beamtool('source', encrypted).status).toBe(3);
  });

  it('are 0 when some could be read, and 3 with --strict-input', () => {
    const bad = broken('b.beam');
    const { status, stdout, stderr } = beamtool('info', '--format', 'json', bad, counter);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(1);
    expect(stderr).toContain(`${bad}: not a BEAM file`);
    expect(beamtool('info', '--strict-input', bad, counter).status).toBe(3);
  });
});

describe('help', () => {
  it('lists the commands', () => expect(beamtool('--help').stdout).toMatch(/info.+chunks.+disasm.+source.+records.+term.+deps/s));

  it.each(['info', 'chunks', 'dump', 'disasm', 'source', 'records', 'term', 'deps'])('of %s has examples', (command) => {
    expect(beamtool(command, '--help').stdout).toMatch(/Examples:\n\s+beamtool /);
  });

  it('completes commands', () => {
    expect(beamtool('completion').stdout).toContain('beamtool');
    expect(beamtool('--get-yargs-completions', 'beamtool', 'so').stdout).toContain('source');
  });
});

describe('pipes', () => {
  const everything = ['disasm', '--format', 'json', beamsFolder];

  it('carry a megabyte of JSON through a slow reader', async () => {
    const whole = beamtool(...everything).stdout;
    expect(whole.length).toBeGreaterThan(1 << 20);
    const child = spawn('node', [program, ...everything], { stdio: ['ignore', 'pipe', 'ignore'] });
    let read = '';
    child.stdout.setEncoding('utf8');
    for await (const part of child.stdout) {
      read += part;
      if (read.length < 300_000) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(read).toBe(whole);
  });

  it('may end early without a word', () => {
    const line = `node ${program} ${everything.map((word) => `'${word}'`).join(' ')} | head -1`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${line}`], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '[\n' });
    expect(stderr).not.toMatch(/EPIPE|fault/);
  });
});

it('reads standard input', () => {
  const { stdout } = spawnSync('bash', ['-c', `node ${program} info --format json - < '${counter}'`], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toMatchObject([{ file: '-', module: 'counter' }]);
});

it('decrypts debug info with a key file', () => {
  const keys = join(beamsFolder, 'src/keys/.erlang.crypt');
  expect(JSON.parse(beamtool('info', '--format', 'json', encrypted).stdout)).toMatchObject([{ debugInfo: 'encrypted' }]);
  expect(JSON.parse(beamtool('info', '--format', 'json', '--key-file', keys, encrypted).stdout)).toMatchObject([
    { debugInfo: 'abstract_code' },
  ]);
});

it('writes colour only when it is asked to, off a terminal', () => {
  expect(beamtool('info', counter).stdout).not.toContain('\x1b');
  expect(beamtool('info', '--color', counter).stdout).toContain('\x1b[1m');
});

it.each(['stock-1.0.0.ez', 'shop-1.tar.gz'])('looks into %s', (archive) => {
  const { status, stdout } = beamtool('info', '--format', 'json', join(beamsFolder, 'archives', archive));
  const files = (JSON.parse(stdout) as readonly { readonly file: string }[]).map(({ file }) => file);
  expect(status).toBe(0);
  expect(files).toContainEqual(expect.stringContaining(`${archive}!/`));
});

it('lets no file steer the terminal', () => {
  const path = broken('\x1b[31mred.beam');
  expect(beamtool('info', path).stderr).toContain('\\x1b[31mred.beam: not a BEAM file');
});
