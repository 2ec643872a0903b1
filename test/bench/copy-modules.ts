// Makes many modules out of few: `tsx copy-modules.ts FOLDER COUNT LIB...` writes COUNT modules below FOLDER, copies of those below the library
// folders under other names, application by application (`stdlib_3-1.0/ebin/lists_3.beam`). A copy calls copies of its own round: the names
// of all modules are changed wherever they stand in its atom table.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeAtoms } from '../../src/beam/chunks/atoms.js';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { findInputs, readInputs } from '../../src/io/input.js';

const [folder = '', count = '0', ...libraries] = process.argv.slice(2);
const modules: { readonly app: string; readonly module: BeamModule }[] = [];
for await (const input of readInputs(findInputs(libraries))) {
  if (input.kind === 'file') modules.push({ app: input.app ?? 'none', module: readBeam(input.bytes, { file: input.path }) });
}
const names = new Set(modules.map(({ module }) => module.name));

for (let at = 0; at < Number(count); at++) {
  const round = Math.floor(at / modules.length);
  const { app, module } = modules[at % modules.length] as (typeof modules)[number];
  const renamed = (name: string) => (names.has(name) ? `${name}_${round}` : name);
  const atoms = module.atoms.names().map(renamed);
  const ebin = join(folder, `${app}_${round}-1.0`, 'ebin');
  mkdirSync(ebin, { recursive: true });
  const copy = module.withChunk('AtU8', encodeAtoms(atoms, module.atoms.layout));
  writeFileSync(join(ebin, `${renamed(module.name)}.beam`), copy.bytes);
}
