// The process's streams, as the commands see them. A reader that goes away (`| head -1`) ends the run without a word, as it ends
// other filters.

import { once } from 'node:events';
import picocolors from 'picocolors';
import { EXIT_OK } from './exit-codes.js';

/** Where a command writes. */
export interface Terminal {
  /** Writes to standard output; resolves when the stream takes more. */
  write(data: string | Uint8Array): Promise<void>;
  /** Writes a line to standard error. */
  warn(line: string): void;
  /** Styles for standard output; they do nothing unless it is a terminal. */
  readonly style: ReturnType<typeof picocolors.createColors>;
  /** Whether standard error is a terminal: only then is progress shown. */
  readonly interactive: boolean;
}

/** Opens the process's own streams; `color` overrides what the terminal says. */
export function openTerminal(color: boolean | undefined): Terminal {
  const { stdout, stderr } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT_OK);
    throw error;
  });
  return {
    async write(data) {
      if (data.length > 0 && !stdout.write(data)) await once(stdout, 'drain');
    },
    warn(line) {
      stderr.write(`${line}\n`);
    },
    style: picocolors.createColors(color ?? (stdout.isTTY === true && picocolors.isColorSupported)),
    interactive: stderr.isTTY === true,
  };
}
