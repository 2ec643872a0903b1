// What an appup does with a module: by the instruction, and by the version that it is for.
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../../src/errors.js';
import { checkAppup } from '../../../src/release/appup/module-step.js';
import { parseAppup } from '../../../src/release/appup/read-appup.js';

function steps(text: string, older: string | undefined = '1.0', module = 'srv'): readonly string[] {
  const appup = parseAppup(new TextEncoder().encode(text), 'ebin/shop.appup');
  return checkAppup(appup, { application: 'shop', module }, older).map(
    ({ direction, vsn, step }) => `${direction} ${vsn} ${step}`,
  );
}

const both = (instructions: string, vsn = '"1.0"') => `{"2.0", [{${vsn}, [${instructions}]}], [{${vsn}, [${instructions}]}]}.`;

describe('checkAppup', () => {
  it.each([
    ['{update, srv, {advanced, []}, brutal_purge, brutal_purge, []}', 'code_change'],
    ['{update, srv, {advanced, x}}', 'code_change'],
    ['{update, srv, infinity, static, {advanced, []}, soft_purge, soft_purge, []}', 'code_change'],
    ['{load_module, other}, {code_change, up, [{other, []}, {srv, []}]}', 'code_change'],
    ['{code_change, [{srv, []}]}', 'code_change'],
    ['{update, srv}', 'update'],
    ['{update, srv, [other]}', 'update'],
    ['{update, srv, soft, brutal_purge, brutal_purge, []}', 'update'],
    ['{load_module, srv}', 'load_module'],
    ['{load, {srv, brutal_purge, brutal_purge}}', 'load_module'],
    ['{load_module, srv}, restart_new_emulator', 'restart'],
    ['{restart_application, shop}', 'restart'],
    ['{restart_application, other}', 'nothing'],
    ['{update, other, {advanced, []}}', 'nothing'],
    ['', 'nothing'],
  ])('of %s is %s', (instructions, step) => {
    expect(steps(both(instructions))).toEqual([`up 1.0 ${step}`, `down 1.0 ${step}`]);
  });

  it('takes the first entry for the version, strings as they are, binaries as patterns', () => {
    const text = '{"2.0", [{"1.0.1", []}, {<<"1\\\\.[0-9]+">>, [{load_module, srv}]}, {"1.0", [{update, srv}]}], []}.';
    expect(steps(text)).toEqual(['up 1.0 load_module', 'down 1.0 no_entry']);
    expect(steps(text, '1.0.1')).toEqual(['up 1.0.1 nothing', 'down 1.0.1 no_entry']);
    expect(steps(text, '1.0.2')).toEqual(['up 1.0.2 no_entry', 'down 1.0.2 no_entry']);
    expect(steps(both('', '<<"1|1.0">>'))).toEqual(['up 1.0 no_entry', 'down 1.0 no_entry']);
    expect(steps('{"2", [{"1.*", []}], [{".*", []}]}.')).toEqual(['up 1.0 no_entry', 'down 1.0 no_entry']);
  });

  it('takes a pattern that might run long, or that it does not know, to match', () => {
    for (const pattern of ['(?R)', '[', `${'1*'.repeat(80)}`]) {
      expect(steps(both('{load_module, srv}', `<<"${pattern}">>`))).toEqual(['up 1.0 load_module', 'down 1.0 load_module']);
    }
  });

  it('looks at every entry where the older version is not known', () => {
    const text = '{"2", [{"1", [{load_module, srv}]}, {<<"0.*">>, []}], [{"1", [{update, srv, {advanced, []}}]}]}.';
    const appup = parseAppup(new TextEncoder().encode(text), 'shop.appup');
    expect(checkAppup(appup, { application: 'shop', module: 'srv' }, undefined).map(({ vsn, step }) => `${vsn} ${step}`)).toEqual(
      ['1 load_module', '<<"0.*">> nothing', '1 code_change'],
    );
  });

  it('says where an appup is not one', () => {
    for (const text of [
      '{"2", [], []',
      '{"2", []}.',
      '{"2", x, []}.',
      '{"2", [x], []}.',
      '{"2", [{"1", x}], []}.',
      '{2, [], []}.',
      '',
    ]) {
      expect(() => steps(text), text).toThrow(ParseError);
    }
  });
});
