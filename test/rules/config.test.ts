// Configs: what fits the schema, what is said of what doesn't, and how configs are put together.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { mergeConfigs } from '../../src/rules/config/merge-configs.js';
import { readConfig } from '../../src/rules/config/read-config.js';
import { configOf } from './shop-facts.js';

const json = (text: string) => readConfig(text, 'c.json');
const yaml = (text: string) => readConfig(text, 'c.yml');
const merged = async (...raws: readonly object[]) =>
  mergeConfigs(await Promise.all(raws.map((raw, at) => readConfig(JSON.stringify(raw), `c${at}.json`))));

describe('a config', () => {
  it.each([
    ['no JSON', '{"rules": }', 'c.json:1:11: not JSON: a value was expected'],
    ['an end too early', '{"rules": {', 'c.json:1:12: not JSON: a key in double quotes was expected'],
    ['a comma too many', '{"level": "module",}', 'c.json:1:20: not JSON: a key in double quotes was expected'],
    ['a string without an end', '{"level": "mod\n"}', 'c.json:1:11: not JSON: a string without an end'],
    ['more behind the end', '{} {}', 'c.json:1:4: not JSON: something follows the end'],
    ['a key twice', '{\n "rules": {"a": "off",\n  "a": "off"}}', "c.json:3:3: 'a' stands here twice"],
    ['a list', '[]', 'c.json:1:1: expected an object'],
    ['an unknown field', '{\n  "rulez": {}}', 'c.json:2:12: rulez: it has no such field'],
    ['a rule without kind', '{"rules": {"a": {}}}', "c.json:1:17: rules.a: the field 'kind' is missing"],
    [
      'a rule of no kind',
      '{"rules": {"a": {"kind": "forbid"}}}',
      'c.json:1:26: rules.a.kind: there is no such kind of rule: "forbid"',
    ],
    ['a rule that lacks something', '{"rules": {"a": {"kind": "forbidden"}}}', "c.json:1:17: rules.a: the field 'to' is missing"],
    [
      'a field of another kind',
      '{"rules": {"a": {"kind": "acyclic", "to": "x"}}}',
      'c.json:1:43: rules.a.to: a rule of kind acyclic has no such field',
    ],
    [
      'another severity',
      '{"rules": {"a": "of"}}',
      'c.json:1:17: rules.a: expected "error", "warning", "info", "off", or an object',
    ],
    ['no pattern', '{"rules": {"a": {"kind": "orphans", "of": [1]}}}', 'c.json:1:44: rules.a.of[0]: expected a string'],
    [
      'no layer',
      '{"rules": {"a": {"kind": "layers", "layers": ["a", 3]}}}',
      'c.json:1:52: rules.a.layers[1]: expected a string, or a list',
    ],
    [
      'one layer',
      '{"rules": {"a": {"kind": "layers", "layers": ["a"]}}}',
      'c.json:1:46: rules.a.layers: expected not to have fewer than 2 items',
    ],
    [
      'an answer less than none',
      '{"rules": {"a": {"kind": "query", "query": "X", "expect": {"max": -1}}}}',
      'rules.a.expect.max: expected to be >= 0',
    ],
    [
      'another level',
      '{"level": "modules"}',
      'c.json:1:11: level: expected "function", "module", "application", "release", "group"',
    ],
  ])('with %s is refused', async (_what, text, message) => {
    await expect(json(text)).rejects.toThrow(message);
  });

  it.each([
    [
      'a pattern that is none',
      { rules: { a: { kind: 'forbidden', to: '/(/' } } },
      /^c\.json:1:\d+: rules\.a\.to: '\/\(\/' is no pattern/,
    ],
    [
      'a group that is none',
      { rules: { a: { kind: 'acyclic', of: ['x', 'group:b'] } } },
      /rules\.a\.of\[1\]: there is no group 'b'/,
    ],
    [
      'edges that are not read',
      { rules: { a: { kind: 'acyclic', edges: ['type'] } } },
      /rules\.a\.edges: the config's own edges are without type/,
    ],
    ['a metric without limit', { rules: { a: { kind: 'metric', metric: 'fan-in' } } }, /rules\.a: no limit/],
    ['a severity of no rule', { rules: { a: 'off' } }, /rules\.a: no config that this one extends has a rule of that name/],
    [
      'the name of a rule of beamtool',
      { rules: { suppressions: { kind: 'acyclic' } } },
      /rules\.suppressions: .* is the name of/,
    ],
    ['a group of a bad pattern', { groups: { a: ['app:'] } }, /groups\.a\[0\]: 'app:' is no pattern/],
  ])('with %s is refused', async (_what, raw, message) => {
    const file = await readConfig(JSON.stringify(raw), 'c.json');
    expect(() => mergeConfigs([file])).toThrow(message);
  });

  it('in YAML says the same, with places', async () => {
    const text = 'level: application\nrules:\n  a:\n    kind: layers\n    layers: [web, [core, [db, pool]]]\n';
    expect((await yaml(text)).raw).toEqual({
      level: 'application',
      rules: { a: { kind: 'layers', layers: ['web', ['core', ['db', 'pool']]] } },
    });
    expect(mergeConfigs([await yaml(text)]).rules[0]?.line).toBe(4);
    await expect(yaml('rules:\n  a: {kind: acyclic, to: x}\n')).rejects.toThrow(
      'c.yml:2:26: rules.a.to: a rule of kind acyclic has no such field',
    );
    await expect(yaml('rules:\n  a: [\n')).rejects.toThrow(/^c\.yml:\d+:\d+: not YAML: /);
    await expect(yaml('rules: {}\nrules: {}\n')).rejects.toThrow(/^c\.yml:2:1: not YAML: /);
    await expect(yaml('a: 1\n---\nb: 1\n')).rejects.toThrow('a second document');
    await expect(yaml('')).rejects.toThrow('c.yml: nothing in it');
  });

  it('that is made to take long or deep is refused', async () => {
    const deep = '['.repeat(200_000);
    await expect(json(deep)).rejects.toThrow('nested too deeply');
    await expect(yaml(deep)).rejects.toThrow('nested too deeply');
    await expect(yaml(`${'- '.repeat(100_000)}x`)).rejects.toThrow('nested too deeply');
    const laughs = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
      ...Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}*a${at}]`),
    ];
    await expect(yaml(laughs.join('\n'))).rejects.toThrow(/^c\.yml: not YAML: Excessive alias count/);
  });

  it('has __proto__ as a name like any other', async () => {
    await expect(json('{"__proto__": {"level": "group"}}')).rejects.toThrow('__proto__: it has no such field');
    await expect(yaml('__proto__: {level: group}')).rejects.toThrow('__proto__: it has no such field');
    const { rules } = mergeConfigs([await json('{"rules": {"__proto__": {"kind": "acyclic"}}}')]);
    expect(rules.map(({ name }) => name)).toEqual(['__proto__']);
  });
});

describe('configs that extend others', () => {
  it('count before them: settings whole, groups and rules by name', async () => {
    const base = {
      level: 'application',
      edges: 'all',
      groups: { a: ['x'], b: ['y'] },
      rules: { one: { kind: 'acyclic' }, two: { kind: 'orphans' } },
    };
    const own = { edges: ['call'], groups: { b: ['z'] }, rules: { two: 'warning', three: { kind: 'acyclic', level: 'group' } } };
    const config = await merged(base, own);
    expect([config.level, [...config.edges], config.file]).toEqual(['application', ['call'], 'c1.json']);
    expect(config.groups.map(({ name, patterns }) => [name, patterns.map(({ text }) => text)])).toEqual([
      ['b', ['z']],
      ['a', ['x']],
    ]);
    expect(config.rules.map(({ name, severity, level, file }) => [name, severity, level, file])).toEqual([
      ['one', 'error', 'application', 'c0.json'],
      ['two', 'warning', 'application', 'c0.json'],
      ['three', 'error', 'group', 'c1.json'],
    ]);
  });

  it('switch rules off and on', async () => {
    const base = { rules: { a: { kind: 'acyclic', severity: 'off' }, b: { kind: 'orphans' } } };
    expect((await merged(base, { rules: { a: 'error', b: 'off' } })).rules.map(({ name }) => name)).toEqual(['a']);
  });
});

it('the compiled validator and ajv with the published schema agree', async () => {
  const schema = JSON.parse(readFileSync(new URL('../../schema/beamtool.config.schema.json', import.meta.url), 'utf8'));
  const ajv = new Ajv.default({ discriminator: true, strictTypes: false });
  const validate = ajv.compile(schema);
  const { validateConfig } = await import('../../src/rules/config/config-validator.js');
  const example = JSON.parse(readFileSync(new URL('../../examples/otp-25/beamtool.config.json', import.meta.url), 'utf8'));
  for (const value of [
    {},
    example,
    { rules: { a: 'of' } },
    { groups: 1 },
    { rules: { a: { kind: 'query', query: 'X', expect: {} } } },
    7,
  ]) {
    expect(validateConfig(value)).toBe(validate(value));
  }
});

it('an empty config has no rules', async () => {
  expect((await configOf({})).rules).toEqual([]);
});
