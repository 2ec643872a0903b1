// The files of a tar whose shape is checked: relup and sys.config.
//
//   relup        {Vsn, [..], [..]}.            sys.config   [{App, [..]} | "other.config"].
//
// Defined by lib/sasl/src/systools_make.erl.

import { ParseError } from '../../errors.js';
import { atom, isAtom, isTuple, list, properList, stringTerm, type Term, tuple } from '../../term/model.js';
import { parseTerms } from '../../term/parse.js';
import { decodeSource } from '../../term/parse-source.js';
import { messageTerm } from '../read-term.js';
import { makeError, ReleaseError, tagged } from '../release-error.js';
import type { ReleaseFiles } from '../release-files.js';
import { isAnyList } from '../term-shapes.js';

/** Returns what is wrong with a relup. */
export function checkRelup(files: ReleaseFiles, path: string): ReleaseError | undefined {
  return check(files, path, 'relup', (term) => {
    if (!isTuple(term, 3)) return false;
    const [vsn, up, down] = term.items;
    return isText(vsn) && isAnyList(up) && isAnyList(down);
  });
}

/** Returns what is wrong with a sys.config. On one that is no list systools crashes. */
export function checkSysConfig(files: ReleaseFiles, path: string): ReleaseError | undefined {
  return check(files, path, 'sys.config', (term) => {
    const items = properList(term);
    return (
      items?.every((item) => isText(item) || (isTuple(item, 2) && isAtom(item.items[0]) && isAnyList(item.items[1]))) ?? false
    );
  });
}

/** A list that begins with an integer. */
function isText(term: Term | undefined): boolean {
  return isAnyList(term) && typeof (term as { readonly items?: readonly Term[] }).items?.[0] === 'number';
}

function check(files: ReleaseFiles, path: string, name: string, isLegal: (term: Term) => boolean): ReleaseError | undefined {
  const bad = (what: Term, place: string) => makeError(tagged('tar_error', tagged('add', stringTerm(name), list([what]))), place);
  const answer = files.read(path);
  if (answer.kind === 'fault') return bad(tagged('error', atom(answer.posix)), path);
  try {
    const terms = parseTerms(decodeSource(answer.bytes, { file: path }), { file: path });
    const isOne = terms.length === 1 && isLegal(terms[0] as Term);
    return isOne ? undefined : bad(atom('invalid_format'), path);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const what = tagged('error', tuple(error.line ?? 1, atom('erl_parse'), messageTerm(error)));
    return new ReleaseError('systools_make', tagged('tar_error', tagged('add', stringTerm(name), list([what]))), [], error);
  }
}
