// Where the keys of encrypted debug info come from: --key-file, else `.erlang.crypt` in the current or the home folder, as beam_lib has
// it.

import { homedir } from 'node:os';
import { join } from 'node:path';
import type { KeyLookup } from '../beam/debug-info-key.js';
import { ParseError } from '../errors.js';
import { readFileBytes } from '../io/read-file.js';

const CRYPT_FILE = '.erlang.crypt';

/** Finds the keys, reading the file when a key is first asked for; throws ParseError for a named file that can't be read. */
export async function findKeys(keyFile: string | undefined): Promise<KeyLookup | undefined> {
  const candidates = keyFile === undefined ? [CRYPT_FILE, join(homedir(), CRYPT_FILE)] : [keyFile];
  for (const path of candidates) {
    const text = readText(path, keyFile !== undefined);
    if (text === undefined) continue;
    const { parseKeyFile } = await import('../beam/key-file.js');
    return parseKeyFile(text, path);
  }
  return undefined;
}

function readText(path: string, required: boolean): string | undefined {
  try {
    return new TextDecoder().decode(readFileBytes(path));
  } catch (error) {
    if (required || !(error instanceof ParseError)) throw error;
    return undefined;
  }
}
