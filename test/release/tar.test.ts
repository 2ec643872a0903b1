// Members and errors of systools:make_tar/2 (test/golden/otp/boot-tar/t*), from the same files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accessFolder } from '../../src/io/folder-access.js';
import { getRelease } from '../../src/release/get-release.js';
import { ReleaseError } from '../../src/release/release-error.js';
import { expandSearchPath } from '../../src/release/search-path.js';
import { planTar, type TarPart } from '../../src/release/tar/plan-tar.js';
import { formatTerm } from '../../src/term/format.js';
import { properList, type Term, textOf } from '../../src/term/model.js';
import { parseTerms } from '../../src/term/parse.js';

const goldens = fileURLToPath(new URL('../golden/otp/boot-tar', import.meta.url));
const readTerm = (path: string) => parseTerms(readFileSync(path, 'utf8'))[0] as Term;

function answer(folder: string, otp = 25): string | readonly TarPart[] {
  const files = accessFolder(folder);
  const options = readFileSync(join(folder, 'opts'), 'utf8');
  try {
    const path = expandSearchPath(files, ['lib/*/ebin']);
    const has = (option: string) => options.includes(option);
    return planTar(files, {
      rel: 'r',
      path,
      release: getRelease(files, 'r', path),
      otp,
      dirs: has('dirs') ? ['src', 'include'] : [],
      erts: has('{erts,') ? 'eroot' : undefined,
      ertsAll: has('erts_all'),
      variables: has('variables') ? [{ name: 'LIBS', path: 'lib' }] : [],
      extra: has('extra_files')
        ? [
            { from: 'vm.args', to: 'releases/2/vm.args' },
            { from: 'bindir', to: 'bin' },
          ]
        : [],
    }).parts;
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return `{error,${error.module},${formatTerm(error.reason, { otp: 25 })}}`;
  }
}

describe('make_tar of OTP', () => {
  const names = readdirSync(goldens).filter((name) => /^t\d/.test(name));

  // On this one systools crashes.
  it.each(names.filter((name) => name !== 't08_bad_sysconfig'))('%s', (name) => {
    const folder = join(goldens, name);
    const made = answer(folder);
    if (typeof made === 'string') {
      expect(made).toBe(formatTerm(readTerm(join(folder, 'expected.result')), { otp: 25 }));
      return;
    }
    const expected = (properList(readTerm(join(folder, 'r.tar.order'))) ?? []).map((term) => textOf(term) as string);
    // systools has the files of a folder in the order of the file system.
    const sortErts = (members: readonly string[]) => [
      ...members.filter((member) => !member.startsWith('erts-')),
      ...members.filter((member) => member.startsWith('erts-')).sort(),
    ];
    expect(made.map((part) => part.name)).toEqual(sortErts(expected));
  });

  it('refuses a sys.config that is no list', () => {
    expect(answer(join(goldens, 't08_bad_sysconfig'))).toBe(
      '{error,systools_make,{tar_error,{add,"sys.config",[invalid_format]}}}',
    );
  });

  it('has appups since OTP 29', () => {
    const parts = answer(join(goldens, 't02_priv_dirs'), 29);
    expect((parts as readonly TarPart[]).map(({ name }) => name)).toContain('lib/a-1/ebin/a.appup');
  });

  it('has all of them', () => expect(names.length).toBe(14));
});
