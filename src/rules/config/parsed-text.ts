// What the readers of JSON and YAML give: a value, and where each part of it stands.

import { UsageError } from '../../errors.js';

/** A place in a text, both from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A config as it was written. */
export interface ParsedText {
  readonly value: unknown;
  /** Returns where the value of a path of keys and positions begins; undefined where there is none. */
  readonly placeOf: (path: readonly string[]) => TextPlace | undefined;
}

/** Makes the error about a place of a config: `FILE:LINE:COLUMN: reason`. */
export function configFault(file: string, place: TextPlace | undefined, reason: string): UsageError {
  return new UsageError(`${file}${place === undefined ? '' : `:${place.line}:${place.column}`}: ${reason}`);
}

/** Returns the line and column of an offset in UTF-16 units; columns count characters. */
export function placeOfOffset(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: Array.from(before.slice(start)).length + 1 };
}
