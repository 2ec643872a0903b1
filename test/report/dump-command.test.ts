// `chunks dump` as the command line runs it.
import { describe, expect, it } from 'vitest';
import { dump } from '../../src/cli/commands/dump.js';
import { fixtures } from '../support/fixtures.js';

const pathOf = (file: string) => fixtures.find((fixture) => fixture.file === file)?.path as string;
const identity = (text: string) => text;

async function run(options: { path: readonly string[]; format?: string; chunk?: string }) {
  let output = '';
  const warnings: string[] = [];
  const terminal = {
    write: async (data: string | Uint8Array) => {
      output += data;
    },
    warn: (line: string) => {
      warnings.push(line);
    },
    style: { bold: identity, dim: identity },
    interactive: false,
  } as unknown as Parameters<typeof dump.run>[1];
  const args = { format: 'text', strictInput: false, keyFile: undefined, chunk: undefined, ...options };
  return { exit: await dump.run(args, terminal), output, warnings };
}

describe('chunks dump', () => {
  const [first, second] = [pathOf('otp27/counter.beam'), pathOf('otp27/lines.beam')];

  it('prints one file after the other', async () => {
    const { exit, output } = await run({ path: [first, second], chunk: 'Line' });
    expect(exit).toBe(0);
    expect(output.match(/^.*\.beam$/gm)).toEqual([first, second]);
  });

  it('prints an array of files as JSON', async () => {
    const { output } = await run({ path: [first, second], format: 'json' });
    const files = JSON.parse(output) as { schema: string; file: string; sections: { id: string }[] }[];
    expect(files.map(({ file }) => file)).toEqual([first, second]);
    expect(files[0]?.schema).toBe('beamtool-dump/1');
    expect(files[0]?.sections.map(({ id }) => id).slice(0, 3)).toEqual(['header', 'AtU8', 'Code']);
  });

  it('exits with 1 where no file has the chunk', async () => {
    const { exit, output, warnings } = await run({ path: [first], chunk: 'Recs', format: 'json' });
    expect(exit).toBe(1);
    expect(warnings).toEqual(['beamtool: no chunk Recs']);
    expect((JSON.parse(output) as { sections: unknown[] }[])[0]?.sections).toEqual([]);
  });

  it('names a file that is no beam and exits with 3', async () => {
    const { exit, output } = await run({ path: [pathOf('manifest.json') ?? 'no-such.beam'], format: 'json' });
    expect(exit).toBe(3);
    expect(JSON.parse(output)).toEqual([]);
  });
});
