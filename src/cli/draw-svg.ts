// Draws a graph with Graphviz, which is slow for large ones and sometimes never ends: it works in a thread of its own, which is stopped
// after a time. The package is loaded there and then.

import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { UsageError } from '../errors.js';

/** How long a drawing may take, in milliseconds. */
export const MOST_DRAWING_TIME = 30_000;

/** What the thread does: it draws one graph and sends the picture, or what Graphviz complains of. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
require(workerData.viz).instance().then((viz) => {
  const { output, errors } = viz.render(workerData.dot, { format: 'svg', engine: 'dot' });
  parentPort.postMessage({ output, reason: errors.filter(({ level }) => level !== 'warning').map(({ message }) => message).join('; ') });
});
`;

interface Drawing {
  /** Absent where there is none. */
  readonly output: string | undefined;
  readonly reason: string;
}

/** Resolves to the picture of a graph in Graphviz's language; throws UsageError where it takes too long or can't be drawn. */
export async function drawSvg(dot: string, limit: number = MOST_DRAWING_TIME): Promise<string> {
  const viz = createRequire(import.meta.url).resolve('@viz-js/viz');
  const worker = new Worker(THREAD, { eval: true, workerData: { dot, viz }, stderr: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    const { output, reason } = await new Promise<Drawing>((resolve, reject) => {
      const late = `to draw it takes Graphviz more than ${limit / 1000} s: choose a part with --include or --focus, or a higher --level`;
      timer = setTimeout(() => reject(new UsageError(late)), limit);
      worker.once('message', resolve);
      worker.once('error', (error: Error) => reject(new UsageError(`Graphviz can't draw it: ${error.message}`)));
    });
    if (output === undefined) throw new UsageError(`Graphviz can't draw it: ${reason}`);
    return output;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
