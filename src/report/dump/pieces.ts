// Short pieces of text for the rows of a dump.

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
