// The library in an environment that has nothing of Node: bundled for a browser and run where only the web's own globals exist.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { beamsFolder } from './support/fixtures.js';

const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url));

it('reads, prints and compresses in a browser as in Node', async () => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'beamtool',
    write: false,
  });
  const context = createContext({ TextDecoder, TextEncoder, console });
  runInContext((outputFiles[0] as { text: string }).text, context);
  runInContext(`bytes = new Uint8Array(${JSON.stringify([...readFileSync(`${beamsFolder}/otp25/counter.beam`)])})`, context);
  const inBrowser = runInContext(
    `const module = beamtool.readBeam(bytes);
     const literals = beamtool.encodeLiterals(module.literals.terms(), true);
     JSON.stringify([beamtool.buildModuleInfo(module, 'counter.beam'), beamtool.buildSourceReport(module, 'counter.beam'), [...literals]])`,
    context,
  );
  const { buildModuleInfo, buildSourceReport, encodeLiterals, readBeam } = await import('../src/index.js');
  const module = readBeam(readFileSync(`${beamsFolder}/otp25/counter.beam`));
  const literals = encodeLiterals(module.literals.terms(), true);
  expect(JSON.parse(inBrowser)).toEqual(
    JSON.parse(
      JSON.stringify([buildModuleInfo(module, 'counter.beam'), buildSourceReport(module, 'counter.beam'), [...literals]]),
    ),
  );
  expect(literals).toEqual(new Uint8Array(module.reader('LitT').data));
});
