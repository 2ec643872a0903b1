// The files of an upgrade to disk, all of them or none; folders that weren't there are made, and removed again where something goes wrong.

import { dirname } from 'node:path';
import { makeFolder, removeEmptyFolder } from '../../io/make-folder.js';
import { type OutputBytes, writeAllOrNothing } from '../../io/write.js';
import { deferringSignals } from '../interrupt.js';

/** Writes the files, whose bytes may be made only then; throws UsageError, and what making them throws. */
export function writeUpgrade(folder: string, outputs: () => Promise<readonly OutputBytes[]>): Promise<void> {
  return deferringSignals(async (signal) => {
    const files = await outputs();
    // A signal that came meanwhile is heard here.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    const made = [...makeFolder(folder)];
    try {
      for (const { path } of files) if (dirname(path) !== folder) made.push(...makeFolder(dirname(path)));
      writeAllOrNothing(files);
    } catch (error) {
      for (const one of made.reverse()) removeEmptyFolder(one);
      throw error;
    }
  });
}
