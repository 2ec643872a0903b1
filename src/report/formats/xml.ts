// Text in XML 1.0: what has a meaning is escaped, and what no document may hold is written as beamtool shows it elsewhere.

import { visible } from '../visible.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
};

/** Returns text for an element or an attribute; halves of surrogate pairs and U+FFFE and U+FFFF become U+FFFD. */
export function xmlText(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>"'\t]/g, (sign) => ENTITIES[sign] as string);
}

/** Returns lines for an element, one below the other. */
export function xmlLines(lines: readonly string[]): string {
  return lines.map(xmlText).join('\n');
}
