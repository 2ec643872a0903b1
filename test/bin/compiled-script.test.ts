// Built scripts and what V8 made of them: a cache is used as it was made, and never where it, the script or the machine is another.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

interface Loaded {
  readonly exports: { readonly answer: () => number };
  readonly script: { readonly cachedDataRejected: boolean | undefined; createCachedData(): Buffer };
  readonly source: Buffer;
}

interface CompiledScript {
  cacheHead(source: Uint8Array, data: Uint8Array): string;
  cachePath(path: string): string;
  loadScript(path: string): Loaded;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const { cacheHead, cachePath, loadScript } = createRequire(import.meta.url)('../../bin/compiled-script.js') as CompiledScript;
const scratch = mkdtempSync(join(tmpdir(), 'beamtool-script-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Writes a script that answers with the number, and its cache. */
function writeScript(name: string, number: number): { readonly path: string; readonly cache: Buffer } {
  const path = join(scratch, `${name}.cjs`);
  writeFileSync(path, `exports.answer = () => ${number};`);
  const { script, exports, source } = loadScript(path);
  exports.answer();
  const data = script.createCachedData();
  const cache = Buffer.concat([Buffer.from(cacheHead(source, data)), data]);
  writeFileSync(cachePath(path), cache);
  return { path, cache };
}

/** Whether V8 was given a cache, and took it: false where it did, undefined where there was none to give. */
function tried(path: string): readonly [rejected: boolean | undefined, answer: number] {
  const { script, exports } = loadScript(path);
  return [script.cachedDataRejected, exports.answer()];
}

describe('a script with a cache', () => {
  it('runs with it', () => expect(tried(writeScript('good', 1).path)).toEqual([false, 1]));

  it('runs without one that is not there', () => {
    const { path } = writeScript('alone', 2);
    rmSync(cachePath(path));
    expect(tried(path)).toEqual([undefined, 2]);
  });

  it('runs without one of another script, though of the same length', () => {
    const { path } = writeScript('changed', 3);
    writeFileSync(path, readFileSync(path, 'latin1').replace('3', '4'));
    expect(tried(path)).toEqual([undefined, 4]);
  });

  it('runs without one that is damaged, wherever that is', () => {
    const { path, cache } = writeScript('damaged', 5);
    for (let at = 0; at < cache.length; at += 7) {
      const damaged = Buffer.from(cache);
      damaged[at] = (damaged[at] as number) ^ 0x10;
      writeFileSync(cachePath(path), damaged);
      expect(tried(path)).toEqual([undefined, 5]);
    }
  });

  it('runs without one that ends early', () => {
    const { path, cache } = writeScript('short', 6);
    for (const length of [0, 1, 63, 64, 65, cache.length - 1]) {
      writeFileSync(cachePath(path), cache.subarray(0, length));
      expect(tried(path)).toEqual([undefined, 6]);
    }
  });

  it('runs without one of another Node', () => {
    const { path, cache } = writeScript('foreign', 7);
    writeFileSync(cachePath(path), Buffer.from(cache.toString('latin1').replace(process.version, 'v20.0.0'), 'latin1'));
    expect(tried(path)).toEqual([undefined, 7]);
  });
});

const run = (program: string, ...args: readonly string[]) =>
  spawnSync('node', [program, ...args], { encoding: 'utf8', cwd: scratch });

describe('bin/beamtool.js', () => {
  const built = join(root, 'dist/cli/commands');
  const names = readdirSync(built).filter((name) => name.endsWith('.cjs'));

  it('has caches that V8 takes in a process with its usual flags', () => {
    expect(names.length).toBeGreaterThan(15);
    const script = `
      const { loadScript } = require('./bin/compiled-script.js');
      console.log(process.argv.slice(1).map((path) => loadScript(path).script.cachedDataRejected).join(' '));`;
    const { stdout } = spawnSync('node', ['-e', script, ...names.map((name) => join(built, name))], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout).toBe(`${names.map(() => 'false').join(' ')}\n`);
  });

  it('runs with other flags of V8', () => {
    const program = join(root, 'bin/beamtool.js');
    const { status, stdout } = spawnSync('node', ['--stack-size=900', program, '--version'], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '0.1.0\n' });
  });

  it('runs the sources where nothing is built', () => {
    for (const name of ['bin', 'src', 'package.json', 'tsconfig.json'])
      cpSync(join(root, name), join(scratch, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'));
    const beam = join(root, 'beams/otp25/counter.beam');
    const { status, stdout, stderr } = run(join(scratch, 'bin/beamtool.js'), 'info', beam);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(run(join(root, 'bin/beamtool.js'), 'info', beam).stdout);
  }, 30_000);
});
