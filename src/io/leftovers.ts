// Temporary files of runs that were killed in the middle of writing (see temporary-file.ts): the next run that writes to the folder removes
// them. The bytes of the old file, kept for the way back, may be among them; what was renamed has taken its place whole.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from './read-file.js';
import { removeFile } from './temporary-file.js';

const TEMPORARY = /^\.beamtool-(\d+)-[0-9a-f]{12}\.tmp$/;

/** Removes the temporary files in a folder whose process is gone; what can't be removed stays. */
export function removeLeftovers(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const process = TEMPORARY.exec(name)?.[1];
      if (process !== undefined && !isRunning(Number(process))) removeFile(join(folder, name));
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}
