// The attributes that xref and rebar3 look at, from the Attr chunk. What has another shape than these is left out, as xref leaves it out:
//   deprecated, unsafe     module | {F, A} | {F, '_'} | {'_', '_'} | {F, A, Flag}
//   ignore_xref            M | {F, A} | {M, F, A}
//   behaviour, behavior    M
//   on_load                {F, 0}
//   beamtool               {ignore, Rule, Reason}

import type { Attribute } from '../../beam/chunks/attributes.js';
import { decodeUtf8 } from '../../bytes/text.js';
import { formatTerm } from '../../term/format.js';
import { isAtom, isTuple, properList, type Term, textOf } from '../../term/model.js';
import type { DeprecatedEntry, FunctionName, IgnoredName, ModuleFacts, Suppression, UnsafeEntry } from '../module-facts.js';

/** The facts that attributes hold. */
export type AttributeFacts = Pick<ModuleFacts, 'onLoad' | 'deprecated' | 'unsafe' | 'ignored' | 'suppressions' | 'behaviours'>;

/** The attributes that these facts are made of. */
export const ATTRIBUTES: ReadonlySet<string> = new Set([
  'on_load',
  'deprecated',
  'unsafe',
  'ignore_xref',
  'beamtool',
  'behaviour',
  'behavior',
]);

const NONE: AttributeFacts = { onLoad: null, deprecated: [] };

/** Returns the facts in the attributes of a module. */
export function attributeFacts(module: string, attributes: readonly Attribute[]): AttributeFacts {
  if (attributes.length === 0) return NONE;
  const valuesOf = (name: string) => attributes.find((attribute) => attribute.name === name)?.values ?? [];
  const unsafe = valuesOf('unsafe').flatMap(unsafeEntry);
  const ignored = valuesOf('ignore_xref').flatMap((value) => ignoredName(module, value));
  const suppressions = suppressionsOf(valuesOf('beamtool'));
  const behaviours = [...valuesOf('behaviour'), ...valuesOf('behavior')].flatMap((value) => (isAtom(value) ? [value.name] : []));
  return {
    onLoad:
      valuesOf('on_load')
        .map(functionName)
        .find((name) => name?.arity === 0) ?? null,
    deprecated: valuesOf('deprecated').flatMap(deprecatedEntry),
    ...(unsafe.length > 0 && { unsafe }),
    ...(ignored.length > 0 && { ignored }),
    ...(suppressions.length > 0 && { suppressions }),
    ...(behaviours.length > 0 && { behaviours }),
  };
}

/** Returns the function that `{F, A}` names. */
export function functionName(term: Term | undefined): FunctionName | undefined {
  if (!isTuple(term, 2)) return undefined;
  const [name, arity] = term.items;
  return isAtom(name) && typeof arity === 'number' ? { name: name.name, arity } : undefined;
}

function deprecatedEntry(term: Term): readonly DeprecatedEntry[] {
  const category = isTuple(term, 3) ? deprecationCategory(term.items[2]) : 4;
  return category === undefined ? [] : marked(term).map((name) => ({ ...name, category }));
}

function deprecationCategory(flag: Term | undefined): DeprecatedEntry['category'] | undefined {
  if (isAtom(flag, 'next_version')) return 1;
  if (isAtom(flag, 'next_major_release')) return 2;
  if (isAtom(flag, 'eventually')) return 3;
  return isText(flag) ? 4 : undefined;
}

function unsafeEntry(term: Term): readonly UnsafeEntry[] {
  const flag = isTuple(term, 3) ? term.items[2] : undefined;
  const possibly = isAtom(flag, 'possibly');
  return flag === undefined || possibly || isText(flag) ? marked(term).map((name) => ({ ...name, possibly })) : [];
}

function isText(term: Term | undefined): boolean {
  return properList(term)?.every((item) => typeof item === 'number') === true;
}

/** Returns the functions that `module`, `{F, A}` or `{F, A, Flag}` marks: one, with `_` and -1 for any, or none. */
function marked(term: Term): readonly FunctionName[] {
  if (isAtom(term, 'module')) return [{ name: '_', arity: -1 }];
  if (!isTuple(term, 2) && !isTuple(term, 3)) return [];
  const [name, arity] = term.items;
  if (!isAtom(name)) return [];
  if (isAtom(arity, '_')) return [{ name: name.name, arity: -1 }];
  // A function whose name is `_` can't be told from any name; there is none.
  return typeof arity === 'number' && arity >= 0 && name.name !== '_' ? [{ name: name.name, arity }] : [];
}

function ignoredName(module: string, term: Term): readonly IgnoredName[] {
  if (isAtom(term)) return [term.name];
  const local = functionName(term);
  if (local !== undefined) return [{ module, ...local }];
  if (!isTuple(term, 3)) return [];
  const [other, name, arity] = term.items;
  return isAtom(other) && isAtom(name) && typeof arity === 'number' ? [{ module: other.name, name: name.name, arity }] : [];
}

const MOST_SHOWN = 200;

/** Returns what `-beamtool` says of rules; other values of it are of no rule. */
export function suppressionsOf(values: readonly Term[]): readonly Suppression[] {
  return values.flatMap((value) => {
    if (!((isTuple(value, 2) || isTuple(value, 3)) && isAtom(value.items[0], 'ignore'))) return [];
    const [, rule, reason] = value.items;
    const name = isAtom(rule) ? rule.name : anyText(rule);
    return {
      rule: name || null,
      reason: anyText(reason) || null,
      entry: formatTerm(value, { encoding: 'unicode' }).slice(0, MOST_SHOWN),
    };
  });
}

/** A text of Erlang or of Elixir: a list of characters, or a binary of UTF-8. */
function anyText(term: Term | undefined): string | undefined {
  const isBinary = typeof term === 'object' && term.kind === 'bitstring' && term.bits === 8;
  return isBinary ? decodeUtf8(term.bytes) : textOf(term);
}
