// From `--config` or what lies in the folder to a config with everything that it extends.

import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { decodeUtf8 } from '../../bytes/text.js';
import { ParseError, UsageError } from '../../errors.js';
import { readHead } from '../../io/read-file.js';
import { MAX_CONFIG_BYTES, MAX_EXTENDED_CONFIGS } from '../../limits.js';
import type { Config, ConfigPath } from '../../rules/config/config.js';
import { mergeConfigs } from '../../rules/config/merge-configs.js';
import { type ConfigFile, faultAt, readConfig } from '../../rules/config/read-config.js';

const NAMES = ['beamtool.config.json', 'beamtool.config.yml', 'beamtool.config.yaml'];

/** Returns the config of a run; throws UsageError where there is none, or what is wrong with it. */
export async function loadConfig(named: string | undefined): Promise<Config> {
  const file = named ?? NAMES.find((name) => existsSync(name));
  if (file === undefined)
    throw new UsageError(`no ${NAMES[0]} here: name one with --config, or write one with 'beamtool deps init'`);
  const files: ConfigFile[] = [];
  await loadInto(files, file, []);
  return mergeConfigs(files);
}

/** Adds what a config extends, then the config; one that was added already isn't again. */
async function loadInto(files: ConfigFile[], file: string, outer: readonly string[]): Promise<void> {
  if (files.some((known) => resolve(known.file) === resolve(file))) return;
  if (files.length + outer.length >= MAX_EXTENDED_CONFIGS)
    throw new UsageError(`${file}: more than ${MAX_EXTENDED_CONFIGS} configs extend each other`);
  const config = await readConfig(readText(file, MAX_CONFIG_BYTES), file);
  const bases = [config.raw.extends ?? []].flat();
  for (const base of bases) {
    const path = isAbsolute(base) ? base : join(dirname(file), base);
    if ([...outer, file].some((one) => resolve(one) === resolve(path)))
      throw faultAt(config, ['extends'], `${path} extends this one`);
    await loadInto(files, path, [...outer, file]);
  }
  files.push(config);
}

/** Returns the text of a file that is configuration; throws UsageError for one that can't be read, is too large or no UTF-8. */
export function readText(file: string, most: number): string {
  let bytes: Uint8Array;
  try {
    bytes = readHead(file, most + 1);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new UsageError(error.inFile(file).message);
  }
  if (bytes.length > most) throw new UsageError(`${file}: larger than ${most} bytes`);
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new UsageError(`${file}: not UTF-8`);
  return text;
}

/** Returns a path of a config as seen from the current folder. */
export function pathFrom({ path, config }: ConfigPath): string {
  return isAbsolute(path) ? path : join(dirname(config), path);
}
