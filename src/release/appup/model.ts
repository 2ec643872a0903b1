// An appup: what is to be done to upgrade an application from older versions and to go back to them. `ebin/shop.appup`, one term
//
//   {"2.0", [{FromVsn, Instructions}], [{ToVsn, Instructions}]}.      a version is a string, or a binary that is a regular expression
//
// Defined by the manual page appup(4) of sasl.

import { formatTerm } from '../../term/format.js';
import { list, stringTerm, type Term, textOf, tuple } from '../../term/model.js';

/** The instructions for one older version, or for those that a pattern means. */
export interface AppupEntry {
  /** The older version, also on the way down: a string, a binary that is a regular expression, or a term that means no version. */
  readonly from: Term;
  readonly instructions: readonly Term[];
}

/** An appup. */
export interface Appup {
  /** Of the application that it lies beside. */
  readonly vsn: string;
  /** In the order in which they are tried. */
  readonly up: readonly AppupEntry[];
  readonly down: readonly AppupEntry[];
}

/** Returns an appup as the term of its file. */
export function appupTerm({ vsn, up, down }: Appup): Term {
  const entry = ({ from, instructions }: AppupEntry) => tuple(from, list(instructions));
  return tuple(stringTerm(vsn), list(up.map(entry)), list(down.map(entry)));
}

/** Returns the version of an entry as a person writes it: a string without its quotes, anything else as a term. */
export function versionText(from: Term): string {
  return textOf(from) ?? formatTerm(from);
}
