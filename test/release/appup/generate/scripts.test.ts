// What a person adds to appups: patterns of versions as rebar3_appup_plugin compares them, and files of other shapes.
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../../../src/errors.js';
import { matchesPattern, modulesOfSteps, parseAppupScript, scriptSteps } from '../../../../src/release/appup/generate/scripts.js';
import { formatTerm } from '../../../../src/term/format.js';
import { properList } from '../../../../src/term/model.js';
import { parseTerms } from '../../../../src/term/parse.js';

const parse = (text: string) => parseAppupScript(new TextEncoder().encode(text), 'a.appup.pre.src');

describe('patterns of versions', () => {
  it.each([
    ['1.0.34', '1.0.34', true],
    ['1', '1.0.34', true],
    ['1.0', '1.0.34', true],
    ['1.0.3', '1.0.34', false],
    ['1.*.34', '1.7.34', true],
    ['.*', '1.0.34', true],
    ['*', '2', true],
    ['', '2', true],
    ['1.0.34.1', '1.0.34', false],
    ['1.*.*.*', '1.0.34', false],
  ])('%s is for %s: %s', (pattern, vsn, answer) => {
    expect(matchesPattern(pattern, vsn)).toBe(answer);
  });
});

describe('scripts', () => {
  const steps = (text: string, vsn: string, from: string) => {
    const { pre } = scriptSteps({ pre: parse(text) }, vsn, from);
    return [pre.up, pre.down].map((terms) => terms.map((term) => formatTerm(term)).join(' '));
  };

  it('give the instructions of all entries that match, in their order', () => {
    const text = '{"2", [{"1", [a]}, {"1.1", [b]}, {".*", [c]}, {"0", [d]}], [{"1", [e]}]}.';
    expect(steps(text, '2.0', '1.1')).toEqual(['a b c', 'e']);
    expect(steps(text, '2.0', '3')).toEqual(['c', '']);
    expect(steps(text, '3.0', '1.1')).toEqual(['', '']);
  });

  it('say which modules they are about', () => {
    const [term] = parseTerms(
      '[{load_module, a}, {update, b, {advanced, []}}, [{add_module, c}], {delete_module, d, []}, {load, {e, x, y}}, {apply, {f, g, []}}, h].',
    );
    expect([...modulesOfSteps(properList(term) ?? [])]).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each([
    '',
    '{"2", []}.',
    '{2, [], []}.',
    '{"2", x, []}.',
    '{"2", [{"1", x}], []}.',
    '{"2", [{<<"1">>, []}], []}.',
    '{"2", [], []}. {"3", [], []}.',
  ])('are refused as %j', (text) => {
    expect(() => parse(text)).toThrow(ParseError);
  });
});
