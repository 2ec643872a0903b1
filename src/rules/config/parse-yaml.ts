// YAML with places, by the yaml package, which is loaded when there is such a config. Aliases are limited: they could make a small text a
// huge value.

import { LineCounter, parseAllDocuments } from 'yaml';
import { MAX_CONFIG_DEPTH } from '../../limits.js';
import { configFault, type ParsedText, placeOfOffset, type TextPlace } from './parsed-text.js';

const MOST_ALIASES = 100;

/** Reads one document of YAML 1.2; throws UsageError `FILE:LINE:COLUMN: reason`. */
export function parseYamlText(text: string, file: string): ParsedText {
  const deep = depthFault(text);
  if (deep !== undefined) throw configFault(file, deep, 'nested too deeply');
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  const [document, second] = documents;
  if (!Array.isArray(documents) || document === undefined) throw configFault(file, undefined, 'nothing in it');
  if (second !== undefined) throw configFault(file, placeOfOffset(text, second.range[0]), 'a second document: one was expected');
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw configFault(file, placeOfOffset(text, error.pos[0]), `not YAML: ${error.message}`);
  const placeOf = (path: readonly string[]) => {
    const node = document.getIn(path.map(keyOf), true) as { readonly range?: readonly number[] | null } | undefined;
    const offset = node?.range?.[0];
    return offset === undefined ? undefined : placeOfOffset(text, offset);
  };
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }), placeOf };
  } catch (error) {
    throw configFault(file, undefined, `not YAML: ${(error as Error).message}`);
  }
}

/** Positions of lists are numbers to the package. */
function keyOf(key: string): string | number {
  return /^(0|[1-9]\d*)$/.test(key) ? Number(key) : key;
}

/** Flow collections and indents bound the nesting of a text; the package reads by recursion, so that it must not see what is too deep. */
function depthFault(text: string): TextPlace | undefined {
  let [brackets, offset] = [0, 0];
  for (const line of text.split('\n')) {
    const indent = (/^[ \t?-]*/.exec(line) as RegExpExecArray)[0].length;
    for (let at = 0; at < line.length; at++) {
      if (line[at] === '[' || line[at] === '{') brackets++;
      else if (line[at] === ']' || line[at] === '}') brackets = Math.max(0, brackets - 1);
      if (indent + brackets > MOST_INDENT) return placeOfOffset(text, offset + at);
    }
    offset += line.length + 1;
  }
  return undefined;
}

/** Blanks before a line, and brackets that are open: eight for each level that a config may have. */
const MOST_INDENT = MAX_CONFIG_DEPTH * 8;
