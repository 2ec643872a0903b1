// The children of the real supervisors of OTP and RabbitMQ, as their code tells and as their init/1 returns them.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { isSupervisor, readChildren } from '../../src/changes/children/read-children.js';
import { readStartCalls } from '../../src/changes/children/start-calls.js';
import { list, NIL, type Term } from '../../src/term/model.js';
import { askInit, differences, filled } from './support/children.js';
import { describeWithOtp, type OtpRelease, otpBeams } from './support/erlang.js';
import { rabbitmqEbins } from './support/rabbitmq.js';

/** What some are started with, where the code doesn't tell; `[]` for many. */
const ARGUMENTS: Readonly<Record<string, Term>> = {
  httpc_profile_sup: list([NIL]),
  httpd_sup: list([NIL]),
  mnesia_sup: list([NIL]),
  snmpa_agent_sup: list([NIL]),
  tftp_sup: list([NIL]),
};

interface Measured {
  readonly supervisors: number;
  readonly known: number;
  /** How many real init/1 could be called. */
  readonly asked: number;
  /** Of these, how many were known with the argument that they were called with. */
  readonly knownWithArgument: number;
  readonly wrong: readonly string[];
}

function measure(release: OtpRelease, beams: readonly string[]): Measured {
  const modules = new Map(beams.map((path) => [basename(path, '.beam'), path]));
  const opened = new Map<string, BeamModule>();
  const lookup = (name: string): BeamModule | undefined => {
    const path = modules.get(name);
    if (path === undefined) return undefined;
    const module = opened.get(name) ?? readBeam(readFileSync(path), { file: path });
    opened.set(name, module);
    return module;
  };
  const supervisors = [...modules.keys()].flatMap((name) => lookup(name) ?? []).filter(isSupervisor);
  const questions = supervisors.map((module) => {
    const [argument] = readStartCalls(module, { lookup }).args;
    return [module.name, ARGUMENTS[module.name] ?? filled(argument ?? NIL)] as const;
  });
  const answers = askInit(release, questions, [...new Set(beams.map(dirname))]);
  const read = supervisors.map((module) => readChildren(module, { lookup }));
  const readWith = supervisors.map((module, at) => readChildren(module, { lookup, args: [questions[at]?.[1] as Term] }));
  const isAsked = (at: number): boolean => answers[at]?.kind !== 'failed';
  return {
    supervisors: supervisors.length,
    known: read.filter(({ kind }) => kind !== 'unknown').length,
    asked: answers.filter((_, at) => isAsked(at)).length,
    knownWithArgument: readWith.filter(({ kind }, at) => kind !== 'unknown' && isAsked(at)).length,
    wrong: supervisors.flatMap(({ name }, at) => {
      const answer = answers[at] as (typeof answers)[number];
      const all = [
        ...differences(read[at] as (typeof read)[number], answer),
        ...differences(readWith[at] as (typeof read)[number], answer),
      ];
      return all.map((difference) => `${name}: ${difference}`);
    }),
  };
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `supervisors of OTP ${release}`, () => {
    it('have the children that their code tells', () => {
      const measured = measure(release, otpBeams(release));
      expect(measured.wrong).toEqual([]);
      // The rest start what a configuration or an argument says.
      expect(measured.supervisors - measured.known).toBeLessThanOrEqual(8);
      expect(measured.asked - measured.knownWithArgument).toBeLessThanOrEqual(3);
      expect(measured.asked).toBeGreaterThan(30);
    }, 120_000);
  });
}

describeWithOtp(25, 'supervisors of RabbitMQ', () => {
  it('have the children that their code tells', () => {
    const ebins = rabbitmqEbins();
    const beams = ebins.flatMap((ebin) =>
      readdirSync(ebin)
        .filter((name) => name.endsWith('.beam'))
        .map((name) => join(ebin, name)),
    );
    const measured = measure(25, beams);
    expect(measured.wrong).toEqual([]);
    if (beams.length === 0) return;
    expect(measured.known / measured.supervisors).toBeGreaterThan(0.85);
    expect(measured.knownWithArgument).toBe(measured.asked);
    expect(measured.asked).toBeGreaterThan(50);
  }, 120_000);
});
