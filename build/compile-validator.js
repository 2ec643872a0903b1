// Compiles the published schema of configs to a validator, src/rules/config/config-validator.js: ajv writes it, and what it needs of ajv is put
// into the same file, so that ajv isn't there at run time. `npm run build` does this first.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('schema/beamtool.config.schema.json', root), 'utf8'));
// One error is shown: the first. To look for all would let a config of many faults take long.
const ajv = new Ajv.default({
  code: { source: true, esm: true },
  discriminator: true,
  verbose: false,
  strictTypes: false,
  inlineRefs: false,
});
ajv.addSchema(schema);
const code = standaloneCode.default(ajv, { validateConfig: schema.$id });
const { outputFiles } = await build({
  stdin: { contents: code, resolveDir: fileURLToPath(root), loader: 'js' },
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['main'],
  write: false,
});
writeFileSync(
  new URL('src/rules/config/config-validator.js', root),
  `// Made by build/compile-validator.js.\n${outputFiles[0].text}`,
);
