// JSON as all commands print it: two spaces, keys in the order that the docs list them, a newline at the end.

/** Renders a value; an array gets one item after the other, so that a reader can begin before the end. */
export function renderJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Renders the items of an array one at a time: `open` first, `item` for each, `close` at the end. */
export function jsonArrayWriter(): { item(value: unknown): string; close(): string } {
  let count = 0;
  return {
    item: (value) => `${count++ === 0 ? '[' : ','}\n${indent(JSON.stringify(value, null, 2))}`,
    close: () => (count === 0 ? '[]\n' : '\n]\n'),
  };
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
