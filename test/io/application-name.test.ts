import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersionedName } from '../../src/io/application-name.js';

describe('parseVersionedName', () => {
  // The applications that xref:add_application/2 of OTP 25 names for folders so called; `vsn` is what remains.
  it.each([
    ['foo-1.2.3', 'foo', '1.2.3'],
    ['my-app-2', 'my-app', '2'],
    ['foo-1.', 'foo', '1.'],
    ['foo-.1', 'foo', '.1'],
    ['foo-.', 'foo', '.'],
    ['foo-+1', 'foo', '+1'],
    ['foo-1..2', 'foo', '1..2'],
    ['foo', 'foo', undefined],
    ['foo-', 'foo-', undefined],
    ['foo-1.a', 'foo-1.a', undefined],
    ['foo-1.2.3-rc1', 'foo-1.2.3-rc1', undefined],
    ['foo-1.2.3+b', 'foo-1.2.3+b', undefined],
  ])('%s is %s at %s', (folder, name, vsn) => {
    expect(parseVersionedName(folder)).toEqual(vsn === undefined ? { name } : { name, vsn });
  });

  it('gives a folder called -1 a name, where xref has the empty one', () => {
    expect(parseVersionedName('-1')).toEqual({ name: '-1' });
  });
});

describe('compareVersions', () => {
  it('orders by integers, shorter first, none lowest', () => {
    const versions = ['1.10', undefined, '1.9', '1.9.0', '2', '1.9.10', '1.9.9'];
    const sorted = [...versions].sort((a, b) => compareVersions(a, b));
    // sort() puts undefined last whatever the order says.
    expect(sorted).toEqual(['1.9', '1.9.0', '1.9.9', '1.9.10', '1.10', '2', undefined]);
    expect(compareVersions(undefined, '0')).toBeLessThan(0);
    expect(compareVersions('1.0', '01.0')).toBe(0);
  });
});
