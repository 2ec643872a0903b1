// Folders of small files for the tests of io, made in the system's temporary folder and removed at the end.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** A symbolic link in a tree. */
export interface Link {
  readonly link: string;
}

/** Makes a temporary folder with the files of `tree` (a path ending in `/` is an empty folder) and returns its path. */
export function makeTree(tree: Readonly<Record<string, string | Uint8Array | Link>>): string {
  const root = mkdtempSync(join(tmpdir(), 'beamtool-io-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(tree)) {
    const path = join(root, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (name.endsWith('/')) continue;
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, path);
    else writeFileSync(path, content);
  }
  return root;
}
