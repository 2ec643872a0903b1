// References in compiled fixtures, whose sources are in beams/src: what each function refers to, and where.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BeamModule, readBeam } from '../../../../src/beam/module.js';
import { type FactSource, readFacts } from '../../../../src/graph/facts/read-facts.js';
import type { ModuleFacts } from '../../../../src/graph/module-facts.js';
import { encodeTerm } from '../../../../src/term/etf-encode.js';
import { atom, list, NIL, type Term, tuple } from '../../../../src/term/model.js';
import { beamsFolder } from '../../../support/fixtures.js';

const open = (file: string): BeamModule => readBeam(readFileSync(join(beamsFolder, file)), { file });

const factsOf = (module: BeamModule, source: FactSource): ModuleFacts =>
  readFacts(module, { file: 'x.beam', app: null, references: true }, source).facts;

/** Function, kind, confidence, what is referred to, and places. */
function referencesOf(module: BeamModule, source: FactSource): readonly string[] {
  const { functions, references = [] } = factsOf(module, source);
  return references.map(({ from, kind, confidence, module: target, name, arity, sites }) => {
    const owner = functions[from] === undefined ? '-' : `${functions[from].name}/${functions[from].arity}`;
    const places = sites.map(({ line, column }) => ` ${line}:${column}`).join('');
    return `${owner} ${kind} ${confidence} ${target}${name === null ? '' : `:${name}/${arity ?? '?'}`}${places}`;
  });
}

describe('references', () => {
  it('are the behaviours and children of a supervisor, from abstract code', () => {
    expect(referencesOf(open('otp25/plant_sup.beam'), 'abstract')).toEqual([
      '- behaviour exact supervisor 3:2',
      '- behaviour exact application 4:2',
      'start_link/0 mfa inferred plant_sup 12:17',
      'init/1 child_spec literal counter:start_link/1 16:39',
      'init/1 child_spec literal gen_event:start_link/1 17:39',
      'init/1 child_spec literal door:start_link/1 18:19',
    ]);
  });

  it('are the same from the code, but for places', () => {
    const without = (lines: readonly string[]) => lines.map((line) => line.replace(/( \d+:\d+)+$/, '')).sort();
    const module = open('otp25/plant_sup.beam');
    expect(without(referencesOf(module, 'code'))).toEqual(without(referencesOf(module, 'abstract')));
  });

  it('are records of other modules', () => {
    const module = open('otp29/user_native.beam');
    expect(referencesOf(module, 'abstract')).toEqual([
      'kind/1 record exact other_native:part/? 26:14',
      'foreign/1 record exact other_native:part/? 33:9 33:43 35:16',
      'foreign/1 record exact other_native:thing/? 34:9 34:22',
    ]);
    expect(referencesOf(module, 'code')).toEqual([
      'foreign/1 record exact other_native:part/? 33:0 35:0',
      'foreign/1 record exact other_native:thing/? 33:0 34:0',
    ]);
  });

  it.each(['1.14', '1.18', '1.20'])('are protocols, structs and types of Elixir %s', (version) => {
    const refer = (name: string) => referencesOf(open(`elixir-${version}/Elixir.${name}.beam`), 'auto');
    expect(refer('Measure.Parcel')).toEqual([
      '- behaviour exact Elixir.Measure',
      '- protocol exact Elixir.Measure',
      '- protocol exact Elixir.Parcel',
    ]);
    const courier = refer('Courier');
    expect(courier).toContain('match/2 struct exact Elixir.Parcel 53:0');
    expect(courier).toContain('child_spec/1 child_spec literal Elixir.Courier:start_link/1 3:0');
    expect(courier).toContain('start_link/1 mfa inferred Elixir.Courier 11:0');
    const parcel = refer('Parcel').map((line) => line.replace(/( \d+:\d+)+$/, ''));
    expect(parcel).toContain('- type exact Elixir.Macro:t/0');
    expect(parcel).toContain('send_off/1 struct exact Elixir.Parcel');
  });

  it('are absent where they were not asked for', () => {
    const { facts } = readFacts(open('otp25/plant_sup.beam'), { file: 'x.beam', app: null }, 'auto');
    expect(facts.references).toBeUndefined();
  });

  it('are those of the module as a whole where only tables are read', () => {
    expect(referencesOf(open('otp25/plant_sup.beam'), 'tables')).toEqual([
      '- behaviour exact supervisor',
      '- behaviour exact application',
    ]);
  });
});

describe('callbacks', () => {
  const names = (facts: ModuleFacts) => facts.callbacks?.map(({ name, arity }) => `${name}/${arity}`);

  it.each(['abstract', 'code', 'tables'] as const)('are those of behaviour_info/1, from %s', (source) => {
    const facts = factsOf(open('otp25/contract.beam'), source);
    expect(names(facts)).toEqual(['measure/1', 'describe/1']);
    expect(facts.optionalCallbacks).toEqual([{ name: 'describe', arity: 1 }]);
  });

  it('are those that the documentation has where the code cannot be read', () => {
    const whole = open('elixir-1.20/Elixir.Parcel.beam');
    const module = whole.withChunk('Code', (whole.chunk('Code')?.data ?? new Uint8Array(0)).slice(0, 40));
    expect(names(factsOf(module, 'tables'))).toEqual(['optional/1', 'track/1']);
  });
});

it('expressions that nest in one another are not read over and over', () => {
  const node = (tag: string, ...parts: readonly Term[]) => tuple(atom(tag), 1, ...parts);
  const leaf = node('string', list(Array.from({ length: 100_000 }, () => 1000)));
  let deep: Term = leaf;
  for (let depth = 0; depth < 500; depth++) deep = node('tuple', list([deep, ...Array.from({ length: 5 }, () => node('nil'))]));
  const form = tuple(atom('function'), 1, atom('f'), 0, list([node('clause', NIL, NIL, list([deep]))]));
  const info = tuple(atom('debug_info_v1'), atom('erl_abstract_code'), tuple(list([form]), NIL));
  const module = open('otp25/plant_sup.beam').withChunk('Dbgi', encodeTerm(info, { atoms: 'utf8' }));
  expect(() => factsOf(module, 'abstract')).toThrow(expect.objectContaining({ code: 'limit' }));
});
