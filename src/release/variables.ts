// Variables of a release: folders of applications that lie elsewhere on the target. `{"SITE", "lib"}` makes `$SITE/a-1/ebin` of `lib/a-1/ebin`.
//
// Defined by the manual page systools(3) of sasl and lib/sasl/src/systools_make.erl.

import type { ReleaseApplication } from './model.js';
import { joinPath } from './release-files.js';

/** A variable and the folder that it stands for. */
export interface PathVariable {
  readonly name: string;
  readonly path: string;
}

/** Where an application lies below a variable: the folders between, without its own. */
export interface VariablePlace {
  readonly name: string;
  readonly folders: readonly string[];
  /** Whether its own folder is called as it has to be; if not, `folders` is all of its path. */
  readonly isUsual: boolean;
}

/** Finds the first variable whose path the folder of an application begins with. */
export function placeBelowVariable(
  { name, vsn, dir }: ReleaseApplication,
  variables: readonly PathVariable[],
): VariablePlace | undefined {
  const found = variables.find(({ path }) => dir.startsWith(path.replace(/\/+$/, '')));
  if (found === undefined) return undefined;
  const rest = parts(dir).slice(parts(found.path).length);
  const [own, ebin] = rest.slice(-2);
  const isUsual = ebin === 'ebin' && (own === name || own === `${name}-${vsn}`);
  return { name: found.name, folders: isUsual ? rest.slice(0, -2) : rest, isUsual };
}

/** Joins folders. */
export function joinFolders(first: string, ...folders: readonly string[]): string {
  return folders.reduce(joinPath, first);
}

function parts(path: string): readonly string[] {
  return path.split('/').filter((part, at) => part !== '' || at === 0);
}
