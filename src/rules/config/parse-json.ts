// JSON with places: JSON.parse says neither where a value stands nor that a key stands twice. Nesting is limited, since a config has
// little of it, and what comes after reads it by recursion.
//
// Defined by RFC 8259; a byte order mark before it is passed over, as some editors write one.

import { MAX_CONFIG_DEPTH } from '../../limits.js';
import { configFault, type ParsedText, placeOfOffset } from './parsed-text.js';

interface Cursor {
  readonly text: string;
  readonly file: string;
  at: number;
  /** Keys and positions that lead to where the cursor is. */
  readonly path: string[];
  /** Offsets by path. */
  readonly places: Map<string, number>;
}

/** Reads JSON; throws UsageError `FILE:LINE:COLUMN: reason`. */
export function parseJsonText(text: string, file: string): ParsedText {
  const cursor: Cursor = { text, file, at: text.startsWith('\ufeff') ? 1 : 0, path: [], places: new Map() };
  const value = readValue(cursor);
  skipBlanks(cursor);
  if (cursor.at < text.length) throw fault(cursor, 'not JSON: something follows the end');
  const placeOf = (path: readonly string[]) => {
    const offset = cursor.places.get(pathKey(path));
    return offset === undefined ? undefined : placeOfOffset(text, offset);
  };
  return { value, placeOf };
}

function pathKey(path: readonly string[]): string {
  return JSON.stringify(path);
}

function fault({ text, file, at }: Cursor, reason: string, offset = at): Error {
  return configFault(file, placeOfOffset(text, offset), reason);
}

function skipBlanks(cursor: Cursor): void {
  while (/[ \t\n\r]/.test(cursor.text[cursor.at] ?? '')) cursor.at++;
}

/** Takes the character if it is next, with the blanks before it. */
function take(cursor: Cursor, character: string): boolean {
  skipBlanks(cursor);
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at++;
  return true;
}

function readValue(cursor: Cursor): unknown {
  skipBlanks(cursor);
  if (cursor.path.length > MAX_CONFIG_DEPTH) throw fault(cursor, 'nested too deeply');
  cursor.places.set(pathKey(cursor.path), cursor.at);
  if (take(cursor, '{')) return readObject(cursor);
  if (take(cursor, '[')) return readArray(cursor);
  if (cursor.text[cursor.at] === '"') return readString(cursor);
  return readPlain(cursor);
}

function readObject(cursor: Cursor): object {
  const entries = new Map<string, unknown>();
  if (take(cursor, '}')) return {};
  do {
    skipBlanks(cursor);
    const start = cursor.at;
    if (cursor.text[start] !== '"') throw fault(cursor, 'not JSON: a key in double quotes was expected');
    const key = readString(cursor);
    if (entries.has(key)) throw fault(cursor, `'${key}' stands here twice`, start);
    if (!take(cursor, ':')) throw fault(cursor, "not JSON: ':' was expected");
    cursor.path.push(key);
    entries.set(key, readValue(cursor));
    cursor.path.pop();
  } while (take(cursor, ','));
  if (!take(cursor, '}')) throw fault(cursor, "not JSON: ',' or '}' was expected");
  // What a key says, `__proto__` too, becomes a property of the object's own.
  return Object.fromEntries(entries);
}

function readArray(cursor: Cursor): readonly unknown[] {
  const items: unknown[] = [];
  if (take(cursor, ']')) return items;
  do {
    cursor.path.push(String(items.length));
    items.push(readValue(cursor));
    cursor.path.pop();
  } while (take(cursor, ','));
  if (!take(cursor, ']')) throw fault(cursor, "not JSON: ',' or ']' was expected");
  return items;
}

function readString(cursor: Cursor): string {
  const { text, at: start } = cursor;
  let end = start + 1;
  while (end < text.length && text[end] !== '"' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  if (text[end] !== '"') throw fault(cursor, 'not JSON: a string without an end', start);
  cursor.at = end + 1;
  return parsePlain(cursor, start) as string;
}

/** Numbers, true, false and null. */
function readPlain(cursor: Cursor): unknown {
  const start = cursor.at;
  while (/[^\s,:\]}{["]/.test(cursor.text[cursor.at] ?? '\n')) cursor.at++;
  if (cursor.at === start) throw fault(cursor, 'not JSON: a value was expected');
  return parsePlain(cursor, start);
}

function parsePlain(cursor: Cursor, start: number): unknown {
  const text = cursor.text.slice(start, cursor.at);
  try {
    return JSON.parse(text);
  } catch {
    throw fault(
      cursor,
      `not JSON: ${text.startsWith('"') ? "a string with a character that it can't have" : `'${text.slice(0, 40)}'`}`,
      start,
    );
  }
}
