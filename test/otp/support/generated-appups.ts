// Appups that are generated from v1/ and v2/ of a folder, and written beside the modules of v2.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBuild } from '../../../src/cli/builds.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import { formatGenerated } from '../../../src/release/appup/generate/format-generated.js';
import { generateAppups } from '../../../src/release/appup/generate/generate-appups.js';
import type { GenerateChoices, GeneratedAppups } from '../../../src/release/appup/generate/model.js';
import { plainChoices } from '../../release/appup/generate/plain-choices.js';

const terminal = { warn: () => {} } as unknown as Terminal;

/** Generates and writes the appups of applications at version 2. */
export async function generateIn(folder: string, choices: Partial<GenerateChoices> = {}): Promise<GeneratedAppups> {
  const read = async (version: string) => (await readBuild(join(folder, version), { keyFile: undefined }, terminal)).build;
  const [old, now] = [await read('v1'), await read('v2')];
  const answer = generateAppups({ olds: [old], now, choices: { ...plainChoices, ...choices } });
  for (const one of answer.appups) {
    writeFileSync(join(folder, `v2/lib/${one.application}-2/ebin/${one.application}.appup`), formatGenerated(one));
  }
  return answer;
}
