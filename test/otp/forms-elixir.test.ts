// Elixir text against Elixir's own `inspect`: every atom of its beams, and values of each kind.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { elixirAtom, elixirValue } from '../../src/forms/elixir-text.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import { atom, list, type Term } from '../../src/term/model.js';
import { parseTerm } from '../../src/term/parse.js';
import { describeWithOtp, otpBeams, runCommand } from './support/erlang.js';

const INSPECT = `
[file] = System.argv()
options = [limit: :infinity, printable_limit: :infinity, structs: false, charlists: :as_lists, width: :infinity]
file |> File.read!() |> :erlang.binary_to_term() |> Enum.map(&inspect(&1, options)) |> Enum.intersperse(0) |> IO.binwrite()
`;

/** Returns what Elixir writes for each term. */
function inspect(terms: readonly Term[]): readonly string[] {
  const folder = mkdtempSync('/tmp/beamtool-elixir-');
  try {
    const file = join(folder, 'terms');
    writeFileSync(file, encodeTerm(list(terms)));
    return runCommand(25, ['elixir', '-e', INSPECT, file]).toString('utf8').split('\0');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const VALUES = [
  "[a, 1, -1.5, 1.0e22, <<\"text\">>, nil, true, 'Elixir.A', 'a b', '+', 'B']",
  "[{a, 1}, {'B', 2}, {'c d', 3}]",
  '[{a, 1, 2}, {}, {[]}, [[]], [1 | 2], [a, b | c]]',
  '#{a => 1, b => #{}, <<"k">> => [v]}',
  "#{a => #{'b c' => 1}, d => [{e, f}]}",
  '<<"a#{b}\\"\\\\\\n">>',
  '[<<255, 1>>, <<1:3>>, <<>>]',
  "fun 'Elixir.A':'b c'/1",
];

describeWithOtp(25, 'Elixir text', () => {
  it('is what Elixir writes', () => {
    const modules = otpBeams(25)
      .filter((file) => file.includes('/Elixir.'))
      .map((file) => readBeam(readFileSync(file), { file }));
    const names = [...new Set(modules.flatMap((module) => module.atoms.names()))];
    const values = VALUES.map((text) => parseTerm(text));
    const answers = inspect([...names.map(atom), ...values]);
    const ours = [...names.map(elixirAtom), ...values.map((value) => elixirValue(value))];
    expect(names.length).toBeGreaterThan(5000);
    expect(ours.flatMap((text, at) => (text === answers[at] ? [] : [[text, answers[at]]]))).toEqual([]);
  });
});
