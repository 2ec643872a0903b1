// Where the beams of tests are, and their sources, from the folder where the tools are run.

import { join } from 'node:path';
import type { ReachedSuite } from '../../affected/affected.js';
import { UsageError } from '../../errors.js';
import type { PlacedSuite } from '../../report/affected/report.js';
import { type SourceFinder, sourceFinder } from '../../rules/places/source-places.js';
import { listSources, slashed } from '../rules/repository.js';

/**
 * Returns the beams in and below folders, without those in ebin folders, which are no tests; throws UsageError, naming the option, where a
 * folder has none.
 */
export function findTestBeams(folders: readonly string[], option: string): readonly string[] {
  return folders.flatMap((folder) => {
    const found = listSources(slashed(process.cwd()), folder, option, /\.beam$/);
    if (found.length === 0) throw new UsageError(`${option} ${folder}: no beam is there, but in ebin`);
    return found.map((file) => join(process.cwd(), file));
  });
}

const TESTS = /\.(erl|exs?)$/;

/** Returns the suites with their files, which are looked for below `roots`; without roots what the compiler says, if it is of this folder. */
export function findTestSources(suites: readonly ReachedSuite[], roots: readonly string[]): readonly PlacedSuite[] {
  const root = slashed(process.cwd());
  const finder = sourceFinder({
    root,
    pathMap: [],
    files: roots.flatMap((folder) => listSources(root, folder, '--test-root', TESTS)),
  });
  return suites.map((suite) => ({ ...suite, file: fileOf(suite, finder) }));
}

/** rebar3 compiles copies, whose paths say nothing. */
function fileOf({ module, app, sourceFile }: ReachedSuite, finder: SourceFinder): string | null {
  const file = finder.sourceOf({ module, app, file: sourceFile ?? `${module}.beam` });
  return file === null || file.split('/').includes('_build') ? null : file;
}
