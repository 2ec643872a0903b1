// Loads a built script, with what V8 made of it when it was built where that fits.
//
// SCRIPT.cache, beside SCRIPT.cjs (build/code-caches.js makes it):   64 bytes of text "NODE ARCH CRC", then V8's data
//
// Whether the data are for this V8 and its flags V8 sees itself, but it checks neither their bytes nor, of the script, more than its length: that
// does the CRC over both. It is no protection against whoever can write there, who could as well write into the script. Where anything differs,
// or there is no cache, the script is compiled anew.
'use strict';
const { readFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

// V8 copies data that don't begin at a multiple of its words.
const HEAD_BYTES = 64;

/** Returns where the cache of a script lies. */
function cachePath(path) {
  return path.replace(/\.cjs$/, '.cache');
}

/** Returns the head that makes a cache of `data`; undefined for a Node before 20.15, which has no CRC. */
function cacheHead(source, data) {
  const { crc32 } = require('node:zlib');
  return crc32 && `${process.version} ${process.arch} ${crc32(data, crc32(source))}`.padEnd(HEAD_BYTES);
}

function readCache(path, source) {
  const bytes = readIfThere(path);
  const data = bytes?.subarray(HEAD_BYTES);
  return data && bytes.subarray(0, HEAD_BYTES).latin1Slice() === cacheHead(source, data) ? data : undefined;
}

function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Compiles a script and runs it; returns what it exports, and V8's hold on it. */
function loadScript(path) {
  const source = readFileSync(path);
  const cachedData = readCache(cachePath(path), source);
  // It is ASCII (build/bundle.js).
  const text = `(function (exports, require, module, __filename, __dirname) {${source.latin1Slice()}\n})`;
  const script = new Script(text, { filename: path, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, path, dirname(path));
  return { exports: module.exports, script, source };
}

module.exports = { cacheHead, cachePath, loadScript };
