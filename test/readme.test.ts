// The examples of the README print what it shows. `BEAMTOOL_WRITE_README=1 npx vitest run test/readme.test.ts` puts in what they print now:
// read the difference before you commit it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');
const EXAMPLE = /```console\n\$ npx beamtool (.+)\n([\s\S]*?)```/g;
/** A long answer ends with this line in the README. */
const CUT = '...\n';
/** An example with the applications of OTP 25 shows what is printed where there are these. */
const OTP = '/usr/lib/erlang/lib/';
const hasOtp25 = existsSync(`${OTP}kernel-8.5.3`);

/** As a shell splits words, with single quotes. */
function splitWords(words: string): readonly string[] {
  return [...words.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
}

function run(words: string): string {
  const { stdout, stderr } = spawnSync('node', ['bin/beamtool.js', ...splitWords(words)], { cwd: root, encoding: 'utf8' });
  return stdout + stderr;
}

if (process.env.BEAMTOOL_WRITE_README) {
  const filled = readme.replace(EXAMPLE, (_all, words: string) => {
    const lines = run(words).trimEnd().split('\n');
    const shown = lines.length > 40 ? `${lines.slice(0, 24).join('\n')}\n${CUT}` : `${lines.join('\n')}\n`;
    return `\`\`\`console\n$ npx beamtool ${words}\n${shown}\`\`\``;
  });
  writeFileSync(`${root}README.md`, filled);
}

describe('the README', () => {
  const examples = [...readFileSync(`${root}README.md`, 'utf8').matchAll(EXAMPLE)].map(([, words = '', shown = '']) => ({
    words,
    shown,
  }));

  it('has an example of each command', () => {
    const commands = new Set(examples.map(({ words }) => words.split(' ')[0]));
    expect([...commands].sort()).toEqual([
      ...[
        'apps',
        'appup',
        'boot',
        'chunks',
        'deps',
        'diff',
        'disasm',
        'info',
        'inject-migration',
        'query',
        'records',
        'releases',
      ],
      ...['relup', 'source', 'term', 'upgrade', 'xref'],
    ]);
  });

  it.each(examples.filter(({ words }) => hasOtp25 || !words.includes(OTP)))(
    'shows what `beamtool $words` prints',
    ({ words, shown }) => {
      const printed = `${run(words).trimEnd()}\n`;
      if (shown.endsWith(CUT)) expect(printed.startsWith(shown.slice(0, -CUT.length))).toBe(true);
      else expect(shown).toBe(printed);
    },
  );
});
