// Characters of a file made safe to show: a name in a hostile beam may hold anything, and none of it may move the cursor, change
// colours or turn the direction of the line.

const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/** Replaces control, format, unassigned and separator characters by Erlang's `\x{1b}`. */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNSAFE, (character) => `\\x{${(character.codePointAt(0) as number).toString(16)}}`);
}

/** Returns bytes as ASCII characters, with a dot for each that isn't one. */
export function asciiText(data: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) {
    const byte = data[at] as number;
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  }
  return text;
}

/** Returns at most `limit` UTF-16 units of `text`, with `...` in place of the rest. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 3)}...`;
}

/** Returns `1 atom`, `2 atoms`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
