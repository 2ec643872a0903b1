// What the compiler refuses, with the place and the kind of the node, and mistakes of scope that the real compiler refuses too.
import { expect, it } from 'vitest';
import { CompileError } from '../../src/compile/compile-error.js';
import type { Clause, Expression } from '../../src/forms/expression-model.js';
import type { FunctionForm } from '../../src/forms/form-model.js';
import { buildModule } from '../support/compiled-module.js';

const anno = 7;
const variable = (name: string): Expression => ({ kind: 'var', anno, name });
const integer = (value: number): Expression => ({ kind: 'integer', anno, value });
const clause = (patterns: readonly Expression[], ...body: readonly Expression[]): Clause => {
  return { kind: 'clause', anno, patterns, guards: [], body };
};
const match = (name: string, value: Expression): Expression => ({ kind: 'match', anno, pattern: variable(name), value });

function refusal(...body: readonly Expression[]): CompileError {
  const form: FunctionForm = { kind: 'function', anno, name: 'f', arity: 1, clauses: [clause([variable('X')], ...body)] };
  try {
    buildModule('m', [form], { otp: 27, records: new Map() });
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error('it was compiled');
}

it.each<readonly [string, string, readonly Expression[]]>([
  ['receive', "receive can't be compiled (f/1, line 7)", [{ kind: 'receive', anno, clauses: [] }]],
  ['var', 'variable Y is unbound (f/1, line 7)', [variable('Y')]],
  [
    'var',
    'variable Y is unsafe in case (f/1, line 7)',
    [
      {
        kind: 'case',
        anno,
        expression: variable('X'),
        clauses: [clause([integer(1)], match('Y', integer(1))), clause([variable('_')], integer(2))],
      },
      variable('Y'),
    ],
  ],
  [
    'call',
    'a guard can call guard BIFs only (f/1, line 7)',
    [
      {
        kind: 'if',
        anno,
        clauses: [
          { ...clause([], integer(1)), guards: [[{ kind: 'call', anno, callee: { kind: 'atom', anno, name: 'g' }, args: [] }]] },
        ],
      },
    ],
  ],
  [
    'atom',
    'function g/0 is undefined (f/1, line 7)',
    [{ kind: 'call', anno, callee: { kind: 'atom', anno, name: 'g' }, args: [] }],
  ],
  ['record', 'record r is undefined (f/1, line 7)', [{ kind: 'record', anno, name: 'r', fields: [] }]],
])('refuses %s: %s', (kind, message, body) => {
  const error = refusal(...body);
  expect({ kind: error.kind, message: error.message, location: error.location }).toEqual({
    kind,
    message,
    location: { line: 7 },
  });
});

it('refuses a function that needs more registers than there are', () => {
  const calls = Array.from({ length: 1100 }, (): Expression => ({ kind: 'tuple', anno, elements: [variable('X')] }));
  expect(refusal({ kind: 'tuple', anno, elements: calls }).message).toContain('registers');
});
