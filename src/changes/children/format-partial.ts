// Terms of which parts aren't known as text: `{shop_stock, start_link, [_]}`.

import { formatTerm } from '../../term/format.js';
import { formatAtom } from '../../term/format-token.js';
import type { PartialTerm } from './partial-term.js';
import { isKnownTerm, isNil } from './values.js';

/** Formats a term on one line, with `_` for what isn't known and `fun` for what code makes. */
export function formatPartial(value: PartialTerm): string {
  if (isKnownTerm(value)) return formatTerm(value);
  if (typeof value !== 'object') return String(value);
  const all = (items: readonly PartialTerm[]): string => items.map(formatPartial).join(',');
  if (value.kind === 'unknown') return '_';
  if (value.kind === 'closure') return `fun ${formatAtom(value.module)}:${formatAtom(value.name)}/${value.arity}`;
  if (value.kind === 'tuple') return `{${all(value.items)}}`;
  if (value.kind === 'list') return `[${all(value.items)}${isNil(value.tail) ? '' : `|${formatPartial(value.tail)}`}]`;
  if (value.kind === 'map')
    return `#{${value.pairs.map(([key, item]) => `${formatTerm(key)} => ${formatPartial(item)}`).join(',')}}`;
  return formatTerm(value);
}
