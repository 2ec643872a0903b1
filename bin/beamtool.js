#!/usr/bin/env node
// Finds the built script of the command, or the sources where nothing is built yet, and runs the command line.
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { loadScript } = require('./compiled-script.js');

const built = join(__dirname, '../dist/cli');

/**
 * The script of `appup check`, a command in a command, is appup-check, that of `chunks dump` is dump. Words that no command has for its name are for
 * the script that knows them all.
 */
function findScript([first = '', second = '']) {
  const names = [`${first}-${second}`, first === 'chunks' && second === 'dump' ? second : first];
  const own = names.filter((name) => /^[a-z][a-z-]*$/.test(name)).map((name) => join(built, 'commands', `${name}.cjs`));
  return own.find((path) => existsSync(path)) ?? join(built, 'main.cjs');
}

async function loadMain(script) {
  if (existsSync(script)) return loadScript(script).exports;
  (await import('tsx/esm/api')).register();
  return import('../src/cli/main.ts');
}

async function run(argv) {
  const { main } = await loadMain(findScript(argv));
  process.exitCode = await main(argv);
}

run(process.argv.slice(2));
