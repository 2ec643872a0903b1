// What counts as a change of an Elixir module, on what the compilers of three releases make of it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { compareModules } from '../../src/changes/compare-modules.js';
import { describeWithOtp, type OtpRelease, runCommand } from './support/erlang.js';

const folder = mkdtempSync('/tmp/beamtool-elixir-changes-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BASE = `defmodule Price do
  require Logger
  @moduledoc "Prices."
  @doc "Of an item."
  @spec of(integer) :: integer
  def of(x) do
    x * 2
  end
  def all(list), do: Enum.map(list, fn y -> of(y) + 1 end)
  def warn(x) do
    Logger.warning("seen", item: x)
  end
end
`;

/** Name, edit, whether the lines alone differ, and the functions that do. */
const EDITS: readonly (readonly [string, (source: string) => string, boolean, readonly string[]])[] = [
  ['nothing', (source) => source, false, []],
  ['documentation', (source) => source.replace('Of an item', 'Of one item'), false, []],
  ['a spec', (source) => source.replace('of(integer)', 'of(term)'), false, []],
  ['names of variables', (source) => source.replace('(x) do\n    x * 2', '(it) do\n    it * 2'), false, []],
  ['a comment', (source) => source.replace('x * 2', 'x * 2 # twice'), false, []],
  ['lines at the top', (source) => `\n\n${source}`, true, ['warn/1']],
  ['a constant', (source) => source.replace('x * 2', 'x * 3'), false, ['of/1']],
  ['a fun', (source) => source.replace('+ 1 end', '+ 2 end'), false, ['all/1']],
  ['a message', (source) => source.replace('"seen"', '"saw"'), false, ['warn/1']],
];

/** Compiles the source in a folder of its own, under the same path each time. */
function compile(release: OtpRelease, source: string, name: string) {
  const [file, output] = [join(folder, 'price.ex'), join(folder, `${release}-${name}`)];
  writeFileSync(file, source);
  mkdirSync(output);
  runCommand(release, ['elixirc', '-o', output, file]);
  return readBeam(readFileSync(join(output, 'Elixir.Price.beam')));
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `Elixir modules by OTP ${release}`, () => {
    it('are changed where what they do is', () => {
      const base = compile(release, BASE, 'base');
      const found = EDITS.map(([name, edit], at) => {
        const { functions, lineLiteralsOnly } = compareModules(base, compile(release, edit(BASE), String(at)));
        return [name, lineLiteralsOnly, functions.changed.map((one) => one.name)];
      });
      expect(found).toEqual(EDITS.map(([name, , isLine, functions]) => [name, isLine, functions]));
    });
  });
}
