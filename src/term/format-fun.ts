// Funs as the runtime itself writes them, not io_lib: with its own rules for quotes, and with atoms as the bytes of their UTF-8, each
// byte a character, so that `fun m:é/1` is shown as `fun m:Ã©/1` in every mode. The same in OTP 25, 27 and 29.
//
//   fun M:F/A                        an exported function
//   #Fun<Module.OldIndex.OldUniq>    a local fun; its module is never quoted
//
// Defined by erts/emulator/beam/erl_printf_term.c.

import { decodeLatin1, encodeUtf8 } from '../bytes/text.js';
import type { ExportFun, LocalFun } from './model.js';

/** Formats `fun M:F/A`. */
export function formatExportFun(term: ExportFun): string {
  return `fun ${runtimeAtom(term.module.name)}:${runtimeAtom(term.name.name)}/${term.arity}`;
}

/** Formats a fun with its environment, of which nothing is shown. */
export function formatLocalFun(term: LocalFun): string {
  return `#Fun<${utf8AsLatin1(term.module.name)}.${term.oldIndex}.${term.oldUniq}>`;
}

/** Atoms that the runtime, not io_lib, leaves without quotes: reserved words too, but none with `@`. */
const PLAIN_RUNTIME_ATOM = /^[a-zß-öø-ÿ][\wÀ-ÖØ-öø-ÿ]*$/;

/** Returns the atom as the runtime itself writes it, in funs. */
function runtimeAtom(name: string): string {
  if (PLAIN_RUNTIME_ATOM.test(name)) return utf8AsLatin1(name);
  const escaped = name.replace(/['\\\x00-\x1f\x80-\x9f]/g, (character) => RUNTIME_ESCAPES.get(character) ?? octal(character));
  return `'${utf8AsLatin1(escaped)}'`;
}

const RUNTIME_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ["'", "\\'"],
  ['\\', '\\\\'],
]);

function octal(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}

/** Returns a character for each byte of the UTF-8, which is how the runtime's text of a fun gets into a list. */
function utf8AsLatin1(text: string): string {
  return decodeLatin1(encodeUtf8(text));
}
