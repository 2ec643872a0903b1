// Terms as Erlang source: the values of attributes. Only terms that the parser can read in an attribute have a text: no pids, ports,
// references, local funs or native records.

import { decodeUtf8 } from '../bytes/text.js';
import { formatFloat } from '../term/format-token.js';
import { type Bitstring, type List, NIL, type Term, textOf } from '../term/model.js';
import { concat, type Doc, fill, group, join, line, nest, softLine } from './layout.js';
import { bracketed, INDENT } from './print-context.js';
import { atomText, integerText, isScannable, stringText } from './print-token.js';

/** Returns the term; calls `refuse` for each part that no source can say, with what it is. */
export function termDoc(term: Term, refuse: (what: string) => void): Doc {
  if (typeof term !== 'object') return integerText(term);
  switch (term.kind) {
    case 'atom':
      if (!isScannable(term.name)) refuse('an atom of characters that no source can have');
      return atomText(term.name);
    case 'float':
      return formatFloat(term.value);
    case 'nil':
      return '[]';
    case 'tuple':
      return bracketed('{', termDocs(term.items, refuse), '}');
    case 'list':
      return listDoc(term, refuse);
    case 'map': {
      const pairs = term.pairs.map(([key, value]) => concat(termDoc(key, refuse), ' => ', termDoc(value, refuse)));
      return bracketed('#{', pairs, '}');
    }
    case 'bitstring':
      return bitstringDoc(term);
    case 'export':
      return `fun ${atomText(term.module.name)}:${atomText(term.name.name)}/${term.arity}`;
    default:
      refuse(`a ${term.kind}`);
      return `'#${term.kind}'`;
  }
}

function termDocs(terms: readonly Term[], refuse: (what: string) => void): readonly Doc[] {
  return terms.map((term) => termDoc(term, refuse));
}

function listDoc(term: List, refuse: (what: string) => void): Doc {
  const text = textOf(term);
  if (text !== undefined && isReadable(text)) return stringText(text);
  const docs = termDocs(term.items, refuse);
  if (term.tail !== NIL && !(typeof term.tail === 'object' && term.tail.kind === 'nil')) {
    return group('[', nest(INDENT, softLine, join(docs, ',', line), line, '| ', termDoc(term.tail, refuse)), softLine, ']');
  }
  const areWords = term.items.every((item) => typeof item !== 'object' || item.kind === 'atom' || item.kind === 'float');
  return areWords ? group('[', nest(INDENT, softLine, fill(docs)), softLine, ']') : bracketed('[', docs, ']');
}

function isReadable(text: string): boolean {
  return text.length > 0 && isScannable(text) && !/[^\P{C}\n\t\r]/u.test(text);
}

function bitstringDoc(term: Bitstring): Doc {
  const text = term.bits === 8 ? decodeUtf8(term.bytes) : undefined;
  if (text !== undefined && isReadable(text)) {
    const isAscii = text.length === term.bytes.length;
    return `<<${stringText(text)}${isAscii ? '' : '/utf8'}>>`;
  }
  const last = term.bytes.length - 1;
  const bytes = Array.from(term.bytes, (byte, at) => {
    return at === last && term.bits < 8 ? `${byte >> (8 - term.bits)}:${term.bits}` : String(byte);
  });
  return group('<<', nest(INDENT, softLine, fill(bytes)), softLine, '>>');
}
