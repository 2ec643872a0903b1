// Module and application edges against xref in modules mode with every application added by its folder, and the BIF tables against the
// runtime's own answer.
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { builtinTable } from '../../src/code/builtins.js';
import { type ImportFacts, readImportFacts } from '../../src/graph/import-facts.js';
import { buildImportGraph, type ImportLevel } from '../../src/graph/import-graph.js';
import { openInputs } from '../../src/io/input.js';
import { describeWithOtp, insidePath, otpEbins } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const lines = (answer: Buffer) => answer.toString('utf8').split('\n').slice(0, -1).sort();

async function readFacts(folders: readonly string[]): Promise<readonly ImportFacts[]> {
  const facts: ImportFacts[] = [];
  for await (const input of openInputs(folders)) {
    // Some applications of OTP, such as erl_interface, have no beams.
    if (input.kind === 'fault' && input.error.code === 'missing') continue;
    if (input.kind !== 'file') throw new Error(`${input.path} was not read`);
    facts.push(readImportFacts(readBeam(input.bytes), { file: input.path, app: input.app ?? null, names: true }));
  }
  return facts;
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `the dependencies of OTP ${release} and its Elixir`, () => {
    const applications = () => otpEbins(release).map((ebin) => dirname(ebin));

    it.each([
      ['module', 'ME', 7000],
      ['application', 'AE', 100],
    ] as const)('have the %s edges that xref has', async (level: ImportLevel, variable, least) => {
      const folders = applications();
      const { edges, nodes } = buildImportGraph(await readFacts(folders), level);
      const ours = edges.map(({ from, to }) => `${from}\x01${to}`).sort();
      const theirs = lines(
        runOracle(release, 'deps_oracle', 'edges', [folders.map((folder) => insidePath(release, folder)), variable]),
      );
      expect(theirs.length).toBeGreaterThan(least);
      expect(ours).toEqual(theirs);
      expect(nodes.length).toBeGreaterThan(20);
      expect(edges.every(({ functions }) => functions > 0)).toBe(true);
    });

    it('leave out the BIFs that the runtime has', () => {
      const ours = [...builtinTable(release)].flatMap(([module, functions]) =>
        [...functions].flatMap(([name, arities]) => [...arities].map((arity) => `${module}:${name}/${arity}`)),
      );
      expect(ours.sort()).toEqual(lines(runOracle(release, 'deps_oracle', 'builtins')));
    });
  });
}
