// SARIF: valid by the schema and by the rules of Microsoft's own validator, those of GitHub among them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { afterAll, describe, expect, it } from 'vitest';
import { relativeUri } from '../../../src/report/formats/check-issues.js';
import { renderSarif } from '../../../src/report/formats/sarif.js';
import type { CheckResult } from '../../../src/rules/model.js';
import { EACH_KIND, HOSTILE, manyFindings } from './check-results.js';

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'beamtool-sarif-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Result {
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
  readonly partialFingerprints: object;
}

const ORDER = ['error', 'warning', 'note'];

// The schema comes with the validator.
const schemaFile = join(dirname(require.resolve('@microsoft/sarif-multitool-linux/package.json')), 'sarif-2.1.0.json');
const ajv = new Ajv2020({ strict: false, formats: fullFormats });
const isValid = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8').replace(/^\ufeff/, '')));

const render = (result: CheckResult) => [...renderSarif(result, '1.2.3')].join('');
const runOf = (result: CheckResult) => JSON.parse(render(result)).runs[0];

/** What the validator says; it answers in SARIF too. */
function validate(text: string): readonly string[] {
  const [input, output] = [join(folder, 'input.sarif'), join(folder, 'report.sarif')];
  writeFileSync(input, text);
  const tool = require('@microsoft/sarif-multitool');
  const words = ['validate', input, '--rule-kind', 'Sarif;Ghas', '--output', output, '--log', 'ForceOverwrite'];
  // Without it .NET asks for the library ICU, which not every machine has.
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const { stdout, stderr } = spawnSync(tool, words, { encoding: 'utf8', env });
  const report = JSON.parse(readFileSync(output, 'utf8').replace(/^\ufeff/, '')).runs[0];
  expect(report, stdout + stderr).toBeDefined();
  const said = report.results ?? [];
  return said.map((one: { ruleId: string; level?: string; message: object; locations?: unknown }) =>
    [one.ruleId, one.level ?? 'warning', JSON.stringify(one.message)].join(' '),
  );
}

describe('SARIF', () => {
  it.each([
    ['each kind of finding', EACH_KIND],
    ['hostile names', HOSTILE],
    ['nothing found', { ...EACH_KIND, findings: [], baseline: null, failures: [] }],
  ])('satisfies the validator: %s', (_, result) => expect(validate(render(result))).toEqual([]));

  it('would not satisfy it with what GitHub or the schema refuse', () => {
    const report = JSON.parse(render(EACH_KIND));
    const [first, second, third] = report.runs[0].results;
    first.locations = [];
    second.locations[0].physicalLocation.artifactLocation.uri = '/a b';
    third.mistake = true;
    const said = validate(JSON.stringify(report)).map((line) => line.split(' ')[0]);
    expect(said).toEqual(expect.arrayContaining(['GH1015', 'JSON1005', 'SARIF1002']));
  });

  it.each([
    ['each kind of finding', EACH_KIND],
    ['hostile names', HOSTILE],
    ['too much', manyFindings(2_000)],
  ])('is valid by the schema: %s', (_, result) => {
    isValid(JSON.parse(render(result)));
    expect(isValid.errors ?? []).toEqual([]);
  });

  it('has at most 5000 results, the least severe left out, and says so', () => {
    const { results, invocations } = runOf(manyFindings(2_000));
    const levels = results.map(({ level }: { level: string }) => level);
    expect(levels.filter((level: string) => level === 'error')).toHaveLength(2_000);
    expect(levels.filter((level: string) => level === 'warning')).toHaveLength(2_000);
    expect(levels.filter((level: string) => level === 'note')).toHaveLength(1_000);
    expect(levels).toEqual([...levels].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
    expect(invocations[0].toolExecutionNotifications[0].message.text).toBe('1000 more results left out, the least severe.');
  });

  it('has uris that are relative and percent-encoded, and lead back to the file', () => {
    const uris = runOf(HOSTILE).results.map((one: Result) => one.locations[0]?.physicalLocation.artifactLocation.uri);
    for (const uri of uris) expect(uri).toMatch(/^(?:[\w.~-]|%[0-9A-F]{2})+(?:\/(?:[\w.~-]|%[0-9A-F]{2})+)*$/);
    const paths = HOSTILE.findings.map(({ places }) => places[0]?.file.replace('//', '/'));
    expect(uris.map(decodeURIComponent)).toEqual(paths);
  });

  it.each([
    ['/usr/lib/lists.erl', 'usr/lib/lists.erl'],
    ['../../a/./b//c.erl', 'a/b/c.erl'],
    ['a/../b.erl', 'b.erl'],
    ['a:b.erl', 'a%3Ab.erl'],
    ['half \ud800 pair', 'half%20%EF%BF%BD%20pair'],
    ['..', 'unknown'],
  ])('makes of the path %j the uri %s', (path, uri) => expect(relativeUri(path)).toBe(uri));

  it('knows a finding by its identity, whatever line it is on', () => {
    const moved = {
      ...EACH_KIND,
      findings: EACH_KIND.findings.map((one) => ({ ...one, places: one.places.map((at) => ({ ...at, line: 99 })) })),
    };
    const prints = (result: CheckResult) => runOf(result).results.map((one: Result) => one.partialFingerprints);
    expect(prints(moved)).toEqual(prints(EACH_KIND));
    expect(new Set(prints(EACH_KIND).map((one: object) => JSON.stringify(one))).size).toBe(prints(EACH_KIND).length);
  });

  it('describes the rule of every result', () => {
    const { tool, results } = runOf(EACH_KIND);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });
});
