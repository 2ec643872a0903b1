// The table of known behaviours against behaviour_info/1 of every module that has it, and the callbacks among the unused exports of OTP 25
// against xref and behaviour_info/1.
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { runAnalysis } from '../../src/graph/analyses/analysis.js';
import { explainExports, missingBehaviours } from '../../src/graph/analyses/explain-exports.js';
import { knownBehaviours, knownCallbacks } from '../../src/graph/analyses/known-behaviours.js';
import { type AppFile, readAppFile } from '../../src/graph/applications/app-file.js';
import { readFacts } from '../../src/graph/facts/read-facts.js';
import { finishProgram } from '../../src/graph/program/build-program.js';
import type { Program } from '../../src/graph/program/program.js';
import { addModule, beginProgram } from '../../src/graph/program/program-builder.js';
import { openInputs } from '../../src/io/input.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { isAtom, isTuple, properList, type Term } from '../../src/term/model.js';
import { describeWithOtp, insidePath, type OtpRelease, otpEbins, otpReleases } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const items = (term: Term | undefined) => properList(term) ?? [];

/** `{Name, Arity}` as `name/arity`. */
function functionText(term: Term): string {
  const [name, arity] = isTuple(term, 2) ? term.items : [];
  return isAtom(name) ? `${name.name}/${arity}` : '';
}

/** The callbacks of each behaviour of a release, optional ones included. */
function behavioursOf(release: OtpRelease): ReadonlyMap<string, ReadonlySet<string>> {
  const ebins = otpEbins(release).map((ebin) => insidePath(release, ebin));
  const answer = decodeTerm(runOracle(release, 'behaviour_oracle', 'callbacks', [ebins]));
  return new Map(
    items(answer).map((one) => {
      const [name, callbacks, optional] = isTuple(one, 3) ? one.items : [];
      return [isAtom(name) ? name.name : '', new Set([...items(callbacks), ...items(optional)].map(functionText))];
    }),
  );
}

const known = (behaviour: string) => (knownCallbacks(behaviour) ?? []).map(({ name, arity }) => `${name}/${arity}`);

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `the behaviours of OTP ${release} and its Elixir`, () => {
    it('are in the table with all their callbacks', () => {
      const behaviours = behavioursOf(release);
      expect(behaviours.size).toBeGreaterThan(40);
      for (const [name, callbacks] of behaviours) {
        const table = new Set(known(name));
        expect([name, [...callbacks].filter((callback) => !table.has(callback))]).toEqual([name, []]);
      }
    });
  });
}

describe.skipIf(otpReleases.length < 3)('the table of behaviours (left out unless OTP 25, 27 and 29 are there)', () => {
  it('has none but those of the three releases', () => {
    const all = otpReleases.map(behavioursOf);
    for (const name of knownBehaviours()) {
      const extra = known(name).filter((callback) => all.every((behaviours) => behaviours.get(name)?.has(callback) !== true));
      expect([name, extra]).toEqual([name, []]);
    }
  });
});

async function readProgramOf(
  folders: readonly string[],
  source: 'abstract' | 'auto',
): Promise<{ program: Program; applications: AppFile[] }> {
  const builder = beginProgram({ mode: 'functions', builtins: false, otp: 25 });
  const applications: AppFile[] = [];
  for await (const input of openInputs(folders, { wanted: ['beam', 'app'] })) {
    if (input.kind !== 'file') throw new Error(`${input.path} was not read`);
    const { path, bytes, app = null } = input;
    if (input.type === 'app') applications.push(readAppFile(bytes, path));
    else addModule(builder, readFacts(readBeam(bytes, { file: path }), { file: path, app, builtins: false }, source).facts);
  }
  return { program: finishProgram(builder), applications };
}

describeWithOtp(25, 'the unused exports of OTP 25', () => {
  it('are all explained, and callbacks where behaviour_info/1 says so', { timeout: 120_000 }, async () => {
    const folders = otpEbins(25)
      .map((ebin) => dirname(ebin))
      .filter((folder) => folder.includes('/erlang/lib/'));
    const { program, applications } = await readProgramOf(folders, 'abstract');
    const explained = explainExports(program, { applications });
    const answer = decodeTerm(runOracle(25, 'behaviour_oracle', 'unused_callbacks', [folders]));
    const [total, callbacks] = isTuple(answer, 2) ? answer.items : [];
    const { functions } = program;
    const name = (id: number) =>
      [
        functions.modules[functions.moduleOf[id] as number],
        functions.names[functions.nameOf[id] as number],
        functions.arityOf[id],
      ].join(' ');

    const unused = runAnalysis(program, { name: 'exports_not_used' }).value;
    const ids = unused.kind === 'vertices' ? unused.set : [];
    expect(ids.length).toBe(total);
    expect(explained.filter((one) => one.class !== 'tests_only').map((one) => one.function)).toEqual([...ids]);

    const theirs = items(callbacks).map((one) =>
      (isTuple(one, 3) ? one.items.map((item) => (isAtom(item) ? item.name : formatTerm(item))) : []).join(' '),
    );
    expect(theirs).toHaveLength(1096);
    const classes = new Map(explained.map((one) => [name(one.function), one.class]));
    expect(theirs.filter((one) => !['callback', 'application'].includes(classes.get(one) as string))).toEqual([]);
    expect(
      explained
        .filter((one) => one.class === 'callback')
        .map((one) => name(one.function))
        .filter((one) => !theirs.includes(one)),
    ).toEqual([]);
    expect(missingBehaviours(program)).toEqual([]);
    const count = (name: string) => explained.filter((one) => one.class === name).length;
    expect(['application', 'callback', 'open', 'tests_only'].map(count)).toEqual([28, 1074, 0, 1]);
  });
});
