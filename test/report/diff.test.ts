// Renderers of `diff`: names that could break out of their place, and rows that are too long.
import { expect, it } from 'vitest';
import type { ApplicationChange } from '../../src/changes/build-changes.js';
import type { ModuleChange } from '../../src/changes/module-change.js';
import { diffJson } from '../../src/report/diff/json.js';
import { renderDiffMarkdown } from '../../src/report/diff/markdown.js';
import type { DiffReport } from '../../src/report/diff/report.js';
import { renderDiffText } from '../../src/report/diff/text.js';

const NASTY = 'a|b`c\n<img>\u0001';
const coverage = { files: 1, failed: [], skipped: [] };
const plain = { bold: (text: string) => text, dim: (text: string) => text };

function moduleChange(module: string, functions: readonly string[]): ModuleChange {
  const names = { added: [], removed: [] };
  return {
    module,
    level: 'code',
    isStrict: true,
    chunks: ['Code'],
    lineLiteralsOnly: false,
    functions: { ...names, changed: functions.map((name) => ({ name, lineLiteralsOnly: false })) },
    exports: names,
    behaviours: names,
    attributes: [],
    records: null,
    state: null,
    children: null,
  };
}

function reportOf(change: ModuleChange, application: string): DiffReport {
  const changed: ApplicationChange = {
    application,
    kind: 'upgraded',
    from: '1',
    to: NASTY,
    added: [application],
    removed: [],
    changed: [change],
    others: [],
    identical: 0,
    unreadable: [application],
  };
  const nothing = { releases: [], conflicts: [], compilers: null };
  return {
    ...nothing,
    applications: [changed],
    from: NASTY,
    to: 'new',
    isStrict: false,
    coverage: { from: coverage, to: coverage },
  };
}

it('keeps names in their lines and cells', () => {
  const report = reportOf(moduleChange(NASTY, [`${NASTY}/1`]), NASTY);
  for (const text of [renderDiffText(report, plain), renderDiffMarkdown(report)]) {
    expect(text.replaceAll('\n', '')).toMatch(/^[\x20-\x7e]*$/);
    expect(text).not.toContain('c\n<img>');
  }
  const markdown = renderDiffMarkdown(report);
  const row = markdown.split('\n').find((line) => line.startsWith('| `')) ?? '';
  expect(row.split(/(?<!\\)\|/)).toHaveLength(8);
  expect(markdown).toContain("- changed `` 'a|b`c\\n<img>\\001' ``");
  expect(JSON.stringify(diffJson(report))).toContain('a|b`c\\n<img>\\u0001/1');
});

it('breaks long rows and counts what it leaves out', () => {
  const names = Array.from({ length: 40 }, (_, at) => `function_with_a_long_name_${at}/1`);
  const text = renderDiffText(reportOf(moduleChange('m', names), 'app'), plain);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(140);
  expect(text).toMatch(/~ function_with_a_long_name_29\/1 and 10 more\n/);
  expect(text).not.toContain('name_30');
});
