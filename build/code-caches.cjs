// Keeps beside each script of dist/cli what V8 made of it in a run: the code of the functions that were called, so that the next start neither
// parses nor compiles them. bin/compiled-script.js reads it.
//
// What is run is a sample of each command on the fixtures. What it doesn't touch is compiled when it is needed, as without a cache.
'use strict';
const { mkdtempSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { basename, join } = require('node:path');
const v8 = require('node:v8');
const { cacheHead, cachePath, loadScript } = require('../bin/compiled-script.js');

const root = join(__dirname, '..');
const scripts = join(root, 'dist/cli');
const beam = join(root, 'beams/otp25/counter.beam');
const [older, newer] = ['shop-1', 'shop-2'].map((name) => join(root, 'beams', name));
const golden = join(root, 'test/golden/otp/relup');
const top = join(golden, '04_update_soft/rel/top');
const path = ['--path', ...['04_update_soft', '_base'].map((name) => join(golden, name, 'lib/*/ebin'))];
const scratch = mkdtempSync(join(tmpdir(), 'beamtool-build-'));

/** By the name of the script; `--help` of a command that isn't here. */
const SAMPLES = {
  main: ['--help'],
  info: ['info', beam],
  chunks: ['chunks', beam],
  dump: ['dump', beam],
  disasm: ['disasm', beam],
  source: ['source', beam],
  records: ['records', beam],
  term: ['term', '--chunk', 'Attr', beam],
  deps: ['deps', newer],
  xref: ['xref', newer],
  query: ['query', '--query', 'E', newer],
  apps: ['apps', newer],
  diff: ['diff', older, newer],
  'inject-migration': ['inject-migration', '--output', scratch, '--from', older, newer],
  'appup-generate': ['appup', 'generate', '--target', scratch, older, newer],
  'appup-check': ['appup', 'check', newer, '--from', older],
  'deps-affected': ['deps', 'affected', older, newer],
  'deps-check': ['deps', 'check', '--config', join(root, 'test/bench/module-rules.json'), newer],
  upgrade: ['upgrade', '--dry-run', older, newer],
  releases: ['releases', '--dry-run', '--rel', join(older, 'releases/1')],
  relup: ['relup', '--output', scratch, '--to', top, '--from', join(golden, '04_update_soft/rel/base'), ...path],
  boot: ['boot', '--output', scratch, '--rel', top, ...path],
  tar: ['tar', '--output', scratch, '--rel', top, ...path],
};

async function cacheOf(path) {
  const name = basename(path, '.cjs');
  const { exports, script, source } = loadScript(path);
  const exit = await exports.main(SAMPLES[name] ?? [name, '--help']);
  const data = script.createCachedData();
  const head = cacheHead(source, data);
  if (head !== undefined) writeFileSync(cachePath(path), Buffer.concat([Buffer.from(head), data]));
  return exit <= 1 ? [] : [name];
}

async function run() {
  // V8 takes data for the flags alone that were set when they were made, and a process starts with none.
  v8.setFlagsFromString = () => {};
  // Each run adds a listener.
  process.stdout.setMaxListeners(100);
  const writers = [process.stdout, process.stderr].map((stream) => [stream, stream.write]);
  for (const [stream] of writers) stream.write = () => true;
  const commands = join(scripts, 'commands');
  const paths = [join(scripts, 'main.cjs'), ...readdirSync(commands).map((name) => join(commands, name))];
  const failed = [];
  for (const path of paths.filter((path) => path.endsWith('.cjs'))) failed.push(...(await cacheOf(path)));
  for (const [stream, write] of writers) stream.write = write;
  process.exitCode = 0;
  if (failed.length > 0) process.stderr.write(`these samples failed: ${failed.join(', ')}\n`);
}

run().finally(() => rmSync(scratch, { recursive: true }));
