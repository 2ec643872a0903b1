// What an Elixir module says of `@deprecated`. A macro is counted by the function behind it: `mm/1` is `MACRO-mm/2`.
//
//   Dbgi   #{deprecated => [{{Name, Arity}, Reason}]}: all of them
//   ExCk   {elixir_checker_v1, #{exports => [{{Name, Arity}, #{deprecated => Reason}}]}}: without macros since Elixir 1.15 or so; up to 1.14
//          the key is deprecated_reason, nil where there is none
//
// Docs is not asked: it has the softer `@doc deprecated: ...` as well. Seen in Elixir 1.14, 1.18 and 1.20.

import type { BeamModule } from '../../beam/module.js';
import { decodeUtf8 } from '../../bytes/text.js';
import { ParseError } from '../../errors.js';
import { isAtom, isBinary, isTuple, properList, type Term } from '../../term/model.js';
import type { ElixirDeprecation } from '../module-facts.js';
import { functionName } from './attribute-facts.js';

/** Returns the functions that an Elixir module calls deprecated, none for other modules; throws ParseError. */
export function elixirDeprecations(module: BeamModule): readonly ElixirDeprecation[] {
  if (module.chunk('ExCk') === undefined && !module.name.startsWith('Elixir.')) return [];
  const found = fromDebugInfo(module) ?? fromChecker(module.term('ExCk'));
  const exported = new Set(module.exports.map(({ name, arity }) => `${name}/${arity}`));
  return found.map(({ name, arity, reason }) => {
    const macro = { name: `MACRO-${name}`, arity: arity + 1, reason };
    return exported.has(`${macro.name}/${macro.arity}`) ? macro : { name, arity, reason };
  });
}

function fromDebugInfo(module: BeamModule): readonly ElixirDeprecation[] | undefined {
  try {
    const { debugInfo } = module;
    if (debugInfo.kind !== 'elixir') return undefined;
    const { metadata } = debugInfo;
    const map = isTuple(metadata, 3) && isAtom(metadata.items[0], 'elixir_v1') ? metadata.items[1] : undefined;
    return properList(valueIn(map, 'deprecated'))?.flatMap(deprecation);
  } catch (error) {
    // Encrypted or damaged: the other chunk knows most of it.
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

function fromChecker(term: Term | undefined): readonly ElixirDeprecation[] {
  const map = isTuple(term, 2) ? term.items[1] : undefined;
  return (properList(valueIn(map, 'exports')) ?? []).flatMap((entry) => {
    const info = isTuple(entry, 2) ? entry.items[1] : undefined;
    const reason = valueIn(info, 'deprecated') ?? valueIn(info, 'deprecated_reason');
    return isTuple(entry, 2) && isBinary(reason) ? named(entry.items[0], reason) : [];
  });
}

/** Of `{{Name, Arity}, Reason}`. */
function deprecation(entry: Term): readonly ElixirDeprecation[] {
  return isTuple(entry, 2) ? named(entry.items[0], entry.items[1]) : [];
}

function named(term: Term | undefined, reason: Term | undefined): readonly ElixirDeprecation[] {
  const name = functionName(term);
  return name === undefined ? [] : [{ ...name, reason: isBinary(reason) ? (decodeUtf8(reason.bytes) ?? '') : '' }];
}

function valueIn(map: Term | undefined, key: string): Term | undefined {
  if (typeof map !== 'object' || map.kind !== 'map') return undefined;
  return map.pairs.find(([name]) => isAtom(name, key))?.[1];
}
