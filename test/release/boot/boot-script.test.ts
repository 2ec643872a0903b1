// Boot scripts and errors of systools:make_script/2 (test/golden/otp/boot-tar/s*), from the same files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accessFolder } from '../../../src/io/folder-access.js';
import { buildBootScript, encodeBootScript, formatBootScript } from '../../../src/release/boot/boot-script.js';
import { getRelease } from '../../../src/release/get-release.js';
import { ReleaseError } from '../../../src/release/release-error.js';
import { expandSearchPath } from '../../../src/release/search-path.js';
import { decodeTerm } from '../../../src/term/etf-decode.js';
import { formatTerm } from '../../../src/term/format.js';
import type { Term } from '../../../src/term/model.js';
import { parseTerms } from '../../../src/term/parse.js';

const goldens = fileURLToPath(new URL('../../golden/otp/boot-tar', import.meta.url));
const readTerm = (path: string) => parseTerms(readFileSync(path, 'utf8'))[0] as Term;
const text = (term: Term) => formatTerm(term, { otp: 25 });

function answer(folder: string): string | Term {
  const files = accessFolder(folder);
  try {
    const options = readFileSync(join(folder, 'opts'), 'utf8');
    return buildBootScript(getRelease(files, 'r', expandSearchPath(files, ['lib/*/ebin'])), {
      noDotErlang: options.includes('no_dot_erlang'),
      variables: options.includes('variables') ? [{ name: 'LIBS', path: 'lib' }] : [],
    });
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return `{error,${error.module},${text(error.reason)}}`;
  }
}

describe('make_script of OTP', () => {
  const names = readdirSync(goldens).filter((name) => /^s\d/.test(name));

  it.each(names)('%s', (name) => {
    const folder = join(goldens, name);
    const made = answer(folder);
    if (typeof made === 'string') {
      expect(made).toBe(text(readTerm(join(folder, 'expected.result'))));
      return;
    }
    const script = join(folder, existsSync(join(folder, 'start.script')) ? 'start' : 'r');
    expect(text(made)).toBe(text(readTerm(`${script}.script`)));
    expect(Buffer.compare(encodeBootScript(made, 25), readFileSync(`${script}.boot`))).toBe(0);
    expect(text(decodeTerm(encodeBootScript(made, 27)))).toBe(text(made));
    expect(text(parseTerms(new TextDecoder().decode(formatBootScript(made)))[0] as Term)).toBe(text(made));
  });

  it('has all of them', () => expect(names.length).toBe(16));
});
