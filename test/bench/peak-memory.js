// Preloaded into a measured process (`node --import`): at its end it writes its peak memory in kB to standard error.
import { writeSync } from 'node:fs';

process.on('exit', () => writeSync(2, `peak ${process.resourceUsage().maxRSS}\n`));
