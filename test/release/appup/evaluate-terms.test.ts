// Where expressions go wrong, and that values of values take neither long nor much memory. What they evaluate to is held against file:script in
// test/otp/appup-compile.test.ts.
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../../src/errors.js';
import { evaluateTerms } from '../../../src/release/appup/evaluate-terms.js';

const lines = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at + 1)).join('\n');

const FAULTS: readonly (readonly [text: string, code: string, line: number, column: number])[] = [
  ['{a,\n lists:reverse([])}.', 'unsupported', 2, 7],
  ['A = 1,\nA + 1.', 'unsupported', 2, 3],
  ['{a, Deps}.', 'malformed', 1, 5],
  ['A = 1.\nB = A = 2.', 'malformed', 2, 5],
  ['a.\n {b', 'truncated', 2, 4],
  ['case x of', 'unsupported', 1, 1],
  ['{a, B = 1}.', 'malformed', 1, 5],
  [`A0 = "x".\n${lines(60, (at) => `A${at} = [A${at - 1}, A${at - 1}].`)}`, 'limit', 0, 0],
  [`A0 = [1].\n${lines(60, (at) => `A${at} = [1, 2 | A${at - 1}], A${at} = A${at}.`)}\n{A60, x y}.`, 'unsupported', 62, 9],
];

describe('expressions that are refused', () => {
  it.each(FAULTS)('%#', (text, code, line, column) => {
    const start = performance.now();
    let fault: unknown;
    try {
      evaluateTerms(text, { file: 'x.appup.src' });
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(ParseError);
    expect(fault).toMatchObject({ code, file: 'x.appup.src', ...(line === 0 ? {} : { line, column }) });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('are none', () => {
    expect(() => evaluateTerms('% nothing', { file: 'x' })).toThrow('x: there is no expression in it');
  });
});
