// Parts of a program: however the modules are shared out among readers, and whichever of them is done first, the program is the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModuleFacts } from '../../../src/graph/module-facts.js';
import { finishProgram } from '../../../src/graph/program/build-program.js';
import type { Program } from '../../../src/graph/program/program.js';
import { addModule, beginProgram, type ProgramBuilder } from '../../../src/graph/program/program-builder.js';
import { joinParts, partOf } from '../../../src/graph/program/program-part.js';
import { SMALL_FACTS } from './small-program.js';

const OPTIONS = { mode: 'functions', builtins: true, otp: 25 } as const;

const REFERENCE = { kind: 'mfa', module: 'b', name: 'g', arity: 0, confidence: 'literal', sites: [] } as const;

/** Each with a reference from its first function, and one from the module. */
const FACTS: readonly ModuleFacts[] = SMALL_FACTS.map((facts) => ({
  ...facts,
  references: [
    { ...REFERENCE, from: facts.functions.length > 0 ? 0 : -1 },
    { ...REFERENCE, from: -1 },
  ],
}));

function builderOf(placed: readonly (readonly [number, ModuleFacts])[]): ProgramBuilder {
  const builder = beginProgram(OPTIONS);
  for (const [order, facts] of placed) addModule(builder, facts, order);
  return builder;
}

function whole(facts: readonly ModuleFacts[]): Program {
  return finishProgram(builderOf(facts.map((one, order) => [order, one])));
}

/** Returns the program that readers make of modules, the reader of each given by `shares`. */
function joined(facts: readonly ModuleFacts[], shares: readonly number[]): Program {
  const readers = [0, 1, 2].map((reader) =>
    builderOf(facts.flatMap((one, order) => (shares[order] === reader ? [[order, one] as const] : []))),
  );
  const [own, ...others] = readers as [ProgramBuilder, ...ProgramBuilder[]];
  return finishProgram(joinParts(own, others.map(partOf)).builder);
}

/** The numbers of a call's places depend on the order of reading; what they say doesn't. */
function shown({ calls, ...program }: Program): unknown {
  const sites = Array.from(calls.calls, (call) => {
    const [start, end] = [calls.firstSite[call], calls.firstSite[call + 1]];
    return [calls.callKinds[call], calls.lines.slice(start, end), calls.columns.slice(start, end)];
  });
  return { ...program, edges: calls.edges, kinds: calls.kinds, firstCall: calls.firstCall, sites };
}

describe('parts of a program', () => {
  it('make the same program however the modules are shared out', () => {
    const expected = shown(whole(FACTS));
    const shares = fc.array(fc.nat(2), { minLength: FACTS.length, maxLength: FACTS.length });
    fc.assert(
      fc.property(shares, (chosen) => {
        expect(shown(joined(FACTS, chosen))).toEqual(expected);
      }),
    );
  });

  it('count the first of several modules of a name, whoever read it', () => {
    const other = (at: number): ModuleFacts => ({ ...(FACTS[at] as ModuleFacts), file: 'other.beam', calls: [], functions: [] });
    const withCopies = [other(1), ...FACTS, other(0), other(2)];
    const expected = shown(whole([other(1), ...FACTS.filter((_, at) => at !== 1)]));
    const shares = fc.array(fc.nat(2), { minLength: withCopies.length, maxLength: withCopies.length });
    fc.assert(
      fc.property(shares, (chosen) => {
        expect(shown(joined(withCopies, chosen))).toEqual(expected);
      }),
    );
  });

  it('say which were left out, in the order of the input', () => {
    const copy = { ...(FACTS[0] as ModuleFacts), file: 'copy.beam' };
    const { leftOut } = joinParts(builderOf([[7, copy]]), [partOf(builderOf([[2, FACTS[0] as ModuleFacts]]))]);
    expect(leftOut.map(({ order, notes, first }) => [order, notes.file, first.file])).toEqual([[7, 'copy.beam', FACTS[0]?.file]]);
  });
});
