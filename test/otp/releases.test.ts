// RELEASES as release_handler:create_RELEASES/4 writes it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { accessFolder } from '../../src/io/folder-access.js';
import { buildReleases, formatReleases } from '../../src/release/folder/releases-file.js';
import { readRelease } from '../../src/release/read-release.js';
import { formatTerm } from '../../src/term/format.js';
import type { Term } from '../../src/term/model.js';
import { parseTerms } from '../../src/term/parse.js';
import { describeWithOtp, runErlang } from './support/erlang.js';

// Not os.tmpdir(): see support/oracle.ts.
const folder = mkdtempSync('/tmp/beamtool-releases-');
afterAll(() => rmSync(folder, { recursive: true }));

const REL = `%% coding: utf-8
{release, {"shop \u{fc}\u{2603}", "1.0-rc"}, {erts, "13.1.5"},
 [{kernel, "8.5.3"}, {stdlib, "4.2", permanent}, {'Odd app', "1", load}, {shop, "1.0", [inner]}, {inner, "2", none, []}]}.
`;
writeFileSync(join(folder, 'shop.rel'), REL);
mkdirSync(join(folder, 'elsewhere/shop-1.0'), { recursive: true });

const CASES: readonly (readonly [root: string, library: boolean])[] = [
  ['', false],
  ['.', false],
  ['/opt/shop', false],
  ['/opt/shop/', true],
];

const library = join(folder, 'elsewhere');
const places = CASES.map((_, at) => join(folder, String(at)));

/** What we make, beside what release_handler makes. */
function writeOurs(): void {
  const { file } = readRelease(accessFolder(folder), 'shop', []);
  CASES.forEach(([root, hasLibrary], at) => {
    const libraries = new Map(hasLibrary ? [['shop', library]] : []);
    mkdirSync(places[at] as string, { recursive: true });
    writeFileSync(join(places[at] as string, 'ours'), formatReleases(buildReleases(file, { root, libraries })));
  });
}

const shown = (path: string) => formatTerm(parseTerms(readFileSync(path, 'utf8'))[0] as Term);

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, 'create_RELEASES', () => {
    it('makes the same, for all roots and for applications that lie elsewhere', () => {
      writeOurs();
      const calls = CASES.map(([root, hasLibrary], at) => {
        const libraries = hasLibrary ? `[{shop, "1.0", "${library}"}]` : '[]';
        return `ok = release_handler:create_RELEASES("${root}", "${places[at]}", "${folder}/shop.rel", ${libraries})`;
      });
      const asked = places.map((place) => `file:consult("${place}/ours") =:= file:consult("${place}/RELEASES")`);
      const answer = runErlang(release, { eval: `${calls.join(', ')}, io:format("~p", [[${asked.join(', ')}]])` });
      expect(String(answer)).toBe('[true,true,true,true]');
      for (const place of places) {
        expect(shown(join(place, 'ours'))).toBe(shown(join(place, 'RELEASES')));
        expect(readFileSync(join(place, 'ours'), 'utf8')).toMatch(/^%% coding: utf-8\n\[\{release,/);
      }
    });
  });
}
