// The renderers of `xref` and `query` on answers made by hand.
import { describe, expect, it } from 'vitest';
import type { AnalysisReport } from '../../src/graph/analyses/report.js';
import { renderCoverageText } from '../../src/report/xref/coverage.js';
import { renderAnalysisErl, renderAnswerErl } from '../../src/report/xref/erl.js';
import { renderAnalysisText, renderAnswerText } from '../../src/report/xref/text.js';
import { parseTerm } from '../../src/term/parse.js';

const plain = { bold: (text: string) => text, dim: (text: string) => text };
const answer = (text: string) => ({ query: '', result: { answer: parseTerm(text) } });

const calls: AnalysisReport = {
  name: 'deprecated_function_calls',
  analysis: parseTerm('{deprecated_function_calls,next_version}'),
  argument: parseTerm('next_version'),
  result: {
    answer: parseTerm("[{{a,f,0},{b,'maybe',1}}]"),
    findings: [
      {
        kind: 'call',
        from: 'a:f/0',
        to: 'b:maybe/1',
        file: 'src/a.erl',
        sites: [
          { line: 3, column: 5 },
          { line: 7, column: 0 },
        ],
      },
      { kind: 'function', id: 4, function: 'c:g/1', file: null, sites: [], class: 'callback', detail: 'gen_server' },
      { kind: 'name', name: 'bell\u0007', file: 'm.beam', sites: [] },
    ],
  },
};

describe('an analysis', () => {
  it('is a finding a line, with its places and its class', () => {
    expect(renderAnalysisText(calls, plain)).toBe(
      'deprecated_function_calls=next_version: 3 (1 callback)\n' +
        '  src/a.erl:3:5: a:f/0 -> b:maybe/1 (also 7)\n' +
        '  c:g/1 (callback of gen_server)\n' +
        '  m.beam: bell\\x07\n',
    );
  });

  it('is a term, atoms in quotes that some release needs', () => {
    expect(renderAnalysisErl(calls)).toBe("{{deprecated_function_calls,next_version},[\n {{a,f,0},{b,'maybe',1}}\n]}.\n");
  });
});

describe('an answer', () => {
  it.each([
    ['[{a,f,0}]', 'a:f/0\n'],
    ['[a,b]', 'a\nb\n'],
    ['[{a,b}]', 'a -> b\n'],
    ['[{{a,f,0},12}]', 'a:f/0: 12\n'],
    ['[{{{a,f,0},{b,g,1}},[3,9]}]', 'a:f/0 -> b:g/1: 3, 9\n'],
    ['[{{{{a,f,0},1},{{b,g,1},2}},[3]}]', 'a:f/0: 1 -> b:g/1: 2: 3\n'],
    ['[[a,b],[c]]', '[a, b]\n[c]\n'],
    ['[{[a,b],[c]}]', '[a, b] -> [c]\n'],
    ['[]', ''],
    ['17', '17\n'],
    ['false', 'false\n'],
  ])('%s is for people %s', (term, text) => {
    expect(renderAnswerText(answer(term))).toBe(text);
  });

  it('is one term and a full stop', () => {
    expect(renderAnswerErl(answer('[]'))).toBe('[].\n');
    expect(renderAnswerErl(answer('3'))).toBe('3.\n');
    expect(renderAnswerErl(answer("[a,'B']"))).toBe("[\n a,\n 'B'\n].\n");
  });
});

describe('the coverage', () => {
  const none = { files: 0, failed: [], skipped: [], fallbacks: [], duplicates: [], modules: { abstract: 0, code: 0, tables: 0 } };

  it('is a line', () => {
    expect(renderCoverageText({ ...none, modules: { abstract: 1180, code: 0, tables: 0 } })).toBe(
      '1180 modules: 1180 exact, 0 from code, 0 skipped\n',
    );
    expect(renderCoverageText({ ...none, modules: { abstract: 0, code: 0, tables: 1 } })).toBe(
      '1 module: 1 from import tables, 0 skipped\n',
    );
  });

  it('says what was skipped, and why modules were read from code', () => {
    const left = { file: 'x.beam', reason: 'truncated' };
    const fallback = { module: 'm', file: 'm.beam', reason: 'no debug info' };
    expect(
      renderCoverageText({
        ...none,
        modules: { abstract: 1, code: 2, tables: 0 },
        failed: [left],
        skipped: [left],
        duplicates: [{ module: 'a', file: 'b/a.beam', first: 'a.beam' }],
        fallbacks: [fallback, fallback],
      }),
    ).toBe(
      '3 modules: 1 exact, 2 from code, 3 skipped (1 not readable, 1 left out, 1 duplicate)\n  2 from code: no debug info\n',
    );
  });
});
