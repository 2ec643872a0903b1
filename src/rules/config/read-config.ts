// One config file: its text to a value that fits the published schema, with the place of every part for what is found wrong later.

import { describeFault } from './describe-fault.js';
import { parseJsonText } from './parse-json.js';
import { configFault, type ParsedText, type TextPlace } from './parsed-text.js';
import type { RawConfig } from './raw-config.js';

/** A config that fits the schema. */
export interface ConfigFile {
  readonly file: string;
  readonly raw: RawConfig;
  readonly placeOf: (path: readonly string[]) => TextPlace | undefined;
}

/** Reads a config, YAML where the name ends in .yml or .yaml; throws UsageError `FILE:LINE:COLUMN: PATH: reason`. */
export async function readConfig(text: string, file: string): Promise<ConfigFile> {
  const { value, placeOf } = await parseText(text, file);
  // Only who checks needs it.
  const { validateConfig } = await import('./config-validator.js');
  if (!validateConfig(value)) {
    const { path, reason } = describeFault(validateConfig.errors ?? [], value);
    throw faultAt({ file, placeOf }, path, reason);
  }
  return { file, raw: value as RawConfig, placeOf };
}

async function parseText(text: string, file: string): Promise<ParsedText> {
  if (!/\.ya?ml$/i.test(file)) return parseJsonText(text, file);
  return (await import('./parse-yaml.js')).parseYamlText(text, file);
}

/** Makes the error about a part of a config, with the place of the part or of the nearest one that it is in. */
export function faultAt({ file, placeOf }: Omit<ConfigFile, 'raw'>, path: readonly string[], reason: string): Error {
  let place: TextPlace | undefined;
  for (let length = path.length; place === undefined && length >= 0; length--) place = placeOf(path.slice(0, length));
  return configFault(file, place, path.length === 0 ? reason : `${pathText(path)}: ${reason}`);
}

/** `rules.no-web.layers[2]` */
function pathText(path: readonly string[]): string {
  return path.map((key, at) => (/^\d+$/.test(key) ? `[${key}]` : `${at === 0 ? '' : '.'}${key}`)).join('');
}
