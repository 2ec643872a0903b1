// Broken input, in processes with little memory: every answer is a value or a ParseError with the file's name, within two seconds. The
// seed is in the title of a failure; BEAMTOOL_MUTATIONS says how many broken files to make.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { fixtureBeams } from './support/fixtures.js';

const MUTATIONS = Number(process.env.BEAMTOOL_MUTATIONS ?? 5000);
const SEED = Number(process.env.BEAMTOOL_SEED ?? 20261123);
const MEGABYTES = 512;
const script = fileURLToPath(new URL('./hostile/run.ts', import.meta.url));

it(`${MUTATIONS} broken files give values or ParseErrors (seed ${SEED})`, { timeout: 30 * 60_000 }, () => {
  const files = fixtureBeams().map((fixture) => fixture.path);
  const args = ['--max-old-space-size=384', '--import', 'tsx', script, String(SEED), String(MUTATIONS), ...files];
  const summary = JSON.parse(execFileSync('node', args, { encoding: 'utf8', maxBuffer: 1 << 26 }));
  expect(summary.failures).toEqual([]);
  expect(summary.peakMegabytes).toBeLessThan(MEGABYTES);
  expect(summary.values).toBeGreaterThan(MUTATIONS);
  expect(Object.values<number>(summary.parseErrors).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(MUTATIONS / 10);
});
