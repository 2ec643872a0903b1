// The worker thread of `upgrade`: deflates those parts of the tar that no step changes, while the main thread makes the rest.

import { parentPort, workerData } from 'node:worker_threads';
import { deflateTarSegments, type NewTarMember } from '../io/tar-write.js';

const segments = [...deflateTarSegments(workerData as readonly NewTarMember[])];
parentPort?.postMessage(segments);
