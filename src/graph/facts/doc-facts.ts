// What the Docs chunk says of functions:
//   {docs_v1, Anno, Language, Format, ModuleDoc, Metadata, [{{function, Name, Arity}, Anno, Signature, hidden | none | #{}, Metadata}]}
// Defined by EEP 48.

import { type Atom, isAtom, isTuple, type MapTerm, properList, type Term } from '../../term/model.js';
import type { FunctionDocs, FunctionName } from '../module-facts.js';

/** Returns the functions with and without documentation, as xref of OTP 29 tells them apart. */
export function docFacts(docs: Term): FunctionDocs {
  const documented: FunctionName[] = [];
  const hidden: FunctionName[] = [];
  for (const entry of isTuple(docs, 7) ? (properList(docs.items[6]) ?? []) : []) {
    const name = isTuple(entry, 5) ? entryOf('function', entry.items[0]) : undefined;
    if (name === undefined || !isTuple(entry, 5)) continue;
    const [, , , text, metadata] = entry.items;
    if (isAtom(text, 'hidden')) hidden.push(name);
    else if (isMap(text) || (isMap(metadata) && metadata.pairs.some(([key]) => isAtom(key, 'equiv')))) documented.push(name);
  }
  return { documented, hidden };
}

/** Returns the callbacks that the chunk documents. */
export function documentedCallbacks(docs: Term): readonly FunctionName[] {
  const entries = isTuple(docs, 7) ? (properList(docs.items[6]) ?? []) : [];
  return entries.flatMap((entry) => (isTuple(entry, 5) ? (entryOf('callback', entry.items[0]) ?? []) : []));
}

/** Returns the name of `{Kind, Name, Arity}` where it is of that kind. */
function entryOf(kind: string, term: Term | undefined): FunctionName | undefined {
  if (!isTuple(term, 3) || !isAtom(term.items[0], kind) || !isAtom(term.items[1])) return undefined;
  const [, name, arity] = term.items as readonly [Term, Atom, Term];
  return typeof arity === 'number' ? { name: name.name, arity } : undefined;
}

function isMap(term: Term | undefined): term is MapTerm {
  return typeof term === 'object' && term.kind === 'map';
}
