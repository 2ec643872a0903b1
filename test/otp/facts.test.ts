// The facts of modules against the real xref in functions mode, BIFs off and on: functions with their lines, local, external and unresolved
// calls with theirs. From abstract code they are equal; on our own sources in xref-sources/ and on all of OTP.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { autoImported, type ErlangFunctions, guardBuiltins } from '../../src/code/builtins.js';
import { readAbstractFacts } from '../../src/graph/facts/abstract/read-abstract.js';
import type { ModuleFacts } from '../../src/graph/module-facts.js';
import { expandedCalls } from '../graph/expanded-calls.js';
import { describeWithOtp, insidePath, type OtpRelease, otpEbins, repository, runCommand } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const sources = join(repository, 'test/otp/xref-sources');

const answerLines = (answer: Buffer) => answer.toString('utf8').split('\n').slice(0, -1).sort();

const functionText = (module: string, { name, arity }: { readonly name: string; readonly arity: number }) =>
  `${module}\x02${name}\x02${arity}`;

const linesText = (lines: readonly number[]) => [...new Set(lines)].sort((left, right) => left - right).join(' ');

/** What modules ignore: modules, and functions as module:name/arity; nothing before OTP 29. */
function ignoredNames(facts: readonly ModuleFacts[], otp: OtpRelease): ReadonlySet<string> {
  if (otp < 29) return new Set();
  const names = facts.flatMap(({ ignored }) => ignored ?? []);
  return new Set(names.map((each) => (typeof each === 'string' ? each : `${each.module}:${each.name}/${each.arity}`)));
}

/** Writes facts as facts_oracle.erl writes xref's; from OTP 29 on its answers leave out what `-ignore_xref` names. */
function factLines(facts: ModuleFacts, ignored: ReadonlySet<string>): readonly string[] {
  const { module, functions } = facts;
  const edges = new Map<string, number[]>();
  for (const call of expandedCalls(facts)) {
    const edge = `${functionText(module, functions[call.from] as never)}\x01${functionText(call.module, call)}`;
    const key = `${call.kind === 'local' ? 'L' : 'X'}\x01${edge}`;
    edges.set(key, [...(edges.get(key) ?? []), ...call.sites.map(({ line }) => line)]);
    if (call.unresolved) edges.set(`U\x01${edge}`, []);
  }
  return [
    ...functions
      .filter(({ name, arity }) => !ignored.has(module) && !ignored.has(`${module}:${name}/${arity}`))
      .map((each) => `F\x01${functionText(module, each)}\x01${each.line}`),
    ...[...edges].map(([edge, lines]) => (edge.startsWith('U') ? edge : `${edge}\x01${linesText(lines)}`)),
  ];
}

function ourLines(folders: readonly string[], otp: OtpRelease, builtins: boolean): readonly string[] {
  const beams = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const files = beams.filter((path) => path.endsWith('.beam'));
  const facts = files.map((file) =>
    readAbstractFacts(readBeam(readFileSync(file), { file }), { file, app: null, otp, builtins }),
  );
  const ignored = ignoredNames(facts, otp);
  return facts.flatMap((each) => factLines(each, ignored)).sort();
}

function xrefLines(folders: readonly string[], release: OtpRelease, builtins: boolean): readonly string[] {
  const inside = folders.map((folder) => insidePath(release, folder));
  return answerLines(runOracle(release, 'facts_oracle', 'facts', [inside, String(builtins)]));
}

/** The differences of two sorted lists; a whole list in a failure would be no help. */
function differences(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const [known, wanted] = [new Set(ours), new Set(theirs)];
  const missing = theirs.filter((line) => !known.has(line)).map((line) => `missing ${line}`);
  return [...missing, ...ours.filter((line) => !wanted.has(line)).map((line) => `too many ${line}`)].slice(0, 20);
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `facts from abstract code, with OTP ${release}`, () => {
    let folder = '';

    beforeAll(() => {
      // Not os.tmpdir(): see support/oracle.ts.
      folder = mkdtempSync('/tmp/beamtool-facts-');
      const names = readdirSync(sources).filter((name) => name.endsWith('.erl'));
      for (const name of names) copyFileSync(join(sources, name), join(folder, name));
      for (const name of names) runCommand(release, ['erlc', '+nowarn', '+debug_info', name], { cwd: folder });
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    describe.each([false, true])('with builtins %s', (builtins) => {
      it('are those of xref for the constructs that it knows', () => {
        const theirs = xrefLines([folder], release, builtins);
        expect(theirs.length).toBeGreaterThan(300);
        expect(differences(ourLines([folder], release, builtins), theirs)).toEqual([]);
      });

      it('are those of xref for all of OTP', () => {
        const folders = otpEbins(release).filter((ebin) => !isElixir(ebin));
        const theirs = xrefLines(folders, release, builtins);
        expect(theirs.length).toBeGreaterThan(90_000);
        expect(differences(ourLines(folders, release, builtins), theirs)).toEqual([]);
      });
    });

    it('know the functions of erlang that need no module, and those of guards', () => {
      expect(namesOf(autoImported(release))).toEqual(answerLines(runOracle(release, 'facts_oracle', 'auto_imported')));
      expect(namesOf(guardBuiltins(release))).toEqual(answerLines(runOracle(release, 'facts_oracle', 'guard_bifs')));
    });
  });
}

const isElixir = (ebin: string) => /\/elixir\//.test(ebin) || basename(ebin) !== 'ebin';

const namesOf = (functions: ErlangFunctions) =>
  [...functions].flatMap(([name, arities]) => [...arities].map((arity) => `${name}/${arity}`)).sort();
