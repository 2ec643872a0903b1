// Files that hold the keys of encrypted debug info: OTP's `.erlang.crypt`, `[{debug_info, des3_cbc, Module | [], "Key"}].`, or a plain
// key on the first line. Defined by the documentation of beam_lib (section 'Reconstruct Source Code').

import { isAtom, isTuple, NIL, properList, type Term, textOf } from '../term/model.js';
import { parseTerms } from '../term/parse.js';
import type { KeyLookup } from './debug-info-key.js';

/**
 * Parses a key file: the terms of `.erlang.crypt`, `[{debug_info, des3_cbc, Module | [], "Key"}].`, or else the key itself on the
 * first line. Throws ParseError for a list that isn't of this shape.
 */
export function parseKeyFile(text: string, file: string): KeyLookup {
  if (!text.trimStart().startsWith('[') && !text.trimStart().startsWith('%')) {
    const key = text.split(/\r?\n/, 1)[0] as string;
    return () => key;
  }
  const keys = parseTerms(text, { file }).flatMap((term) => properList(term) ?? []);
  const entries = keys.flatMap((entry) => keyEntry(entry));
  return (module) =>
    (entries.find((entry) => entry.module === module) ?? entries.find((entry) => entry.module === undefined))?.key;
}

function keyEntry(term: Term): readonly { readonly module: string | undefined; readonly key: string }[] {
  if (!isTuple(term, 4) || !isAtom(term.items[0], 'debug_info') || !isAtom(term.items[1], 'des3_cbc')) return [];
  const [, , module, secret] = term.items;
  const key = textOf(secret);
  if (key === undefined || (module !== NIL && !isAtom(module))) return [];
  return [{ module: isAtom(module) ? module.name : undefined, key }];
}
