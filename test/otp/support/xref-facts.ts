// The facts that xref itself reads from beams, as our records: by them queries are tested apart from our readers. Answers of xref that are
// terms too large to look at are compared as text.

import type { DeprecatedEntry, FunctionDocs, FunctionName, ModuleFacts, UnsafeEntry } from '../../../src/graph/module-facts.js';
import type { LibraryFacts } from '../../../src/graph/program/program.js';
import { decodeTerm } from '../../../src/term/etf-decode.js';
import { isAtom, isTuple, properList, type Term, textOf } from '../../../src/term/model.js';
import { callFacts, type ExpandedCall } from '../../graph/expanded-calls.js';
import type { OtpRelease } from './erlang.js';
import { runOracle } from './oracle.js';

const items = (term: Term | undefined): readonly Term[] => {
  if (isTuple(term)) return term.items;
  const list = properList(term);
  if (list === undefined) throw new Error('neither a tuple nor a list');
  return list;
};
const name = (term: Term | undefined): string => {
  if (isAtom(term)) return term.name;
  throw new Error('not an atom');
};
const functionName = (term: Term): FunctionName => {
  const [one, arity] = items(term);
  return { name: name(one), arity: Number(arity) };
};

/** Returns the facts of all modules in the folders (applications or folders of beams), as xref has them with builtins or without. */
export function xrefFacts(release: OtpRelease, builtins: boolean, folders: readonly string[]): readonly ModuleFacts[] {
  const modules = decodeTerm(runOracle(release, 'xref_oracle', 'facts', [[String(builtins), ...folders]]));
  return items(modules).map((one) => moduleFacts(one, release));
}

/** Returns what is known of those modules that are in the folders of a library path. */
export function xrefLibrary(
  release: OtpRelease,
  folders: readonly string[],
  modules: readonly string[],
): readonly LibraryFacts[] {
  if (folders.length === 0 || modules.length === 0) return [];
  const found = decodeTerm(runOracle(release, 'xref_oracle', 'library', [folders, modules]));
  return items(found).map((one) => {
    const [module, exports, attributes, docs] = items(one);
    return { module: name(module), exports: items(exports).map(functionName), ...notes(attributes, docs) };
  });
}

function moduleFacts(term: Term, release: OtpRelease): ModuleFacts {
  const [module, app, defined, exports, calls, onLoad, attributes, imports, docs] = items(term);
  const functions = items(defined).map((one) => ({ ...functionName(one), line: Number(items(one)[2]) }));
  const position = new Map(functions.map((one, at) => [`${one.name}/${one.arity}`, at]));
  const [loader] = items(onLoad);
  return {
    module: name(module),
    app: textOf(app) ?? null,
    file: '',
    source: 'abstract',
    otp: release,
    sourceFile: null,
    functions,
    exports: items(exports).map(functionName),
    ...callFacts(items(calls).map((one) => call(one, position))),
    onLoad: loader === undefined ? null : functionName(loader),
    ...notes(attributes, docs),
    imports: items(imports).map((one) => {
      const [target, called, arity, builtin] = items(one);
      return { module: name(target), name: name(called), arity: Number(arity), builtin: isAtom(builtin, 'true') };
    }),
  };
}

function notes(attributes: Term | undefined, docs: Term | undefined): Pick<ModuleFacts, 'deprecated' | 'unsafe' | 'docs'> {
  const [deprecated, unsafe] = items(attributes).map((one) => items(one)[1] as Term);
  return {
    deprecated: entries(deprecated).map(({ flag, ...entry }) => ({ ...entry, category: CATEGORIES[flag] ?? 4 })),
    unsafe: entries(unsafe).map(({ flag, ...entry }): UnsafeEntry => ({ ...entry, possibly: flag === 'possibly' })),
    ...(isTuple(docs) && { docs: functionDocs(docs) }),
  };
}

function functionDocs(term: Term): FunctionDocs {
  const [documented, hidden] = items(term);
  return { documented: items(documented).map(functionName), hidden: items(hidden).map(functionName) };
}

const CATEGORIES: Readonly<Record<string, DeprecatedEntry['category']>> = {
  next_version: 1,
  next_major_release: 2,
  eventually: 3,
};

function entries(attribute: Term | undefined): readonly { name: string; arity: number; flag: string }[] {
  return items(attribute).map((entry) => {
    if (isAtom(entry)) return { name: '_', arity: -1, flag: '' };
    const [one, arity, flag] = items(entry);
    return { name: name(one), arity: isAtom(arity) ? -1 : Number(arity), flag: isAtom(flag) ? flag.name : '' };
  });
}

function call(term: Term, position: ReadonlyMap<string, number>): ExpandedCall {
  const [kind, from, target, unresolved, builtin, lines] = items(term);
  const caller = functionName(from as Term);
  const [module, called, arity] = items(target);
  return {
    from: position.get(`${caller.name}/${caller.arity}`) as number,
    kind: isAtom(kind, 'local') ? 'local' : 'external',
    module: name(module),
    name: name(called),
    arity: Number(arity),
    unresolved: isAtom(unresolved, 'true'),
    builtin: isAtom(builtin, 'true'),
    sites: items(lines).map((line) => ({ line: Number(line), column: 0 })),
  };
}
