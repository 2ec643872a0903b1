#!/usr/bin/env node
// Finds the built code, or the sources where nothing is built yet, and runs the command line.
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli/main.js', import.meta.url);
const runsBuilt = existsSync(built);
if (!runsBuilt) (await import('tsx/esm/api')).register();
const { main } = await import(runsBuilt ? built.href : new URL('../src/cli/main.ts', import.meta.url).href);
process.exitCode = await main(process.argv.slice(2));
