import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BeamModule, readBeam } from '../../../src/beam/module.js';
import { readFacts } from '../../../src/graph/facts/read-facts.js';
import { finishProgram } from '../../../src/graph/program/build-program.js';
import { addModule, beginProgram } from '../../../src/graph/program/program-builder.js';
import { readModule } from '../../../src/graph/program/read-module.js';
import { beamsFolder } from '../../support/fixtures.js';

const modules = readdirSync(beamsFolder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.beam'))
  .sort()
  .map((name): BeamModule => readBeam(readFileSync(join(beamsFolder, name)), { file: name }));

describe('modules that are read into a program', () => {
  it.each([
    { source: 'code', builtins: false },
    { source: 'code', builtins: true },
    { source: 'auto', builtins: true },
  ] as const)('say what their facts say: $source, builtins $builtins', ({ source, builtins }) => {
    const one = beginProgram({ mode: 'functions', builtins, otp: 29 });
    const other = beginProgram({ mode: 'functions', builtins, otp: 29 });
    modules.forEach((module, order) => {
      const context = { file: module.file ?? '', app: null, builtins, imports: false };
      const { facts, fallback } = readFacts(module, context, source);
      const added = addModule(one, facts, order);
      expect(readModule(other, module, context, source, order)).toEqual({ added, ...(fallback !== undefined && { fallback }) });
    });
    expect(finishProgram(other)).toEqual(finishProgram(one));
  });
});
