// Every format of a check tells the same findings, and brings hostile names through: each is read back by a reader that isn't ours.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { JSDOM } from 'jsdom';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { CHECK_FORMATS } from '../../../src/cli/format-names.js';
import { loadRenderer } from '../../../src/cli/rules/renderers.js';
import { issuesOf } from '../../../src/report/formats/check-issues.js';
import { visible } from '../../../src/report/visible.js';
import type { CheckResult } from '../../../src/rules/model.js';
import { checkResult, EACH_KIND, edge, finding, HOSTILE, HOSTILE_NAMES, manyFindings, place } from './check-results.js';
import { parseCommand, parseCsv, parseServiceMessage, parseXml } from './read-formats.js';

const plain = (text: string) => text;
const style = { bold: plain, dim: plain, red: plain, yellow: plain };

async function render(format: string, result: CheckResult, isQuiet = false): Promise<string> {
  return [...(await loadRenderer(format))(result, { style, isQuiet })].join('');
}

const lines = (text: string) => text.split('\n').slice(0, -1);

/** What was found: severity, rule and message of each. */
type Told = readonly (readonly [severity: string, rule: string, message: string])[];

interface SarifResult {
  readonly level: string;
  readonly ruleId: string;
  readonly message: { readonly text: string };
}

const firstLine = (text: string) => text.split('\n', 1)[0] as string;
const severityOf = (text: string | undefined, names: readonly [string, string, string]) =>
  (['error', 'warning', 'info'] as const)[names.indexOf(text ?? '')] ?? `no severity: ${text}`;

/** Reads each format back; text is for people alone. */
const READERS: Readonly<Record<string, (text: string) => Told>> = {
  json: (text) => findingsOf(JSON.parse(text).findings),
  ndjson: (text) =>
    findingsOf(
      lines(text)
        .map((line) => JSON.parse(line))
        .filter(({ type }) => type === 'finding'),
    ),
  csv: (text) =>
    parseCsv(text)
      .slice(1)
      .filter((record) => record[3] === 'new' && record[1] !== 'beamtool/baseline')
      .map((record) => [record[0] ?? '', unguarded(record[1]), unguarded(record[11])]),
  sarif: (text) =>
    (JSON.parse(text).runs[0].results as readonly SarifResult[]).map(({ level, ruleId, message }) => [
      severityOf(level, ['error', 'warning', 'note']),
      ruleId,
      unlinked(firstLine(message.text)),
    ]),
  gitlab: (text) =>
    JSON.parse(text).map((one: { severity: string; check_name: string; description: string }) => [
      severityOf(one.severity, ['major', 'minor', 'info']),
      one.check_name,
      one.description.slice(one.check_name.length + 2),
    ]),
  github: (text) =>
    lines(text).flatMap((line) => {
      const { name, title = '', data = '' } = parseCommand(line) ?? {};
      return name === undefined ? [] : [[severityOf(name, ['error', 'warning', 'notice']), title, firstLine(data)] as const];
    }),
  teamcity: (text) =>
    lines(text)
      .map(parseServiceMessage)
      .filter(({ name }) => name === 'inspection')
      .map(({ SEVERITY, typeId = '', message = '' }) => [
        severityOf(SEVERITY, ['ERROR', 'WARNING', 'INFO']),
        typeId,
        firstLine(message),
      ]),
  junit: (text) =>
    Array.from(parseXml(text).querySelectorAll('failure, testcase > system-out')).map((one) => {
      const rule = one.parentElement?.getAttribute('classname') ?? '';
      if (one.localName === 'failure') return [one.getAttribute('type') ?? '', rule, one.getAttribute('message') ?? ''];
      const [, severity = '', message = ''] = /^(\w+): (.*)$/.exec(firstLine(one.textContent ?? '')) ?? [];
      return [severity, rule, message];
    }),
  markdown: (text) =>
    Array.from(html(text).querySelectorAll('body > ul > li')).flatMap((item) => {
      const [severity, rule] = [item.querySelector('strong')?.textContent ?? '', item.querySelector('code')?.textContent ?? ''];
      if (!['error', 'warning', 'info'].includes(severity)) return [];
      for (const inner of Array.from(item.querySelectorAll('ul'))) inner.remove();
      const message = (item.textContent ?? '').trim().replaceAll('\u200b', '').slice(`${severity} ${rule}: `.length);
      return [[severity, rule, message] as const];
    }),
};

function findingsOf(findings: readonly { status: string; severity: string; rule: string; message: string }[]): Told {
  return findings
    .filter(({ status }) => status === 'new')
    .map(({ severity, rule, message }) => [severity, visible(rule), visible(message)]);
}

/** A cell that a spreadsheet would calculate begins with `'`. */
const unguarded = (cell = '') => cell.replace(/^'(?=[=+\-@])/, '');

/** SARIF's own escapes, and the full stop. */
function unlinked(text: string): string {
  const sentence = text.replace(/\.$/, '');
  const plainBraces = /\{\{\d+\}\}/.test(sentence) ? sentence.replaceAll('{{', '{').replaceAll('}}', '}') : sentence;
  return /\]\(/.test(plainBraces.replaceAll('\\', '')) ? plainBraces.replace(/\\([\\[\]])/g, '$1') : plainBraces;
}

const html = (markdown: string) => new JSDOM(marked.parse(markdown, { async: false })).window.document;

const sorted = (told: Told) => told.map((one) => one.map(visible).join(' | ')).sort();

/** Formats that tell of the baseline and the coverage as of findings. */
const OTHER_TOOLS = ['sarif', 'gitlab', 'github', 'teamcity', 'junit', 'markdown'];

describe('the same findings come out', () => {
  const withoutOurs = { ...EACH_KIND, baseline: null, failures: [] };
  const expected = withoutOurs.findings
    .filter(({ status }) => status === 'new')
    .map(({ severity, rule, message }) => [severity, rule, message]);

  it('has a reader for each format', () =>
    expect([...Object.keys(READERS), 'text', 'erl'].sort()).toEqual([...CHECK_FORMATS].sort()));

  it.each(Object.keys(READERS))('of each kind: %s', async (format) => {
    const told = READERS[format]?.(await render(format, withoutOurs)) ?? [];
    expect(sorted(told)).toEqual(sorted(expected as unknown as Told));
  });

  it.each(OTHER_TOOLS)('with the faults of the baseline and of the coverage: %s', async (format) => {
    const told = READERS[format]?.(await render(format, EACH_KIND)) ?? [];
    expect(sorted(told)).toEqual(sorted(issuesOf(EACH_KIND).map(({ severity, rule, message }) => [severity, rule, message])));
    expect(told).toHaveLength(expected.length + 3);
  });

  it.each(Object.keys(READERS))('with hostile names: %s', async (format) => {
    const ten = { ...HOSTILE, findings: HOSTILE.findings };
    const found: string[] = [];
    // GitHub shows ten.
    for (const half of [ten.findings.slice(0, 7), ten.findings.slice(7)]) {
      found.push(...sorted(READERS[format]?.(await render(format, { ...ten, findings: half })) ?? []));
    }
    // What control characters become is said in visible.ts; a tab is one more in CSV.
    const names = HOSTILE_NAMES.map((name) => ['error', shown(format, name), shown(format, name)] as const);
    expect(found.sort()).toEqual(sorted(names));
  });
});

/** Where one space is as good as many, or an end of a text is lost, the reader sees that. */
function shown(format: string, name: string): string {
  return format === 'teamcity' || format === 'markdown' ? visible(name).trim() : visible(name);
}

describe('text for terminals and logs', () => {
  it.each(CHECK_FORMATS.filter((format) => format !== 'erl'))('has no control character of a name: %s', async (format) => {
    expect(await render(format, HOSTILE)).not.toMatch(/[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]/);
  });

  it('is a command of GitHub or TeamCity only where it is meant to be', async () => {
    const text = lines(await render('text', HOSTILE));
    expect(text.filter((line) => /^\s*::|^\s*##\w*\[/.test(line))).toEqual([]);
    for (const line of lines(await render('github', HOSTILE))) expect(line).toMatch(/^::error |^\d+ more/);
  });
});

describe('GitHub annotations', () => {
  it('stop at ten of each severity, and say how many more there are', async () => {
    const text = lines(await render('github', manyFindings(12)));
    const count = (start: string) => text.filter((line) => line.startsWith(start)).length;
    expect([count('::error '), count('::warning '), count('::notice ')]).toEqual([10, 10, 10]);
    expect(text.at(-1)).toBe('2 more of severity error, 2 more of severity warning, 2 more of severity info');
    expect(text).toHaveLength(31);
  });

  it('say where, with colons and commas escaped', async () => {
    const places = [place('src/a,b:c%.erl', 12, 5)];
    const result = checkResult({ rules: [], findings: [finding('r', 'error', edge('a', 'b'), { places, message: 'a: b, c' })] });
    expect(lines(await render('github', result))).toEqual([
      '::error file=src/a%2Cb%3Ac%25.erl,line=12,col=5,title=r::a: b, c%0Asrc/a,b:c%25.erl:12:5: what stands there',
    ]);
  });

  it('name no file that the repository does not have', async () => {
    const places = [{ ...place('/usr/lib/a.erl'), isInRepository: false }];
    const result = checkResult({ rules: [], findings: [finding('r', 'error', edge('a', 'b'), { places })] });
    expect(lines(await render('github', result))[0]).toMatch(/^::error title=r::/);
  });

  it('leave out with --quiet what does not fail the check', async () => {
    const text = lines(await render('github', EACH_KIND, true));
    expect(text.every((line) => line.startsWith('::error '))).toBe(true);
  });
});

describe('JUnit', () => {
  const schema = readFileSync(new URL('junit.rng', import.meta.url), 'utf8');
  const validate = async (xml: string) =>
    (await validateXML({ xml: { fileName: 'report.xml', contents: xml }, schema, extension: 'relaxng' })).errors;

  it.each([
    ['each kind', EACH_KIND],
    ['hostile names', HOSTILE],
    ['nothing', checkResult({ rules: [], findings: [] })],
  ])('is valid: %s', async (_, result) => expect(await validate(await render('junit', result))).toEqual([]));

  it('would not be valid with what Jenkins refuses', async () => {
    const text = await render('junit', EACH_KIND);
    expect(await validate(text.replace('<testcase name=', '<testcase file="a" name='))).not.toEqual([]);
    expect(await validate(text.replace(/<skipped>/, '<skipped message="a">'))).not.toEqual([]);
  });

  it('counts, fails for errors alone, and has a case for a rule that finds nothing', async () => {
    const document = parseXml(await render('junit', EACH_KIND));
    const suites = Array.from(document.querySelectorAll('testsuite')).map((suite) =>
      ['name', 'tests', 'failures', 'skipped'].map((name) => suite.getAttribute(name)),
    );
    expect(suites).toEqual([
      ['layers', '3', '2', '1'],
      ['no-cycles', '1', '1', '0'],
      ['used', '2', '0', '1'],
      ['small', '1', '0', '0'],
      ['asked', '2', '0', '0'],
      ['quiet', '1', '0', '0'],
      ['beamtool/baseline', '2', '2', '0'],
      ['beamtool/coverage', '1', '1', '0'],
    ]);
    const totals = document.documentElement;
    expect([totals.getAttribute('tests'), totals.getAttribute('failures')]).toEqual(['13', '6']);
    expect(Array.from(document.querySelectorAll('skipped')).map((one) => one.textContent)).toEqual([
      'baselined: later',
      'suppressed: called from a shell',
    ]);
  });
});

describe('GitLab code quality', () => {
  const schema = JSON.parse(readFileSync(new URL('gitlab-code-quality.schema.json', import.meta.url), 'utf8'));
  const isValid = new Ajv2020({ allErrors: true }).compile(schema);

  it.each([
    ['each kind', EACH_KIND],
    ['hostile names', HOSTILE],
    ['nothing', checkResult({ rules: [], findings: [] })],
  ])('is valid: %s', async (_, result) => {
    isValid(JSON.parse(await render('gitlab', result)));
    expect(isValid.errors ?? []).toEqual([]);
  });

  it('has a fingerprint of its own for each finding, and paths from the root', async () => {
    const places = [place('/elsewhere/a.erl')];
    const result = checkResult({ rules: [], findings: [finding('r', 'error', edge('a', 'b'), { places })] });
    expect(JSON.parse(await render('gitlab', result))[0].location).toEqual({ path: 'elsewhere/a.erl', lines: { begin: 7 } });
    const prints = JSON.parse(await render('gitlab', HOSTILE)).map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(new Set(prints).size).toBe(HOSTILE_NAMES.length);
  });
});

describe('Markdown', () => {
  it('has nothing in it that is HTML, an image, or a link', async () => {
    const document = html(await render('markdown', HOSTILE));
    expect(document.querySelectorAll('a, img, script, em')).toHaveLength(0);
    expect(document.querySelectorAll('table tbody tr')).toHaveLength(HOSTILE_NAMES.length);
    for (const row of Array.from(document.querySelectorAll('table tr'))) expect(row.children).toHaveLength(6);
  });

  it('stays under 1000 KB, and says how many findings it leaves out', async () => {
    const text = await render('markdown', manyFindings(20_000));
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    const items = [...text.matchAll(/^- \*\*/gm)].length;
    expect(text).toContain(`- and ${60_000 - items} more findings, which would make this page too long`);
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/10 modules read/);
  });

  it('says the verdict, and why', async () => {
    const text = await render('markdown', EACH_KIND);
    expect(lines(text).slice(0, 7)).toEqual([
      '## Dependencies: failed',
      '',
      '- **3 errors**',
      '- **the baseline has 1 stale entry**',
      '- **the baseline has 1 expired entry**',
      '- **coverage is 50 %, less than 90 %**',
      '',
    ]);
    expect(lines(await render('markdown', checkResult({ rules: [], findings: [] })))[0]).toBe('## Dependencies: passed');
  });
});

describe('CSV', () => {
  it('has as many cells in each record as there are titles, and no formula', async () => {
    for (const result of [EACH_KIND, HOSTILE]) {
      const [titles = [], ...records] = parseCsv(await render('csv', result));
      for (const record of records) {
        expect(record).toHaveLength(titles.length);
        for (const cell of record) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }
    }
  });
});
