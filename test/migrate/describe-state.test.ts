import { describe, expect, it } from 'vitest';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { declaresState, describeState } from '../../src/migrate/describe-state.js';
import type { StateDescription } from '../../src/migrate/model.js';
import { readFixture } from '../support/fixtures.js';

function fixture(file: string): BeamModule {
  return readBeam(readFixture(file), { file });
}

/** Fixtures whose states can't be described, and why. */
const REFUSED: readonly (readonly [file: string, code: string, part: string])[] = [
  ['variants/otp25-stripped/failing.beam', 'no_attributes', 'beam_lib:strip'],
  ['variants/otp29-essentials/maybe_flow.beam', 'no_attributes', 'Attr'],
  ['variants/otp25-no-debug-info/counter.beam', 'no_debug_info', '--snapshot'],
  ['variants/otp27-slim/counter.beam', 'no_debug_info', '--debug-info'],
  ['variants/otp29-foreign-debug-info/door.beam', 'no_debug_info', 'debug_info'],
  ['variants/otp29-encrypted/bits.beam', 'encrypted', 'key'],
  ['elixir-1.18/Elixir.Courier.beam', 'elixir', 'Elixir'],
];

describe('describeState', () => {
  it.each(REFUSED)('refuses %s: %s', (file, code, part) => {
    const refused = describeState(fixture(file), file);
    expect(refused).toMatchObject({ kind: 'refused', file, code });
    expect('reason' in refused && refused.reason).toContain(part);
  });

  // The sources are in beams/src.
  it.each(['otp25', 'otp27', 'otp29'])('reads the states of %s', (otp) => {
    expect(describeState(fixture(`${otp}/counter.beam`), 'a')).toMatchObject({
      kind: 'state',
      module: 'counter',
      stateRecords: ['state'],
    });
    expect(describeState(fixture(`${otp}/door.beam`), 'a')).toMatchObject({ behaviours: ['gen_statem'], stateRecords: ['data'] });
  });

  it('reads native records without debug info from Recs', () => {
    const module = fixture('otp29/user_native.beam').withChunk('Dbgi', new Uint8Array(0));
    const bare = describeState(module, 'a') as StateDescription;
    const full = describeState(fixture('otp29/user_native.beam'), 'a') as StateDescription;
    const shapes = (state: StateDescription): unknown =>
      [...state.records.values()].flatMap(({ name, native, fields }) =>
        native ? [[name, fields.map((field) => field.name)]] : [],
      );
    expect(bare.source).toBe('Recs');
    expect(shapes(bare)).toEqual(shapes(full));
    expect([...bare.exportedRecords]).toEqual([...full.exportedRecords]);
  });

  it('gives functions that are there, and only these', () => {
    const state = describeState(fixture('otp29/counter.beam'), 'a') as StateDescription;
    expect(state.functionForm('init', 1)).toMatchObject({ kind: 'function', name: 'init', arity: 1 });
    expect(state.functionForm('init', 2)).toBeUndefined();
  });
});

describe('declaresState', () => {
  it('needs nothing but the attributes', () => {
    expect(declaresState(fixture('variants/otp25-no-debug-info/counter.beam'))).toBe(true);
    expect(declaresState(fixture('otp25/bits.beam'))).toBe(false);
    expect(declaresState(fixture('variants/otp25-stripped/failing.beam'))).toBe(false);
  });
});
