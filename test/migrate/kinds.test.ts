import { describe, expect, it } from 'vitest';
import { findCallback } from '../../src/migrate/kinds.js';
import { state } from './states.js';

/** Behaviours, exports, what was asked for, and the callback or the code of the refusal. */
const CASES: readonly (readonly [behaviours: string, exports: string, asked: string, expected: string])[] = [
  ['gen_server', '', '', 'code_change/3 state 1 thrown'],
  ['gen_server', 'code_change/3', '', 'code_change/3 state 1 thrown'],
  ['gen_event', 'code_change/3', '', 'code_change/3 state 1'],
  ['gen_server gen_event', 'code_change/3', '', 'code_change/3 state 1'],
  ['gen_statem', '', '', 'code_change/4 state 2 thrown'],
  ['gen_fsm', '', '', 'code_change/4 state 2 thrown'],
  ['p1_fsm', '', '', 'code_change/4 state 2 thrown'],
  ['gen_server2', '', '', 'code_change/3 state 1 thrown'],
  ['gen_batch_server', '', '', 'code_change/3 state 1 thrown'],
  ['my_behaviour', 'code_change/3', '', 'code_change/3 state 1 thrown'],
  ['my_behaviour', 'code_change/4', '', 'code_change/4 state 2 thrown'],
  ['', 'system_code_change/4', '', 'system_code_change/4 state 0 thrown'],
  ['my_behaviour gen_server', '', '', 'code_change/3 state 1 thrown'],
  ['my_behaviour', '', '', 'no_callback'],
  ['', 'init/1', '', 'no_callback'],
  ['', 'code_change/3 code_change/4', '', 'several_callbacks'],
  ['gen_server gen_statem', '', '', 'several_callbacks'],
  ['gen_server gen_statem', '', 'gen_statem', 'code_change/4 state 2 thrown'],
  ['my_behaviour', '', 'code_change/4', 'code_change/4 state 2 thrown'],
  ['', '', 'system', 'system_code_change/4 state 0 thrown'],
  ['', '', 'gen_serve', 'no_callback'],
  ['supervisor', '', '', 'supervisor'],
  ['supervisor gen_server', '', 'gen_server', 'supervisor'],
  ['application', 'code_change/3', '', 'application'],
  ['application gen_server', '', 'gen_server', 'code_change/3 state 1 thrown'],
];

describe('findCallback', () => {
  it.each(CASES)('of behaviours "%s", exports "%s", asked for "%s": %s', (behaviours, exports, asked, expected) => {
    const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');
    const one = state({ records: {}, behaviours: words(behaviours), exports: words(exports) });
    const found = findCallback(one, asked === '' ? undefined : asked);
    const text =
      'kind' in found ? found.code : `${found.name}/${found.arity} state ${found.state}${found.thrownIsResult ? ' thrown' : ''}`;
    expect(text).toBe(expected);
  });
});
