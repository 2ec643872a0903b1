// Functions that data names count where they are there: in an analysed module or on the library path.
import { expect, it } from 'vitest';
import type { Reference } from '../../../src/graph/module-facts.js';
import { finishProgram } from '../../../src/graph/program/build-program.js';
import { addModule, beginProgram, missingModules } from '../../../src/graph/program/program-builder.js';
import { moduleFacts } from './small-program.js';

const data = (kind: Reference['kind'], module: string, name: string | null, arity: number | null): Reference => {
  return { kind, from: 0, module, name, arity, confidence: 'literal', sites: [] };
};

const references = [
  data('mfa', 'store', 'get', 1),
  data('mfa', 'store', 'get', 2),
  data('mfa', 'store', 'hidden', 0),
  data('mfa', 'store', 'get', null),
  data('mfa', 'store', null, null),
  data('mfa', 'far', 'go', 0),
  data('mfa', 'far', 'stay', 0),
  data('mfa', 'nowhere', 'go', 0),
  data('child_spec', 'nowhere', 'start', 0),
  data('type', 'nowhere', 't', 0),
];

it.each(['functions', 'modules'] as const)('are kept in %s mode', (mode) => {
  const builder = beginProgram({ mode, builtins: false });
  addModule(builder, moduleFacts('shop', null, ['+start/0'], [], { references }));
  addModule(builder, moduleFacts('store', null, ['+get/1', 'hidden/0'], []));
  expect([...missingModules(builder)].sort()).toEqual(['far', 'nowhere']);
  const library = [{ module: 'far', exports: [{ name: 'go', arity: 0 }], deprecated: [] }];
  const program = finishProgram(builder, { library });
  const kept = program.references.map(({ kind, module, name, arity }) => `${kind} ${module}:${name}/${arity}`);
  expect(kept).toEqual([
    'mfa store:get/1',
    'mfa store:get/null',
    'mfa store:null/null',
    'mfa far:go/0',
    'child_spec nowhere:start/0',
    'type nowhere:t/0',
  ]);
});
