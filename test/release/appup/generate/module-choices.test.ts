// --purge and --timeout: what is understood, and that nothing else is passed over.
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../src/errors.js';
import { choiceFor, parsePurge, parseTimeout } from '../../../../src/release/appup/generate/module-choices.js';

const purge = (text: string | undefined, module: string) => {
  const { pre, post } = choiceFor(parsePurge(text))(module);
  return `${pre} ${post}`;
};

describe('parsePurge', () => {
  it.each([
    [undefined, 'm1', 'brutal_purge brutal_purge'],
    ['m1=soft', 'm1', 'soft_purge soft_purge'],
    ['m1=soft', 'm2', 'brutal_purge brutal_purge'],
    ['default=soft;m1=soft/brutal;m2=brutal', 'm1', 'soft_purge brutal_purge'],
    ['default=soft;m1=soft/brutal;m2=brutal', 'm2', 'brutal_purge brutal_purge'],
    ['default=brutal/soft', 'm3', 'brutal_purge soft_purge'],
    [' default = soft ; m1 = brutal ', 'm1', 'brutal_purge brutal_purge'],
  ])('of %j gives %s %s', (text, module, answer) => {
    expect(purge(text, module)).toBe(answer);
  });

  it.each([
    '',
    'soft',
    'm1',
    'm1=',
    '=soft',
    'm1=hard',
    'm1=soft/',
    'm1=/soft',
    'm1=soft/soft/soft',
    'm1=soft=soft',
    'm1=soft;',
    'a=soft;a=brutal',
  ])('refuses %j', (text) => {
    expect(() => parsePurge(text)).toThrow(UsageError);
  });
});

describe('parseTimeout', () => {
  it.each([
    [undefined, 'm1', 'default'],
    ['5000', 'm1', 5000],
    ['infinity', 'm1', 'infinity'],
    ['default=1;m1=infinity', 'm1', 'infinity'],
    ['default=1;m1=infinity', 'm2', 1],
    ['m1=1', 'm2', 'default'],
  ])('of %j gives %s %s', (text, module, answer) => {
    expect(choiceFor(parseTimeout(text))(module)).toBe(answer);
  });

  it.each(['', '0', '-1', '1.5', 'soon', 'm1=0', 'm1=', '99999999999999999999'])('refuses %j', (text) => {
    expect(() => parseTimeout(text)).toThrow(UsageError);
  });
});
