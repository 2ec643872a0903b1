// The layer rules of ARCHITECTURE.md hold, by dependency-cruiser on ourselves; the rules were asked about enough modules to be believed,
// and do find a violation where there is one.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: object[]; options: ICruiseOptions };
const scratch = mkdtempSync(join(tmpdir(), 'beamtool-layers-'));
afterAll(() => rmSync(scratch, { recursive: true }));

async function check(baseDir: string): Promise<ICruiseResult> {
  const { tsConfig, ...options } = config.options;
  const rules = { forbidden: config.forbidden };
  return (await cruise(['src'], { ...options, baseDir, validate: true, ruleSet: rules } as ICruiseOptions))
    .output as ICruiseResult;
}

function makeTree(files: Readonly<Record<string, string>>): string {
  const tree = mkdtempSync(join(scratch, 'tree-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true });
    writeFileSync(join(tree, name), text);
  }
  return tree;
}

describe('the layer rules', () => {
  it('hold for every source file', async () => {
    const { summary, modules } = await check(root);
    const files = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
    const seen = modules.filter(({ source }) => source.startsWith('src/') && source.endsWith('.ts') && !source.endsWith('.d.ts'));
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    expect(seen.length).toBe(sources.length);
    expect(summary.totalDependenciesCruised ?? 0).toBeGreaterThan(sources.length);
  });

  it.each([
    ['an import that runs upward', 'bytes-imports-downward', 'src/bytes/a.ts', "import '../cli/b.js';", 'src/cli/b.ts'],
    [
      'an import of the other room on its floor',
      'code-imports-downward',
      'src/code/a.ts',
      "import '../forms/b.js';",
      'src/forms/b.ts',
    ],
    ['io that knows what bytes mean', 'io-knows-files-only', 'src/io/a.ts', "import '../beam/b.js';", 'src/beam/b.ts'],
    ['a file system below io', 'node-only-in-io-and-cli', 'src/term/a.ts', "import 'node:fs';", 'src/term/b.ts'],
    ['a cycle', 'no-cycles', 'src/term/a.ts', "import './a.js';", 'src/term/b.ts'],
  ])('find %s', async (_what, rule, file, text, other) => {
    const { summary } = await check(makeTree({ [file]: text, [other]: 'export const b = 1;' }));
    expect(summary.violations.map((violation) => violation.rule.name)).toContain(rule);
  });
});
